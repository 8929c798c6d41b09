"""Lines of a PDF page: words with their place, size and weight.

Owns: reading characters from the page and grouping them into lines. Must not know: headings, lists, other pages.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as api  # type: ignore[import-untyped]

#: A hyphen at a line end, as the text layer marks it, and the soft hyphen: on a page both are seen as dashes.
_HYPHENS = "\ufffe\x02\xad"
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One run of words on one baseline; y grows downwards, in points. `page` counts from 1."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    #: where the letters stand, without descenders
    base: float
    #: a raised number stood before the words: a footnote opens here
    raised: str = ""
    #: a whole row of a table, not one printed line
    row: bool = False

    @property
    def height(self) -> float:
        """Height of the line box."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Glyph:
    letter: str
    left: float
    right: float
    low: float
    high: float
    size: float
    bold: bool


def page_lines(page: pdfium.PdfPage, number: int) -> list[Line]:
    """The lines of one page in content order."""
    textpage = page.get_textpage()
    _, height = page.get_size()
    left, bottom, _, top = page.get_mediabox(fallback_ok=True)
    height = max(height, top - bottom)
    try:
        runs = list(_runs(textpage))
    finally:
        textpage.close()
    lines = [line for run in runs for part in _cut(run) if (line := _line(part, number, height + bottom, left))]
    return _rejoin(_drop_signs(lines))


def _runs(textpage: pdfium.PdfTextPage) -> Iterator[list[_Glyph]]:
    """Glyphs between the line ends that the text layer reports."""
    run: list[_Glyph] = []
    reader = _GlyphReader(textpage)
    for index in range(textpage.count_chars()):
        glyph = reader.read(index)
        if glyph is None:
            if run:
                yield run
            run = []
        else:
            run.append(glyph)
    if run:
        yield run


class _GlyphReader:
    """Reads one character after another with its box, size and weight."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._page = textpage.raw
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._matrix = api.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def read(self, index: int) -> _Glyph | None:
        """The character, or None for a line end."""
        letter = chr(api.FPDFText_GetUnicode(self._page, index))
        if letter in "\r\n":
            return None
        left, right, low, high = self._edges
        api.FPDFText_GetCharBox(self._page, index, left, right, low, high)
        if letter == " ":
            return _Glyph(letter, left.value, right.value, low.value, high.value, 0.0, False)
        letter = "-" if letter in _HYPHENS else letter
        return _Glyph(letter, left.value, right.value, low.value, high.value, self._size(index), self._bold(index))

    def _size(self, index: int) -> float:
        size: float = api.FPDFText_GetFontSize(self._page, index)
        if api.FPDFText_GetMatrix(self._page, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return size

    def _bold(self, index: int) -> bool:
        """By the font's name; the weight is only asked where there is no name, for it is often made up."""
        length = api.FPDFText_GetFontInfo(self._page, index, self._name, 128, self._flags)
        name = self._name.raw[: max(min(length, 128) - 1, 0)].decode("utf-8", "replace").lower()
        if name:
            return any(word in name for word in _BOLD)
        weight: int = api.FPDFText_GetFontWeight(self._page, index)
        return weight >= _BOLD_WEIGHT


def _cut(run: list[_Glyph]) -> Iterator[list[_Glyph]]:
    """Cut a run at wide gaps (columns, table cells) and where it jumps to another baseline."""
    solid = [glyph for glyph in run if glyph.size]
    if not solid:
        return
    em = median(glyph.size for glyph in solid)
    part: list[_Glyph] = []
    last: _Glyph | None = None
    for glyph in run:
        if glyph.size:
            if last is not None and (glyph.left - last.right > 2.2 * em or last.left - glyph.right > 2 * em):
                yield part
                part = []
            last = glyph
        part.append(glyph)
    yield part


def _line(glyphs: list[_Glyph], page: int, height: float, left: float) -> Line | None:
    solid = [glyph for glyph in glyphs if glyph.size and glyph.letter.strip()]
    if not solid:
        return None
    sizes = Counter(round(glyph.size, 1) for glyph in solid)
    size = max(sizes, key=lambda key: (sizes[key], key))
    base = median(glyph.low for glyph in solid if round(glyph.size, 1) == size)
    raised = [glyph for glyph in solid if _is_raised(glyph, size, base)]
    words = "".join(glyph.letter for glyph in glyphs if glyph not in raised or not _is_sign(glyph.letter))
    opener = raised[0].letter if raised and raised[0] is solid[0] and _is_sign(raised[0].letter) else ""
    if not words.strip():
        return None
    return Line(
        page=page,
        text=" ".join(words.strip().split(" ")),
        left=solid[0].left - left,
        right=max(glyph.right for glyph in solid) - left,
        top=height - max(glyph.high for glyph in solid),
        bottom=height - min(glyph.low for glyph in solid),
        size=size,
        bold=sum(glyph.bold for glyph in solid) > 0.6 * len(solid),
        base=height - base,
        raised=opener,
    )


def _is_raised(glyph: _Glyph, size: float, base: float) -> bool:
    return glyph.size < 0.8 * size and glyph.low > base + 0.15 * size


def _is_sign(letter: str) -> bool:
    return letter.isdigit() or letter in "*†‡"


def _drop_signs(lines: list[Line]) -> list[Line]:
    """Drop small numbers that stand beside a larger line: they are footnote signs, not words."""
    kept: list[Line] = []
    for index, line in enumerate(lines):
        near = lines[max(index - 3, 0) : index + 4]
        if line.text.isdigit() and len(line.text) <= 3 and any(_beside(line, other) for other in near):
            continue
        kept.append(line)
    return kept


def _beside(sign: Line, other: Line) -> bool:
    overlap = min(sign.bottom, other.bottom + 2) - max(sign.top, other.top - 6)
    near = (
        -2 < other.left - sign.right < 12 or -2 < sign.left - other.right < 12 or other.left <= sign.left <= other.right
    )
    return sign is not other and sign.size < 0.8 * other.size and overlap > 0 and near


def _rejoin(lines: list[Line]) -> list[Line]:
    """Put a line together again that a raised sign had cut in two."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and abs(last.base - line.base) < 0.1 * line.size
            and abs(last.size - line.size) < 0.3
            and -0.2 * line.size < line.left - last.right < 1.5 * line.size
        ):
            joined[-1] = replace(
                last,
                text=f"{last.text} {line.text}",
                right=line.right,
                top=min(last.top, line.top),
                bottom=max(last.bottom, line.bottom),
                bold=last.bold and line.bold,
            )
        else:
            joined.append(line)
    return joined
