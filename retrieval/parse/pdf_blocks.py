"""From lines in reading order to pieces: headings, paragraphs, list items, captions.

Owns: what a line's size, weight and place say about its role. Must not know: PDF syntax, offsets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from retrieval.documents import BlockKind
from retrieval.parse.inline import CAPTION, list_mark
from retrieval.parse.pdf_lines import Line
from retrieval.parse.pdf_order import pitch_of
from retrieval.parse.pieces import Piece
from retrieval.parse.plain import is_capitals
from retrieval.parse.prose import join_hyphens, vocabulary_of

_HEADING_WORDS = 16
_CONTENTS_LINE = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$|\s{2,}\d{1,3}$")
_SENTENCE_END = re.compile(r"[.!?:;]['”’\")\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Type:
    """What is usual in a document: the body's size and line pitch, heading sizes from largest to smallest."""

    body: float
    pitch: float
    heading_sizes: tuple[float, ...]


@dataclass
class _Group:
    """Lines that make one piece."""

    kind: BlockKind
    lines: list[Line]
    mark: str = ""
    skip: int = 0
    depth: int = 0
    indents: list[float] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, hard line breaks kept."""
        return "\n".join(line.text for line in self.lines)[self.skip :]


def pieces_of(pages: Sequence[Sequence[Line]]) -> list[Piece]:
    """The pieces of a document from its pages' lines in reading order."""
    everything = [line for page in pages for line in page]
    if not everything:
        return []
    usual = usual_type(everything)
    groups: list[_Group] = []
    for page, beyond in zip(pages, [*pages[1:], []], strict=True):
        found = _page_groups(page, usual, beyond[0] if beyond else None)
        last = _last_flowing(groups)
        first = next((group for group in found if group.kind is not BlockKind.caption), None)
        if last is not None and first is not None and _continues(last, first):
            last.lines.extend(first.lines)
            found.remove(first)
        groups.extend(found)
    vocabulary = vocabulary_of("\n".join(line.text for line in everything))
    return nest_items([_piece(group, vocabulary) for group in groups], [group.lines[0].left for group in groups])


def _last_flowing(groups: Sequence[_Group]) -> _Group | None:
    """The last piece before any captions and footnotes at the foot of the page."""
    return next((group for group in reversed(groups) if group.kind is not BlockKind.caption), None)


