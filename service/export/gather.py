"""Who holds what in a plan: one record a role, leaders first.

Owns: how items are gathered under the roles that act in them. Must not know: formats, storage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpora.records import Participant, RoleClass
from service.export.carrying import by_name
from service.export.pick import asks_by_day, starting
from service.plan.items import Behaviour, PolicyAsk, Ritual
from service.plan.plan import NamedLoad, Plan
from service.plan.roles import OPS, role_key, role_name

_ORDER = (RoleClass.leader, RoleClass.lead, RoleClass.contributor, RoleClass.partner, RoleClass.ops)


@dataclass(frozen=True, slots=True)
class RoleShare:
    """What one role does: items by starting day, seats in rituals, sessions to run, decisions to take."""

    name: str
    role_class: RoleClass
    items: tuple[Behaviour | Ritual, ...]
    runs: tuple[Ritual, ...]
    decides: tuple[PolicyAsk, ...]
    load: NamedLoad | None

    def seat(self, ritual: Ritual) -> Participant | None:
        """This role's seat in a ritual, or None."""
        return next((seat for seat in ritual.participants if role_key(seat.role) == role_key(self.name)), None)


def shares(plan: Plan) -> tuple[RoleShare, ...]:
    """One share for each role that acts, sits, runs or decides; leaders first, then by first day."""
    names: dict[str, tuple[str, RoleClass]] = {}
    for name, role_class in _named(plan):
        names.setdefault(role_key(name), (name, role_class))
    loads = {role_key(load.role): load for load in by_name(plan)}
    made = [_share(plan, key, *named, loads.get(key)) for key, named in names.items()]
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


def _share(plan: Plan, key: str, name: str, role_class: RoleClass, load: NamedLoad | None) -> RoleShare:
    mine = tuple(item for item in starting(plan) if _acts(key, item))
    runs = tuple(ritual for ritual in plan.rituals if role_key(ritual.facilitator) == key)
    asks = tuple(ask for ask in asks_by_day(plan) if role_key(ask.decider) == key)
    return RoleShare(name, role_class, mine, runs, asks, load)


def _acts(key: str, item: Behaviour | Ritual) -> bool:
    if isinstance(item, Behaviour):
        return role_key(item.actor) == key
    return any(role_key(seat.role) == key for seat in item.participants)


def _rank(share: RoleShare) -> tuple[int, int, str]:
    first = min((item.starts_day for item in share.items), default=999)
    return _ORDER.index(share.role_class), first, share.name
