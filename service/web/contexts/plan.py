"""What the plan page shows: chapters by intent, then what concerns them all.

Owns: PlanPage and how items find their chapter, their practice and their indicators. Must not know:
HTML, requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, TypeVar

from corpora.records import Criterion, Practice
from service.export.carrying import ITEMS_NOTE, who_carries_most
from service.export.formats import FORMATS, ExportFormat
from service.plan.intents import DeferredIntent, Intent
from service.plan.items import Behaviour, Binding, Flag, Indicator, IndicatorKind, PolicyAsk, Ritual
from service.plan.plan import Plan
from service.store.records import PlanRecord
from service.web.contexts.calendar import Strip, strips_of
from service.web.contexts.criteria import Findings, findings_of
from service.web.contexts.load import LoadBar, RoleBar, bars_of, role_bars_of
from service.web.contexts.refine import Bench, Refining

ItemT = TypeVar("ItemT", Behaviour, Ritual, PolicyAsk)

FLAG_WORDS = {
    Flag.own_routine: "the document's own routine; what goes with it is proposed",
    Flag.standard_form: "standard form, hardly fitted to this document",
    Flag.technical: "tidying, not transformation",
    Flag.role_proposed: "role proposed; the document names none",
    Flag.fallback: "worded without the model",
    Flag.stale: "its words changed; to be settled",
}
#: A ritual has several roles, and the document may name some of them.
SEAT_WORDS = {**FLAG_WORDS, Flag.role_proposed: "roles proposed where the document names none"}
KIND_QUESTIONS = {
    IndicatorKind.adherence: "Is it done?",
    IndicatorKind.leading: "Does it move?",
    IndicatorKind.outcome: "Did the outcome come?",
    IndicatorKind.counter: "Does anything get worse?",
}


@dataclass(frozen=True, slots=True)
class PracticeNote:
    """The practice behind an item, and where that comes from."""

    id: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Card(Generic[ItemT]):
    """An item with what is shown beside it.

    `flags` are words, `measures` names its indicators, `to_look_at` names the form checks that found
    something in it.
    """

    item: ItemT
    practice: PracticeNote | None
    other: PracticeNote | None
    flags: tuple[str, ...]
    measures: tuple[str, ...]
    to_look_at: tuple[str, ...]
    bench: Bench | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator and the question it answers."""

    indicator: Indicator
    question: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """An active intent with everything that came of it."""

    number: int
    intent: Intent
    behaviours: tuple[Card[Behaviour], ...]
    rituals: tuple[Card[Ritual], ...]
    asks: tuple[Card[PolicyAsk], ...]
    measures: tuple[Measure, ...]

    @property
    def cards(self) -> tuple[Card[Behaviour] | Card[Ritual] | Card[PolicyAsk], ...]:
        """All items in reading order."""
        return (*self.behaviours, *self.rituals, *self.asks)


