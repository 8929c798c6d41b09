"""Plain text: headings, lists and hard-wrapped paragraphs recognised with caution.

Owns: the structure of text without markup. Must not know: encodings, other formats.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from retrieval.documents import BlockKind
from retrieval.parse.inline import CAPTION, list_mark, split_items
from retrieval.parse.pieces import Draft, Piece
from retrieval.parse.prose import join_hyphens, show_soft_hyphens, vocabulary_of

_UNDERLINE = re.compile(r"^\s*(=|-|~|\*|_)\1{2,}\s*$")
_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+[A-Z][^.!?;]{1,80}$")
_PAGE_NUMBER = re.compile(r"^\s*(?:-\s*)?(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*-)?\s*$", re.IGNORECASE)


def read_plain(text: str) -> Draft:
    """The pieces of a plain text."""
    settled = show_soft_hyphens(text)
    joined = join_hyphens(settled, vocabulary_of(settled))
    pieces: list[Piece] = []
    for paragraph in re.split(r"\n\s*\n|\f", joined):
        pieces.extend(_paragraph(paragraph.split("\n")))
    return Draft(_join_cut(pieces))


def _paragraph(lines: list[str]) -> list[Piece]:
    lines = [line for line in lines if line.strip() and not _PAGE_NUMBER.match(line)]
    pieces: list[Piece] = []
    while lines:
        heading, used = _heading(lines)
        if heading is None:
            break
        pieces.append(heading)
        lines = lines[used:]
    body = [line for line in lines if not _UNDERLINE.match(line)]
    titles = _title_places(body)
    for start, end in pairwise(sorted({0, *titles, len(body)})):
        pieces.extend(_titled(body[start:end]) if start in titles else _body(body[start:end]))
    return pieces


def _title_places(lines: list[str]) -> list[int]:
    """Where inside a paragraph a title stands on a line of its own, as in text taken from a PDF."""
    return [
        index
        for index, line in enumerate(lines[:-1])
        if _is_title(line)
        and (index == 0 or re.search(r"[.!?]\s*$", lines[index - 1]))
        and (
            list_mark(lines[index + 1]) is not None
            or len(lines[index + 1]) > max(2 * len(line), 50 if index == 0 else 0)
        )
    ]


def _is_title(line: str) -> bool:
    words = line.split()
    return (
        len(words) <= 8
        and line[:1].isupper()
        and all(word[0].isupper() or len(word) <= 4 for word in words)
        and not line.rstrip().endswith((".", ",", ";", ":", "!", "?"))
        and not CAPTION.match(f"{line}:")
    )


def _titled(lines: list[str]) -> list[Piece]:
    return [Piece(BlockKind.heading, lines[0], depth=3), *_body(lines[1:])]


def _heading(lines: list[str]) -> tuple[Piece | None, int]:
    """A heading that opens a paragraph, and how many lines it takes."""
    line = lines[0].strip()
    if len(lines) > 1 and len(line) <= 100 and (rule := _UNDERLINE.match(lines[1])):
        return Piece(BlockKind.heading, line, depth=1 if rule[1] == "=" else 2), 2
    numbered = _NUMBERED.match(line)
    if numbered and len(lines) == 1:
        return Piece(BlockKind.heading, line, depth=numbered["number"].count(".") + 1), 1
    if is_capitals(line):
        return Piece(BlockKind.heading, line, depth=2), 1
    return None, 0


def is_capitals(line: str) -> bool:
    """Whether a short line is set in capitals, as headings are: 2 to 10 words, or one long one."""
    words = line.split()
    letters = [letter for letter in line if letter.isalpha()]
    return (
        len(letters) >= 6
        and all(letter.isupper() for letter in letters)
        and len(words) <= 10
        and not line.endswith((".", ",", ";"))
        and list_mark(line) is None
    )


def _body(lines: list[str]) -> list[Piece]:
    return split_items(lines) if lines else []


def _join_cut(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join a paragraph cut by a page break: no full stop before, a small letter after."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if (
            before is not None
            and piece.kind is BlockKind.paragraph
            and before.kind in (BlockKind.paragraph, BlockKind.list_item)
            and re.search(r"[\w,]\s*$", before.text)
            and piece.text[:1].islower()
        ):
            joined[-1] = replace(before, text=f"{before.text}\n{piece.text}")
        else:
            joined.append(piece)
    return tuple(joined)
