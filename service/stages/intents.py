"""Intents: an engine's proposals become intents on verified quotes, and the ledger is split.

Owns: verification of quotes, labels, ids, which intents start first. Must not know: which engine
proposed, practices' wording, storage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpora.records import StateSource
from retrieval.documents import Document, Span
from service.checks.facts import KnownFacts, facts_in
from service.checks.g2_safety import instructs_reader, measures_person
from service.plan.ids import content_id
from service.plan.intents import Intent, State
from service.plan.lettering import capital
from service.plan.proposals import IntentProposal, Opening
from service.plan.provenance import Quote
from service.plan.reading import Reading, ReadSentence
from service.reader.labels import label, presentable

FEWEST_WORDS = 6
MOST_WORDS = 60
FEWEST_LABEL, LONGEST_LABEL = 2, 14


def make_intents(proposals: Sequence[IntentProposal], reading: Reading) -> tuple[Intent, ...]:
    """Intents in the order proposed; a proposal without a quote that holds is left out.

    Every quote satisfies ``text[start:end] == quote.text`` and has 6 to 60 words.
    """
    made: dict[str, Intent] = {}
    known = _known(reading.document) if proposals else None
    for proposal in proposals:
        quotes = tuple(q for span in proposal.spans if (q := quote_at(span, reading)) is not None)
        if quotes:
            intent = _intent(proposal, quotes, reading, known)
            made.setdefault(intent.id, intent)
    return tuple(made.values())


def openings(proposals: Sequence[IntentProposal], reading: Reading) -> dict[str, Opening]:
    """What the engine would begin each intent with, by the intent's id; the first that says so counts."""
    found: dict[str, Opening] = {}
    for proposal in proposals:
        quotes = tuple(q for span in proposal.spans if (q := quote_at(span, reading)) is not None)
        if quotes and proposal.opening is not None:
            found.setdefault(content_id("i", quotes[0].text), proposal.opening)
    return found


def quote_at(span: Span, reading: Reading) -> Quote | None:
    """The quote at a span, or None where it has too few or many words or touches no sentence."""
    text = span.of(reading.document.text)
    touched = [s for s in reading.sentences if s.sentence.span.start < span.end and span.start < s.sentence.span.end]
    if not touched or not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS or text != text.strip():
        return None
    return Quote(
        text=text,
        start=span.start,
        end=span.end,
        sentence_ids=tuple(s.id for s in touched),
        location=touched[0].place(),
    )


#: A name cut from behind a negation says the opposite: "(we do not) avoid the riskiest assumptions".
DENIED = re.compile(r"(?i)(?:\b(?:not|never|no|nor|without|cannot)|n['’]t|\brather than|\binstead of)\s+(?:\w+\s+)?$")
DENIED_WITHIN = 24


def _intent(proposal: IntentProposal, quotes: tuple[Quote, ...], reading: Reading, known: KnownFacts | None) -> Intent:
    first = reading.by_id(quotes[0].sentence_ids[0])
    return Intent(
        id=content_id("i", quotes[0].text),
        label=_chosen(proposal.label_span, quotes, reading) or _label(quotes[0], first, reading),
        statement=_statement(proposal.statement, quotes, known),
        kind=proposal.kind,
        from_state=_state(proposal.from_span, reading) or _supposed(proposal.from_hypothesis),
        to_state=_state(proposal.to_span, reading),
        quotes=quotes,
        confidence=proposal.confidence,
        importance=proposal.importance,
        wave=1,
        reason_first=_reason(proposal.why_first, known),
    )


def _chosen(span: Span | None, quotes: Sequence[Quote], reading: Reading) -> str | None:
    """The words that the engine names the intent by, where they stand in a quote of it and can head a section."""
    if span is None or not any(quote.start <= span.start and span.end <= quote.end for quote in quotes):
        return None
    text = reading.document.text
    words = span.of(text).strip(" .,;:")
    if DENIED.search(text[max(0, span.start - DENIED_WITHIN) : span.start]):
        return None
    return words if FEWEST_LABEL <= len(words.split()) <= LONGEST_LABEL and presentable(words) else None


def _label(quote: Quote, sentence: ReadSentence, reading: Reading) -> str:
    """Verbatim words of the quote that name it."""
    start = sentence.sentence.span.start
    within = (max(0, quote.start - start), min(len(sentence.text), quote.end - start))
    begin, end = label(sentence.text, reading.grammars[sentence.row], within)
    return sentence.text[begin:end].strip(" .,;:-–—")


def _state(span: Span | None, reading: Reading) -> State | None:
    if span is None:
        return None
    text = span.of(reading.document.text).strip()
    return State(text=text, source=StateSource.document) if len(text) >= 2 else None


def _supposed(text: str | None) -> State | None:
    return State(text=text, source=StateSource.hypothesis) if text else None


def _reason(words: str | None, known: KnownFacts | None) -> str | None:
    """The engine's reason for starting with it, as a sentence, where the document vouches for its facts; else none."""
    return f"{capital(words.rstrip(' .'))}." if words and _vouched(words, known) else None


def _vouched(words: str, known: KnownFacts | None) -> bool:
    invented = known is not None and any(not known.hold(fact) for fact in facts_in(words))
    return not (invented or measures_person(words) or instructs_reader(words))


def _statement(words: str, quotes: tuple[Quote, ...], known: KnownFacts | None) -> str:
    """The engine's statement where the document vouches for its facts and it is safe; else the first quote's words."""
    return words if _vouched(words, known) else quotes[0].text


def _known(document: Document) -> KnownFacts:
    """What the text, the title and the front matter vouch for: the organisation may be named only there."""
    return KnownFacts.of("\n".join([document.text, document.title, *document.metadata.values()]))
