"""C8 Load and feasibility: hours a week by role class against the budget, as a range.

Owns: the load formula of domain brief 2.3 and its two readings. Must not know: which item gives
way (the stages decide that).

High: (minutes + preparation) / 60 x occurrences a week, every item of a class added up as if one
person met them all. Low: preparation left out and events at half their estimated rate.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpora.budgets import Budgets
from corpora.records import BehaviourForm, Cadence, Participant, Period, PolicyForm, RitualForm, RoleClass, StopDoing
from service.checks.context import CheckContext
from service.plan.items import BehaviourDraft, ItemDraft, PolicyAskDraft, RitualDraft
from service.plan.plan import CriterionScore, Plan, RoleLoad

ASSUMPTION = (
    "High: every event as often as estimated, preparation included, one person meeting every item of the class. "
    "Low: events at half the estimated rate, no preparation. Minutes saved are reported apart, not subtracted."
)
EVENT_RATE_LOW = 0.5
#: Product Ops facilitates three times, then hands over (domain brief 7.3).
OPS_SESSIONS, WEEKS = 3, 13
_OPS = re.compile(r"\bproduct op(?:s|erations)\b", re.IGNORECASE)
QUARTER = 4


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week: low and high reading, and what the item frees."""

    low: float = 0.0
    high: float = 0.0
    saved: float = 0.0

    def __add__(self, other: Hours) -> Hours:
        return Hours(self.low + other.low, self.high + other.high, self.saved + other.saved)


@dataclass(frozen=True, slots=True)
class _Fault:
    reason: str
    cost: float
    item_ids: tuple[str, ...] = ()


def hours_of(form: BehaviourForm | RitualForm | PolicyForm) -> Mapping[RoleClass, Hours]:
    """What one form or item asks of one person of each role class; a policy asks nothing recurring."""
    if isinstance(form, BehaviourForm):
        return _behaviour_hours(form)
    return _ritual_hours(form) if isinstance(form, RitualForm) else {}


def roles_of(item: ItemDraft) -> Mapping[RoleClass, tuple[str, ...]]:
    """Role names by class as the item words them."""
    if isinstance(item, BehaviourDraft):
        return {item.role_class: (item.actor,)}
    if isinstance(item, PolicyAskDraft):
        return {item.decider_class: (item.decider,)}
    found: dict[RoleClass, tuple[str, ...]] = {}
    for person in item.participants:
        found[person.role_class] = (*found.get(person.role_class, ()), person.role)
    if _OPS.search(item.facilitator):
        found.setdefault(RoleClass.ops, ("Product Ops",))
    return found


def classes_of(item: ItemDraft) -> frozenset[RoleClass]:
    """Role classes that meet the item."""
    return frozenset({*roles_of(item), *hours_of(item)}) if not isinstance(item, PolicyAskDraft) else frozenset()


def asked_by_seat(item: RitualForm, seat: Participant) -> Hours:
    """What a ritual asks of one participant, preparation included in the high reading."""
    high_rate, low_rate = _rates(item.cadence)
    return Hours(item.duration_min / 60 * low_rate, (item.duration_min + seat.prep_minutes) / 60 * high_rate)


def asked_by_chair(item: RitualForm) -> Hours:
    """What a ritual asks of somebody who only leads its first sessions."""
    high_rate, low_rate = _rates(item.cadence)
    handed_over = min(low_rate, OPS_SESSIONS / WEEKS)
    return Hours(item.duration_min / 60 * handed_over, item.duration_min / 60 * high_rate)


def shown_range(hours: Hours, limit: float) -> tuple[float, float]:
    """Quarter hours, low rounded down and high up; rounding alone takes nobody over the limit."""
    high = math.ceil(round(hours.high * QUARTER, 6)) / QUARTER
    return math.floor(round(hours.low * QUARTER, 6)) / QUARTER, high if hours.high > limit else min(high, limit)


def stops_of(item: ItemDraft, role_class: RoleClass) -> tuple[StopDoing, ...]:
    """What ends for people of the class with this item: nothing where the item does not ask them."""
    if isinstance(item, BehaviourDraft):
        return (item.stop_doing,) if item.role_class is role_class else ()
    seated = isinstance(item, RitualDraft) and any(each.role_class is role_class for each in item.participants)
    return (item.replaces,) if isinstance(item, RitualDraft) and seated else ()


def totals(items: Iterable[ItemDraft]) -> dict[RoleClass, Hours]:
    """Hours by role class over all items."""
    summed: dict[RoleClass, Hours] = {}
    for item in items:
        for role_class, hours in hours_of(item).items():
            summed[role_class] = summed.get(role_class, Hours()) + hours
    return summed


def role_loads(items: Iterable[ItemDraft], budgets: Budgets) -> tuple[RoleLoad, ...]:
    """The load as shown: quarter hours, low rounded down and high up, in the order of the classes."""
    met = tuple(items)
    summed = totals(met)
    return tuple(
        _shown(role_class, summed[role_class], met, budgets) for role_class in RoleClass if role_class in summed
    )


