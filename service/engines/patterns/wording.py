"""A form and an intent's words become an item bound to the document.

Owns: filling slots, binding terms, flags, first case, provenance of fields. Must not know: the
choice of forms, checks, storage. Nothing is written that is neither the form's nor the document's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from corpora.records import BehaviourForm, PolicyForm, Practice, RitualForm, Shift, StateSource
from corpora.slots import render, render_form, slots_in
from retrieval.documents import Block, BlockKind
from service.engines.patterns.seats import proposed_seats
from service.plan.ids import content_id
from service.plan.items import (
    Behaviour,
    BehaviourDraft,
    BoundTerm,
    FirstCase,
    Flag,
    PolicyAsk,
    PolicyAskDraft,
    Ritual,
    RitualDraft,
)
from service.plan.proposals import Candidate, IntentBrief
from service.plan.proposed_roles import proposed
from service.plan.provenance import FieldSource, Provenance
from service.plan.reading import Reading
from service.stages.cases import case_span

MOST_LINES = 5
#: A behaviour's sentence has at most 45 words (domain brief 1.2), and a profile may name a longer role: a long
#: focus gives way to the form's own words before that.
MOST_WORDS = 42
#: "75" and "90" are measures, no ways of working.
FEWEST_LETTERS = 3
SUPPOSED = FieldSource(field="shift.from_state", provenance=Provenance.hypothesis)
STRUCTURED = {
    BehaviourForm: ("cadence", "time_cost", "evidence.minutes_after", "stop_doing.minutes_saved", "review_days"),
    RitualForm: ("cadence", "duration_min", "agenda", "replaces.minutes_saved", "review_days"),
    PolicyForm: ("needed_by_day",),
}


class Bound(TypedDict):
    """The fields of `Binding`, ready to be joined with a form's."""

    id: str
    title: str
    intent_ids: tuple[str, ...]
    practice_id: str
    capability: str
    mechanism: str
    quotes: tuple[object, ...]
    terms: tuple[BoundTerm, ...]
    sources: tuple[FieldSource, ...]
    flags: tuple[Flag, ...]
    first_case: FirstCase | None
    first_lines: tuple[BoundTerm, ...]
    confidence: float
    adds_gate: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """A brief and its document, from which items are worded."""

    brief: IntentBrief
    reading: Reading

    def item(
        self,
        candidate: Candidate,
        alternative: Candidate | None,
        lead: bool,
        taken: frozenset[str] = frozenset(),
    ) -> Behaviour | Ritual | PolicyAsk:
        """The item, with its alternative worded the same way.

        `lead` marks the intent's first item: it carries the document's own list, and its own from and to.
        `taken` are the words of first cases that other items have.
        """
        fields, bound = self._parts(candidate, lead, taken)
        other = self._parts(alternative, lead=False, taken=taken) if alternative is not None else None
        if isinstance(candidate.practice.form, BehaviourForm):
            spare = BehaviourDraft.model_validate({**other[0], **other[1]}) if other else None
            return Behaviour.model_validate({**fields, **bound, "alternative": spare})
        if isinstance(candidate.practice.form, RitualForm):
            spare_ritual = RitualDraft.model_validate({**other[0], **other[1]}) if other else None
            return Ritual.model_validate({**fields, **bound, "alternative": spare_ritual})
        spare_ask = PolicyAskDraft.model_validate({**other[0], **other[1]}) if other else None
        return PolicyAsk.model_validate({**fields, **bound, "alternative": spare_ask})

    def beside(self, stated: Behaviour, alternative: Candidate | None) -> Behaviour:
        """The document's own routine with a practice of the library that could take its place."""
        if alternative is None:
            return stated
        form, bound = self._parts(alternative, lead=False, taken=frozenset())
        return stated.model_copy(update={"alternative": BehaviourDraft.model_validate({**form, **bound})})

    def _parts(self, candidate: Candidate, lead: bool, taken: frozenset[str]) -> tuple[dict[str, object], Bound]:
        if candidate.values:
            return self._with(candidate)._parts(replace(candidate, values={}), lead, taken)
        practice = candidate.practice
        form = self._form(practice, lead)
        used = _slots_used(practice)
        case = self._first_case(candidate, taken)
        terms = self._terms(used, case)
        bound = Bound(
            id=content_id(practice.kind.value[0], practice.id, self.brief.intent.id),
            title=practice.name,
            intent_ids=(self.brief.intent.id,),
            practice_id=practice.id,
            capability=practice.capability,
            mechanism=render(practice.mechanism, self.brief.values),
            quotes=self.brief.intent.quotes[:2],
            terms=terms,
            sources=self._sources(practice, lead),
            flags=self._flags(practice, used, terms),
            first_case=case,
            first_lines=self._first_lines() if lead else (),
            confidence=round(min(0.95, candidate.fit), 2),
            adds_gate=practice.adds_gate,
        )
        return dict(form), bound

    def _with(self, candidate: Candidate) -> Wording:
        """The same with the candidate's own words for slots before the brief's."""
        values, terms = {**self.brief.values, **candidate.values}, {**self.brief.value_terms, **candidate.terms}
        return Wording(replace(self.brief, values=values, value_terms=terms), self.reading)

    def _form(self, practice: Practice, lead: bool) -> BehaviourForm | RitualForm | PolicyForm:
        form = render_form(practice.form, self.brief.values)
        if isinstance(form, BehaviourForm) and _words(form) > MOST_WORDS:
            shorter = {name: value for name, value in self.brief.values.items() if name != "focus"}
            form = render_form(practice.form, shorter)
        stated = self._stated_shift()
        if lead and isinstance(form, BehaviourForm) and stated is not None:
            return form.model_copy(update={"shift": stated})
        return form

    def _stated_shift(self) -> Shift | None:
        """The document's own from and to, where it states both."""
        before, after = self.brief.intent.from_state, self.brief.intent.to_state
        if before is None or after is None or before.source is not StateSource.document:
            return None
        if min(len(_as_state(before.text)), len(_as_state(after.text))) < FEWEST_LETTERS:
            return None
        return Shift(
            from_state=_as_state(before.text), from_source=StateSource.document, to_state=_as_state(after.text)
        )

    def _terms(self, used: frozenset[str], case: FirstCase | None) -> tuple[BoundTerm, ...]:
        found = [
            BoundTerm(kind=term.kind.value, text=term.text, start=term.span.start, end=term.span.end)
            for slot, term in sorted(self.brief.value_terms.items())
            if slot in used
        ]
        topic = self._topic() if used & {"focus", "aim"} else None
        begun = [_as_term(case)] if case is not None else []
        unique = {(t.kind, t.text): t for t in [*([topic] if topic else []), *found, *(t for t in begun if t)]}
        return tuple(unique.values())

    def _topic(self) -> BoundTerm | None:
        text = self.brief.intent.label
        quote = self.brief.intent.quotes[0]
        at = quote.text.find(text)
        if at < 0:
            return None
        return BoundTerm(kind="topic", text=text, start=quote.start + at, end=quote.start + at + len(text))

    def _sources(self, practice: Practice, lead: bool) -> tuple[FieldSource, ...]:
        sources = [
            FieldSource(field=name, provenance=Provenance.proposed, note="an estimate to agree with the pilot teams")
            for name in STRUCTURED[type(practice.form)]
        ]
        if isinstance(practice.form, BehaviourForm):
            sources += self._shift_sources() if lead and self._stated_shift() else [SUPPOSED]
        return tuple([*sources, *self._role_sources(practice)])

    def _shift_sources(self) -> list[FieldSource]:
        sources = []
        for name, state in (("from_state", self.brief.intent.from_state), ("to_state", self.brief.intent.to_state)):
            quote = self.brief.intent.quotes[0]
            at = quote.text.find(state.text) if state else -1
            if state and at >= 0:
                start = quote.start + at
                sources.append(
                    FieldSource(
                        field=f"shift.{name}", provenance=Provenance.document, start=start, end=start + len(state.text)
                    )
                )
        return sources

    def _role_sources(self, practice: Practice) -> list[FieldSource]:
        if isinstance(practice.form, RitualForm):
            return proposed_seats(render_form(practice.form, self.brief.values), self.reading)
        if not isinstance(practice.form, BehaviourForm):
            return []
        slots = slots_in(practice.form.actor)
        known = [self.brief.value_terms[s] for s in sorted(slots) if s in self.brief.value_terms]
        if known:
            span = known[0].span
            return [FieldSource(field="actor", provenance=Provenance.document, start=span.start, end=span.end)]
        return [proposed("actor")]

    def _flags(self, practice: Practice, used: frozenset[str], terms: Sequence[BoundTerm]) -> tuple[Flag, ...]:
        flags = []
        if isinstance(practice.form, BehaviourForm) and not slots_in(practice.form.actor) & set(self.brief.value_terms):
            flags.append(Flag.role_proposed)
        if isinstance(practice.form, RitualForm) and self._role_sources(practice):
            flags.append(Flag.role_proposed)
        if practice.technical:
            flags.append(Flag.technical)
        if len(terms) < 3 or len({term.kind for term in terms}) < 2:
            flags.append(Flag.standard_form)
        return tuple(flags)

    def _first_case(self, candidate: Candidate, taken: frozenset[str]) -> FirstCase | None:
        """The initiative named nearest to the intent, or else a statement of the document that the practice fits."""
        term = self.brief.value_terms.get("case")
        if term is not None and self.brief.values["case"] not in taken:
            return FirstCase(
                text=self.brief.values["case"],
                why=self._where(term.sentence_id),
                start=term.span.start,
                end=term.span.end,
            )
        document = self.reading.document.text
        for sentence_id in candidate.case_ids:
            span = case_span(self.reading.by_id(sentence_id))
            if span is not None and (text := span.of(document)) not in taken:
                return FirstCase(text=text, why=self._where(sentence_id), start=span.start, end=span.end, clause=True)
        return None

    def _where(self, sentence_id: str) -> str:
        place = self.reading.by_id(sentence_id).place().words()
        return f"under {place}"  # a place has no quotation marks: they are for the document's words

    def _first_lines(self) -> tuple[BoundTerm, ...]:
        return tuple(
            BoundTerm(kind="list item", text=text, start=start, end=end)
            for text, start, end in harvest(self.brief, self.reading)
        )


