"""Fits the plan into people's weeks: what is too much waits, and the plan says why.

Owns: who gives way when a budget or a cap is full, and when items start. Must not know: wording,
the document, engines. The load formula belongs to the check C8, and who carries it by name to `named_load`.

Rank: intents in turn by their weight in the document, an intent's items by confidence, so that no
intent takes all the room. Every active intent first gets one item; a leader's behaviour comes
next; the rest follows by rank while it fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpora.budgets import Budgets
from corpora.records import RoleClass
from service.checks.c08_load import Hours, classes_of, hours_of
from service.checks.c09_measurability import MAX_FIRST_WAVE, chosen_indicators
from service.checks.ledger import LAST_WAVE, deferring, each_item, items_in, tidied, without_items
from service.checks.named_load import Carried, carried, loaded
from service.plan.articles import with_the
from service.plan.intents import DeferredIntent, Intent
from service.plan.items import BehaviourDraft, ItemDraft, PolicyAskDraft, RitualDraft
from service.plan.lettering import capital
from service.plan.parts import Note, PlanParts

STAGE = "balance"
#: Items start once baselines are read (day 15), then in two further stretches.
START_DAYS = (16, 31, 61)
STRETCH_ENDS = (30, 60, 90)
EARLY = 3
#: Days an item must have run before it is looked at; what starts later is looked at so many days after its start.
SEEN_FOR, REVIEWED_AFTER, LATEST_REVIEW = 14, 45, 120


@dataclass(slots=True)
class _Week:
    """What has been admitted so far and the room that is left."""

    budgets: Budgets
    items: list[ItemDraft] = field(default_factory=list)
    hours: dict[RoleClass, float] = field(default_factory=dict)

    def refusal(self, item: ItemDraft) -> str | None:
        """Why the item does not fit, or None."""
        if isinstance(item, BehaviourDraft) and self._count(BehaviourDraft) >= self.budgets.max_behaviours:
            return f"the plan already holds its {self.budgets.max_behaviours} behaviours"
        if isinstance(item, RitualDraft) and self._count(RitualDraft) >= self.budgets.max_rituals:
            return f"the plan already holds its {self.budgets.max_rituals} rituals"
        over = (_over(role, hours, self) for role, hours in sorted(hours_of(item).items()))
        return next((reason for reason in over if reason), None) or _one_role_over(item, self)

    def admit(self, item: ItemDraft) -> None:
        """Take the item in."""
        self.items.append(item)
        for role_class, hours in hours_of(item).items():
            self.hours[role_class] = self.hours.get(role_class, 0.0) + hours.high

    def left(self, role_class: RoleClass) -> float:
        """Hours a week that the class still has."""
        return self.budgets.hours_per_week[role_class] - self.hours.get(role_class, 0.0)

    def _count(self, kind: type[BehaviourDraft] | type[RitualDraft]) -> int:
        return sum(isinstance(item, kind) for item in self.items)


def balance(parts: PlanParts, budgets: Budgets) -> PlanParts:
    """Keep the plan within hours, caps and waves.

    Args:
        parts: The linted parts, intents strongest first.
        budgets: Hours a week by role class and the caps.

    Returns:
        The parts with at most `max_intents_first_window` active intents, a load within every
        budget, start days and indicators chosen, and a note or a deferred intent for all that
        had to wait.
    """
    week = _Week(budgets)
    parts = deferring(parts, _first_items(parts, week), STAGE)
    refused = _filled(parts, week)
    parts = without_items(parts, refused.keys())
    notes = tuple(Note(stage=STAGE, item_id=key, action="dropped", reason=why) for key, why in refused.items())
    parts = parts.model_copy(update={"notes": (*parts.notes, *notes)})
    parts = _scheduled(_measured(parts), budgets)
    return loaded(parts.model_copy(update={"intents": _waves(parts.intents)}), budgets)


# Who is in -----------------------------------------------------------------------------------


def _ranked(parts: PlanParts) -> list[ItemDraft]:
    """Items strongest first, intents in turn: each intent's best item, then each one's second, and so on."""
    weight = {intent.id: intent.importance for intent in parts.intents}
    order = [intent.id for intent in parts.intents]
    served: dict[str, int] = {}
    turn: dict[str, tuple[int, float, float]] = {}
    for item in sorted(items_in(parts), key=lambda item: -item.confidence):
        own = min((key for key in item.intent_ids if key in weight), key=order.index)
        served[own] = served.get(own, 0) + 1
        turn[item.id] = (served[own], -weight[own], -item.confidence)
    return sorted(items_in(parts), key=lambda item: turn[item.id])


def _first_items(parts: PlanParts, week: _Week) -> list[DeferredIntent]:
    """Give each intent its first item, in order of strength; those that get none are deferred."""
    moved: list[DeferredIntent] = []
    first_wave: list[Intent] = []
    ranked = _ranked(parts)
    for intent in parts.intents:
        own = [item for item in ranked if intent.id in item.intent_ids]
        acts = [item for item in own if not isinstance(item, PolicyAskDraft)]
        if len(first_wave) >= week.budgets.max_intents_first_window:
            moved.append(_later(intent, first_wave, parts, len(moved), week.budgets))
            continue
        if not own:
            moved.append(_without_form(intent))
            continue
        if not _one_admitted(sorted(acts, key=lambda item: isinstance(item, RitualDraft)), week) and acts:
            moved.append(_too_heavy(intent, acts, first_wave, week))
            continue
        first_wave.append(intent)
    return moved


def _one_admitted(items: Iterable[ItemDraft], week: _Week) -> bool:
    """Whether one of the items is in already or could be taken in now."""
    taken = {item.id for item in week.items}
    for item in items:
        if item.id in taken:
            return True
        if week.refusal(item) is None:
            week.admit(item)
            return True
    return False


def _filled(parts: PlanParts, week: _Week) -> dict[str, str]:
    """Admit the rest by rank, a leader's behaviour first; returns what found no room and why."""
    ranked = _ranked(parts)
    taken = {item.id for item in week.items}
    refused: dict[str, str] = {}
    for item in ranked if any(map(_leads, week.items)) else _leader_first(ranked):
        if item.id in taken:
            continue
        reason = week.refusal(item)
        if reason is None:
            week.admit(item)
        else:
            refused[item.id] = f"{item.title}: {reason}"
    return refused


