"""Blocks, places and passages as JSON and back.

Owns: the stored form of places. Must not know: sessions, queries.
"""

from __future__ import annotations

from typing import Any

from retrieval.documents import Block, BlockKind, Document, Location, Passage, Span
from service.store.tables import CanonicalTextRow, PassageRow


def pack_location(place: Location) -> dict[str, Any]:
    """A place as JSON."""
    return {"page": place.page, "slide": place.slide, "path": list(place.heading_path)}


def unpack_location(data: dict[str, Any]) -> Location:
    """The place that `pack_location` wrote."""
    return Location(data["page"], data["slide"], tuple(data["path"]))


def pack_blocks(document: Document) -> list[Any]:
    """Blocks as JSON lists, small because a long document has thousands."""
    return [
        [block.kind.value, block.span.start, block.span.end, block.depth, pack_location(block.location)]
        for block in document.blocks
    ]


def unpack_document(row: CanonicalTextRow, sha256: str) -> Document:
    """The parsed document, as the parser gave it."""
    blocks = tuple(
        Block(BlockKind(kind), Span(start, end), unpack_location(place), depth)
        for kind, start, end, depth, place in row.blocks
    )
    return Document(
        title=row.title,
        sha256=sha256,
        media_type=row.media_type,
        language=row.language,
        parser_version=row.parser_version,
        text=row.text,
        blocks=blocks,
        metadata=dict(row.about),
    )


def unpack_passage(row: PassageRow) -> Passage:
    """The passage of a row."""
    return Passage(
        id=row.passage_id,
        span=Span(row.start, row.end),
        text=row.words,
        location=unpack_location(row.location),
        sentence_ids=tuple(row.sentence_ids),
    )
