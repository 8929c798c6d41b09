"""Who acts: a name to write beside a change, and what that person may do.

Owns: roles and the actor of a request. Must not know: how somebody signs in, the web, the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do in a workspace, from least to most."""

    viewer = "viewer"
    leader = "leader"
    ops = "ops"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at work in one workspace; `account_id` is None for whoever sits at this computer."""

    name: str
    role: Role
    account_id: str | None = None


#: Local mode has one person, who may do everything.
LOCAL_ACTOR = Actor("You", Role.ops)
