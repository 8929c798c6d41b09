"""PDF: opening, refusing, and the way from pages to pieces.

Owns: what a PDF file may be. Must not know: how lines are ordered or named (see `pdf_order`, `pdf_blocks`).
"""

from __future__ import annotations

import re
from itertools import islice

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as api  # type: ignore[import-untyped]

from retrieval.documents import BlockKind
from retrieval.parse.errors import EncryptedDocument, ScannedDocument, TruncatedDocument
from retrieval.parse.limits import ParseLimits
from retrieval.parse.pdf_blocks import pieces_of
from retrieval.parse.pdf_furniture import without_furniture
from retrieval.parse.pdf_lines import Line, page_lines
from retrieval.parse.pdf_order import reading_order, rows
from retrieval.parse.pdf_streams import check_streams
from retrieval.parse.pieces import Draft, Piece

_MADE_UP_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)\b.*|untitled.*|.*\.(?:docx?|pptx?|indd|pdf|qxd|pages)|\W*)$", re.I
)
_TITLE_WORDS = 14
_FEWEST_PATHS = 4
_MOST_PATHS = 300
_METADATA = ("Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate")


def read_pdf(data: bytes, name: str, limits: ParseLimits) -> Draft:
    """The pieces, title and metadata of a PDF.

    Raises:
        EncryptedDocument: it asks for a password.
        TruncatedDocument: it is cut off or damaged.
        DecompressionBomb: its streams unpack to more than the limit.
        ScannedDocument: it has pages but no text.
    """
    check_streams(data, name, limits)
    file = _open(data, name)
    try:
        pages = [file[index] for index in range(len(file))]
        heights = [page.get_height() for page in pages]
        lines = [page_lines(page, number) for number, page in enumerate(pages, 1)]
        _check_text(lines, name)
        ruled = {index for index, page in enumerate(pages) if _is_ruled(page)}
        kept = _with_tables(data, without_furniture(lines, heights), ruled)
        ordered = [reading_order(page) for page in kept]
        pieces = pieces_of(ordered)
        metadata = {key.lower(): value for key in _METADATA if (value := file.get_metadata_value(key).strip())}
    finally:
        file.close()
    return Draft(tuple(pieces), title=_title(metadata.get("title", ""), pieces), metadata=metadata)


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    damaged = TruncatedDocument(f"“{name}” is cut off or damaged; export or download it again.")
    end = data.rfind(b"%%EOF")
    if end < 0 or b" obj" in data[end:]:
        raise damaged
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == api.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise EncryptedDocument(
                f"“{name}” asks for a password; save a copy without one and upload that."
            ) from error
        raise damaged from error
    if len(file) == 0:
        raise damaged
    return file


def _check_text(pages: list[list[Line]], name: str) -> None:
    letters = sum(len(line.text) for page in pages for line in page)
    if letters < 20 * min(len(pages), 5) and letters < 100:
        raise ScannedDocument(
            f"“{name}” has {len(pages)} page(s) but hardly any text ({letters} characters): they are pictures; "
            "run text recognition (OCR) on it, or upload the original."
        )


def _is_ruled(page: pdfium.PdfPage) -> bool:
    """Whether enough lines are drawn on a page for a table, and not so many that it is a chart or a picture."""
    drawn = (True for _ in page.get_objects(filter=[api.FPDF_PAGEOBJ_PATH], max_depth=2))
    return _FEWEST_PATHS <= sum(1 for _ in islice(drawn, _MOST_PATHS + 1)) <= _MOST_PATHS


def _with_tables(data: bytes, pages: list[list[Line]], ruled: set[int]) -> list[list[Line]]:
    """Tables are looked for only on ruled pages where several rows hold several cells: looking is slow."""
    wanted = [index for index in sorted(ruled) if sum(1 for row in rows(pages[index]) if len(row) > 1) >= 2]
    if not wanted:
        return pages
    from retrieval.parse.pdf_tables import with_tables  # its library takes 0.3 s to import

    return with_tables(data, pages, wanted)


def _title(own: str, pieces: list[Piece]) -> str:
    """The file's own title where a person wrote it, else a short first line, else page 1's largest heading."""
    if own and not _MADE_UP_TITLE.match(own):
        return own
    first = pieces[0] if pieces else None
    if first is not None and first.kind is BlockKind.paragraph and len(first.text.split()) <= _TITLE_WORDS:
        return first.text
    headings = [piece for piece in pieces if piece.kind is BlockKind.heading and piece.page == 1]
    return min(headings, key=lambda piece: piece.depth).text if headings else ""
