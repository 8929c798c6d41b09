"""Who holds what in a plan: one record a role, leaders first.

Owns: how items are gathered under the roles that act in them. Must not know: formats, storage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpora.records import Participant, RoleClass
from service.export.pick import asks_by_day, role_name, starting
from service.plan.items import Behaviour, PolicyAsk, Ritual
from service.plan.plan import Plan

_ORDER = (RoleClass.leader, RoleClass.lead, RoleClass.contributor, RoleClass.partner, RoleClass.ops)
OPS = "Product Ops"


@dataclass(frozen=True, slots=True)
class RoleShare:
    """What one role does: items by starting day, seats in rituals, sessions to run, decisions to take."""

    name: str
    role_class: RoleClass
    items: tuple[Behaviour | Ritual, ...]
    runs: tuple[Ritual, ...]
    decides: tuple[PolicyAsk, ...]

    @property
    def hours_a_week(self) -> float:
        """Hours of all items and sessions at the estimated rate, preparation included."""
        led = tuple(ritual for ritual in self.runs if ritual not in self.items)
        return sum(self._minutes(item) * item.cadence.per_week for item in (*self.items, *led)) / 60

    def _minutes(self, item: Behaviour | Ritual) -> int:
        if isinstance(item, Ritual):
            seat = self.seat(item)
            return item.duration_min + (seat.prep_minutes if seat else 0)
        return sum(cost.minutes + cost.prep_minutes for cost in item.time_cost if cost.role_class is item.role_class)

    def seat(self, ritual: Ritual) -> Participant | None:
        """This role's seat in a ritual, or None."""
        return next((seat for seat in ritual.participants if role_name(seat.role) == self.name), None)


def shares(plan: Plan) -> tuple[RoleShare, ...]:
    """One share for each role that acts, sits, runs or decides; leaders first, then by first day."""
    classes: dict[str, RoleClass] = {}
    for name, role_class in _named(plan):
        classes.setdefault(name, role_class)
    made = [_share(plan, name, role_class) for name, role_class in classes.items()]
    return tuple(sorted(made, key=_rank))


def _named(plan: Plan) -> Iterator[tuple[str, RoleClass]]:
    for item in plan.behaviours:
        yield role_name(item.actor), item.role_class
    for ritual in plan.rituals:
        for seat in ritual.participants:
            yield role_name(seat.role), seat.role_class
        if role_name(ritual.facilitator) == OPS:
            yield OPS, RoleClass.ops
    for ask in plan.policy_asks:
        yield role_name(ask.decider), ask.decider_class


def _share(plan: Plan, name: str, role_class: RoleClass) -> RoleShare:
    mine = tuple(item for item in starting(plan) if _acts(name, item))
    runs = tuple(ritual for ritual in plan.rituals if role_name(ritual.facilitator) == name)
    asks = tuple(ask for ask in asks_by_day(plan) if role_name(ask.decider) == name)
    return RoleShare(name, role_class, mine, runs, asks)


def _acts(name: str, item: Behaviour | Ritual) -> bool:
    if isinstance(item, Behaviour):
        return role_name(item.actor) == name
    return any(role_name(seat.role) == name for seat in item.participants)


def _rank(share: RoleShare) -> tuple[int, int, str]:
    first = min((item.starts_day for item in share.items), default=999)
    return _ORDER.index(share.role_class), first, share.name
