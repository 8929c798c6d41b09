"""Intents held against the document: true quotes, a verbatim label, states the document says.

Owns: what is mended in an intent and when it goes. Must not know: items, stages' order.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpora.records import StateSource
from retrieval.documents import Document
from service.checks.c01_grounding import false_quote
from service.checks.facts import KnownFacts, facts_in
from service.checks.g1_no_invention import WORDS_IN_SOURCE
from service.checks.g2_safety import instructs_reader
from service.checks.wording import folded, share_within
from service.plan.intents import DeferredIntent, Intent, State
from service.plan.parts import Note
from service.plan.provenance import Quote

STAGE = "ground"
LABEL_WORDS = 12


def note(item_id: str, action: str, reason: str) -> Note:
    """A note of the grounding stage."""
    return Note(stage=STAGE, item_id=item_id, action=action, reason=reason)


def true_intents(intents: Iterable[Intent], document: Document) -> tuple[tuple[Intent, ...], tuple[Note, ...]]:
    """Intents with their true quotes; one without any, or that instructs the reader, goes with a note."""
    kept: list[Intent] = []
    notes: list[Note] = []
    known = KnownFacts.of(document.text)
    for intent in intents:
        result = _true_intent(intent, document, known, notes)
        if result is not None:
            kept.append(result)
    return tuple(kept), tuple(notes)


def true_deferred(
    deferred: Iterable[DeferredIntent], document: Document
) -> tuple[tuple[DeferredIntent, ...], tuple[Note, ...]]:
    """Deferred intents under the same rules."""
    entries = {entry.intent.id: entry for entry in deferred}
    intents, notes = true_intents((entry.intent for entry in entries.values()), document)
    return tuple(entries[intent.id].model_copy(update={"intent": intent}) for intent in intents), notes


def _true_intent(intent: Intent, document: Document, known: KnownFacts, notes: list[Note]) -> Intent | None:
    quotes = true_quotes(intent.id, intent.quotes, document, notes)
    if not quotes:
        notes.append(note(intent.id, "dropped", "no exact quote of the document carries it"))
        return None
    spoken = " ".join((intent.statement, *(quote.text for quote in quotes)))
    if words := instructs_reader(spoken):
        notes.append(note(intent.id, "dropped", f"'{words}' instructs the reader; it is no aim of the organisation"))
        return None
    update: dict[str, object] = {"quotes": quotes, "label": _label(intent, quotes)}
    if any(not known.hold(fact) for fact in facts_in(intent.statement)):
        update["statement"] = quotes[0].text
    for name in ("from_state", "to_state"):
        update[name] = _state(getattr(intent, name), quotes, document, known)
    changed = intent.model_copy(update=update)
    mended = [name for name in update if name != "quotes" and getattr(changed, name) != getattr(intent, name)]
    notes += [note(intent.id, "repaired", f"{name} held words that the document does not") for name in mended]
    return changed


def _label(intent: Intent, quotes: tuple[Quote, ...]) -> str:
    if any(folded(intent.label) in folded(quote.text) for quote in quotes):
        return intent.label
    return " ".join(quotes[0].text.split()[:LABEL_WORDS]).rstrip(",;:.")


def _state(state: State | None, quotes: tuple[Quote, ...], document: Document, known: KnownFacts) -> State | None:
    if state is None or any(not known.hold(fact) for fact in facts_in(state.text)):
        return None
    if state.source is StateSource.hypothesis or folded(state.text).casefold() in folded(document.text).casefold():
        return state
    quoted = any(share_within(state.text, quote.text) >= WORDS_IN_SOURCE for quote in quotes)
    return state if quoted else state.model_copy(update={"source": StateSource.hypothesis})


def true_quotes(owner: str, quotes: tuple[Quote, ...], document: Document, notes: list[Note]) -> tuple[Quote, ...]:
    """The quotes that stand in the document; a note for each that does not."""
    faults = [false_quote(quote, document) for quote in quotes]
    notes += [note(owner, "quote removed", fault) for fault in faults if fault]
    return tuple(quote for quote, fault in zip(quotes, faults, strict=True) if not fault)
