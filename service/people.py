"""Who acts: a name to write beside a change, and what that person may do.

Owns: roles, the actor of a request, what an address and a name look like. Must not know: how somebody
signs in, the web, the database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from service.errors import ThroughlineError

LONGEST_ADDRESS, LONGEST_NAME = 254, 80
_ADDRESS = re.compile(r"[^\s@<>\"'(),;:\\]+@[^\s@<>\"'(),;:\\]+\.[^\s@<>\"'(),;:\\]+")


class Role(StrEnum):
    """What somebody may do in a workspace, from least to most."""

    viewer = "viewer"
    leader = "leader"
    ops = "ops"

    def reaches(self, needed: Role) -> bool:
        """Whether this role may do what `needed` may."""
        return _RANKS[self] >= _RANKS[needed]


_RANKS = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at work in one workspace; `account_id` is None for whoever sits at this computer."""

    name: str
    role: Role
    account_id: str | None = None


#: Local mode has one person, who may do everything.
LOCAL_ACTOR = Actor("You", Role.ops)


class UnusableAddress(ThroughlineError):
    """It is no mail address, or the name is none."""

    status = 422


def address_of(typed: str) -> str:
    """A mail address as accounts are known by: without room around it, in small letters.

    Raises:
        UnusableAddress: it is none.
    """
    address = typed.strip().casefold()
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise UnusableAddress("Write an email address, such as ada@example.org.")
    return address


def name_of(typed: str) -> str:
    """A person's name, on one line.

    Raises:
        UnusableAddress: it is empty or too long.
    """
    name = " ".join(typed.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise UnusableAddress(f"Write a name of at most {LONGEST_NAME} characters.")
    return name
