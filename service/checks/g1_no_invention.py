"""G1 No invention: every number, date, name and address has a source or a flag.

Owns: which facts of an item nobody vouches for, and when a from-state may be called the
document's. Must not know: stages, engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpora.records import Frozen, Practice, StateSource
from corpora.slots import SLOT
from retrieval.documents import Document
from service.checks.context import CheckContext
from service.checks.facts import Fact, FactKind, KnownFacts, facts_in
from service.checks.fields import TextField, is_flagged, texts_of
from service.checks.scoring import ItemScore, folded_score, items_of
from service.checks.wording import share_within
from service.plan.items import BehaviourDraft, Indicator
from service.plan.plan import CriterionScore, Plan
from service.plan.provenance import FieldSource, Provenance, Quote

#: Fields that say what people shall do. A small duration or count there is a proposal, not a claim.
PRESCRIBING = frozenset(
    {
        "trigger", "action", "evidence", "first_time", "stop_doing", "replaces", "reinforcement", "sunset", "rotation",
        "inputs", "agenda", "outputs", "decision_rights", "health_check", "failure_signal", "async_variant", "options",
        "purpose", "facilitator", "participants", "question", "decision", "interim", "forum", "counts",
        "does_not_count", "numerator", "denominator", "title", "baseline", "name",
    }
)  # fmt: skip
_COUNTED = (
    r"(?:minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|lines?|pages?|questions?|sentences?|sessions?|"
    r"times?|words|steps?|items?|slices?|cases?|findings?|options?|people|users|teams?|members|cycles?|reviews?|"
    r"notes?|points?|months|decisions?|rows?|names?|choices?|reasons?|rounds?|volunteers?|colleagues?|others?|"
    r"working|calendar|open|live|short|new|recent|plain|first|last|blank|at|or|and|to|of|weekly|parts?)"
)
_PROPOSAL = re.compile(rf"^(?:[\s-]|\s?[-–]\s?\d+\s)*(?:{_COUNTED})\b", re.IGNORECASE)
_DAY = re.compile(r"\bdays?\s$|\bsessions?\s$", re.IGNORECASE)
_CLAIM = re.compile(
    r"\b(?:from|by|fell|falls|rose|rises|grew|saves?|saved|cuts?|currently|already|now)\s$", re.IGNORECASE
)
SMALL = 100.0
_PLAN_DAY = re.compile(r"\bday\s$", re.IGNORECASE)
PLAN_DAYS = 90
#: Who may say how things stand today besides the document; an assumption may not.
GIVEN = frozenset({Provenance.profile, Provenance.person})
#: From-state words that must stand in its source before it may be called the document's.
WORDS_IN_SOURCE = 0.75


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A fact that nobody vouches for, and its field."""

    field: TextField
    fact: Fact


def practice_facts(practice: Practice | None) -> KnownFacts:
    """The facts a practice's own form brings, slots taken out."""
    if practice is None:
        return KnownFacts.of("")
    texts = [field.text for field in texts_of(practice)]
    return KnownFacts.of(". ".join(SLOT.sub(" ", text) for text in texts))


def unvouched(record: Frozen, sources: Iterable[FieldSource], document: KnownFacts) -> Iterator[Unsourced]:
    """Facts of a record that are neither in the document nor in a flagged field; an unknown baseline states none."""
    flagged = tuple(sources)
    for field in texts_of(record):
        silent = field.path == "baseline" and field.text.startswith("unknown")
        if not silent and not is_flagged(flagged, field.path):
            yield from (Unsourced(field, fact) for fact in facts_in(field.text) if not document.hold(fact))


def is_plan_day(unsourced: Unsourced) -> bool:
    """Whether the fact is a day of the plan's own 90, as in "by day 60"."""
    fact = unsourced.fact
    if fact.kind is not FactKind.number or not fact.text.isdigit():
        return False
    return int(fact.text) <= PLAN_DAYS and bool(_PLAN_DAY.search(unsourced.field.text[: fact.start]))


