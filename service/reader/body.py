"""The words of an entry that can name it: without marks, sorts of entry and the other cells of a table's row.

Owns: where they begin and end. Must not know: grammar, practices, items, engines.
"""

from __future__ import annotations

import re

from service.reader.phrases import TITLE, lead_end
from service.reader.wordings import DEEDS

#: A word that only names the sort of entry, or where it belongs, before the words that count: "VP Eng KR: ".
SORT = re.compile(
    r"(?i)^(?:[\w&/()'’.+-]+ ){0,5}?(?:KRs?|OKRs?|key results?|objectives?|goals?|principles?|milestones?|actions?|activit(?:y|ies)|"
    r"commitments?|priorit(?:y|ies)|recommendations?|tasks?|notes?|updates?|bonus|pros?|cons?|measures?|todo)"
    r"(?: ?\d+(?:\.\d+)*)?(?:, for example)?: +(?:[A-Z]{0,3}\d+(?:(?:\.\d+)+\.?|\.) )?(?=\S)"
)
#: "Distribution: Automate …": a short name of a field before a deed.
FIELD = re.compile(r"^(?!https?\b)[A-Z0-9][\w &/()'’.,+-]{1,48}: +(?=([A-Za-z]+)\b)")
SHORT_FIELD = 3
#: A box to tick, a mark of state.
BOX = re.compile(r"^(?:\[.?\] |[^\w\s\"“(\[€$£<>~]+ )+")
#: Cells of a table that is written as text.
ROW = re.compile(r"^[A-Z][^:;|.]{1,40}: [^;|]+; [A-Z][^:;|.]{1,40}: ")
CELL = re.compile(r"(?:^|; )[A-Z][^:;|.]{1,40}: ([^;|]+)")
BARS = re.compile(r"[^|]+")
FEWEST_IN_CELL = 3


def body(text: str) -> tuple[int, int]:
    """Offsets of the words that can name a commitment: without marks, sorts and the other cells of a table's row."""
    begin, end = _cell(text)
    while match := BOX.match(text[begin:end]) or SORT.match(text[begin:end]):
        begin += match.end()
    begin += lead_end(text[begin:end])
    if (match := SORT.match(text[begin:end])) or (match := _field(text[begin:end])):
        begin += match.end()
    if (note := text.find(" => ", begin, end)) > 0:
        end = note
    tail = re.search(r"[^\w)\]”\"’'%!+*✓€$£]+$", text[begin:end])
    end = begin + tail.start() if tail else end
    if rest := REST.search(text[begin:end]):
        end = begin + rest.start()
    if dangling := DASHED_POINTER.search(text[begin:end]):
        end = begin + dangling.start()
    return begin, end


REST = re.compile(r"(?i)[,;]?\s+(?:etc|and so on|and more|and others)\.?$")
#: "… direction - This includes": words that lead to a list which is not there.
DASHED_POINTER = re.compile(r"(?i)\s+[–—-]\s+(?:this|these|which|that) (?:includes?|means?|covers?|is|are|comprises?)$")


def _cell(text: str) -> tuple[int, int]:
    if ROW.match(text):
        cells = [match.span(1) for match in CELL.finditer(text)]
    elif text.count("|") >= 2:
        cells = [match.span() for match in BARS.finditer(text)]
    else:
        return 0, len(text)
    found = next((c for c in cells if len(text[slice(*c)].split()) >= FEWEST_IN_CELL), (0, len(text)))
    start = found[0] + len(text[slice(*found)]) - len(text[slice(*found)].lstrip())
    return start, found[1]


def _field(text: str) -> re.Match[str] | None:
    match = FIELD.match(text)
    if match is None or text.split()[0].lower() in DEEDS:
        return None
    deed = match.group(1).lower() in DEEDS and match.group(1)[0].isupper()
    short = len(match.group().split()) < SHORT_FIELD and len(text[match.end() :].split()) > SHORT_FIELD
    return match if deed or (short and TITLE.match(text) is None) else None