def agenda_gap(item: RitualDraft) -> int:
    """Minutes by which the agenda runs over (or under, negative) the duration."""
    return sum(step.minutes for step in item.agenda) - item.duration_min


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """The plan once, from its own items: over budget 1, a broken sum or cap 2 less, nothing removed 3 at most."""
    items: tuple[BehaviourDraft | RitualDraft, ...] = (*plan.behaviours, *plan.rituals)
    faults = [*_over_budget(items, context.budgets), *_broken_agendas(plan), *_over_caps(plan, context.budgets)]
    faults += [
        _Fault(f"'{item.title}' frees no minutes", 1.0, (item.id,))
        for item in plan.rituals
        if item.replaces.minutes_saved == 0
    ]
    score = max(1.0, 5.0 - sum(fault.cost for fault in faults))
    reason = "; ".join(fault.reason for fault in faults[:4]) or "within the budget of every role class"
    named = tuple(dict.fromkeys(key for fault in faults for key in fault.item_ids))
    return CriterionScore(criterion="C8", score=score, reason=reason, item_ids=named)


def first_month_counts(items: Iterable[ItemDraft], days: int) -> dict[RoleClass, int]:
    """New items a role class meets in its first `days` days."""
    counts: dict[RoleClass, int] = {}
    for item in items:
        if item.starts_day <= days:
            for role_class in classes_of(item):
                counts[role_class] = counts.get(role_class, 0) + 1
    return counts


def _behaviour_hours(item: BehaviourForm) -> dict[RoleClass, Hours]:
    high_rate, low_rate = _rates(item.cadence)
    found: dict[RoleClass, Hours] = {}
    for cost in item.time_cost:
        hours = Hours(cost.minutes / 60 * low_rate, (cost.minutes + cost.prep_minutes) / 60 * high_rate)
        before = found.get(cost.role_class, Hours())
        found[cost.role_class] = Hours(max(before.low, hours.low), max(before.high, hours.high))
    freed = Hours(saved=(item.stop_doing.minutes_saved or 0) / 60 * high_rate)
    found[item.role_class] = found.get(item.role_class, Hours()) + freed
    return found


def _ritual_hours(item: RitualForm) -> dict[RoleClass, Hours]:
    high_rate, _ = _rates(item.cadence)
    freed = (item.replaces.minutes_saved or 0) / 60 * high_rate
    found: dict[RoleClass, Hours] = {}
    for person in item.participants:
        hours = asked_by_seat(item, person)
        before = found.get(person.role_class, Hours())
        found[person.role_class] = Hours(hours.low, max(before.high, hours.high), freed)
    if _OPS.search(item.facilitator) and RoleClass.ops not in found:
        found[RoleClass.ops] = asked_by_chair(item)
    return found


def _rates(cadence: Cadence) -> tuple[float, float]:
    rate = cadence.per_week
    return rate, rate * EVENT_RATE_LOW if cadence.period is Period.event else rate


def _shown(role_class: RoleClass, hours: Hours, items: tuple[ItemDraft, ...], budgets: Budgets) -> RoleLoad:
    budget = budgets.hours_per_week[role_class]
    names = {name: None for item in items for name in roles_of(item).get(role_class, ())}
    low, high = shown_range(hours, budget)
    stops = [stop for item in items for stop in stops_of(item, role_class)]
    return RoleLoad(
        role_class=role_class,
        roles=tuple(names) or (role_class.value,),
        hours_low=low,
        hours_high=high,
        saved_hours=round(hours.saved * QUARTER) / QUARTER,
        budget_hours=budget,
        item_ids=tuple(item.id for item in items if role_class in hours_of(item)),
        assumption=ASSUMPTION,
        stops=len(stops),
        stops_estimated=sum(stop.minutes_saved is not None for stop in stops),
    )


def _over_budget(items: tuple[BehaviourDraft | RitualDraft, ...], budgets: Budgets) -> list[_Fault]:
    return [
        _Fault(
            f"{role_class} is asked for {hours.high:.2f} h a week, {budgets.hours_per_week[role_class]:.2f} allowed",
            4.0,
            _heaviest(items, role_class),
        )
        for role_class, hours in totals(items).items()
        if hours.high > budgets.hours_per_week[role_class] + 1e-9
    ]


def _heaviest(items: tuple[BehaviourDraft | RitualDraft, ...], role_class: RoleClass) -> tuple[str, ...]:
    """The item that asks most of the class."""
    return (max(items, key=lambda item: hours_of(item).get(role_class, Hours()).high).id,)


def _broken_agendas(plan: Plan) -> list[_Fault]:
    return [
        _Fault(
            f"the agenda of '{ritual.title}' misses its {ritual.duration_min} minutes by {agenda_gap(ritual)}",
            2.0,
            (ritual.id,),
        )
        for ritual in plan.rituals
        if agenda_gap(ritual)
    ]


def _over_caps(plan: Plan, budgets: Budgets) -> list[_Fault]:
    reasons = []
    if len(plan.behaviours) > budgets.max_behaviours:
        reasons.append(f"{len(plan.behaviours)} behaviours, {budgets.max_behaviours} allowed")
    if len(plan.rituals) > budgets.max_rituals:
        reasons.append(f"{len(plan.rituals)} rituals, {budgets.max_rituals} allowed")
    counts = first_month_counts((*plan.behaviours, *plan.rituals), budgets.new_items_days)
    reasons += [
        f"{role_class} meets {count} new items in {budgets.new_items_days} days, {budgets.new_items_per_role} allowed"
        for role_class, count in counts.items()
        if count > budgets.new_items_per_role
    ]
    return [_Fault(reason, 2.0) for reason in reasons]
