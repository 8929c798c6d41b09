"""A Word document in the making: headings, paragraphs, quotes, tables; the same bytes each time.

Owns: python-docx and what makes its files repeatable. Must not know: plans, storage.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.table import Table, _Cell

from service.export.sheet import Run, Style, xml_safe

#: Written into every file, so that the same plan gives the same bytes.
_EPOCH = datetime(2000, 1, 1)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
#: Type size and the gaps before and after, in points, by style.
_ONE_PAGE = {
    "Normal": (10, 0, 4),
    "List Bullet": (10, 0, 3),
    "List Number": (10, 0, 3),
    "Title": (18, 0, 8),
    "Heading 1": (12, 8, 3),
}
_STYLES = {
    Style.bullet: "List Bullet",
    Style.sub_bullet: "List Bullet 2",
    Style.numbered: "List Number",
    Style.quote: "Intense Quote",
    Style.small_quote: "Quote",
    Style.caption: "Caption",
}


class Paper:
    """A thin layer over python-docx: every text passes through `xml_safe`."""

    def __init__(self, title: str, one_page: bool = False) -> None:
        self._document = Document()
        self._bookmarks = 0
        self._document.styles["Normal"].font.size = Pt(10.5)
        self._document.styles["Title"].font.size = Pt(20)
        if one_page:
            self._set_for_one_page()
        core = self._document.core_properties
        core.title, core.author, core.last_modified_by = xml_safe(title)[:255], "", ""
        core.created = core.modified = _EPOCH
        core.revision = 1
        core.comments = ""

    def _set_for_one_page(self) -> None:
        """Smaller type, margins and gaps, so that what is written for one page takes no more in Word either."""
        for section in self._document.sections:
            section.left_margin = section.right_margin = Inches(0.9)
            section.top_margin = section.bottom_margin = Inches(0.7)
        for name, (size, before, after) in _ONE_PAGE.items():
            style = self._document.styles[name]
            style.font.size = Pt(size)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            style.paragraph_format.line_spacing = 1.0

    def heading(self, text: str, level: int) -> None:
        """A heading; level 0 is the title."""
        self._document.add_heading(xml_safe(text), level)

    def text(self, text: str, style: Style = Style.plain) -> None:
        """A paragraph in a style of the default template."""
        self._document.add_paragraph(xml_safe(text), _STYLES.get(style))

    def rich(self, runs: Sequence[Run], style: Style = Style.plain) -> None:
        """A paragraph of several faces."""
        paragraph = self._document.add_paragraph(style=_STYLES.get(style))
        for run in runs:
            written = paragraph.add_run(xml_safe(run.text))
            written.bold, written.italic = run.strong or None, run.slanted or None

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], marks: Sequence[str] = ()) -> None:
        """A table with a repeated header row; `marks` names a bookmark for the first cell of each row."""
        table: Table = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        _repeat_header(table)
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(xml_safe(head)).bold = True
        for number, row in enumerate(rows):
            cells = table.add_row().cells  # type: ignore[no-untyped-call]  # untyped in python-docx
            for cell, words in zip(cells, row, strict=True):
                cell.text = xml_safe(words)
            if marks:
                self._bookmark(cells[0], marks[number])
        self._document.add_paragraph()

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """A two-column table: what, and the words for it."""
        table: Table = self._document.add_table(rows=0, cols=2, style="Table Grid")
        for label, words in rows:
            cells = table.add_row().cells  # type: ignore[no-untyped-call]  # untyped in python-docx
            cells[0].paragraphs[0].add_run(xml_safe(label)).bold = True
            cells[1].text = xml_safe(words)
        _widths(table, (0.24, 0.76), int(self._document.sections[0].page_width or 0) - 2_286_000)
        self._document.add_paragraph()

    def to_bytes(self) -> bytes:
        """The .docx file; archive times are fixed."""
        raw, fixed = io.BytesIO(), io.BytesIO()
        self._document.save(raw)
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
        return fixed.getvalue()

    def _bookmark(self, cell: _Cell, name: str) -> None:
        self._bookmarks += 1
        element = cell.paragraphs[0]._p
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self._bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            element.append(mark)


def _repeat_header(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _widths(table: Table, shares: Sequence[float], whole: int) -> None:
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = int(whole * share)
