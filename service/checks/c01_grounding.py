"""C1 Grounding: every quote stands in the document, word for word, where it is said to stand.

Owns: what a true quote is and whether offsets are exact. Must not know: stages, engines.
"""

from __future__ import annotations

import re

from retrieval.documents import BlockKind, Document
from service.checks.context import CheckContext
from service.checks.fields import texts_of
from service.checks.scoring import ItemScore, folded_score, items_of
from service.checks.wording import folded, share_within, stems, word_count
from service.plan.items import Binding, BoundTerm, FirstCase
from service.plan.plan import CriterionScore, Plan
from service.plan.provenance import FieldSource, Provenance, Quote

MIN_WORDS, MAX_WORDS = 6, 60
_NO_QUOTES = frozenset({BlockKind.heading, BlockKind.contents, BlockKind.links, BlockKind.code})
_ARTICLE = re.compile(r"^(?:the|a|an|our|its|this)\s+", re.IGNORECASE)


def inexact(quote: Quote, document: Document) -> str | None:
    """Why the quote's words are not the document's words at that place, or None."""
    if quote.end > len(document.text) or quote.start >= quote.end:
        return f"the quote's place {quote.start}-{quote.end} lies outside the document"
    if document.text[quote.start : quote.end] != quote.text:
        return f"the words '{_short(quote.text)}' do not stand in the document at {quote.start}"
    return None


def false_quote(quote: Quote, document: Document) -> str | None:
    """Why the quote cannot carry an intent, or None: inexact, too short or long, or in a heading or contents list."""
    reason = inexact(quote, document)
    if reason:
        return reason
    count = word_count(quote.text)
    if not MIN_WORDS <= count <= MAX_WORDS:
        return f"the quote '{_short(quote.text)}' has {count} words; {MIN_WORDS} to {MAX_WORDS} are allowed"
    touched = [block for block in document.blocks if block.span.start < quote.end and quote.start < block.span.end]
    if any(block.kind in _NO_QUOTES and not document.quotable(block) for block in touched):
        return f"the quote '{_short(quote.text)}' is a heading or a line of a contents list"
    return None


def false_term(term: BoundTerm, document: Document) -> bool:
    """Whether the term's words differ from the document's at its place."""
    return not 0 <= term.start < term.end <= len(document.text) or document.text[term.start : term.end] != term.text


def false_case(case: FirstCase, document: Document) -> bool:
    """Whether a first case claims a place that does not hold its words (an article before them is free)."""
    if case.start is None and case.end is None:
        return False
    if case.start is None or case.end is None or not 0 <= case.start < case.end <= len(document.text):
        return True
    there = _ARTICLE.sub("", folded(document.text[case.start : case.end])).casefold()
    return there != _ARTICLE.sub("", folded(case.text)).casefold()


def false_source(source: FieldSource, item: Binding, document: Document) -> bool:
    """Whether a document source has no place, or a place that shares no word with the field it speaks for."""
    if source.provenance is not Provenance.document:
        return False
    if source.start is None or source.end is None or not 0 <= source.start < source.end <= len(document.text):
        return True
    place = document.text[source.start : source.end]
    said = " ".join(
        field.text
        for field in texts_of(item)
        if field.path == source.field or field.path.startswith(f"{source.field}.")
    )
    return bool(said) and bool(stems(place)) and share_within(place, said) == 0.0 and share_within(said, place) == 0.0


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """Items by their quotes and offsets, intents by their quotes; a wrong document hash is 1 at once."""
    if plan.document.sha256 != context.document.sha256:
        return CriterionScore(criterion="C1", score=1.0, reason="the plan was made from another document")
    known = {intent.id for intent in plan.intents}
    results = [_intent_score(intent.id, intent.quotes, context.document) for intent in plan.intents]
    results += [_item_score(item, known, context.document) for item in items_of(plan)]
    return folded_score("C1", results, "every quote and place is exact")


def _intent_score(intent_id: str, quotes: tuple[Quote, ...], document: Document) -> ItemScore:
    faults = [fault for fault in (false_quote(quote, document) for quote in quotes) if fault]
    return ItemScore(intent_id, 1.0 if faults else 5.0, faults[0] if faults else "")


def _item_score(item: Binding, known: set[str], document: Document) -> ItemScore:
    faults = [fault for fault in (false_quote(quote, document) for quote in item.quotes) if fault]
    faults += [f"the term '{term.text}' is not at {term.start}" for term in item.terms if false_term(term, document)]
    faults += [f"intent {other} is not in the plan" for other in item.intent_ids if other not in known]
    faults += [f"the source of {s.field} is not at its place" for s in item.sources if false_source(s, item, document)]
    return ItemScore(item.id, 1.0 if faults else 5.0, f"{item.title}: {faults[0]}" if faults else "")


def _short(text: str) -> str:
    return " ".join(text.split()[:8]) + (" …" if word_count(text) > 8 else "")
