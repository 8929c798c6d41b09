"""What a Word paragraph's style and numbering make of it.

Owns: styles, outline levels, list levels and list numbers. Must not know: a paragraph's words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from retrieval.documents import BlockKind

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST = re.compile(r"list (bullet|number|paragraph|continue)?\s*(\d)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is by its style: at most one of heading, list item or contents line."""

    heading: int = 0
    list_depth: int = 0
    mark: str = ""
    contents: bool = False
    kind: BlockKind = BlockKind.paragraph


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    outline: int
    number: BaseOxmlElement | None


class Styles:
    """The styles and numberings of one document; counts its numbered lists as they are read."""

    def __init__(self, word: WordDocument) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in word.styles.element.iterchildren(qn("w:style"))}
        self._numbering = _numbering(word)
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)

    def of(self, paragraph: BaseOxmlElement) -> Role:
        """The role of a paragraph."""
        properties = paragraph.find(qn("w:pPr"))
        style = self._resolve(_value(properties, "w:pStyle"))
        outline = _value(properties, "w:outlineLvl")
        name = style.name.lower()
        if name.startswith(("toc ", "table of figures")):
            return Role(contents=True)
        level = int(outline) + 1 if outline and outline.isdigit() else style.outline
        if name == "title" or 1 <= level <= 9:
            return Role(heading=1 if name == "title" else level)
        own = properties.find(qn("w:numPr")) if properties is not None else None
        number = own if own is not None else style.number
        listed = self._list_role(number, name)
        if listed:
            return listed
        if "quote" in name:
            return Role(kind=BlockKind.block_quote)
        if name == "caption":
            return Role(kind=BlockKind.caption)
        return Role(kind=BlockKind.code if "code" in name or name.startswith("html pre") else BlockKind.paragraph)

    def _list_role(self, number: BaseOxmlElement | None, name: str) -> Role | None:
        if number is not None:
            numbering, level = _value(number, "w:numId"), int(_value(number, "w:ilvl") or 0)
            if numbering == "0":
                return None
            named = _LIST.match(name)
            depth = max(level + 1, int(named[2]) if named and named[2] else 1)
            return Role(list_depth=depth, mark=self._mark(numbering, level))
        named = _LIST.match(name)
        if named and named[1] in ("bullet", "number"):
            return Role(list_depth=int(named[2] or 1), mark="- ")
        return None

    def _mark(self, numbering: str, level: int) -> str:
        if self._numbering.get((numbering, level), "bullet") in ("bullet", "none"):
            return "- "
        counts = self._counters[numbering]
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        counts[level] = counts.get(level, 0) + 1
        return f"{counts[level]}. "

    def _resolve(self, style_id: str) -> _Style:
        """A style's name, outline level and numbering, inherited from the styles it is based on."""
        name, outline, number = "", 0, None
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            own = _value(style, "w:name")
            name = name or own
            properties = style.find(qn("w:pPr"))
            heading = _HEADING.fullmatch(own)
            level = _value(properties, "w:outlineLvl")
            if not outline:
                outline = int(heading[1]) if heading else int(level) + 1 if level.isdigit() and int(level) < 9 else 0
            if number is None and properties is not None:
                number = properties.find(qn("w:numPr"))
            style_id = _value(style, "w:basedOn")
        return _Style(name, outline, number)


def _numbering(word: WordDocument) -> dict[tuple[str, int], str]:
    """The number format by (list, level)."""
    part = next((rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/numbering")), None)
    if part is None:
        return {}
    root = part.element
    abstract = {one.get(qn("w:abstractNumId")): one for one in root.iterchildren(qn("w:abstractNum"))}
    formats: dict[tuple[str, int], str] = {}
    for one in root.iterchildren(qn("w:num")):
        levels = abstract.get(_value(one, "w:abstractNumId"))
        for level in levels.iterchildren(qn("w:lvl")) if levels is not None else ():
            formats[one.get(qn("w:numId")), int(level.get(qn("w:ilvl")))] = _value(level, "w:numFmt")
    return formats


def _value(parent: BaseOxmlElement | None, tag: str) -> str:
    child = parent.find(qn(tag)) if parent is not None else None
    return (child.get(qn("w:val")) or "") if child is not None else ""
