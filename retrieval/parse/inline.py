"""Lines of text without markup: bullets, numbers, footnote signs.

Owns: splitting hard-wrapped lines into paragraphs and list items. Must not know: files, pages, markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.documents import BlockKind
from retrieval.parse.pieces import Piece
from retrieval.parse.prose import BULLETS, SOFT_HYPHEN

_BULLET = re.compile(rf"^(?P<indent>\s*)(?:[{re.escape(BULLETS)}]\s*|[-*+–—{SOFT_HYPHEN}]\s+|o\s+(?=[A-Z]))(?=\S)")
_NUMBER = re.compile(
    r"^(?P<indent>\s*)(?P<mark>\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})(?:\.\)|[.)])|\(\d{1,2}\))(?:\s+|(?<=\d\.)(?=[A-Z][a-z]))(?=\S)"
)
CAPTION = re.compile(r"^(?:Figure|Fig\.|Table|Chart|Exhibit|Box|Source|Sources|Image)\s*\d*\s*[:.–—](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign that opens a list item: how far it is indented, what is printed, where the words start."""

    indent: int
    printed: str
    end: int


def list_mark(line: str) -> Mark | None:
    """The bullet or number at the start of a line, if there is one."""
    bullet = _BULLET.match(line)
    if bullet:
        return Mark(len(bullet["indent"].expandtabs(4)), "- ", bullet.end())
    number = _NUMBER.match(line)
    if number:
        return Mark(len(number["indent"].expandtabs(4)), f"{number['mark'].strip()} ", number.end())
    return None


def split_items(lines: Sequence[str], *, bullets_only: bool = False) -> list[Piece]:
    """A paragraph's lines as a paragraph and the list items found in it, hard wraps kept as line breaks.

    A letter or roman number opens an item only after another item or a line that ends in a colon.
    """
    groups: list[tuple[Mark | None, list[str]]] = []
    for line in lines:
        mark = list_mark(line)
        if mark and mark.printed != "- " and (bullets_only or not _number_fits(mark, groups)):
            mark = None
        if mark:
            groups.append((mark, [line[mark.end :]]))
        elif groups:
            groups[-1][1].append(line.strip())
        else:
            groups.append((None, [line.strip()]))
    indents = sorted({mark.indent for mark, _ in groups if mark})
    return [_piece(mark, "\n".join(words), indents) for mark, words in groups]


def _number_fits(mark: Mark, groups: list[tuple[Mark | None, list[str]]]) -> bool:
    if not groups:
        return True
    before, words = groups[-1]
    return before is not None or words[-1].endswith((":", ".", ";")) or mark.printed.startswith("1")


def _piece(mark: Mark | None, text: str, indents: list[int]) -> Piece:
    if mark is None:
        kind = BlockKind.caption if CAPTION.match(text) and len(text) < 200 else BlockKind.paragraph
        return Piece(kind, text)
    return Piece(BlockKind.list_item, text, depth=indents.index(mark.indent) + 1, mark=mark.printed)