def usual_type(lines: Sequence[Line]) -> Type:
    """The body type by number of letters, and the larger sizes that headings use."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += len(line.text)
    body = max(letters, key=lambda size: (letters[size], size))
    larger = {
        round(line.size) for line in lines if line.size >= 1.12 * body and len(line.text.split()) <= _HEADING_WORDS
    }
    return Type(
        body, pitch_of([line for line in lines if abs(line.size - body) < 0.6]), tuple(sorted(larger, reverse=True))
    )


def _page_groups(lines: Sequence[Line], usual: Type, beyond: Line | None) -> list[_Group]:
    """The groups of one page; `beyond` is the first line of the next page."""
    groups: list[_Group] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        after = next((other for other in lines[index + 1 : index + 2] if not other.raised), beyond)
        current = groups[-1] if groups else None
        if current is not None and before is not None and _same_group(current, before, line, usual):
            current.lines.append(line)
        else:
            groups.append(_open(line, before, after, usual))
    for group in groups:
        _settle(group)
    return groups


def _open(line: Line, before: Line | None, after: Line | None, usual: Type) -> _Group:
    if line.row:
        return _Group(BlockKind.table_row, [line])
    heading = _heading_depth(line, before, after, usual)
    if heading:
        return _Group(BlockKind.heading, [line], depth=heading)
    if CAPTION.match(line.text):
        return _Group(BlockKind.caption, [line])
    mark = list_mark(line.text)
    if line.size < 0.95 * usual.body and (
        line.raised or (mark and mark.printed != "- " and line.size < 0.85 * usual.body)
    ):
        return _Group(BlockKind.caption, [line])
    if not re.search(r"[^\W\d_]{2}", line.text):
        return _Group(BlockKind.caption, [line])
    if mark:
        return _Group(BlockKind.list_item, [line], mark=mark.printed, skip=mark.end, depth=1)
    return _Group(BlockKind.paragraph, [line])


def _heading_depth(line: Line, before: Line | None, after: Line | None, usual: Type) -> int:
    """The level of a heading, or 0: larger type, bold or capitals on its own, or a short line above a list."""
    words = line.text.split()
    if len(words) > _HEADING_WORDS or not any(letter.isalpha() for letter in line.text) or CAPTION.match(line.text):
        return 0
    if line.size >= 1.12 * usual.body and not re.search(r"[,;]$|\w\.$", line.text):
        return 1 + sum(1 for size in usual.heading_sizes if size > round(line.size))
    below = len(usual.heading_sizes)
    mark = list_mark(line.text)
    if mark and (mark.printed == "- " or (after is not None and _hangs(line, after))):
        return 0
    plain_end = not re.search(r"[.,;]$", line.text)
    if (
        line.bold
        and plain_end
        and line.size >= 0.95 * usual.body
        and (after is None or not _runs_on(line, after, usual))
    ):
        return below + 1
    if is_capitals(line.text) and plain_end:
        return below + 1
    alone = before is None or _gap(before, line) > 1.35 * usual.pitch or before.page != line.page
    if (
        alone
        and not mark
        and after is not None
        and _is_title(line)
        and list_mark(after.text)
        and line.size >= usual.body - 0.1
    ):
        return below + 2
    return 0


def _hangs(line: Line, after: Line) -> bool:
    """Whether the next line hangs under a numbered one: then it is a list item whose first words are bold."""
    return 0 < _gap(line, after) < 1.6 and 4 < after.left - line.left < 40 and abs(after.size - line.size) < 0.5


def _is_title(line: Line) -> bool:
    return line.text[:1].isupper() and len(line.text.split()) <= 10 and not re.search(r"[.,;:?!]$", line.text)


def _runs_on(line: Line, after: Line, usual: Type) -> bool:
    """Whether a bold line is only the start of a sentence that goes on in plain type."""
    return not after.bold and after.text[:1].islower() and _gap(line, after) <= 1.35 * usual.pitch


def _gap(before: Line, line: Line) -> float:
    """Baseline distance in type sizes; negative after a jump to a new column."""
    return (line.base - before.base) / max(before.size, line.size, 1.0)


def _same_group(group: _Group, before: Line, line: Line, usual: Type) -> bool:
    if line.row or before.row:
        return False
    gap = _gap(before, line)
    if group.kind is BlockKind.heading:
        return (
            abs(before.size - line.size) < 0.5
            and before.bold == line.bold
            and 0 < gap < 1.6
            and before.right - before.left > 60
            and len(group.lines) < 4
            and not list_mark(line.text)
            and (
                before.size >= 1.12 * usual.body or (line.bold and _overlaps(before, line) and line.text[:1].islower())
            )
        )
    if group.kind is BlockKind.caption:
        aligned = abs(before.left - line.left) < 25 or abs(before.left + before.right - line.left - line.right) < 30
        return (
            aligned
            and abs(before.size - line.size) < 0.3
            and 0 < gap < 1.5
            and not line.raised
            and before.bold == line.bold
        )
    if abs(before.size - line.size) > 0.1 * before.size or list_mark(line.text) or CAPTION.match(line.text):
        return False
    if -0.3 < gap < 0.3:
        return False
    if gap < 0:
        return _open_end(group.text) and line.text[:1].islower()
    if gap > 1.35 * max(usual.pitch, 1.0) or not _overlaps(before, line):
        return False
    return not _ends_early(group, before, line)


def _overlaps(before: Line, line: Line) -> bool:
    return min(before.right, line.right) - max(before.left, line.left) > 0


def _ends_early(group: _Group, before: Line, line: Line) -> bool:
    """A new paragraph without a gap: the line before ended a sentence with room to spare, or this one is indented."""
    widest = max(other.right for other in group.lines)
    if not _SENTENCE_END.search(before.text):
        return line.bold and not before.bold and line.text[:1].isupper() and len(line.text.split()) <= 8
    outdented = group.kind is BlockKind.list_item and line.left < group.lines[0].left + 2 and len(group.lines) > 1
    return (
        (outdented and group.lines[1].left > group.lines[0].left + 4)
        or (group.kind is BlockKind.paragraph and line.left > before.left + 8 and line.left - before.left < 60)
        or (before.right < widest - 0.3 * (widest - before.left) and len(group.lines) > 1 and line.text[:1].isupper())
    )


def _settle(group: _Group) -> None:
    """Mark what only the whole group shows: contents lines."""
    if _CONTENTS_LINE.search(group.text) and len(group.text.split()) < 30 and group.kind is not BlockKind.heading:
        group.kind = BlockKind.contents


def _open_end(text: str) -> bool:
    return not _SENTENCE_END.search(text)


def _continues(before: _Group, after: _Group) -> bool:
    """Whether a page's first paragraph is the rest of the last one of the page before."""
    flowing = (BlockKind.paragraph, BlockKind.list_item)
    return (
        before.kind in flowing
        and after.kind is BlockKind.paragraph
        and abs(before.lines[-1].size - after.lines[0].size) < 0.6
        and not after.mark
        and _open_end(before.text)
        and (after.text[:1].islower() or before.text.endswith((",", "-")) or len(before.text) > 150)
    )


def _piece(group: _Group, vocabulary: frozenset[str]) -> Piece:
    words = re.sub(r"-\n\s*\n", "-\n", group.text)
    text = join_hyphens(words, vocabulary)
    return Piece(group.kind, text, depth=group.depth, mark=group.mark, page=group.lines[0].page)


def nest_items(pieces: Sequence[Piece], lefts: Sequence[float]) -> list[Piece]:
    """List items with a depth by their indent within one run of items."""
    out = list(pieces)
    start = 0
    while start < len(out):
        end = start
        while end < len(out) and out[end].kind is BlockKind.list_item:
            end += 1
        edges: list[float] = []
        for left in sorted(lefts[start:end]):
            if not edges or left > edges[-1] + 6:
                edges.append(left)
        for at in range(start, end):
            out[at] = replace(out[at], depth=1 + sum(1 for edge in edges if edge < lefts[at] - 3))
        start = max(end, start + 1)
    return out
