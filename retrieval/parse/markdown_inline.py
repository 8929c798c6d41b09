"""The words of a Markdown line: emphasis stripped, link text kept, images dropped.

Owns: reading inline tokens. Must not know: blocks, lists, documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.parse.inline import is_bold_title

_FOOTNOTE_SIGN = re.compile(r"\[\^[^\]\s]+\](?!:)")
_ATTRIBUTES = re.compile(r"\{[:.#][^{}\n]*\}|\{%.*?%\}|\{\{.*?\}\}")
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]{2,30}:(?![\w:])")
_MANY_WORDS = 12


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one inline run; `parts` are its pieces between hard breaks that end a thought."""

    text: str
    parts: tuple[str, ...]
    mainly_links: bool
    contents: bool
    bold_title: bool


@dataclass(slots=True)
class _Count:
    """Running totals over the inline tokens."""

    linked: int = 0
    links: int = 0
    inner_links: int = 0
    bold: int = 0


def read_inline(token: Token) -> Words:
    """The words of an inline token; soft breaks stay as line breaks."""
    count = _Count()
    raw = _gather(token.children or [], count)
    text = _ATTRIBUTES.sub("", _SHORTCODE.sub("", _FOOTNOTE_SIGN.sub("", raw)))
    size = max(len(re.sub(r"[\W_]+", "", text.replace("\v", ""))), 1)
    linked = count.linked / size
    short = len(text.split()) <= _MANY_WORDS
    flat = text.replace("\v", "\n").strip()
    return Words(
        text=flat,
        parts=_parts(text),
        mainly_links=linked >= 0.8 and (short or count.links > 1),
        contents=linked >= 0.8 and count.inner_links > 0 and count.inner_links == count.links,
        bold_title=count.bold >= size and "\n" not in flat and is_bold_title(flat),
    )


def strip_markup(text: str) -> str:
    """Markdown written where it is not parsed, as inside HTML tables: only its words."""
    if not re.search(r"[*_`\[\]]", text):
        return text
    tokens = MarkdownIt("commonmark").parseInline(text)
    return " ".join(read_inline(token).text for token in tokens)


def _gather(children: list[Token], count: _Count) -> str:
    out: list[str] = []
    inside_link = inside_bold = 0
    for child in children:
        if child.type == "link_open":
            inside_link += 1
            count.links += 1
            count.inner_links += str(child.attrGet("href") or "").startswith("#")
        elif child.type == "link_close":
            inside_link -= 1
        elif child.type in ("strong_open", "strong_close"):
            inside_bold += 1 if child.type == "strong_open" else -1
        elif child.type in ("text", "code_inline"):
            out.append(child.content)
            size = len(re.sub(r"[\W_]+", "", child.content))
            count.linked += size if inside_link else 0
            count.bold += size if inside_bold else 0
        else:
            out.append(_break(child))
    return "".join(out)


def _break(child: Token) -> str:
    if child.type == "softbreak":
        return "\n"
    if child.type == "hardbreak" or re.match(r"<br\b", child.content, re.IGNORECASE):
        return "\v"
    return ""


def _parts(text: str) -> tuple[str, ...]:
    """Cut at hard breaks that follow the end of a sentence or a colon; other hard breaks are only line breaks."""
    cut = re.sub(r"(?<=[.!?:;”\"])\s*\v\s*", "\f", text).replace("\v", "\n")
    return tuple(part.strip() for part in cut.split("\f") if part.strip())
