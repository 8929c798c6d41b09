"""The plan's Markdown forms (brief, role cards, facilitators' kit) put onto a printed sheet.

Owns: which Markdown part becomes which part of a sheet. Must not know: plans, Word, PDF. Only our own
writers' Markdown comes here; what they escaped arrives as plain words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.export.sheet import Run, Sheet, Style

_MARKDOWN = MarkdownIt("commonmark")
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def print_markdown(markdown: str, sheet: Sheet) -> None:
    """Write headings, paragraphs and lists (two levels) in their order onto the sheet."""
    lists: list[str] = []
    tokens = _MARKDOWN.parse(markdown)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token.type)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "inline" and before is not None:
            _block(before, token, lists, sheet)


def _block(opener: Token, inline: Token, lists: Sequence[str], sheet: Sheet) -> None:
    runs = list(_runs(inline.children or ()))
    if opener.type == "heading_open":
        sheet.heading("".join(run.text for run in runs), int(opener.tag[1]) - 1)
    else:
        sheet.rich(runs, _style(lists))


def _style(lists: Sequence[str]) -> Style:
    if len(lists) > 1:
        return Style.sub_bullet
    if lists:
        return Style.numbered if lists[0] == "ordered_list_open" else Style.bullet
    return Style.plain


def _runs(children: Sequence[Token]) -> Iterator[Run]:
    strong = slanted = 0
    for child in children:
        step = child.nesting
        if child.type.startswith("strong"):
            strong += step
        elif child.type.startswith("em_"):
            slanted += step
        elif child.type in _BREAKS:
            yield Run(_BREAKS[child.type], bool(strong), bool(slanted))
        elif child.content:
            yield Run(child.content, bool(strong), bool(slanted))
