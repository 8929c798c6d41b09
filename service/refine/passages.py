"""Quoted passages of an old text paired with what stands in their place in a new one.

Owns: when a passage counts as kept, changed or gone. Must not know: intents, items, storage. A passage is
the whole sentences around a quote: words that stand while the sentence around them turned are no longer
the same passage. Only sentences that the old text did not have can be another passage's new words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Span
from service.plan.provenance import Place, Quote
from service.refine.anchors import Text, fold, unmarked
from service.refine.changes import Fate, Pair

#: One unit row a text.
Embed = Callable[[Sequence[str]], NDArray[np.float32]]

#: Share of words in common (0 to 1) from which a sentence is an edit of another, whatever it means.
SAME_WORDS = 0.6
#: Likeness of meaning from which it is a rewording, if it also shares `FEW_WORDS`.
SAME_SENSE = 0.72
FEW_WORDS = 0.3
#: Likeness of meaning from which no common words are asked for.
SAME_SENSE_ALONE = 0.82
#: Fewest and most words of a quote (see `service.checks.c01_grounding`).
FEWEST, MOST = 6, 60
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|%|£|€|\$")


@dataclass(frozen=True, slots=True)
class _Rival:
    """Sentences of the new text that could be a passage's new words."""

    span: Span
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How much a passage (by its row) and a rival (by its column) have in common."""

    score: float
    row: int
    column: int


def pair_up(quotes: Iterable[Quote], old: Text, new: Text, wanted: Sequence[Quote], embed: Embed) -> tuple[Pair, ...]:
    """One pair for each different quote, in the order given.

    Args:
        quotes: Exact quotes of the old text.
        old: The text they stand in.
        new: The newer text.
        wanted: Quotes of the new text that carry intents: taken where they lie in a passage's new words.
        embed: Used only for passages that do not stand word for word.
    """
    unique = list({(quote.start, quote.end): quote for quote in quotes}.values())
    around = [old.around(Span(quote.start, quote.end)) for quote in unique]
    standing = {span: _standing(span, old, new) for span in dict.fromkeys(around)}
    lost = [span for span, found in standing.items() if found is None]
    became = _aligned(lost, old, new, embed)
    return tuple(
        _kept(quote, span, found, old, new)
        if (found := standing[span]) is not None
        else _turned(quote, span, became.get(span), old, new, wanted)
        for quote, span in zip(unique, around, strict=True)
    )


def _standing(span: Span, old: Text, new: Text) -> Span | None:
    """Where the passage stands word for word as whole sentences: under the same heading if it can be."""
    words = unmarked(span.of(old.document.text))
    found = [one for one in new.folded.spans(words) if new.begins(one) and new.stops(one)]
    heading, at = old.location(span).heading_path, old.share(span.start)
    return min(
        found,
        key=lambda one: (new.location(one).heading_path != heading, abs(new.share(one.start) - at)),
        default=None,
    )


def _kept(quote: Quote, span: Span, found: Span, old: Text, new: Text) -> Pair:
    whole, words = new.around(found), unmarked(quote.text)
    within = [one for one in new.folded.spans(words) if whole.start <= one.start and one.end <= whole.end]
    before = quote.end - len(words) - span.start
    place = min(within, key=lambda one: abs(one.start - found.start - before), default=found)
    if words != quote.text and place.start == found.start:  # the quote led with a number: so does the new one
        place = Span(whole.start, place.end)
    moved = old.location(span).heading_path != new.location(found).heading_path
    was, now = span.of(old.document.text), whole.of(new.document.text)
    return Pair(
        fate=Fate.kept, quote=quote, new=new.quote(place), was=was, now=now, now_at=_place(found, new), moved=moved
    )


def _turned(quote: Quote, span: Span, found: Span | None, old: Text, new: Text, wanted: Sequence[Quote]) -> Pair:
    was = span.of(old.document.text)
    if found is None:
        return Pair(fate=Fate.gone, quote=quote, was=was)
    inside = [one for one in wanted if one.start < found.end and found.start < one.end]
    new_quote = max(inside, key=lambda one: _ratio(_words(quote.text), _words(one.text)), default=new.quote(found))
    now = new.around(Span(new_quote.start, new_quote.end)).of(new.document.text)
    return Pair(fate=Fate.changed, quote=quote, new=new_quote, was=was, now=now, now_at=_place(found, new))


def _place(span: Span, text: Text) -> Place:
    return text.quote(span).location


def _aligned(lost: Sequence[Span], old: Text, new: Text, embed: Embed) -> dict[Span, Span]:
    """Old passages to new words, the likest first, no new words twice."""
    rivals = _rivals(old, new) if lost else []
    if not rivals:
        return {}
    texts = [span.of(old.document.text) for span in lost]
    sense = embed(texts) @ embed([rival.span.of(new.document.text) for rival in rivals]).T
    found = []
    for row, text in enumerate(texts):
        words = _words(text)
        for column, rival in enumerate(rivals):
            common = _ratio(words, rival.words)
            if _alike(common, float(sense[row, column])):
                found.append(_Likeness(round(common + float(sense[row, column]), 6), row, column))
    return _chosen(sorted(found, key=lambda one: (-one.score, one.row, one.column)), lost, rivals)


def _chosen(found: Iterable[_Likeness], lost: Sequence[Span], rivals: Sequence[_Rival]) -> dict[Span, Span]:
    became: dict[Span, Span] = {}
    for one in found:
        span, passage = rivals[one.column].span, lost[one.row]
        free = all(span.end <= taken.start or taken.end <= span.start for taken in became.values())
        if passage not in became and free:
            became[passage] = span
    return became


def _rivals(old: Text, new: Text) -> list[_Rival]:
    """Sentences, alone or two of a block, that did not stand in the old text and can be quoted."""
    fresh = [
        sentence
        for sentence in new.sentences
        if new.document.quotable(new.document.blocks[sentence.block]) and not old.has(sentence.text)
    ]
    spans = [sentence.span for sentence in fresh]
    spans += [
        Span(one.span.start, two.span.end)
        for one, two in pairwise(fresh)
        if one.block == two.block and not new.document.text[one.span.end : two.span.start].strip()
    ]
    texts = [(span, span.of(new.document.text)) for span in spans]
    return [_Rival(span, _words(text)) for span, text in texts if FEWEST <= len(text.split()) <= MOST]


def _alike(common: float, sense: float) -> bool:
    return common >= SAME_WORDS or (sense >= SAME_SENSE and common >= FEW_WORDS) or sense >= SAME_SENSE_ALONE


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text).casefold()))


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of words in common in the same order, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