def is_proposal(unsourced: Unsourced) -> bool:
    """Whether the fact is a day of the plan, or a small count in a field that says what shall be done."""
    fact, text = unsourced.fact, unsourced.field.text
    if fact.kind is not FactKind.number or float(fact.key) > SMALL:
        return False
    before, after = text[: fact.start], text[fact.start + len(fact.text) :]
    if _DAY.search(before):  # the plan's own calendar: "by day 15"
        return True
    if unsourced.field.path.split(".")[0] not in PRESCRIBING or _CLAIM.search(before):
        return False
    return bool(_PROPOSAL.search(after) or not fact.text[0].isdigit())


def from_state_is_quoted(item: BehaviourDraft, quotes: Iterable[Quote], document: Document) -> bool:
    """Whether the from-state's words stand in a quote or in the place of its own source."""
    places = [quote.text for quote in quotes]
    places += [
        document.text[source.start : source.end]
        for source in item.sources
        if source.field in {"shift.from_state", "shift"}
        and source.provenance is Provenance.document
        and source.start is not None
        and source.end is not None
    ]
    return any(share_within(item.shift.from_state, place) >= WORDS_IN_SOURCE for place in places)


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """1 for a fact nobody vouches for or a hypothesis told as fact; 3 for an unflagged small estimate."""
    known = KnownFacts.of(context.document.text)
    forms: Mapping[str, Practice] = context.practices
    results = []
    for item in items_of(plan):
        own = practice_facts(forms.get(item.practice_id or ""))
        found = [u for u in unvouched(item, item.sources, known) if not own.hold(u.fact)]
        quotes = [quote for intent in plan.intents if intent.id in item.intent_ids for quote in intent.quotes]
        bent = isinstance(item, BehaviourDraft) and _bent(item, (*quotes, *item.quotes), context.document)
        results.append(_score(item.id, item.title, found, bent))
    for indicator in plan.indicators:
        found = [
            u for u in unvouched(indicator, indicator.sources, known) if not _library_fact(u, plan, indicator, forms)
        ]
        results.append(_invented_baseline(indicator, known) or _score(indicator.id, indicator.name, found, False))
    return folded_score("G1", results, "every number, name and date has a source or a flag")


def _invented_baseline(indicator: Indicator, known: KnownFacts) -> ItemScore | None:
    """1 for a baseline that is told as a fact and is not the document's; it says how things are, so no flag helps.

    "Nearly half of all cases" is told as a fact as much as 47% is. A person or the profile may give the figure.
    """
    told = indicator.baseline.strip()
    given = any(source.field == "baseline" and source.provenance in GIVEN for source in indicator.sources)
    if given or not told or told.casefold().startswith("unknown"):
        return None
    facts = facts_in(told)
    if facts and all(known.hold(fact) for fact in facts):
        return None
    return ItemScore(indicator.id, 1.0, f"{indicator.name}: the baseline '{told}' is not in the document")


def _library_fact(unsourced: Unsourced, plan: Plan, indicator: Indicator, forms: Mapping[str, Practice]) -> bool:
    items = [item for item in items_of(plan) if item.id in indicator.item_ids]
    return any(practice_facts(forms.get(item.practice_id or "")).hold(unsourced.fact) for item in items)


def _bent(item: BehaviourDraft, quotes: Iterable[Quote], document: Document) -> bool:
    return item.shift.from_source is StateSource.document and not from_state_is_quoted(item, quotes, document)


def _score(item_id: str, title: str, found: list[Unsourced], bent: bool) -> ItemScore:
    if bent:
        return ItemScore(item_id, 1.0, f"{title}: the from-state is called the document's but is not in its words")
    if not found:
        return ItemScore(item_id, 5.0)
    words = ", ".join(f"'{u.fact.text}' in {u.field.path}" for u in found[:3])
    return ItemScore(item_id, 3.0 if all(map(is_proposal, found)) else 1.0, f"{title}: no source for {words}")
