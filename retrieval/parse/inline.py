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


_STATEMENT = re.compile(
    r"(?!what|how|where|why|who|when|which)\w+(?:\s+\w+){0,3}\s+(?:will|must|shall)\b", re.IGNORECASE
)
_TITLE_WORDS = 10


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


#: "Goal 4. Enable use of confidential data, while appropriately protecting it": a numbered part names itself, however
#: long its title is and whatever it promises.
_NUMBERED = re.compile(
    r"(?i)^(?:goal|objective|priority|aim|theme|pillar|principle|strategy|strand|workstream|part|section|step|phase|stage|"
    r"action|commitment|mission|outcome|area|chapter|focus|ambition|initiative)\s+(?:\d{1,2}|[a-z]|[ivx]{1,4})\s?[.:)–—-]\s"
)
_NUMBERED_WORDS = 20


def is_bold_title(text: str) -> bool:
    """Whether a paragraph in bold is a heading: short, not quoted, not a sentence, and no commitment."""
    if _NUMBERED.match(text) and len(text.split()) <= _NUMBERED_WORDS and not text.endswith((".", ",", ";")):
        return True
    return (
        len(text.split()) <= _TITLE_WORDS
        and any(letter.isalpha() for letter in text)
        and not text.endswith((".", ",", ";"))
        and not text.startswith(("“", '"', "‘"))
        and _STATEMENT.match(text) is None
    )


def split_items(lines: Sequence[str], *, bullets_only: bool = False) -> list[Piece]:
    """A paragraph's lines as a paragraph and the list items found in it, hard wraps kept as line breaks.

    A letter or roman number opens an item only after another item or a line that ends in a colon.
    """
    groups: list[tuple[Mark | None, list[str]]] = []
    widest = max((len(line) for line in lines), default=0)
    for line in lines:
        mark = list_mark(line)
        if mark and mark.printed != "- " and (bullets_only or not _number_fits(mark, groups)):
            mark = None
        if mark:
            groups.append((mark, [line[mark.end :]]))
        elif groups and not _item_is_over(groups[-1], line, widest):
            groups[-1][1].append(line.strip())
        else:
            groups.append((None, [line.strip()]))
    indents = sorted({mark.indent for mark, _ in groups if mark})
    return [_piece(mark, "\n".join(words), indents) for mark, words in groups]


def _item_is_over(group: tuple[Mark | None, list[str]], line: str, widest: int) -> bool:
    """An item ended its sentence with room to spare, and this line starts a new one without an indent."""
    mark, words = group
    return (
        mark is not None
        and words[-1].endswith((".", "!", "?"))
        and len(words[-1]) < 0.8 * widest
        and line[:1].isupper()
    )


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
