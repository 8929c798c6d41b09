"""The reading order of a page's lines: columns, bands across them, rows.

Owns: turning places into an order. Must not know: what lines say beyond their word count, other pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean

from retrieval.parse.pdf_lines import Line

_FEWEST_LINES = 3
_PROSE_WORDS = 3.5
_MAX_DEPTH = 4


def reading_order(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    """Lines in reading order: columns one after another, wide lines between them, rows left to right."""
    gutter = _gutter(lines) if depth < _MAX_DEPTH else None
    if gutter is None:
        return [line for row in rows(lines) for line in row]
    ordered: list[Line] = []
    for group in _bands(lines, gutter):
        left = [line for line in group if line.right <= gutter + 1]
        right = [line for line in group if line.left >= gutter - 1 and line not in left]
        if left and right and len(left) + len(right) == len(group) and _are_columns(left, right):
            ordered += reading_order(left, depth + 1) + reading_order(right, depth + 1)
        else:
            ordered += [line for row in rows(group) for line in row]
    return ordered


def rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that share a baseline, left to right; rows from top to bottom."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        if found and _same_row(found[-1][0], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda line: line.left) for row in found]


def _same_row(first: Line, second: Line) -> bool:
    return abs(first.base - second.base) < 0.2 * min(first.size, second.size)


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x that most lines start from while few cross it, with enough lines on its left."""
    best: tuple[int, float] | None = None
    for x in sorted({round(line.left) - 2.0 for line in lines}):
        left = sum(1 for line in lines if line.right <= x)
        right = sum(1 for line in lines if line.left >= x)
        crossing = len(lines) - left - right
        if min(left, right) < _FEWEST_LINES or crossing > 0.5 * len(lines):
            continue
        score = min(left, right) - crossing
        if score > 0 and (best is None or score > best[0]):
            best = (score, x)
    return best[1] if best else None


def _bands(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    """Groups from top to bottom: a line across the gutter stands alone between groups."""
    groups: list[list[Line]] = [[]]
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        if line.left < gutter - 1 and line.right > gutter + 1:
            groups += [[line], []]
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Columns of prose, or labels beside text; not the cells of a table, whose baselines agree."""
    prose = min(mean(len(line.text.split()) for line in side) for side in (left, right)) >= _PROSE_WORDS
    if prose and min(len(left), len(right)) >= _FEWEST_LINES:
        return True
    few, many = sorted((left, right), key=len)
    aligned = sum(1 for line in few if any(_same_row(line, other) for other in many))
    return aligned < 0.5 * len(few)


def pitch_of(lines: Sequence[Line]) -> float:
    """The usual distance between baselines, as a multiple of the type size; 1.2 where it cannot be told."""
    steps = sorted(
        (after.base - before.base) / before.size
        for before, after in pairwise(lines)
        if before.page == after.page
        and before.size == after.size
        and 0.8 < (after.base - before.base) / before.size < 2.5
    )
    return steps[len(steps) // 3] if steps else 1.2
