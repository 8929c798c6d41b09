"""What the pages of people show: signing in, joining, one's own account, a workspace's people, its keys.

Owns: those contexts and the words of the roles. Must not know: HTML, requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from service.passwords import SHORTEST
from service.people import LONGEST_NAME, Role
from service.store.accounts import Membership
from service.store.credentials import KeyNote
from service.store.members import Joining, Member

#: What each role may do, as shown wherever one is chosen.
ROLE_WORDS: tuple[tuple[Role, str], ...] = (
    (Role.viewer, "Viewer: reads and takes files along"),
    (Role.leader, "Leader: also agrees, disagrees, comments and answers"),
    (Role.ops, "Ops: everything, people and keys too"),
)


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The way in.

    Attributes:
        address: what was typed.
        wanted: the page to go to afterwards.
        fault: why it did not work.
        nobody: whether no account exists at all.
    """

    template: ClassVar[str] = "signin.html"
    address: str = ""
    wanted: str = "/"
    fault: str = ""
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class JoinPage:
    """An invitation.

    Attributes:
        joining: what it is for.
        token: of its link.
        state: `new` (no account yet), `known` (sign in first), `own` (signed in as the one invited) or `other`.
        name: what was typed.
        fault: why it did not work.
        shortest: of a password.
    """

    template: ClassVar[str] = "join.html"
    joining: Joining
    token: str
    state: str
    name: str = ""
    fault: str = ""
    shortest: int = SHORTEST


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One's own account.

    Attributes:
        address: the mail address.
        memberships: where one belongs.
        here: id of the workspace one is in.
        fault: why the password was not changed.
        kept: whether it was.
        name: what was typed for a new workspace.
        name_fault: why none was made.
        longest_name: of a workspace.
        shortest: of a password.
    """

    template: ClassVar[str] = "account.html"
    address: str
    memberships: tuple[Membership, ...]
    here: str
    fault: str = ""
    kept: bool = False
    name: str = ""
    name_fault: str = ""
    longest_name: int = LONGEST_NAME
    shortest: int = SHORTEST


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The people of a workspace.

    Attributes:
        members: who belongs here, by name.
        invitations: those that are open.
        roles: each role with its words.
        link: an address just made, to be copied; it is shown once.
        invited: whom it is for.
        address: what was typed.
        fault: why nothing was done.
    """

    template: ClassVar[str] = "people.html"
    members: tuple[Member, ...]
    invitations: tuple[Joining, ...]
    roles: tuple[tuple[Role, str], ...] = ROLE_WORDS
    link: str = ""
    invited: str = ""
    address: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class KeysPage:
    """Keys of programs.

    Attributes:
        keys: those that open this workspace, the latest first.
        roles: each role with its words.
        secret: a key just made, to be copied; it is shown once.
        label: what it is called.
        fault: why none was made.
    """

    template: ClassVar[str] = "keys.html"
    keys: tuple[KeyNote, ...]
    roles: tuple[tuple[Role, str], ...] = ROLE_WORDS
    secret: str = ""
    label: str = ""
    fault: str = ""
