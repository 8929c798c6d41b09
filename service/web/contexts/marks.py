"""Exact words marked in place: a document cut into pieces at the edges of quotes.

Owns: Mark, Piece and the cut. Must not know: plans, HTML. Offsets are code points of the canonical text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.documents import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that an intent rests on; `number` is the intent's on the page, `started` whether it starts now."""

    span: Span
    number: int
    started: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks.

    Attributes:
        text: the words, exact.
        numbers: intents that rest on them; empty where nothing is marked.
        started: whether one of those starts now.
        anchor: id of the place, on the first piece of a mark.
        ends: intents whose words end here: their numbers are shown after the piece.
    """

    text: str
    numbers: tuple[int, ...] = ()
    started: bool = False
    anchor: str = ""
    ends: tuple[int, ...] = ()


class Marker:
    """Cuts spans of one text; marks are given once, in any order."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._text = text
        self._marks = sorted(marks, key=lambda mark: (mark.span.start, mark.span.end, mark.number))
        self._starts = [mark.span.start for mark in self._marks]
        self._longest = max((mark.span.end - mark.span.start for mark in self._marks), default=0)

    def within(self, span: Span) -> tuple[Mark, ...]:
        """Marks that share words with the span."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return tuple(mark for mark in self._marks[first:last] if mark.span.end > span.start)

    def cut(self, span: Span) -> tuple[Piece, ...]:
        """The span's words in pieces, nothing lost and nothing twice."""
        marks = self.within(span)
        edges = {span.start, span.end}
        for mark in marks:
            edges |= {max(mark.span.start, span.start), min(mark.span.end, span.end)}
        order = sorted(edges)
        return tuple(self._piece(Span(a, b), marks) for a, b in pairwise(order))

    def _piece(self, span: Span, marks: Sequence[Mark]) -> Piece:
        over = [mark for mark in marks if mark.span.start < span.end and mark.span.end > span.start]
        begins = any(mark.span.start == span.start for mark in over)
        return Piece(
            text=span.of(self._text),
            numbers=tuple(dict.fromkeys(mark.number for mark in over)),
            started=any(mark.started for mark in over),
            anchor=anchor_of(span.start) if begins else "",
            ends=tuple(dict.fromkeys(mark.number for mark in over if mark.span.end == span.end)),
        )


def anchor_of(start: int) -> str:
    """The id of the place where a quote begins."""
    return f"at-{start}"
