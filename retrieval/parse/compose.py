"""From pieces to a Document: the one canonical text and every block's place in it.

Owns: the layout of the canonical text, heading paths, the title. Must not know: file formats.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from retrieval.documents import Block, BlockKind, Document, Location, Span
from retrieval.parse.pieces import Draft, Piece
from retrieval.parse.prose import clean, clean_lines

#: Raised whenever the same bytes would give another canonical text.
PARSER_VERSION = "1"
_CONTENTS_TITLE = re.compile(r"(?:table of )?contents|on this page|in this document", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a file before it is read."""

    data: bytes
    filename: str
    media_type: str


def compose(draft: Draft, source: Source) -> Document:
    """The Document of a draft; its language is still undetermined ('und')."""
    pieces = _mark_contents(_cleaned(draft.pieces))
    text, blocks = _lay_out(pieces)
    return Document(
        title=_title(draft, pieces, source.filename),
        sha256=hashlib.sha256(source.data).hexdigest(),
        media_type=source.media_type,
        language="und",
        parser_version=PARSER_VERSION,
        text=text,
        blocks=blocks,
        metadata=draft.metadata,
    )


def _cleaned(pieces: Iterable[Piece]) -> list[Piece]:
    cleaned = [
        replace(piece, text=clean_lines(piece.text) if piece.kind is BlockKind.code else clean(piece.text))
        for piece in pieces
    ]
    return [piece for piece in cleaned if _says_something(piece)]


def _says_something(piece: Piece) -> bool:
    """Words or, outside paragraphs, at least numbers: a paragraph that is only a number is a page number."""
    if piece.kind is BlockKind.paragraph:
        return any(letter.isalpha() for letter in piece.text)
    return any(letter.isalnum() for letter in piece.text)


def _mark_contents(pieces: list[Piece]) -> list[Piece]:
    """Links and list items under a heading 'Contents' are a contents list, up to the next heading or prose."""
    marked: list[Piece] = []
    inside = False
    for piece in pieces:
        if piece.kind is BlockKind.heading:
            inside = _CONTENTS_TITLE.fullmatch(piece.text.rstrip(":")) is not None
        elif inside and piece.kind in (BlockKind.list_item, BlockKind.links):
            piece = replace(piece, kind=BlockKind.contents)
        elif piece.kind is not BlockKind.contents:
            inside = False
        marked.append(piece)
    return marked


def _lay_out(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    path: list[Piece] = []
    at = 0
    for piece in pieces:
        if piece.kind is BlockKind.heading:
            path = [above for above in path if above.depth < piece.depth] + [piece]
        start = at + len(piece.mark)
        span = Span(start, start + len(piece.text))
        location = Location(piece.page, piece.slide, tuple(heading.text for heading in path))
        blocks.append(Block(piece.kind, span, location, piece.depth))
        parts.append(piece.mark + piece.text)
        at = span.end + 2
    return "\n\n".join(parts), tuple(blocks)


def _title(draft: Draft, pieces: list[Piece], filename: str) -> str:
    own = clean(draft.title)
    if own:
        return own
    first = next((piece.text for piece in pieces if piece.kind is BlockKind.heading), "")
    return first or clean(PurePath(filename).stem) or "Untitled document"