def _leader_first(ranked: list[ItemDraft]) -> list[ItemDraft]:
    leading = next((item for item in ranked if _leads(item)), None)
    return [leading, *(item for item in ranked if item is not leading)] if leading else ranked


def _leads(item: ItemDraft) -> bool:
    return isinstance(item, BehaviourDraft) and item.role_class is RoleClass.leader


def _over(role_class: RoleClass, hours: Hours, week: _Week) -> str | None:
    left = week.left(role_class)
    if hours.high <= left + 1e-9:
        return None
    budget = week.budgets.hours_per_week[role_class]
    return (
        f"it asks {_people(role_class)} for {hours.high:.2f} h a week, and of their {budget:.1f} h "
        f"{max(left, 0.0):.2f} h are left after {_titles(week, role_class)}"
    )


def _one_role_over(item: ItemDraft, week: _Week) -> str | None:
    """A class may have room and one person in a role of it none: the role acts in two classes, or also leads."""
    for role in carried((*week.items, item)):
        limit = _limit(role, week.budgets)
        if role.hours.high > limit + 1e-9 and item.id in role.item_ids:
            before = [other for other in week.items if other.id in role.item_ids]
            return (
                f"with it {with_the(role.role)} alone would carry {role.hours.high:.2f} h a week, of at most "
                f"{limit:.1f} h, after {_listed(before)}"
            )
    return None


def _limit(role: Carried, budgets: Budgets) -> float:
    found = role.limit(budgets.hours_per_week)
    return found[1] if found else 0.0


def _titles(week: _Week, role_class: RoleClass) -> str:
    return _listed([item for item in week.items if role_class in hours_of(item)])


def _listed(items: Sequence[ItemDraft]) -> str:
    titles = [f"'{item.title}'" for item in items]
    return ", ".join(titles[:2]) + (f" and {len(titles) - 2} more" if len(titles) > 2 else "") or "nothing else"


def _people(role_class: RoleClass) -> str:
    return {
        RoleClass.contributor: "team members",
        RoleClass.lead: "team leads",
        RoleClass.leader: "leaders",
        RoleClass.partner: "partners",
        RoleClass.ops: "Product Ops",
    }[role_class]


# Who waits -----------------------------------------------------------------------------------