def _as_term(case: FirstCase) -> BoundTerm | None:
    if case.start is None or case.end is None:
        return None
    return BoundTerm(kind="first case", text=case.text, start=case.start, end=case.end)


def _words(form: BehaviourForm) -> int:
    return len(f"{form.trigger}, the {form.actor} {form.action}".split())


def _slots_used(practice: Practice) -> frozenset[str]:
    return slots_in(practice.form.model_dump_json()) | slots_in(practice.mechanism)


def _as_state(words: str) -> str:
    words = words.strip(" .,;:")
    return words[:1].lower() + words[1:] if words[:1].isupper() and words[1:2].islower() else words


def harvest(brief: IntentBrief, reading: Reading) -> list[tuple[str, int, int]]:
    """The list that the intent's own sentence announces, or the bullets under it: up to five short items."""
    document = reading.document
    first = reading.by_id(brief.intent.quotes[0].sentence_ids[-1])
    block = first.sentence.block
    if not _announces(document.blocks[block], document.text):
        return []
    at = block + 1
    if document.blocks[block].kind is BlockKind.list_item:
        at = block + 1 if _deeper(reading, block + 1, block) else len(document.blocks)
    found: list[tuple[str, int, int]] = []
    while at < len(document.blocks) and document.blocks[at].kind is BlockKind.list_item and len(found) < MOST_LINES:
        if document.blocks[block].kind is BlockKind.list_item and not _deeper(reading, at, block):
            break
        span = document.blocks[at].span
        text = span.of(document.text)
        if 2 <= len(text.split()) <= 25 and not re.search(r"https?://", text):
            found.append((text, span.start, span.end))
        at += 1
    return found if len(found) >= 2 else []


def _announces(block: Block, text: str) -> bool:
    """Whether what follows belongs to the block: a list after a paragraph that ends in a full stop may be about more."""
    return block.kind in {BlockKind.heading, BlockKind.list_item} or block.span.of(text).rstrip().endswith(":")


def _deeper(reading: Reading, at: int, block: int) -> bool:
    blocks = reading.document.blocks
    return at < len(blocks) and blocks[at].kind is BlockKind.list_item and blocks[at].depth > blocks[block].depth
