"""What a model is shown before it words items: the document or its evidence, intents, findings, mechanisms.

Owns: DraftContext (one brief and what belongs to it in the reading), Batch (the intents of one request) and
its rendering. Must not know: models, answers, records of items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from corpora.records import BehaviourForm, Kind, PolicyForm, RitualForm
from corpora.slots import render_form
from service.engines.model.groups import SectionGroup
from service.engines.model.locate import sentences_of
from service.plan.proposals import Candidate, IntentBrief
from service.plan.reading import Reading, ReadSentence, Term, TermKind
from service.prompts.render import untrusted

MAX_EVIDENCE, MAX_FINDINGS = 12, 3
#: How many practices of each kind an intent may have alternatives from, and how many of them a model is shown.
KNOWN = {Kind.behaviour: 7, Kind.ritual: 4, Kind.policy: 2}
SHOWN = {Kind.behaviour: 5, Kind.ritual: 2, Kind.policy: 1}
#: Up to so many words a request shows the whole document, once for all intents; a longer one shows each intent's
#: evidence, and the intents are asked for side by side.
WHOLE_WORDS = 4000
MOST_NAMED = 12
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
    """One brief and the document it stands in; `key` is its letter in the request, `whole` whether all is shown.

    `offered` are the practices that the request shows, by id; those of other intents may serve this one too.
    """

    brief: IntentBrief
    reading: Reading
    key: str = "A"
    whole: bool = False
    offered: Mapping[str, Candidate] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.reading.document.text

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """The intent's own candidates, by practice id, best first."""
        return picked(self.brief, KNOWN)

    @cached_property
    def own(self) -> tuple[ReadSentence, ...]:
        """The sentences of the intent's quotes."""
        ids = [name for quote in self.brief.intent.quotes for name in quote.sentence_ids]
        return sentences_of(ids, self.reading)

    @cached_property
    def near(self) -> tuple[ReadSentence, ...]:
        """The intent's own sentences, then its evidence."""
        evidence = (each.sentence_id for each in self.brief.evidence[:MAX_EVIDENCE])
        ids = [sentence.id for sentence in self.own]
        return sentences_of([*ids, *evidence], self.reading)

    @property
    def citable(self) -> tuple[ReadSentence, ...]:
        """All sentences a model may cite."""
        return self.reading.sentences if self.whole else self.near

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The document's terms in what is shown: those of the slots, those near, then who and what it is about."""
        words = " ".join(sentence.text for sentence in self.citable).lower()
        slots = sorted(self.brief.value_terms.values(), key=lambda term: term.span)
        common = sorted(self.reading.terms, key=lambda term: (-term.count, term.span))
        near = [term for term in common if term.text.lower() in words]
        cast = [term for term in common if term.kind in CAST]
        unique: dict[str, Term] = {}
        for term in (*slots, *near, *cast):
            unique.setdefault(term.text.lower(), term)
        return tuple(unique.values())

    def lines(self) -> list[str]:
        """The intent under its letter: statement, states, and the sentences that state it."""
        intent = self.brief.intent
        named = (("from", intent.from_state), ("to", intent.to_state))
        states = [f"  {name} ({state.source.value}): {untrusted(state.text)}" for name, state in named if state]
        stated = ", ".join(sentence.id for sentence in self.own)
        return [f"{self.key} ({intent.kind.value}): {untrusted(intent.statement)} Stated in {stated}.", *states]


@dataclass(frozen=True)
class Batch:
    """The intents that one request asks for."""

    contexts: tuple[DraftContext, ...]

    def only(self, keys: Iterable[str]) -> Batch:
        """The intents with these letters, on their evidence alone: what a second question needs."""
        wanted = set(keys)
        return Batch(tuple(replace(each, whole=False) for each in self.contexts if each.key in wanted))

    def singly(self) -> tuple[Batch, ...]:
        """One batch an intent."""
        return tuple(Batch((each,)) for each in self.contexts)

    def values(self) -> dict[str, str]:
        """The variables of draft_items.md."""
        reading = self.contexts[0].reading
        return {
            "title": untrusted(reading.document.title),
            "traits": ", ".join(dict.fromkeys(trait.kind.value for trait in reading.traits)) or "nothing special",
            "findings": _lines(self._findings()),
            "sentences": "\n\n".join(part for part in (SectionGroup(self._sentences()).lines(), self._named()) if part),
            "intents": _lines(line for context in self.contexts for line in context.lines()),
            "candidates": _lines(_mechanism(each) for each in self.contexts[0].offered.values()),
        }

    def _sentences(self) -> tuple[ReadSentence, ...]:
        shown = {sentence.id for context in self.contexts for sentence in context.citable}
        return tuple(each for each in self.contexts[0].reading.sentences if each.id in shown)

    def _named(self) -> str:
        """Whom and what else the document names, where only its evidence is shown."""
        if any(context.whole for context in self.contexts):
            return ""
        words = " ".join(sentence.text for sentence in self._sentences()).lower()
        terms = [term for term in self.contexts[0].terms if term.kind in CAST and term.text.lower() not in words]
        said = "; ".join(untrusted(term.text) for term in terms[:MOST_NAMED])
        return f"It also names: {said}" if said else ""

    def _findings(self) -> list[str]:
        near = {sentence.id for context in self.contexts for sentence in context.near}
        found = [each for each in self.contexts[0].reading.findings if near.intersection(each.sentence_ids)]
        return [f"- {each.kind.value}: {untrusted(each.note)}" for each in found[:MAX_FINDINGS]]


def batches(briefs: Sequence[IntentBrief], reading: Reading) -> tuple[Batch, ...]:
    """One request over the whole document where it is short enough, else one for each intent's evidence."""
    if not briefs:
        return ()
    whole = reading.document.words <= WHOLE_WORDS
    groups = [list(briefs)] if whole else [[brief] for brief in briefs]
    return tuple(_batch(group, reading, whole) for group in groups)


def _batch(briefs: Sequence[IntentBrief], reading: Reading, whole: bool) -> Batch:
    offered: dict[str, Candidate] = {}
    for brief in briefs:
        for name, candidate in picked(brief, SHOWN).items():
            known = offered.get(name)
            offered[name] = known if known is not None and known.fit >= candidate.fit else candidate
    return Batch(
        tuple(DraftContext(brief, reading, chr(ord("A") + n), whole, offered) for n, brief in enumerate(briefs))
    )


def picked(brief: IntentBrief, most: Mapping[Kind, int]) -> dict[str, Candidate]:
    """So many candidates of each kind, by practice id, best first."""
    left = dict(most)
    found = {}
    for each in brief.candidates:
        if left[each.practice.kind] > 0:
            left[each.practice.kind] -= 1
            found[each.practice.id] = each
    return found


def _mechanism(candidate: Candidate) -> str:
    """One line of the library's own words: a form said with default words does not lead the wording."""
    practice = candidate.practice
    form = render_form(practice.form, {})
    if isinstance(form, BehaviourForm):
        said = f"{form.actor} {form.action}"
    else:
        said = form.purpose if isinstance(form, RitualForm) else form.question
    return f"- {practice.id} ({practice.kind.value}): {said.rstrip('.')}"


def form_in_short(form: BehaviourForm | RitualForm | PolicyForm) -> str:
    """The core of a form in one clause."""
    if isinstance(form, BehaviourForm):
        return f"{form.trigger}, the {form.actor} {form.action}"
    if isinstance(form, RitualForm):
        return f"{form.cadence.period.value}, {form.duration_min} minutes: {form.purpose}"
    return form.question


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) or NONE
