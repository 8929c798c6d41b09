"""Table rows as readable lines.

Owns: how cells become one line. Must not know: which format the table came from.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.documents import BlockKind
from retrieval.parse.pieces import Piece
from retrieval.parse.prose import clean

_LONG_HEADER = 8


def row_pieces(
    rows: Sequence[Sequence[str]], *, header: bool | None = None, page: int | None = None, slide: int | None = None
) -> list[Piece]:
    """One `table_row` piece a row: 'Header: cell; Header: cell' where the first row names the columns.

    Args:
        rows: cells of each row, top to bottom; merged cells may repeat.
        header: whether the first row names the columns; None decides by its look.
        page: page of the table.
        slide: slide of the table.
    """
    grid = [[clean(cell) for cell in row] for row in rows]
    grid = [row for row in grid if any(row)]
    if not grid:
        return []
    if header is None:
        header = _looks_like_header(grid)
    elif header:
        header = sum(1 for cell in grid[0] if cell) > 1 and len(grid) > 1
    names = grid[0] if header else []
    lines = [_line(row, names) for row in (grid[1:] if header else grid)]
    return [Piece(BlockKind.table_row, line, page=page, slide=slide) for line in lines if line]


def _looks_like_header(grid: list[list[str]]) -> bool:
    first = grid[0]
    filled = [cell for cell in first if cell]
    return (
        len(grid) > 1
        and len(first) > 1
        and len(filled) >= len(first) - 1
        and len(set(filled)) == len(filled)
        and all(len(cell.split()) <= _LONG_HEADER and not cell.endswith(".") for cell in filled)
    )


def _line(row: list[str], names: list[str]) -> str:
    seen: set[str] = set()
    cells: list[str] = []
    for column, cell in enumerate(row):
        if not cell or (cell in seen and len(cell) > 1):
            continue
        seen.add(cell)
        name = names[column].rstrip(":") if column < len(names) else ""
        cells.append(f"{name}: {cell}" if name else cell)
    return ("; " if names else " | ").join(cell.rstrip(";") for cell in cells)
