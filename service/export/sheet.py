"""What a printed document is written onto: headings, paragraphs, quotes, tables, whatever the file.

Owns: the names of the parts and how a text is made safe for any file. Must not know: plans, Word, PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(text: str) -> str:
    """The text without characters that XML cannot hold; each becomes the replacement character."""
    return _NOT_XML.sub("\ufffd", text)


class Style(StrEnum):
    """What a paragraph is; the file decides how that looks."""

    plain = "plain"
    bullet = "bullet"
    sub_bullet = "sub_bullet"
    numbered = "numbered"
    quote = "quote"
    small_quote = "small_quote"
    caption = "caption"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph in one face."""

    text: str
    strong: bool = False
    slanted: bool = False


class Sheet(Protocol):
    """A document in the making; parts appear in the order of the calls."""

    def heading(self, text: str, level: int) -> None:
        """A heading; level 0 is the title, 1 to 4 are below it."""

    def text(self, text: str, style: Style = Style.plain) -> None:
        """A paragraph."""

    def rich(self, runs: Sequence[Run], style: Style = Style.plain) -> None:
        """A paragraph of several faces."""

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], marks: Sequence[str] = ()) -> None:
        """A table whose header row repeats on each page; `marks` names each row for machines."""

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Two columns: what, and the words for it."""


def labelled(sheet: Sheet, label: str, text: str) -> None:
    """A paragraph that opens with a bold label."""
    sheet.rich((Run(f"{label} ", strong=True), Run(text)))


def quoted(sheet: Sheet, words: str, place: str) -> None:
    """The exact words in a paragraph of their own, the place below them."""
    sheet.text(words, Style.quote)
    sheet.text(place, Style.caption)
