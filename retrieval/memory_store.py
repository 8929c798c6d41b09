"""A PassageStore in memory, for plans that leave no trace, for tests and for the bench.

Owns: full-text search over passages that are given at once (SQLite FTS5, ranked by BM25). Must not
know: documents' lives, workspaces, vectors.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Sequence
from types import TracebackType

from retrieval.documents import Passage

_WORD = re.compile(r"\w+")
#: A heading's word counts this many times one in the text.
_HEADING_WEIGHT = 0.5


def match_expression(query: str) -> str:
    """An FTS5 expression that finds any word of `query`; nothing in it is read as an operator. Empty if no word."""
    words = dict.fromkeys(word.casefold() for word in _WORD.findall(query))
    return " OR ".join(f'"{word}"' for word in words)


class MemoryPassageStore:
    """Passages by id and by words; close it, or use it in a `with`. Safe to share between threads."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = {passage.id: passage for passage in passages}
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute("CREATE VIRTUAL TABLE passage USING fts5(heading, words, tokenize='porter unicode61')")
        self._ids = tuple(self._passages)
        self._database.executemany(
            "INSERT INTO passage (rowid, heading, words) VALUES (?, ?, ?)",
            (
                (row, " ".join(passage.location.heading_path), passage.text)
                for row, passage in enumerate(self._passages.values())
            ),
        )

    def __enter__(self) -> MemoryPassageStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the memory; the store cannot be asked afterwards."""
        self._database.close()

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages by id, in the order asked; unknown ids are left out."""
        return [self._passages[name] for name in ids if name in self._passages]

    def lexical(self, query: str, limit: int) -> list[str]:
        """Passage ids best first by BM25; equal ranks in text order."""
        expression = match_expression(query)
        if not expression:
            return []
        with self._lock:
            rows = self._database.execute(
                "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY bm25(passage, ?, 1.0), rowid LIMIT ?",
                (expression, _HEADING_WEIGHT, limit),
            ).fetchall()
        return [self._ids[row] for (row,) in rows]
