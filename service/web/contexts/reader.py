"""A document in its own structure, for reading: headings, paragraphs, lists, tables.

Owns: Section of lines and how blocks become them, what a long document leaves out. Must not know:
plans, HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from retrieval.documents import Block, BlockKind, Document, Span
from service.web.contexts.marks import Marker, Piece

#: Beyond this many characters only paragraphs near a mark are shown, so that the page stays light.
WHOLE_TEXT = 110_000
_NEAR = 2
_TOP, _DEEPEST = 3, 6


@dataclass(frozen=True, slots=True)
class Line:
    """One block. `level` is a heading's on the page (3 to 6) or a list item's nesting."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring lines of one kind: list items make one list; `kind` 'gap' stands for `left_out` blocks."""

    kind: str
    lines: tuple[Line, ...]
    left_out: int = 0


def groups_of(document: Document, marker: Marker) -> tuple[Group, ...]:
    """The document from its first block to its last, with every mark in place."""
    return tuple(_grouped(document, marker, _kept(document, marker)))


def _kept(document: Document, marker: Marker) -> frozenset[int]:
    """Which blocks are shown: all, or in a long document headings and what is near a mark."""
    blocks = document.blocks
    if len(document.text) <= WHOLE_TEXT:
        return frozenset(range(len(blocks)))
    marked = [at for at, block in enumerate(blocks) if marker.within(block.span)]
    near = {one for at in marked for one in range(at - _NEAR, at + _NEAR + 1)}
    return frozenset(at for at, block in enumerate(blocks) if at in near or block.kind is BlockKind.heading)


def _grouped(document: Document, marker: Marker, kept: frozenset[int]) -> Iterator[Group]:
    lines = _levelled(list(_lines(document, marker, kept)))
    for kind, run in groupby(lines, key=lambda line: line.kind if line.kind in _RUNS else f"{id(line)}"):
        members = tuple(run)
        if kind == "gap":
            yield Group("gap", (), len(members))
        else:
            yield Group(members[0].kind, members)


_RUNS = frozenset({"gap", BlockKind.list_item.value, BlockKind.table_row.value})


def _lines(document: Document, marker: Marker, kept: frozenset[int]) -> Iterator[Line]:
    spot = ""
    for at, block in enumerate(document.blocks):
        if at not in kept:
            yield Line("gap", 0, ())
            continue
        here = _spot(block)
        yield Line(block.kind.value, block.depth, _pieces(document, marker, block), here if here != spot else "")
        spot = here


def _pieces(document: Document, marker: Marker, block: Block) -> tuple[Piece, ...]:
    return marker.cut(block.span) if block.span.end > block.span.start else (Piece(document.text[0:0]),)


def _spot(block: Block) -> str:
    place = block.location
    return f"Page {place.page}" if place.page else f"Slide {place.slide}" if place.slide else ""


def _levelled(lines: Sequence[Line]) -> list[Line]:
    """Heading levels under the page's own, none skipped on the way down."""
    last, levelled = _TOP - 1, []
    for line in lines:
        if line.kind == BlockKind.heading.value:
            last = min(line.level + _TOP - 1, last + 1, _DEEPEST)
            line = replace(line, level=last)
        levelled.append(line)
    return levelled


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the document for counting: its heading and the words under it."""

    title: str
    words: int
    spans: tuple[Span, ...]


_FEW, _DEPTHS = 3, 3


def parts_of(document: Document) -> tuple[Part, ...]:
    """Sections at the first heading level that has at least three of them."""
    paths = [block.location.heading_path for block in document.blocks]
    depth = next(
        (depth for depth in range(1, _DEPTHS + 1) if len({path[:depth] for path in paths if path}) >= _FEW), _DEPTHS
    )
    found: dict[tuple[str, ...], list[Block]] = {}
    for block in document.blocks:
        if block.kind is not BlockKind.heading:
            found.setdefault(block.location.heading_path[:depth], []).append(block)
    return tuple(_part(path, blocks, document.text) for path, blocks in found.items())


def _part(path: tuple[str, ...], blocks: Sequence[Block], text: str) -> Part:
    words = sum(len(block.span.of(text).split()) for block in blocks)
    return Part(path[-1] if path else "Before the first heading", words, tuple(block.span for block in blocks))