@dataclass(frozen=True, slots=True)
class Wave:
    """Intents that wait for the same wave."""

    number: int
    entries: tuple[DeferredIntent, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A whole plan.

    Attributes:
        record: the plan's id, title and version number.
        plan: its content: document, engine, capabilities, rollout, questions, assumptions.
        chapters: active intents, strongest first, each with its items and indicators.
        strips: the 90 days, one strip an item.
        bars: load by role class; empty where none was reckoned.
        role_bars: load by named role, who carries most first; empty where none was reckoned.
        carries_most: one sentence that says who; empty where nobody is named.
        by_name_note: what is counted for a named role.
        findings: the criteria, with reasons.
        waves: what was put off, by wave.
        formats: what the plan can be taken away as.
        refining: what the plan can be changed from; nothing where it is only shown.
    """

    template: ClassVar[str] = "plan.html"
    record: PlanRecord
    plan: Plan
    chapters: tuple[Chapter, ...]
    strips: tuple[Strip, ...]
    bars: tuple[LoadBar, ...]
    role_bars: tuple[RoleBar, ...]
    carries_most: str
    by_name_note: str
    findings: Findings
    waves: tuple[Wave, ...]
    formats: tuple[ExportFormat, ...]
    refining: Refining | None = None


def plan_page(
    record: PlanRecord,
    plan: Plan,
    practices: Mapping[str, Practice],
    criteria: Sequence[Criterion],
    refining: Refining | None = None,
) -> PlanPage:
    """The page for a plan that is ready."""
    return PlanPage(
        record=record,
        plan=plan,
        chapters=chapters_of(plan, practices, criteria, refining),
        strips=strips_of(plan),
        bars=bars_of(plan),
        role_bars=role_bars_of(plan),
        carries_most=who_carries_most(plan),
        by_name_note=ITEMS_NOTE,
        findings=findings_of(plan, criteria),
        waves=waves_of(plan),
        formats=FORMATS,
        refining=refining,
    )


def chapters_of(
    plan: Plan,
    practices: Mapping[str, Practice],
    criteria: Sequence[Criterion],
    refining: Refining | None = None,
) -> tuple[Chapter, ...]:
    """One chapter an active intent; an item stands under the first active intent it serves."""
    active = [intent.id for intent in plan.intents]
    names = {criterion.id: criterion.name for criterion in criteria}

    def cards(items: Sequence[ItemT], intent: Intent) -> tuple[Card[ItemT], ...]:
        mine = [item for item in items if home_of(item, active) == intent.id]
        benches = refining.benches if refining else {}
        return tuple(replace(_card(item, plan, practices, names), bench=benches.get(item.id)) for item in mine)

    return tuple(
        Chapter(
            number=number,
            intent=intent,
            behaviours=cards(plan.behaviours, intent),
            rituals=cards(plan.rituals, intent),
            asks=cards(plan.policy_asks, intent),
            measures=tuple(
                Measure(one, KIND_QUESTIONS[one.kind]) for one in plan.indicators if one.intent_ids[0] == intent.id
            ),
        )
        for number, intent in enumerate(plan.intents, 1)
    )


def home_of(item: Binding, active: Sequence[str]) -> str:
    """The intent an item stands under; the last one where a person took all of its own away."""
    return next((name for name in item.intent_ids if name in active), active[-1] if active else "")


def waves_of(plan: Plan) -> tuple[Wave, ...]:
    """Deferred intents by wave, in the plan's order."""
    numbers = sorted({entry.intent.wave for entry in plan.deferred_intents})
    return tuple(
        Wave(number, tuple(entry for entry in plan.deferred_intents if entry.intent.wave == number))
        for number in numbers
    )


def source_words(practice: Practice) -> str:
    """'Author, Title (1999)'."""
    year = f" ({practice.source.year})" if practice.source.year else ""
    return f"{practice.source.author}, {practice.source.title}{year}"


def _card(item: ItemT, plan: Plan, practices: Mapping[str, Practice], names: Mapping[str, str]) -> Card[ItemT]:
    named = {one.id: one.name for one in plan.indicators}
    measures = [one.name for one in plan.indicators if item.id in one.item_ids]
    flag_words = SEAT_WORDS if isinstance(item, Ritual) else FLAG_WORDS
    measures += [named[key] for key in item.indicator_ids if key in named]
    return Card(
        item=item,
        practice=_note(item.practice_id, practices),
        other=_note(item.alternative.practice_id, practices) if item.alternative else None,
        flags=tuple(flag_words[flag] for flag in item.flags),
        measures=tuple(dict.fromkeys(measures)),
        to_look_at=tuple(names.get(one.criterion, one.criterion) for one in plan.scores if item.id in one.item_ids),
    )


def _note(practice_id: str | None, practices: Mapping[str, Practice]) -> PracticeNote | None:
    practice = practices.get(practice_id) if practice_id else None
    return PracticeNote(practice.id, practice.name, source_words(practice)) if practice else None
