"""Which items of a plan rest on passages that changed or went in a newer version of the document.

Owns: what an item depends on, its stale mark and flag. Must not know: storage, pages, how passages are
paired. An item depends on the words it quotes, those of the intents it serves and of its measures, and on
every place of the document that it names; words that stand anywhere in the new version are not lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.documents import Span
from service.plan.items import Behaviour, Flag, Item, PolicyAsk, Ritual
from service.plan.plan import Plan
from service.plan.provenance import Provenance, Quote
from service.refine.anchors import Text
from service.refine.changes import Comparison, Fate
from service.refine.lists import LISTS, items_of
from service.refine.marks import Loss, Mark, Marks, Stale, Standing

RESTS, CASE, LINE, NAMES, MEASURED = (
    "The words it rests on",
    "Its first case",
    "A line of the document’s own list",
    "Words it takes from the document",
    "What it is measured by",
)


@dataclass(frozen=True)
class Turn:
    """A document's turn from the text a plan rests on to a newer one."""

    comparison: Comparison
    old: Text
    new: Text

    def survives(self, intent_id: str) -> bool:
        """Whether the new version still says the intent, in whatever words."""
        match = self.comparison.match(intent_id)
        return match is None or match.fate is not Fate.gone


def marked(standing: Standing, turn: Turn, revision_id: str) -> Standing:
    """The plan with a stale mark and flag on exactly the items that depend on lost words.

    What a person settled before stays settled.
    """
    marks = {key: _with(mark, None) for key, mark in standing.marks.items.items()}
    for item in items_of(standing.plan):
        losses = tuple(losses_of(item, standing.plan, turn))
        if losses:
            before = standing.marks.of(item.id)
            gone = not any(turn.survives(key) for key in item.intent_ids)
            settled = before.stale.settled if before.stale else None
            marks[item.id] = _with(before, Stale(losses=losses, gone=gone, settled=settled))
    kept = standing.marks.model_copy(update={"items": marks, "revision_id": revision_id})
    return Standing(flagged(standing.plan, kept), kept)


def flagged(plan: Plan, marks: Marks) -> Plan:
    """The plan whose items carry the flag exactly where somebody still has to settle them."""
    return plan.model_copy(
        update={
            name: tuple(_flagged(item, marks.of(item.id).to_settle) for item in getattr(plan, name))
            for name in LISTS.values()
        }
    )


def losses_of(item: Item, plan: Plan, turn: Turn) -> Iterator[Loss]:
    """Words of the document that the item depends on and that are no longer there, each once."""
    told: list[Span] = []
    for what, quote in _quoted(item, plan):
        span = turn.old.around(Span(quote.start, quote.end))
        pair = turn.comparison.pair(quote)
        stands = pair.fate is Fate.kept if pair else bool(turn.new.near(quote.text, turn.old.share(quote.start)))
        if stands or span in told:
            continue
        told.append(span)
        yield Loss(what=what, was=span.of(turn.old.document.text), now=pair.now if pair else None)
    for what, span in _named(item):
        words = span.of(turn.old.document.text)
        known = any(span.start < one.end and one.start < span.end for one in told)
        if not known and turn.new.near(words, turn.old.share(span.start)) is None:
            told.append(span)
            pair = turn.comparison.over(span.start, span.end)
            yield Loss(what=what, was=words, now=pair.now if pair else None)


def _quoted(item: Item, plan: Plan) -> Iterator[tuple[str, Quote]]:
    for intent in plan.intents:
        if intent.id in item.intent_ids:
            yield from ((RESTS, quote) for quote in intent.quotes)
    yield from ((RESTS, quote) for quote in item.quotes)
    for one in plan.indicators:
        if one.quote and (item.id in one.item_ids or one.id in item.indicator_ids):
            yield MEASURED, one.quote


def _named(item: Item) -> Iterator[tuple[str, Span]]:
    """Places of the document that the item names, the first case first."""
    case = item.first_case
    if case is not None and case.start is not None and case.end is not None:
        yield CASE, Span(case.start, case.end)
    yield from ((LINE, Span(line.start, line.end)) for line in item.first_lines)
    yield from ((NAMES, Span(term.start, term.end)) for term in item.terms)
    for source in item.sources:
        if source.provenance is Provenance.document and source.start is not None and source.end is not None:
            yield NAMES, Span(source.start, source.end)


def _with(mark: Mark, stale: Stale | None) -> Mark:
    return mark.model_copy(update={"stale": stale})


def _flagged(item: Behaviour | Ritual | PolicyAsk, stale: bool) -> Behaviour | Ritual | PolicyAsk:
    flags: tuple[Flag, ...] = tuple(flag for flag in item.flags if flag is not Flag.stale)
    flags = (*flags, Flag.stale) if stale else flags
    other = item.alternative
    if other is not None and Flag.stale in other.flags:  # it stood in the plan before a swap
        other = other.model_copy(update={"flags": tuple(flag for flag in other.flags if flag is not Flag.stale)})
    if flags == item.flags and other is item.alternative:
        return item
    return item.model_copy(update={"flags": flags, "alternative": other})
