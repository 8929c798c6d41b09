"""The shapes of one slide in reading order, each with its words.

Owns: paragraphs, bullets, tables, groups and diagrams of a slide. Must not know: other slides, titles' choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]  # no types are published with it
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph

from retrieval.documents import BlockKind
from retrieval.parse.inline import CAPTION, list_mark
from retrieval.parse.pieces import Piece
from retrieval.parse.prose import clean
from retrieval.parse.tables import row_pieces

_TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
_FURNITURE = frozenset({PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER})
_BULLETED = frozenset({PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY})
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_LABEL_WORDS = 3
_ROW = 300_000
_DEFAULT_SIZE = 18.0
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Box:
    """One shape with words: `place` is (top, left) in EMU, `upper` says whether it starts in the slide's upper half."""

    text: str
    pieces: tuple[Piece, ...]
    place: tuple[int, int]
    size: float
    upper: bool
    is_title: bool = False
    is_table: bool = False


def slide_boxes(slide: Slide) -> list[Box]:
    """The boxes of a slide from top to bottom, and from left to right in a row."""
    height = slide.part.package.presentation_part.presentation.slide_height or 1
    boxes = [box for shape in slide.shapes for box in _boxes(shape, None, height, 0)]
    return sorted(boxes, key=lambda box: (not box.is_title, box.place[0] // _ROW, box.place[1]))


def _boxes(shape: BaseShape, place: tuple[int, int] | None, height: int, depth: int) -> Iterator[Box]:
    """The boxes of a shape; those in a group stand where the group stands, in the group's order."""
    where = place or (int(shape.top or 0), int(shape.left or 0))
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind in _FURNITURE or depth > _MAX_DEPTH:
        return
    if isinstance(shape, GroupShape):
        for inner in shape.shapes:
            yield from _boxes(inner, where, height, depth + 1)
        return
    upper = where[0] < 0.5 * height
    if isinstance(shape, GraphicFrame) and shape.has_table:
        rows = [["" if cell.is_spanned else _lines(cell.text_frame) for cell in row.cells] for row in shape.table.rows]
        pieces = tuple(row_pieces(rows, header=True if shape.table.first_row else None))
        yield Box(" ".join(piece.text for piece in pieces), pieces, where, 0.0, upper, is_table=True)
    elif isinstance(shape, Shape):
        pieces = tuple(_paragraphs(shape.text_frame, bulleted=kind in _BULLETED, label=place is not None))
        text = clean(" ".join(words_of(paragraph) for paragraph in shape.text_frame.paragraphs))
        yield Box(text, pieces, where, _size(shape.text_frame), upper, is_title=kind in _TITLES)
    else:
        pieces = tuple(_diagram(shape))
        yield Box(" ".join(piece.text for piece in pieces), pieces, where, 0.0, upper, is_table=True)


def words_of(paragraph: _Paragraph) -> str:
    """A paragraph's words, line breaks kept, without raised footnote numbers."""
    parts: list[str] = []
    for node in paragraph._p.iter(qn("a:r"), qn("a:fld"), qn("a:br")):
        if node.tag == qn("a:br"):
            parts.append("\n")
            continue
        text = node.findtext(qn("a:t")) or ""
        properties = node.find(qn("a:rPr"))
        raised = properties is not None and int(properties.get("baseline", "0").rstrip("%") or 0) > 0
        if not (raised and text.strip().isdigit()):
            parts.append(text.replace("\v", "\n"))
    return "".join(parts)


def _lines(frame: TextFrame) -> str:
    """A cell's paragraphs in one line; those without a full stop are closed by a semicolon."""
    lines = [clean(words_of(paragraph)) for paragraph in frame.paragraphs if paragraph.text.strip()]
    closed = [line if line.endswith((".", ";", ":", "!", "?")) else f"{line};" for line in lines[:-1]]
    return " ".join(closed + lines[-1:])


def _paragraphs(frame: TextFrame, *, bulleted: bool, label: bool) -> Iterator[Piece]:
    paragraphs = [paragraph for paragraph in frame.paragraphs if paragraph.text.strip()]
    number = 0
    for paragraph in paragraphs:
        text = words_of(paragraph)
        sign = _sign(paragraph, default="bullet" if bulleted and len(paragraphs) > 1 else "")
        number = number + 1 if sign == "number" else 0
        typed = list_mark(text)
        if sign:
            mark = f"{number}. " if sign == "number" else "- "
            words = text[typed.end :] if typed and typed.printed == "- " else text
            yield Piece(BlockKind.list_item, words, depth=paragraph.level + 1, mark=mark)
        elif typed and typed.printed == "- ":
            yield Piece(BlockKind.list_item, text[typed.end :], depth=paragraph.level + 1, mark=typed.printed)
        else:
            yield Piece(_kind(text, paragraphs, label=label), text)


def _kind(text: str, paragraphs: Sequence[_Paragraph], *, label: bool) -> BlockKind:
    """Words in a drawing that are too few to say anything are its labels."""
    if CAPTION.match(text) or (label and len(paragraphs) == 1 and len(text.split()) <= _LABEL_WORDS):
        return BlockKind.caption
    return BlockKind.paragraph


def _sign(paragraph: _Paragraph, default: str) -> str:
    properties = paragraph._p.pPr
    if properties is None:
        return default
    if properties.find(qn("a:buNone")) is not None:
        return ""
    if properties.find(qn("a:buAutoNum")) is not None:
        return "number"
    explicit = properties.find(qn("a:buChar")) is not None or properties.find(qn("a:buBlip")) is not None
    return "bullet" if explicit else default


def _size(frame: TextFrame) -> float:
    sizes = [run.font.size.pt for paragraph in frame.paragraphs for run in paragraph.runs if run.font.size is not None]
    return max(sizes, default=_DEFAULT_SIZE)


def _diagram(shape: BaseShape) -> Iterator[Piece]:
    """The words of a SmartArt diagram, which lie in a part of their own."""
    relation = next((node.get(_RELATION) for node in shape.element.iter(f"{{{_DIAGRAM}}}relIds")), None)
    if relation is None:
        return
    tree = etree.fromstring(shape.part.related_part(relation).blob, etree.XMLParser(resolve_entities=False))
    for point in tree.iter(f"{{{_DIAGRAM}}}pt"):
        text = clean(" ".join(node.text or "" for node in point.iter(f"{{{_MAIN}}}t")))
        if text and point.get("type", "node") == "node":
            yield Piece(BlockKind.list_item, text, depth=1, mark="- ")
