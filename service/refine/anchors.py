"""Words of one text found again in another, whatever became of line breaks and typographic signs.

Owns: folding a text for the search, mapping what is found back to exact offsets, quotes at a place. Must
not know: plans, intents, storage. All offsets are code points of a canonical text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from re import compile as pattern
from re import finditer

from retrieval.documents import Document, Location, Sentence, Span
from service.plan.provenance import Place, Quote

#: Signs that a word processor puts in place of others; each one for one, so that offsets stay.
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00ad": "-"})


#: A clause's number or a list's mark: '5.3 ', '2) ', '(a) ', '• '. A bare '25 ' counts something.
_MARK = pattern(
    r"(?:\d+(?:\.\d+)+[.):]?\s+(?=[^\W\da-z]|[“\"])|\d+[.)]\s+|\(?(?:[a-zA-Z]|[ivxlc]{1,5})[.)]\s+|\(\d+\)\s+|[-–•*▪·]\s+)"
)


def unmarked(words: str) -> str:
    """The words without the number or mark that leads them, for a clause stays itself when it is renumbered."""
    found = _MARK.match(words)
    return words[found.end() :] if found and found.end() < len(words) else words


class Folded:
    """A text with its white space and signs made alike; what is found in it has offsets of the original."""

    def __init__(self, text: str) -> None:
        words = [(match.start(), match.group()) for match in finditer(r"\S+", text.translate(_SIGNS))]
        self._original = [start for start, _ in words]
        self._folded: list[int] = []
        at = 0
        for _, word in words:
            self._folded.append(at)
            at += len(word) + 1
        self._text = " ".join(word for _, word in words)

    def spans(self, words: str) -> Iterator[Span]:
        """Every place where the words stand as whole words, in text order."""
        wanted = fold(words)
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if self._whole(at, end):
                yield Span(self._back(at), self._back(end - 1) + 1)
            at = self._text.find(wanted, at + 1)

    def _whole(self, start: int, end: int) -> bool:
        text = self._text
        before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        return not before and not after

    def _back(self, at: int) -> int:
        word = bisect_right(self._folded, at) - 1
        return self._original[word] + at - self._folded[word]


def fold(words: str) -> str:
    """The words with single spaces and plain signs."""
    return " ".join(words.translate(_SIGNS).split())


@dataclass(frozen=True)
class Text:
    """A document with its sentences, ready to be searched."""

    document: Document
    sentences: tuple[Sentence, ...]

    @cached_property
    def folded(self) -> Folded:
        """The canonical text, folded once."""
        return Folded(self.document.text)

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where sentences begin."""
        return frozenset(sentence.span.start for sentence in self.sentences)

    @cached_property
    def ends(self) -> frozenset[int]:
        """Where sentences end."""
        return frozenset(sentence.span.end for sentence in self.sentences)

    @cached_property
    def _order(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def touched(self, span: Span) -> tuple[Sentence, ...]:
        """Sentences that share words with a span."""
        first = max(0, bisect_right(self._order, span.start) - 1)
        found = []
        for sentence in self.sentences[first:]:
            if sentence.span.start >= span.end:
                break
            if sentence.span.end > span.start:
                found.append(sentence)
        return tuple(found)

    def around(self, span: Span) -> Span:
        """The span grown to whole sentences."""
        found = self.touched(span)
        if not found:
            return span
        return Span(min(span.start, found[0].span.start), max(span.end, found[-1].span.end))

    def has(self, passage: str) -> bool:
        """Whether a passage stands anywhere, under whatever number."""
        return next(self.folded.spans(unmarked(passage)), None) is not None

    def begins(self, span: Span) -> bool:
        """Whether nothing but a number or a mark stands before the span in its sentence."""
        if span.start in self.starts:
            return True
        touched = self.touched(span)
        before = self.document.text[touched[0].span.start : span.end] if touched else ""
        return bool(touched) and unmarked(before) == span.of(self.document.text)

    def stops(self, span: Span) -> bool:
        """Whether nothing but closing signs stands after the span in its sentence."""
        if span.end in self.ends:
            return True
        touched = self.touched(span)
        after = self.document.text[span.end : touched[-1].span.end] if touched else "x"
        return not any(sign.isalnum() for sign in after)

    def location(self, span: Span) -> Location:
        """Where a reader finds the first words of a span."""
        found = self.touched(span)
        return self.document.blocks[found[0].block].location if found else Location()

    def near(self, words: str, share: float) -> Span | None:
        """The place of the words that lies nearest to this share of the text (0 to 1), or None.

        A leading number or mark need not be the same.
        """
        found = list(self.folded.spans(words)) or list(self.folded.spans(unmarked(words)))
        wanted = share * len(self.document.text)
        return min(found, key=lambda span: abs(span.start - wanted), default=None)

    def share(self, start: int) -> float:
        """How far into the text an offset lies, from 0 to 1."""
        return start / max(1, len(self.document.text))

    def quote(self, span: Span) -> Quote:
        """The exact words of a span as a quote."""
        place = self.location(span)
        return Quote(
            text=span.of(self.document.text),
            start=span.start,
            end=span.end,
            sentence_ids=tuple(sentence.id for sentence in self.touched(span)),
            location=Place(page=place.page, slide=place.slide, heading_path=place.heading_path),
        )
