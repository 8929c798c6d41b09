"""Words in quotation marks inside an item must be somebody's: the document's or the practice's own.

Owns: that rule. Must not know: stages, engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpora.records import Practice
from corpora.slots import SLOT, render
from retrieval.documents import Document

#: Shorter quotations are labels or single words, not a claim about what somebody wrote.
FEWEST_WORDS = 5
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_SLOT_ALONE = re.compile(r"\{[a-z]+\|[^{}|]*\}")
#: Up to a dozen words of the document in a slot's place.
SLOTTED = r" ?(?:[a-z0-9]+ ?){1,12}"
_WORD = re.compile(r"[a-z0-9]+")


def invented_quotation(texts: Iterable[str], document: Document, practice: Practice | None) -> str | None:
    """A quotation of five words or more that neither the document nor the practice's form holds, or None."""
    found = [words for text in texts for words in _quotations(text)]
    if not found:
        return None
    known = _plain(document.text) + " " + (_plain(render(practice.model_dump_json(), {})) if practice else "")
    own = _own_quotations(practice) if practice else ()
    return next((words for words in found if _plain(words) not in known and not _is_one_of(words, own)), None)


def _own_quotations(practice: Practice) -> tuple[re.Pattern[str], ...]:
    """What the practice itself puts in quotation marks, each slot open for the document's words."""
    quoted = [
        words for text in _strings(practice.model_dump()) for words in _all_quotations(text) if SLOT.search(words)
    ]
    return tuple(re.compile(SLOTTED.join(_plain(part) for part in _SLOT_ALONE.split(words))) for words in quoted)


def _is_one_of(words: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    return any(pattern.fullmatch(_plain(words)) for pattern in patterns)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _strings(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _strings(entry)


def _quotations(text: str) -> list[str]:
    return [words for words in _all_quotations(text) if len(words.split()) >= FEWEST_WORDS]


def _all_quotations(text: str) -> list[str]:
    return [match.group(1) or match.group(2) for match in _QUOTED.finditer(text)]


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower().replace("’", "").replace("'", "")))
