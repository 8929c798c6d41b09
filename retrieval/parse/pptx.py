"""PowerPoint decks: slide titles as headings, bullets with their depth, tables, speaker notes.

Owns: pieces from slides. Must not know: zip limits' values, offsets.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zipfile import BadZipFile

from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # no types are published with it
from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from retrieval.documents import BlockKind
from retrieval.parse.errors import TruncatedDocument
from retrieval.parse.inline import list_mark
from retrieval.parse.limits import ParseLimits
from retrieval.parse.pieces import Draft, Piece
from retrieval.parse.pptx_shapes import Box, slide_boxes, words_of
from retrieval.parse.prose import clean
from retrieval.parse.zip_guard import check_zip

_TITLE_WORDS = 14
_MADE_UP_TITLES = ("", "powerpoint presentation", "presentation", "untitled", "slide 1", "title")


def read_pptx(data: bytes, name: str, limits: ParseLimits) -> Draft:
    """The pieces, title and metadata of a deck.

    Raises:
        DecompressionBomb: it unpacks to more than the limit.
        TruncatedDocument: it is cut off or damaged.
    """
    check_zip(data, name, limits)
    try:
        deck = Presentation(io.BytesIO(data))
        slides = [(number, slide) for number, slide in enumerate(deck.slides, 1) if slide.element.get("show") != "0"]
        boxes = [slide_boxes(slide) for _, slide in slides]
    except (BadZipFile, KeyError, ValueError, PackageNotFoundError, XMLSyntaxError) as error:
        raise TruncatedDocument(f"“{name}” is damaged ({error}); export it again from PowerPoint or as PDF.") from error
    furniture = _furniture(boxes)
    pieces: list[Piece] = []
    for (number, slide), found in zip(slides, boxes, strict=True):
        kept = [box for box in found if box.is_title or (box.place, box.text) not in furniture]
        pieces.extend(replace(piece, slide=number) for piece in _slide(kept, slide, first=number == 1))
    return Draft(tuple(pieces), title=_title(deck, pieces), metadata=_metadata(deck))


def _furniture(slides: Sequence[Sequence[Box]]) -> set[tuple[tuple[int, int], str]]:
    """Words that stand at the same place on at least three slides and on a third of all: labels, classifications."""
    seen = Counter((box.place, box.text) for boxes in slides for box in set(boxes) if box.text and not box.is_title)
    needed = max(3, len(slides) / 3)
    return {key for key, count in seen.items() if count >= needed}


def _slide(boxes: list[Box], slide: Slide, *, first: bool) -> Iterator[Piece]:
    title = _title_box(boxes)
    body = [piece for box in boxes if box is not title and not _is_label(box, title) for piece in box.pieces]
    notes = _notes(slide)
    if title is not None:
        yield Piece(BlockKind.heading, title.text, depth=2 if body and not first else 1)
    yield from body
    yield from notes


def _title_box(boxes: Sequence[Box]) -> Box | None:
    """The title placeholder; else, of the short texts without bullets, the one in the largest type, highest first."""
    placed = [box for box in boxes if box.is_title and box.text]
    if placed:
        return placed[0]
    short = [
        box
        for box in boxes
        if box.text
        and len(box.text.split()) <= _TITLE_WORDS
        and len(box.pieces) <= 2
        and not box.is_table
        and box.upper
        and any(letter.isalpha() for letter in box.text)
    ]
    return max(short, key=lambda box: (box.size, -box.place[0]), default=None)


def _is_label(box: Box, title: Box | None) -> bool:
    """A short line above the title in smaller type names the section; it is not part of the slide's words."""
    return (
        title is not None
        and not box.is_table
        and box.place[0] < title.place[0]
        and box.size < title.size
        and len(box.text.split()) <= 5
        and box.upper
    )


def _notes(slide: Slide) -> list[Piece]:
    if not slide.has_notes_slide or slide.notes_slide.notes_text_frame is None:
        return []
    paragraphs = (words_of(paragraph) for paragraph in slide.notes_slide.notes_text_frame.paragraphs)
    return [_note(text) for text in paragraphs if text.strip()]


def _note(text: str) -> Piece:
    mark = list_mark(text)
    bullet = mark is not None and mark.printed == "- "
    return Piece(BlockKind.notes, text[mark.end :] if mark and bullet else text, mark="- " if bullet else "")


def _title(deck: Deck, pieces: Sequence[Piece]) -> str:
    """The first slide's title, else the file's own title where a person wrote it."""
    first = next((piece for piece in pieces if piece.kind is BlockKind.heading and piece.slide == 1), None)
    own = clean(deck.core_properties.title)
    if first is not None and not first.text.startswith("<"):
        return first.text
    return "" if own.lower() in _MADE_UP_TITLES else own


def _metadata(deck: Deck) -> dict[str, str]:
    own = deck.core_properties
    facts = {"title": own.title, "author": own.author, "subject": own.subject, "keywords": own.keywords}
    return {key: value for key, value in facts.items() if value}
