"""Markdown as people write it, made into Markdown as CommonMark reads it.

Owns: repairs to the source text. Must not know: tokens, pieces.
"""

from __future__ import annotations

import re

from retrieval.parse.prose import show_soft_hyphens

_TIGHT_HEADING = re.compile(r"^(#{2,6})(?=[^#\s])", re.M)
_FENCE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)", re.M | re.S)
_TEMPLATE_LINE = re.compile(r"^[ \t]*(?:\{%.*?%\}|\{:.*?\})[ \t]*$", re.M)
_LIST_TABLE = re.compile(
    r"^\|(?P<names>[^\n]+)\|[ \t]*\n\|[-:| \t]+\|[ \t]*\n\|[ \t]*\n(?P<items>(?:[ \t]*[-*+] [^\n]+(?:\n|\Z))+)", re.M
)


def mend_markdown(body: str) -> str:
    """Mend what many renderers accept and CommonMark does not.

    Headings without a space ('##Title'), lines of template code, soft hyphens used as dashes, and tables whose cells
    hold lists: each column's name becomes a bold line above its list.
    """
    kept = _TEMPLATE_LINE.sub("", show_soft_hyphens(body))
    fences = fence_spans(kept)

    def loosen(match: re.Match[str]) -> str:
        inside = any(start <= match.start() < end for start, end in fences)
        return match[1] if inside else f"{match[1]} "

    return _LIST_TABLE.sub(_unfold, _TIGHT_HEADING.sub(loosen, kept))


def fence_spans(body: str) -> list[tuple[int, int]]:
    """Where fenced code starts and ends."""
    return [match.span() for match in _FENCE.finditer(body)]


def _unfold(match: re.Match[str]) -> str:
    names = [name.strip() for name in match["names"].split("|")]
    columns: list[list[str]] = [[]]
    for item in match["items"].splitlines():
        columns[-1].append(item.rstrip().removesuffix("|"))
        if item.rstrip().endswith("|"):
            columns.append([])
    filled = [column for column in columns if column]
    titles = names + [""] * len(filled)
    parts = [
        f"**{title}**\n\n" * bool(title) + "\n".join(column) for title, column in zip(titles, filled, strict=False)
    ]
    return "\n\n".join(parts) + "\n"
