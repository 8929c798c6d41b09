"""The part of a sentence that commits: the whole where it is short, a clause of it where it is long.

Owns: how a quote is cut to at most 60 words. Must not know: ranking, practices, items.
"""

from __future__ import annotations

import re
from itertools import pairwise

from retrieval.documents import Span
from service.plan.grammar import Grammar
from service.plan.reading import ReadSentence

MAX_WORDS = 60
MIN_WORDS = 6
BREAK = re.compile(r"[;:]\s|\s[-–—]\s|,\s(?=(?:and|but|so|which|while|whilst|including|such as|with|as well as)\b)|,\s")


def committing_span(sentence: ReadSentence, grammar: Grammar) -> Span:
    """Canonical span of 6 to 60 words around the root verb; the whole sentence where it fits."""
    text = sentence.text
    start = sentence.sentence.span.start
    if len(text.split()) <= MAX_WORDS:
        return Span(start, start + len(text.rstrip(" :")))
    pieces = _pieces(text)
    root = next((i for i, (a, b) in enumerate(pieces) if a <= grammar.root_span[0] < b), 0)
    first = last = root
    while _count(text, pieces, first, last) < MAX_WORDS:
        grown = _grow(text, pieces, first, last)
        if grown is None:
            break
        first, last = grown
    begin, end = pieces[first][0], pieces[last][1]
    cut = text[begin:end]
    if len(cut.split()) > MAX_WORDS:
        cut = " ".join(cut.split(" ")[:MAX_WORDS])
    cut = cut.rstrip(" ,;:-–—")
    return Span(start + begin, start + begin + len(cut))


def _pieces(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in BREAK.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _count(text: str, pieces: list[tuple[int, int]], first: int, last: int) -> int:
    return len(text[pieces[first][0] : pieces[last][1]].split())


def _grow(text: str, pieces: list[tuple[int, int]], first: int, last: int) -> tuple[int, int] | None:
    options = []
    if last + 1 < len(pieces):
        options.append((first, last + 1))
    if first > 0:
        options.append((first - 1, last))
    for option in options:
        if _count(text, pieces, *option) <= MAX_WORDS:
            return option
    return None
