"""Ruled tables of a PDF page, read row by row.

Owns: finding cells by the lines drawn around them. Must not know: headings, reading order. Tables without ruling are
left to the reading order.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pdfplumber  # 0.3 s to import, so this file is imported only for files with pages that look like tables
from pdfplumber.table import Table

from retrieval.parse.pdf_lines import Line
from retrieval.parse.tables import row_pieces

#: Looking for tables is slow (0.1 to 0.7 s a page): a longer file gets them on its first such pages only.
_MOST_PAGES = 8
_LONG_CELL = 120


def with_tables(data: bytes, pages: Sequence[list[Line]], wanted: Sequence[int]) -> list[list[Line]]:
    """The pages, where the words in a ruled table are replaced by one line a row.

    Args:
        data: the PDF.
        pages: the lines of every page.
        wanted: indexes of the pages to look at; at most 8 are.
    """
    out = [list(lines) for lines in pages]
    with pdfplumber.open(io.BytesIO(data)) as file:
        for index in wanted[:_MOST_PAGES]:
            page = file.pages[index]
            for table in page.find_tables():
                out[index] = _replaced(out[index], table)
            page.close()
    return out


def _replaced(lines: list[Line], table: Table) -> list[Line]:
    cells = [[cell or "" for cell in row] for row in table.extract()]
    left, top, right, bottom = table.bbox
    inside = [line for line in lines if left <= _middle(line) <= right and top <= line.base - 1 <= bottom]
    if not inside or not _is_table(cells, inside):
        return lines
    first = min(lines.index(line) for line in inside)
    rows = row_pieces(cells)
    step = (bottom - top) / max(len(rows), 1)
    printed = [
        replace(
            inside[0],
            text=piece.text,
            left=left,
            right=right,
            top=top + step * number,
            bottom=top + step * (number + 1) - 1,
            base=top + step * (number + 1) - 1,
            bold=False,
            raised="",
            row=True,
        )
        for number, piece in enumerate(rows)
    ]
    outside = [line for line in lines if line not in inside]
    return outside[:first] + printed + outside[first:]


def _is_table(cells: list[list[str]], inside: list[Line]) -> bool:
    """Several rows, most with several cells of moderate length, and no printed word lost."""
    filled = [row for row in ([cell for cell in row if cell.strip()] for row in cells) if row]
    wide = sum(1 for row in filled if len(row) > 1)
    longest = max((len(cell.split()) for row in filled for cell in row), default=0)
    held = sum(len("".join(cell.split())) for row in filled for cell in row)
    printed = sum(len("".join(line.text.split())) for line in inside)
    return len(filled) > 1 and wide > 0.5 * len(filled) and longest <= _LONG_CELL and held >= 0.95 * printed


def _middle(line: Line) -> float:
    return (line.left + line.right) / 2
