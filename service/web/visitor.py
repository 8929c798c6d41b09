"""Who looks at a page: what the page needs to know to greet them and to show only what they may do.

Owns: Visitor, and which one a page is being drawn for. Must not know: cookies, the database, templates.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from service.people import LOCAL_ACTOR, Actor, Role
from service.store.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever sent the request.

    Attributes:
        shared: whether the server is in shared mode, where people sign in.
        actor: who it is and what they may do in the workspace; None for a stranger.
        workspace: where they are; None for a stranger, and for a person who belongs nowhere.
        choices: all workspaces they belong to.
        key: whether they came with a key instead of a session.
        token: what every form of a page carries; empty where no cookie came.
    """

    shared: bool = False
    actor: Actor | None = None
    workspace: Workspace | None = None
    choices: tuple[Workspace, ...] = ()
    key: bool = False
    token: str = ""

    def may(self, role: Role) -> bool:
        """Whether they may do what `role` may."""
        return self.actor is not None and self.actor.role.reaches(role)

    @property
    def account_id(self) -> str | None:
        """Their account, where they signed in."""
        return self.actor.account_id if self.actor else None


STRANGER = Visitor()


def local_visitor(workspace: Workspace, token: str = "", *, key: bool = False) -> Visitor:
    """Whoever sits at this computer."""
    return Visitor(False, LOCAL_ACTOR, workspace, (), key, token)


#: For whom the present request's page is drawn. Set where the request comes in; each request has its own.
DRAWN_FOR: ContextVar[Visitor] = ContextVar("drawn_for", default=STRANGER)
