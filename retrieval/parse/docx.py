"""Word documents: headings, lists, tables, text boxes, in the order of the text.

Owns: pieces from WordprocessingML. Must not know: zip limits' values, offsets. Word stores no page numbers, so a place
is named by its headings.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # no types are published with it

from retrieval.documents import BlockKind
from retrieval.parse.docx_styles import Styles
from retrieval.parse.errors import TruncatedDocument
from retrieval.parse.inline import CAPTION, is_bold_title, list_mark
from retrieval.parse.limits import ParseLimits
from retrieval.parse.pieces import Draft, Piece
from retrieval.parse.prose import SOFT_HYPHEN, clean
from retrieval.parse.tables import row_pieces
from retrieval.parse.zip_guard import check_zip

_SKIPPED = frozenset(
    qn(tag) for tag in ("w:del", "w:moveFrom", "w:footnoteReference", "w:endnoteReference", "w:instrText")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LONG_CELL = 80


def read_docx(data: bytes, name: str, limits: ParseLimits) -> Draft:
    """The pieces, title and metadata of a Word document.

    Raises:
        DecompressionBomb: it unpacks to more than the limit.
        TruncatedDocument: it is cut off or damaged.
    """
    check_zip(data, name, limits)
    try:
        word = docx.Document(io.BytesIO(data))
    except (BadZipFile, KeyError, ValueError, PackageNotFoundError, XMLSyntaxError) as error:
        raise TruncatedDocument(f"“{name}” is damaged ({error}); export it again from Word or as PDF.") from error
    pieces = tuple(_Walk(Styles(word)).blocks(word.element.body))
    own = word.core_properties
    facts = {"title": own.title, "author": own.author, "subject": own.subject, "keywords": own.keywords}
    metadata = {key: value for key, value in facts.items() if value}
    return Draft(pieces, title=_title(word, pieces), metadata=metadata)


def _title(word: WordDocument, pieces: tuple[Piece, ...]) -> str:
    """A paragraph in the style 'Title', else the file's property, else nothing."""
    first = next((piece for piece in pieces if piece.kind is BlockKind.heading), None)
    styled = [
        paragraph.text for paragraph in word.paragraphs[:20] if paragraph.style and paragraph.style.name == "Title"
    ]
    own = word.core_properties.title
    made_up = own.lower() in ("", "word document", "document", "untitled", "powerpoint presentation")
    return (
        next((text for text in styled if text.strip()), "") or ("" if made_up else own) or (first.text if first else "")
    )


@dataclass(slots=True)
class _Words:
    """The words of one paragraph, how much of it is bold or linked, and the text boxes anchored in it."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    inner: int = 0
    bold: int = 0
    boxes: list[BaseOxmlElement] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def share(self, count: int) -> float:
        return count / max(sum(len(part.strip()) for part in self.parts), 1)


class _Walk:
    """A walk over the body; list numbers count on while it goes."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._level = 0

    def blocks(self, parent: BaseOxmlElement) -> Iterator[Piece]:
        """Pieces of all paragraphs and tables under an element, content controls included."""
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: BaseOxmlElement) -> Iterator[Piece]:
        words = _Words()
        _gather(paragraph, words, linked=False)
        if words.text.strip():
            yield self._piece(paragraph, words)
        for box in words.boxes:
            yield from self.blocks(box)

    def _piece(self, paragraph: BaseOxmlElement, words: _Words) -> Piece:
        text = words.text
        style = self._styles.of(paragraph)
        if style.contents:
            return Piece(BlockKind.contents, text.split("\t")[0] if "\t" in text else text)
        if style.heading:
            self._level = style.heading
            return Piece(BlockKind.heading, text, depth=style.heading)
        if words.share(words.linked) >= 0.8 and (len(text.split()) <= 12 or words.links > 1):
            return Piece(BlockKind.contents if words.inner == words.links else BlockKind.links, text)
        if style.list_depth:
            return Piece(BlockKind.list_item, text, depth=style.list_depth, mark=style.mark)
        return self._plain(text, style.kind, bold=words.share(words.bold) >= 0.95)

    def _plain(self, text: str, kind: BlockKind, *, bold: bool) -> Piece:
        mark = list_mark(text)
        if mark and kind is BlockKind.paragraph and mark.printed == "- ":
            return Piece(BlockKind.list_item, text[mark.end :], depth=1, mark=mark.printed)
        if CAPTION.match(text) and len(text) < 200:
            return Piece(BlockKind.caption, text)
        if bold and kind is BlockKind.paragraph and is_bold_title(text.strip()):
            return Piece(BlockKind.heading, text, depth=min(self._level + 1, 6))
        return Piece(kind, text)

    def _table(self, table: BaseOxmlElement) -> Iterator[Piece]:
        rows = [row.findall(qn("w:tc")) for row in table.iterchildren(qn("w:tr"))]
        texts = [[_cell_text(cell) for cell in row] for row in rows]
        longest = max((len(text.split()) for row in texts for text in row), default=0)
        if max((len(row) for row in rows), default=0) <= 1 or (longest > _LONG_CELL and len(rows) <= 2):
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell)
            return
        header = True if table.find(f".//{qn('w:tblHeader')}") is not None else None
        yield from row_pieces(_spread(rows, texts), header=header)


def _gather(element: BaseOxmlElement, words: _Words, *, linked: bool) -> None:
    for child in element.iterchildren():
        tag = child.tag
        if tag in _SKIPPED or tag == _FALLBACK:
            continue
        if tag == qn("w:txbxContent"):
            words.boxes.append(child)
        elif tag == qn("w:t"):
            _add(words, child.text or "", linked=linked, bold=_is_bold(element))
        elif tag in (qn("w:tab"), qn("w:br"), qn("w:cr")) and element.tag == qn("w:r"):
            words.parts.append("\t" if tag == qn("w:tab") else "\n")
        elif tag == qn("w:noBreakHyphen"):
            words.parts.append("-")
        elif tag == qn("w:hyperlink"):
            words.links += 1
            words.inner += child.get(qn("w:anchor")) is not None
            _gather(child, words, linked=True)
        elif len(child):
            _gather(child, words, linked=linked)


def _add(words: _Words, text: str, *, linked: bool, bold: bool) -> None:
    text = text.replace(SOFT_HYPHEN, "")
    words.parts.append(text)
    size = len(text.strip())
    words.linked += size if linked else 0
    words.bold += size if bold else 0


def _is_bold(run: BaseOxmlElement) -> bool:
    sign = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return sign is not None and sign.get(qn("w:val")) not in ("0", "false", "off")


def _cell_text(cell: BaseOxmlElement) -> str:
    """A cell's paragraphs in one line; those without a full stop are closed by a semicolon."""
    lines: list[str] = []
    for paragraph in cell.iter(qn("w:p")):
        words = _Words()
        _gather(paragraph, words, linked=False)
        if words.text.strip():
            lines.append(clean(words.text))
    closed = [line if line.endswith((".", ";", ":", "!", "?")) else f"{line};" for line in lines[:-1]]
    return " ".join(closed + lines[-1:])


def _spread(rows: list[list[BaseOxmlElement]], texts: list[list[str]]) -> list[list[str]]:
    """Cells by grid column: a cell that spans columns is followed by empty ones."""
    spread: list[list[str]] = []
    for row, words in zip(rows, texts, strict=True):
        line: list[str] = []
        for cell, text in zip(row, words, strict=True):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = min(int(span.get(qn("w:val"), "1")), 100) if span is not None else 1
            line += [text] + [""] * (width - 1)
        spread.append(line)
    return spread
