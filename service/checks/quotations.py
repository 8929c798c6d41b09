"""Words in quotation marks inside an item must be somebody's: the document's or the practice's own.

Owns: that rule. Must not know: stages, engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpora.records import Practice
from corpora.slots import render
from retrieval.documents import Document

#: Shorter quotations are labels or single words, not a claim about what somebody wrote.
FEWEST_WORDS = 5
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_WORD = re.compile(r"[a-z0-9]+")


def invented_quotation(texts: Iterable[str], document: Document, practice: Practice | None) -> str | None:
    """A quotation of five words or more that neither the document nor the practice's form holds, or None."""
    found = [words for text in texts for words in _quotations(text)]
    if not found:
        return None
    known = _plain(document.text) + " " + (_plain(render(practice.model_dump_json(), {})) if practice else "")
    return next((words for words in found if _plain(words) not in known), None)


def _quotations(text: str) -> list[str]:
    quoted = [match.group(1) or match.group(2) for match in _QUOTED.finditer(text)]
    return [words for words in quoted if len(words.split()) >= FEWEST_WORDS]


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower().replace("’", "").replace("'", "")))
