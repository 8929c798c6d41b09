"""Page furniture: running heads, running feet and page numbers.

Owns: telling what repeats at a page's edges from what is said. Must not know: blocks, headings, reading order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from retrieval.parse.pdf_lines import Line

_EDGE = 0.12
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
    repeated = {shape for shape, where in seen.items() if len(where) >= needed}
    return [
        [line for line in lines if not (_at_edge(line, height) and _is_furniture(line, height, repeated))]
        for lines, height in zip(pages, heights, strict=True)
    ]


def _is_furniture(line: Line, height: float, repeated: set[str]) -> bool:
    return _shape(line) in repeated or (_PAGE_NUMBER.match(line.text) is not None and _at_edge(line, height))


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height


def _shape(line: Line) -> str:
    """What repeats: the words without numbers, at nearly the same height and size."""
    words = re.sub(r"\d+", "#", line.text.lower())
    words = re.sub(r"^[#\s|–—-]+|[#\s|–—-]+$", "", words)
    return f"{words or '#'} {round(line.size)} {round(line.top / 15)}"
