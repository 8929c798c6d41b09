"""What a route asks of whoever calls it, and how the audit log speaks of it.

Owns: the rule for routes that say nothing, and the mark for those that do. Must not know: sessions, the
database, what a route does.

A route that says nothing may be read by every member and changed by ops alone: a new route is safe
before anybody thought of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from service.people import Role
from service.store.audit import Act
from service.store.counts import Limit

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MARK = "throughline_duty"
_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])

#: Work that costs seconds of a processor, a person; generous for people, tight for a program gone wrong.
PLANS = Limit("plans", 40, 3600)
UPLOADS = Limit("uploads", 120, 3600)
DRAFTS = Limit("drafts", 200, 3600)
EXPORTS = Limit("exports", 240, 3600)
SEARCHES = Limit("searches", 600, 3600)
REPLIES = Limit("replies", 120, 3600)
#: Nobody needs many, and each is for ever.
WORKSPACES = Limit("workspaces", 20, 86_400)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who may call a route, how the log calls it (not at all if `quiet`), and how often a person may."""

    role: Role
    act: Act
    limit: Limit | None = None
    quiet: bool = False


def asks(
    role: Role | None = None, *, act: Act | None = None, limit: Limit | None = None, quiet: bool = False
) -> Callable[[_Endpoint], _Endpoint]:
    """Mark a route; what is left out follows from the method of the request. A `quiet` one is not in the log."""

    def mark(endpoint: _Endpoint) -> _Endpoint:
        setattr(endpoint, _MARK, (role, act, limit, quiet))
        return endpoint

    return mark


def duty_of(endpoint: object, method: str) -> Duty:
    """What a route asks of a request with this method."""
    role, act, limit, quiet = getattr(endpoint, _MARK, (None, None, None, False))
    reads = method in SAFE
    return Duty(
        role=role or (Role.viewer if reads else Role.ops),
        act=act or (Act.saw if reads else Act.changed),
        limit=limit,
        quiet=quiet,
    )
