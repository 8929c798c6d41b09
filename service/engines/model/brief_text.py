"""What a model is shown of one intent: evidence, terms, findings, candidates; each in few words.

Owns: DraftContext (the brief and what belongs to it in the reading) and its rendering. Must not
know: models, answers, records of items.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from corpora.records import BehaviourForm, Kind, PolicyForm, Practice, RitualForm
from corpora.slots import render_form
from service.engines.model.locate import quote_span, sentences_of
from service.plan.proposals import Candidate, IntentBrief
from service.plan.reading import Reading, ReadSentence, Term, TermKind
from service.prompts.render import untrusted

MAX_EVIDENCE, MAX_FINDINGS, MAX_OTHERS = 12, 3, 10
#: How many practices of each kind a model may choose from.
OFFERED = {Kind.behaviour: 7, Kind.ritual: 4, Kind.policy: 2}
TERMS_A_KIND = 5
#: Kinds that are worth naming wherever in the document they stand.
CAST = {
    TermKind.organisation,
    TermKind.role,
    TermKind.leader,
    TermKind.team,
    TermKind.user,
    TermKind.partner,
    TermKind.product,
}
NONE = "(none)"


@dataclass(frozen=True)
class DraftContext:
    """One brief, the document it stands in, and the labels of the plan's other intents."""

    brief: IntentBrief
    reading: Reading
    others: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.reading.document.text

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """The candidates shown, by practice id, best first."""
        left = dict(OFFERED)
        offered = {}
        for each in self.brief.candidates:
            if left[each.practice.kind] > 0:
                left[each.practice.kind] -= 1
                offered[each.practice.id] = each
        return offered

    @cached_property
    def own(self) -> tuple[ReadSentence, ...]:
        """The sentences of the intent's quotes."""
        ids = [name for quote in self.brief.intent.quotes for name in quote.sentence_ids]
        return sentences_of(ids, self.reading)

    @cached_property
    def cited(self) -> tuple[ReadSentence, ...]:
        """All sentences a model may cite: the intent's own, then the evidence."""
        evidence = (each.sentence_id for each in self.brief.evidence[:MAX_EVIDENCE])
        ids = [sentence.id for sentence in self.own]
        return sentences_of([*ids, *evidence], self.reading)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Terms a model may use: those of the slots, those near the intent, then who and what the document is about."""
        words = " ".join(sentence.text for sentence in self.cited).lower()
        slots = sorted(self.brief.value_terms.values(), key=lambda term: term.span)
        common = sorted(self.reading.terms, key=lambda term: (-term.count, term.span))
        near = [term for term in common if term.text.lower() in words]
        cast = [term for term in common if term.kind in CAST]
        unique: dict[str, Term] = {}
        for term in (*slots, *near, *cast):
            unique.setdefault(term.text.lower(), term)
        return tuple(unique.values())

    def values(self) -> dict[str, str]:
        """The variables of draft_items.md."""
        intent = self.brief.intent
        return {
            "kind": intent.kind.value,
            "traits": ", ".join(dict.fromkeys(trait.kind.value for trait in self.brief.traits)) or "nothing special",
            "intent": _lines([untrusted(intent.statement), *self._states(), *self._sentences(self.own)]),
            "evidence": _lines(self._evidence()),
            "terms": _lines(self._terms()),
            "findings": _lines(self._findings()),
            "others": _lines(f"- {untrusted(label)}" for label in self.others[:MAX_OTHERS]),
            "candidates": "\n".join(_candidate(each.practice) for each in self.candidates.values()),
        }

    def _states(self) -> list[str]:
        intent = self.brief.intent
        named = (("from", intent.from_state), ("to", intent.to_state))
        return [f"{name} ({state.source.value}): {untrusted(state.text)}" for name, state in named if state]

    def _sentences(self, sentences: Iterable[ReadSentence]) -> list[str]:
        return [f"[{sentence.id}] {self._words(sentence)}" for sentence in sentences]

    def _evidence(self) -> list[str]:
        gives = {each.sentence_id: each.gives for each in self.brief.evidence}
        there = [sentence for sentence in self.cited if sentence not in self.own]
        return [f"[{sentence.id}] {gives[sentence.id]}: {self._words(sentence)}" for sentence in there]

    def _words(self, sentence: ReadSentence) -> str:
        span = quote_span(sentence, self.text)
        return untrusted(span.of(self.text) if span else sentence.text)

    def _terms(self) -> list[str]:
        kinds: dict[str, list[str]] = {}
        for term in self.terms:
            kinds.setdefault(term.kind.value, []).append(untrusted(term.text))
        return [f"{kind}: {'; '.join(words[:TERMS_A_KIND])}" for kind, words in kinds.items()]

    def _findings(self) -> list[str]:
        near = {sentence.id for sentence in self.cited}
        found = [each for each in self.reading.findings if near.intersection(each.sentence_ids)]
        return [f"- {each.kind.value}: {untrusted(each.note)}" for each in found[:MAX_FINDINGS]]


def _candidate(practice: Practice) -> str:
    """One line of the library's own words: a form said with default words does not lead the wording."""
    form = render_form(practice.form, {})
    return f"- {practice.id} ({practice.kind.value}) {practice.name}: {form_in_short(form).rstrip('.')}"


def form_in_short(form: BehaviourForm | RitualForm | PolicyForm) -> str:
    """The core of a form in one clause."""
    if isinstance(form, BehaviourForm):
        return f"{form.trigger}, the {form.actor} {form.action}"
    if isinstance(form, RitualForm):
        return f"{form.cadence.period.value}, {form.duration_min} minutes: {form.purpose}"
    return form.question


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) or NONE
