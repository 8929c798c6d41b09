"""The plan as a PDF one could send to a board: tagged for screen readers, the same bytes each time.

Owns: typst and what is handed to its template (`sheet.typ`). Must not know: plans beyond `compose`,
storage, pages. Words reach the template as data, so that nothing in a document is run as markup, and no
font, file or package is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

import typst

from service.export.document import compose
from service.export.sheet import Run, Style, xml_safe
from service.plan.plan import Plan

_STANDARD: typst.PDFStandard = "ua-1"
#: Columns are as wide as their words ask for, within these shares of each other.
_NUMBERS, _NARROWEST, _WIDEST = 6, 14, 40
_LISTS = {Style.bullet: False, Style.numbered: True}


def to_pdf(plan: Plan) -> bytes:
    """The whole plan; the same plan gives the same bytes."""
    sheet = PdfSheet(plan.document.title)
    compose(plan, sheet)
    return sheet.to_bytes()


class PdfSheet:
    """A `Sheet` that typst sets."""

    def __init__(self, title: str) -> None:
        self._title = _safe(title)
        self._parts: list[dict[str, Any]] = []

    def heading(self, text: str, level: int) -> None:
        """A heading; level 0 is the title."""
        if level == 0:
            self._title = _safe(text)
            self._parts.append({"kind": "title", "text": self._title})
        else:
            self._parts.append({"kind": "heading", "level": level, "text": _safe(text)})

    def text(self, text: str, style: Style = Style.plain) -> None:
        """A paragraph."""
        self.rich((Run(text),), style)

    def rich(self, runs: Sequence[Run], style: Style = Style.plain) -> None:
        """A paragraph of several faces; lines of a list that follow one another are one list."""
        faces = [{"text": _safe(run.text), "strong": run.strong, "slanted": run.slanted} for run in runs]
        if style is Style.sub_bullet and self._parts and self._parts[-1]["kind"] == "list":
            self._parts[-1]["entries"][-1]["under"].append(faces)
        elif style in (Style.bullet, Style.sub_bullet, Style.numbered):
            self._list(style is Style.numbered)["entries"].append({"runs": faces, "under": []})
        else:
            self._parts.append({"kind": "paragraph", "style": style.value, "runs": faces})

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], marks: Sequence[str] = ()) -> None:
        """A table whose header row repeats on each page; marks are for files that can be read back."""
        cells = [[_safe(cell) for cell in row] for row in rows]
        shares = [_share([head, *(row[number] for row in cells)]) for number, head in enumerate(heads)]
        self._parts.append({"kind": "table", "heads": list(heads), "rows": cells, "shares": shares})

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Two columns: what, and the words for it."""
        self._parts.append({"kind": "facts", "rows": [[_safe(label), _safe(words)] for label, words in rows]})

    def to_bytes(self) -> bytes:
        """The PDF file, after PDF/UA-1.

        A character that none of the packaged fonts holds (an emoji, say) cannot be in a PDF/UA file: such
        a document is set with the machine's own fonts, tagged as before but without the standard's mark.
        """
        words = {"sheet": json.dumps({"title": self._title, "footer": self._title, "parts": self._parts})}
        try:
            return _set(words, own_fonts=True)
        except typst.TypstError:
            return _set(words, own_fonts=False)

    def _list(self, ordered: bool) -> dict[str, Any]:
        last = self._parts[-1] if self._parts else None
        if last is None or last["kind"] != "list" or last["ordered"] is not ordered:
            last = {"kind": "list", "ordered": ordered, "entries": []}
            self._parts.append(last)
        return last


def _set(words: dict[str, str], own_fonts: bool) -> bytes:
    template = files("service.export").joinpath("sheet.typ").read_bytes()
    compiler = typst.Compiler(template, ignore_system_fonts=own_fonts, sys_inputs=words)
    made = compiler.compile(format="pdf", pdf_standards=_STANDARD if own_fonts else [], timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError(f"typst answered with {type(made).__name__}, not with a file")
    return made


def _safe(text: str) -> str:
    return xml_safe(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def _share(cells: Sequence[str]) -> int:
    longest = max(len(cell) for cell in cells)
    mean = sum(len(cell) for cell in cells) // len(cells)
    return _NUMBERS if longest < _NUMBERS else max(_NARROWEST, min(_WIDEST, mean))
