"""Load by named role: what one person in a role gives a week, beside the sum of their class.

Owns: which items ask time of which named role, and when a role alone goes over its limit. Must not
know: which item gives way. The formula is C8's (domain brief 2.3); C8 itself counts classes.

A role is asked by the behaviours in which it acts and the rituals in which it sits or that it leads.
Time that an item asks of people it does not name counts for their class alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpora.budgets import Budgets
from corpora.records import RoleClass
from service.checks.c08_load import Hours, asked_by_chair, asked_by_seat, hours_of, role_loads, shown_range
from service.checks.ledger import items_in
from service.plan.items import BehaviourDraft, ItemDraft, RitualDraft
from service.plan.parts import PlanParts
from service.plan.plan import NamedLoad
from service.plan.roles import OPS, role_key, role_name


@dataclass(frozen=True, slots=True)
class Carried:
    """A named role, the classes under which the plan names it, its hours a week and the items that ask them."""

    role: str
    classes: frozenset[RoleClass]
    hours: Hours
    item_ids: tuple[str, ...]

    def limit(self, limits: Mapping[RoleClass, float]) -> tuple[RoleClass, float] | None:
        """The class whose limit holds, and the limit: of several classes the most generous; None where unknown."""
        known = [(limits[each], each) for each in RoleClass if each in self.classes and each in limits]
        hours, role_class = max(known, key=lambda pair: pair[0], default=(0.0, None))
        return (role_class, hours) if role_class is not None else None


@dataclass(frozen=True, slots=True)
class _Part:
    """What one item asks of one named role."""

    role: str
    role_class: RoleClass
    hours: Hours
    item_id: str


def loaded(parts: PlanParts, budgets: Budgets) -> PlanParts:
    """The parts with the load of their items, by class and by named role."""
    items = items_in(parts)
    by_role = named_loads(items, budgets.hours_per_week)
    return parts.model_copy(update={"load": role_loads(items, budgets), "load_by_role": by_role})


def named_loads(items: Iterable[ItemDraft], limits: Mapping[RoleClass, float]) -> tuple[NamedLoad, ...]:
    """The load of each named role as shown, most hours first, then most items.

    Roles without recurring time, and those of a class without a limit, are left out.
    """
    found = (role for role in carried(items) if role.hours.high > 0)
    return tuple(sorted((_shown(role, *limit) for role in found if (limit := role.limit(limits))), key=_rank))


def carried(items: Iterable[ItemDraft]) -> tuple[Carried, ...]:
    """Each named role with its exact hours, in the order in which the items name them."""
    gathered: dict[str, list[_Part]] = {}
    for part in _parts(tuple(items)):
        gathered.setdefault(role_key(part.role), []).append(part)
    return tuple(map(_joined, gathered.values()))


def _parts(items: tuple[ItemDraft, ...]) -> Iterator[_Part]:
    named = [part for item in items for part in _named(item)]
    classes = {role_key(part.role): part.role_class for part in reversed(named)}
    yield from named
    for item in items:
        if isinstance(item, RitualDraft) and (part := _chair(item, classes)):
            yield part


def _named(item: ItemDraft) -> Iterator[_Part]:
    if isinstance(item, BehaviourDraft):
        hours = hours_of(item).get(item.role_class, Hours())
        yield _Part(role_name(item.actor), item.role_class, hours, item.id)
    elif isinstance(item, RitualDraft):
        seats: dict[str, _Part] = {}
        for seat in item.participants:
            part = _Part(role_name(seat.role), seat.role_class, asked_by_seat(item, seat), item.id)
            before = seats.setdefault(role_key(part.role), part)
            if part.hours.high > before.hours.high:
                seats[role_key(part.role)] = part
        yield from seats.values()


def _chair(item: RitualDraft, classes: Mapping[str, RoleClass]) -> _Part | None:
    """Who leads the first sessions without a seat of their own: Product Ops, or a role that the plan names."""
    role = role_name(item.facilitator)
    key = role_key(role)
    if key in {role_key(seat.role) for seat in item.participants}:
        return None
    role_class = RoleClass.ops if role == OPS else classes.get(key)
    return _Part(role, role_class, asked_by_chair(item), item.id) if role_class else None


def _joined(parts: list[_Part]) -> Carried:
    return Carried(
        role=parts[0].role,
        classes=frozenset(part.role_class for part in parts),
        hours=sum((part.hours for part in parts), Hours()),
        item_ids=tuple(dict.fromkeys(part.item_id for part in parts)),
    )


def _rank(load: NamedLoad) -> tuple[float, int, float, str]:
    return -load.hours_high, -len(load.item_ids), -load.hours_low, load.role


def _shown(role: Carried, role_class: RoleClass, limit: float) -> NamedLoad:
    low, high = shown_range(role.hours, limit)
    return NamedLoad(
        role=role.role,
        role_class=role_class,
        hours_low=low,
        hours_high=high,
        limit_hours=limit,
        item_ids=role.item_ids,
    )
