"""Markdown: CommonMark with tables, front matter and the HTML that people mix in.

Owns: pieces from markdown-it tokens. Must not know: bytes, encodings, offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.documents import BlockKind
from retrieval.parse.html import html_pieces
from retrieval.parse.inline import split_items
from retrieval.parse.markdown_inline import Words, read_inline, strip_markup
from retrieval.parse.markdown_mend import fence_spans, mend_markdown
from retrieval.parse.pieces import Draft, Piece
from retrieval.parse.plain import read_plain
from retrieval.parse.prose import SOFT_HYPHEN
from retrieval.parse.tables import row_pieces

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TABLE = re.compile(r"^[ \t]*<table\b.*?</table>[ \t]*\n?", re.M | re.S | re.I)
#: Without any of these, and with soft hyphens as dashes, a text came out of a PDF and is Markdown by name only.
_MARKUP = re.compile(r"^#{1,6} |\]\(|\*\*|^[-*+] |^\|", re.M)
_FOOTNOTE = re.compile(r"^\[\^[^\]\s]+\]:\s*")
#: At most this many characters of one metadata value are kept.
_METADATA_LENGTH = 500


def read_markdown(text: str) -> Draft:
    """The pieces, title and metadata of a Markdown text."""
    metadata, body = _front_matter(text)
    if SOFT_HYPHEN in body and not _MARKUP.search(body):
        return Draft(read_plain(body).pieces, title=metadata.get("title", ""), metadata=metadata)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    pieces: list[Piece] = []
    for part, is_table in _parts(mend_markdown(body)):
        if is_table:
            pieces.extend(html_pieces(part, strip_markup))
        else:
            level = next((piece.depth for piece in reversed(pieces) if piece.kind is BlockKind.heading), 0)
            pieces.extend(_Walk(parser.parse(part), level).pieces())
    return Draft(tuple(pieces), title=metadata.get("title", ""), metadata=metadata)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    match = _FRONT_MATTER.match(text.lstrip("\ufeff"))
    if not match:
        return {}, text
    try:
        values = yaml.safe_load(match[1])
    except yaml.YAMLError:
        return {}, text[match.end() :]
    if not isinstance(values, dict):
        return {}, text
    flat = {str(key).lower(): words for key, value in values.items() if (words := _flat(value))}
    return flat, text[match.end() :]


def _flat(value: object) -> str:
    """A scalar or a list of scalars as words; nested values are left out, since aliases can make them endless."""
    values = value if isinstance(value, list) else [value]
    words = [str(one) for one in values if isinstance(one, (str, int, float, date))]
    return ", ".join(words)[:_METADATA_LENGTH]


def _parts(body: str) -> Iterator[tuple[str, bool]]:
    """The text between HTML tables, and the tables: CommonMark would cut a table at its blank lines."""
    fences = fence_spans(body)
    at = 0
    for match in _TABLE.finditer(body):
        if any(start <= match.start() < end for start, end in fences):
            continue
        yield body[at : match.start()], False
        yield match[0], True
        at = match.end()
    yield body[at:], False


@dataclass
class _Walk:
    """One pass over the block tokens.

    `level` is the last heading's; `lists` holds for each open list the next number, or None for bullets.
    """

    tokens: Sequence[Token]
    level: int
    lists: list[int | None] = field(default_factory=list)
    mark: str = ""
    quotes: int = 0

    def pieces(self) -> Iterator[Piece]:
        """All pieces in order."""
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.type == "table_open":
                end = next(i for i in range(at, len(self.tokens)) if self.tokens[i].type == "table_close")
                yield from row_pieces(_rows(self.tokens[at:end]))
                at = end
            elif token.type == "inline":
                yield from self._inline(token, self.tokens[at - 1])
            elif token.type in ("fence", "code_block"):
                yield Piece(BlockKind.code, token.content)
            elif token.type == "html_block":
                yield from html_pieces(token.content, strip_markup)
            else:
                self._enter_or_leave(token)
            at += 1

    def _enter_or_leave(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open":
            number = self.lists[-1]
            self.mark = "- " if number is None else f"{number}. "
            self.lists[-1] = None if number is None else number + 1
        elif token.type.startswith("blockquote"):
            self.quotes += 1 if token.type.endswith("open") else -1

    def _inline(self, token: Token, opener: Token) -> Iterator[Piece]:
        words = read_inline(token)
        if opener.type == "heading_open":
            self.level = int(opener.tag[1])
            yield Piece(BlockKind.heading, words.text, depth=self.level)
        elif words.contents or words.mainly_links:
            kind = BlockKind.contents if words.contents else BlockKind.links
            yield Piece(kind, words.text, depth=len(self.lists), mark=self._take_mark())
        elif self.lists:
            yield Piece(BlockKind.list_item, words.text, depth=len(self.lists), mark=self._take_mark())
        elif self.quotes:
            yield Piece(BlockKind.block_quote, words.text)
        else:
            yield from self._paragraph(words)

    def _take_mark(self) -> str:
        mark, self.mark = self.mark, ""
        return mark

    def _paragraph(self, words: Words) -> Iterator[Piece]:
        if words.bold_title:
            yield Piece(BlockKind.heading, words.text, depth=min(self.level + 1, 6))
        elif _FOOTNOTE.match(words.text):
            yield Piece(BlockKind.caption, _FOOTNOTE.sub("", words.text))
        else:
            for part in words.parts:
                yield from split_items(part.split("\n"), bullets_only=True)


def _rows(tokens: Sequence[Token]) -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(read_inline(token).text)
    return rows