def _later(intent: Intent, first: list[Intent], parts: PlanParts, place: int, budgets: Budgets) -> DeferredIntent:
    """An intent outside the first wave: its rank and weight beside the last one that is in."""
    size = budgets.max_intents_first_window
    ahead = first[place % size]
    rank = [other.id for other in parts.intents].index(intent.id) + 1
    return DeferredIntent(
        intent=_waiting(intent, 2 + place // size),
        reason=(
            f"{size} intents start in the first {budgets.window_days} days; this one ranks {rank} of "
            f'{len(parts.intents)} in the document (weight {intent.importance:.2f}), behind "{first[-1].label}" '
            f"({first[-1].importance:.2f})"
        ),
        waits_for=f'the day-{budgets.window_days} decision to keep, change or drop the items of "{ahead.label}"',
    )


def _too_heavy(intent: Intent, items: Sequence[ItemDraft], first: list[Intent], week: _Week) -> DeferredIntent:
    """An intent none of whose items fits: the lightest one's refusal, with role, hours and budget."""
    lightest = min(items, key=lambda item: sum(hours.high for hours in hours_of(item).values()))
    which = f"even the lightest of its {len(items)} items" if len(items) > 1 else "its only item"
    return DeferredIntent(
        intent=_waiting(intent, 2),
        reason=f"{capital(which)}, “{lightest.title}”, does not fit: {week.refusal(lightest)}.",
        waits_for=f"a decision on “{first[-1].label}” that frees the hours" if first else "a lighter form of its items",
    )


def _without_form(intent: Intent) -> DeferredIntent:
    return DeferredIntent(
        intent=_waiting(intent, 2),
        reason="We have no routine to propose that serves these words closely; those concerned know better ones.",
        waits_for="a form for it from the people who do the work, or a plainer statement from its author",
    )


def _waiting(intent: Intent, wave: int) -> Intent:
    return intent.model_copy(update={"wave": min(max(wave, 2), LAST_WAVE), "reason_first": None})


def _waves(intents: tuple[Intent, ...]) -> tuple[Intent, ...]:
    return tuple(intent if intent.wave == 1 else intent.model_copy(update={"wave": 1}) for intent in intents)


# When and how measured -----------------------------------------------------------------------


def _measured(parts: PlanParts) -> PlanParts:
    """At most six indicators, each intent with adherence and an outcome or leading one where it has them."""
    chosen = chosen_indicators(parts.indicators, [intent.id for intent in parts.intents])
    why = f"{MAX_FIRST_WAVE} indicators are enough to start with"
    notes = tuple(
        Note(stage=STAGE, item_id=indicator.id, action="dropped", reason=f"{indicator.name}: {why}")
        for indicator in parts.indicators
        if indicator not in chosen
    )
    return tidied(parts.model_copy(update={"indicators": chosen, "notes": (*parts.notes, *notes)}))


def _scheduled(parts: PlanParts, budgets: Budgets) -> PlanParts:
    """Spread start days so that no role class meets too much that is new in its first days."""
    days: dict[str, int] = {}
    met: dict[tuple[int, RoleClass], int] = {}
    for item in _start_order(parts):
        if isinstance(item, PolicyAskDraft):
            days[item.id] = item.starts_day
            continue
        stretch = _stretch(item, met, budgets)
        days[item.id] = max(item.starts_day, START_DAYS[stretch])
        for role_class in classes_of(item):
            met[stretch, role_class] = met.get((stretch, role_class), 0) + 1
    late = [
        Note(
            stage=STAGE,
            item_id=item.id,
            action="moved",
            reason=f"{item.title}: starts on day {days[item.id]}, since {budgets.new_items_per_role} new items "
            f"are enough for one role in {budgets.new_items_days} days",
        )
        for item in items_in(parts)
        if days[item.id] > max(item.starts_day, START_DAYS[0])
    ]
    dated = each_item(parts, lambda item: _starting(item, days[item.id]))
    return dated.model_copy(update={"notes": (*parts.notes, *late)})


def _start_order(parts: PlanParts) -> list[ItemDraft]:
    """By rank, but a leader's behaviour first and one ritual among the first three: acts need a place to meet."""
    order = _leader_first(_ranked(parts))
    gathering = next((item for item in order if isinstance(item, RitualDraft)), None)
    if gathering is None or order.index(gathering) < EARLY:
        return order
    rest = [item for item in order if item is not gathering]
    return [*rest[: EARLY - 1], gathering, *rest[EARLY - 1 :]]


def _stretch(item: ItemDraft, met: dict[tuple[int, RoleClass], int], budgets: Budgets) -> int:
    """The first stretch, not before the item's own day, in which every role class has room for it."""
    earliest = next((place for place, end in enumerate(STRETCH_ENDS) if item.starts_day <= end), 2)
    for place in range(earliest, len(START_DAYS) - 1):
        room = budgets.new_items_per_role + place  # the rule binds the first stretch; later ones may hold one more
        if all(met.get((place, role), 0) < room for role in classes_of(item)):
            return place
    return len(START_DAYS) - 1


def _starting(item: ItemDraft, day: int) -> ItemDraft:
    if item.starts_day == day:
        return item
    changed: dict[str, int] = {"starts_day": day}
    if isinstance(item, BehaviourDraft | RitualDraft) and item.review_days < day + SEEN_FOR:
        changed["review_days"] = min(LATEST_REVIEW, day + REVIEWED_AFTER)
    return item.model_copy(update=changed)
