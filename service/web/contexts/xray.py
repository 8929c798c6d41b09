"""What the strategy X-ray shows: the document with every intent's words marked, and the intents beside it.

Owns: XrayPage, the numbering of intents, coverage by section. Must not know: HTML, requests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from retrieval.documents import Document, Span
from service.export.pick import excerpt, short_place
from service.plan.intents import Intent
from service.plan.items import Behaviour, Item, Ritual
from service.plan.plan import Plan, Question
from service.plan.provenance import Quote
from service.store.records import PlanRecord
from service.web.contexts.marks import Mark, Marker, anchor_of
from service.web.contexts.reader import Group, groups_of, parts_of

_MOST_QUESTIONS = 5
_PLACE_WORDS = 7


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """Where a quote is marked, and the place in words."""

    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class MadeItem:
    """An item that came of an intent."""

    id: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An intent in the margin. `reason` says why it starts, or why it waits; `waits_for` is empty if it starts."""

    number: int
    intent: Intent
    started: bool
    places: tuple[QuotePlace, ...]
    items: tuple[MadeItem, ...]
    reason: str
    waits_for: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the places that raise it."""

    question: Question
    places: tuple[QuotePlace, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What came of a section: how many intents start and how many wait."""

    title: str
    words: int
    started: int
    waiting: int


@dataclass(frozen=True, slots=True)
class XrayPage:
    """A document seen through its plan.

    Attributes:
        record: the plan's id and title.
        holds: what the document holds, in a sentence or two.
        entries: intents that start, strongest first.
        waiting: intents put off, each with its reason.
        groups: the document in its own structure, quotes marked.
        coverage: section by section, what came of it.
        questions: at most five for leaders.
        document_id: for the link to the whole text; None where the document is gone.
    """

    template: ClassVar[str] = "xray.html"
    record: PlanRecord
    holds: str
    entries: tuple[Entry, ...]
    waiting: tuple[Entry, ...]
    groups: tuple[Group, ...]
    coverage: tuple[Coverage, ...]
    questions: tuple[Asked, ...]
    document_id: str | None


def xray_page(record: PlanRecord, plan: Plan, document: Document) -> XrayPage:
    """The page for a plan and the text it was made from."""
    entries, waiting = _started(plan), _waiting(plan)
    marks = [
        Mark(Span(quote.start, quote.end), entry.number, entry.started)
        for entry in (*entries, *waiting)
        for quote in entry.intent.quotes
    ]
    marker = Marker(document.text, marks)
    return XrayPage(
        record=record,
        holds=plan.holds,
        entries=entries,
        waiting=waiting,
        groups=groups_of(document, marker),
        coverage=_coverage(document, marker),
        questions=tuple(_asked(one, marks) for one in plan.questions_for_leadership[:_MOST_QUESTIONS]),
        document_id=record.document_id,
    )


def _started(plan: Plan) -> tuple[Entry, ...]:
    items: tuple[Item, ...] = (*plan.behaviours, *plan.rituals, *plan.policy_asks)
    return tuple(
        Entry(
            number=number,
            intent=intent,
            started=True,
            places=_places(intent.quotes),
            items=tuple(_made(item) for item in items if intent.id in item.intent_ids),
            reason=intent.reason_first or "",
            waits_for="",
        )
        for number, intent in enumerate(plan.intents, 1)
    )


def _waiting(plan: Plan) -> tuple[Entry, ...]:
    first = len(plan.intents) + 1
    return tuple(
        Entry(number, one.intent, False, _places(one.intent.quotes), (), one.reason, one.waits_for)
        for number, one in enumerate(plan.deferred_intents, first)
    )


def _made(item: Item) -> MadeItem:
    kind = "Behaviour" if isinstance(item, Behaviour) else "Ritual" if isinstance(item, Ritual) else "Decision"
    return MadeItem(item.id, kind, item.title)


def _places(quotes: Sequence[Quote]) -> tuple[QuotePlace, ...]:
    return tuple(QuotePlace(anchor_of(quote.start), excerpt(short_place(quote), _PLACE_WORDS)) for quote in quotes)


def _asked(question: Question, marks: Sequence[Mark]) -> Asked:
    """Only places that are marked can be gone to."""
    known = {mark.span.start for mark in marks}
    return Asked(question, _places([quote for quote in question.quotes if quote.start in known]))


def _coverage(document: Document, marker: Marker) -> tuple[Coverage, ...]:
    rows = []
    for part in parts_of(document):
        marks = [mark for span in part.spans for mark in marker.within(span)]
        started = {mark.number for mark in marks if mark.started}
        waiting = {mark.number for mark in marks if not mark.started}
        rows.append(Coverage(part.title, part.words, len(started), len(waiting)))
    return tuple(rows)
