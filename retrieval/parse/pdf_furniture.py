"""Page furniture: running heads, running feet and page numbers.

Owns: telling what repeats at a page's edges from what is said. Must not know: blocks, headings, reading order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from retrieval.parse.pdf_lines import Line

_EDGE = 0.12
#: Type this large on the first page is a title, and the same words at a later page's edge are its running head.
_TITLE_SIZE = 15.0
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|\s]*)(?:(?:page|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?[-–—|.\s]*$", re.I
)


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages without lines that repeat at the edges of several pages, and without page numbers."""
    seen: dict[str, set[int]] = defaultdict(set)
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            if _at_edge(line, height):
                seen[_shape(line)].add(number)
    needed = 2 if len(pages) < 6 else 3
    titles = {_words(line) for line in pages[0] if line.size >= _TITLE_SIZE} if pages else set()
    repeated = {shape for shape, where in seen.items() if len(where) >= needed}
    return [
        [line for line in lines if not (_at_edge(line, height) and _is_furniture(line, repeated, titles))]
        for lines, height in zip(pages, heights, strict=True)
    ]


def _is_furniture(line: Line, repeated: set[str], titles: set[str]) -> bool:
    running_title = line.page > 1 and line.size < _TITLE_SIZE and _words(line) in titles
    return running_title or _shape(line) in repeated or _PAGE_NUMBER.match(line.text) is not None


def _words(line: Line) -> str:
    return " ".join(line.text.lower().split())


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height


def _shape(line: Line) -> str:
    """What repeats: the words without numbers, at nearly the same height."""
    words = re.sub(r"\d+", "#", line.text.lower())
    words = re.sub(r"^[#\s|–—-]+|[#\s|–—-]+$", "", words)
    return f"{words or '#'} {round(line.top / 25)}"
