"""A plan carried from the text it rests on to a newer version of it: every quote and place anew.

Owns: how an item, its measures and the ledger come to rest on the new text. Must not know: who settled
what (see `settle`), storage, pages. An item's own words stay as they are; only what ties it to the
document moves, and words of the document that it sets in quotation marks. A field whose words left the
document is from now on the person's who kept it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from retrieval.documents import Span
from service.checks.fields import covers, texts_of, with_texts
from service.engines.patterns.measures import TARGETED, yardstick
from service.plan.intents import Intent
from service.plan.items import Behaviour, Binding, BoundTerm, FirstCase, Indicator, IndicatorKind, PolicyAsk, Ritual
from service.plan.plan import Plan, Question, SourceDocument
from service.plan.provenance import FieldSource, Provenance, Quote
from service.refine.staleness import Turn

BoundT = TypeVar("BoundT", bound=Binding)
RecordT = TypeVar("RecordT", bound=Binding | Indicator)
ItemT = TypeVar("ItemT", bound=Behaviour | Ritual | PolicyAsk)

#: Quotes an item shows where it has none of its own any more.
SHOWN = 2


@dataclass(frozen=True)
class Carrier:
    """Carries what a person keeps; `intents` is the ledger on the new text, by id."""

    turn: Turn
    intents: Mapping[str, Intent]
    author: str

    def item(self, item: ItemT, under: str | None = None) -> ItemT:
        """The item on the new text, serving what is left of its intents, or `under` where none is left."""
        ids = tuple(key for key in item.intent_ids if key in self.intents) or ((under,) if under else ())
        if not ids:
            return item
        other = item.alternative
        moved = self._bound(item, ids)
        return cast(ItemT, moved.model_copy(update={"alternative": self._bound(other, ids) if other else None}))

    def indicator(self, one: Indicator, under: Mapping[str, str]) -> Indicator | None:
        """The measure on the new text; None for the document's own yardstick where its words went.

        `under` names the intent that an item serves from now on, where its own went.
        """
        ids = tuple(key for key in one.intent_ids if key in self.intents)
        ids = ids or tuple(dict.fromkeys(under[key] for key in one.item_ids if key in under))
        if not ids:
            return None
        quote = self.quote(one.quote) if one.quote else None
        if one.kind is IndicatorKind.outcome and one.quote is not None and quote is None:
            return None
        update: dict[str, object] = {
            "intent_ids": ids,
            "quote": quote or (self.intents[ids[0]].quotes[0] if one.quote else None),
            "sources": self._sources(one.sources),
            "target": self._target(one, quote),
        }
        if one.quote and quote and one.name == yardstick(one.quote.text):
            update["name"] = yardstick(quote.text)
        return self._requoted(one).model_copy(update=update)

    def question(self, question: Question) -> Question | None:
        """The question on the new text; None where the words that raised it are not all there."""
        quotes = tuple(found for quote in question.quotes if (found := self.quote(quote)) is not None)
        if len(quotes) < len(question.quotes) or not quotes:
            return None
        return question.model_copy(update={"quotes": quotes})

    def quote(self, quote: Quote) -> Quote | None:
        """What can be quoted in this quote's place: its own words where they stand, or those they became."""
        pair = self.turn.comparison.pair(quote)
        if pair is not None:
            return pair.new
        found = self._find(quote.start, quote.end)
        return self.turn.new.quote(found) if found else None

    def _bound(self, item: BoundT, ids: tuple[str, ...]) -> BoundT:
        quotes = _unique(found for quote in item.quotes if (found := self.quote(quote)) is not None)
        return self._requoted(item).model_copy(
            update={
                "intent_ids": ids,
                "quotes": quotes or self.intents[ids[0]].quotes[:SHOWN],
                "terms": self._terms(item.terms),
                "first_lines": self._terms(item.first_lines),
                "sources": self._sources(item.sources),
                "first_case": self._case(item.first_case),
            }
        )

    def _requoted(self, record: RecordT) -> RecordT:
        """Words of the document in quotation marks, as the document has them now; a person's fields stay."""
        sources: tuple[FieldSource, ...] = getattr(record, "sources", ())
        mine = [source for source in sources if source.provenance is Provenance.person]
        changes = {}
        for field in texts_of(record):
            text = field.text
            for old, new in self._turned.items():
                text = text.replace(f"“{old}”", f"“{new}”")
            if text != field.text and not any(covers(source, field.path) for source in mine):
                changes[field.path] = text
        return with_texts(record, changes)

    @cached_property
    def _turned(self) -> dict[str, str]:
        """Words that changed, to what they became: labels of intents and whole quotes, with and without full stop."""
        comparison = self.turn.comparison
        words = {m.intent.label: m.became.label for m in comparison.matches if m.intent and m.became}
        words |= {pair.quote.text: pair.new.text for pair in comparison.pairs if pair.new}
        words |= {old.rstrip("."): new.rstrip(".") for old, new in words.items()}
        return {old: new for old, new in words.items() if old != new}

    def _terms(self, terms: Iterable[BoundTerm]) -> tuple[BoundTerm, ...]:
        text = self.turn.new.document.text
        found = ((term, self._find(term.start, term.end)) for term in terms)
        return tuple(
            term.model_copy(update={"text": span.of(text), "start": span.start, "end": span.end})
            for term, span in found
            if span is not None
        )

    def _sources(self, sources: Iterable[FieldSource]) -> tuple[FieldSource, ...]:
        return tuple(self._source(source) for source in sources)

    def _source(self, source: FieldSource) -> FieldSource:
        if source.provenance is not Provenance.document or source.start is None or source.end is None:
            return source
        span = self._find(source.start, source.end)
        if span is not None:
            return source.model_copy(update={"start": span.start, "end": span.end})
        note = f"kept by {self.author} from an earlier version of the document"
        return FieldSource(field=source.field, provenance=Provenance.person, note=note)

    def _case(self, case: FirstCase | None) -> FirstCase | None:
        """The first case at its new place, or on the words it became; a statement nobody makes is no case any more."""
        if case is None or case.start is None or case.end is None:
            return case
        span = self._find(case.start, case.end)
        if span is not None:
            words = span.of(self.turn.new.document.text) if case.clause else case.text
            return case.model_copy(update={"text": words, "start": span.start, "end": span.end})
        pair = self.turn.comparison.over(case.start, case.end)
        if case.clause and pair is not None and pair.new is not None:
            quote = pair.new
            return case.model_copy(update={"text": quote.text, "start": quote.start, "end": quote.end})
        return None if case.clause else case.model_copy(update={"start": None, "end": None})

    def _target(self, one: Indicator, quote: Quote | None) -> str | None:
        """The document's own target in its present words."""
        if one.target is None or quote is None:
            return None
        if one.quote is not None and one.target == one.quote.text:
            return quote.text if TARGETED.search(quote.text) else None
        return one.target if self.turn.new.near(one.target, 0.0) else None

    def _find(self, start: int, end: int) -> Span | None:
        old = self.turn.old
        return self.turn.new.near(Span(start, end).of(old.document.text), old.share(start))


def source_document(plan: Plan, turn: Turn) -> SourceDocument:
    """The newer version, as the plan names its document."""
    document = turn.new.document
    return plan.document.model_copy(
        update={
            "title": document.title,
            "sha256": document.sha256,
            "media_type": document.media_type,
            "words": document.words,
            "language": document.language,
            "parser_version": document.parser_version,
        }
    )


def _unique(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple({(quote.start, quote.end): quote for quote in quotes}.values())
