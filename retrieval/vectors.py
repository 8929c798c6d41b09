"""Vectors by id: the records and the protocol of dense search, and both in memory.

Owns: Match, Rows, VectorSearch, `rank_vectors`, MemoryIndex. Must not know: texts, models, chromadb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

#: float32, shape (n, dimensions), unit rows.
Vectors = npt.NDArray[np.float32]
#: float32, shape (dimensions,), of length one.
Vector = npt.NDArray[np.float32]

#: Scores are rounded to this many digits before they are compared, so that the last bits decide nothing.
SCORE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Match:
    """An id found by its vector: cosine to the query, from -1 to 1."""

    id: str
    document_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of a matrix and its cosine to the query."""

    row: int
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Ids and vectors of one document in one collection."""

    collection: str
    document_id: str
    ids: tuple[str, ...]
    vectors: Vectors


class VectorSearch(Protocol):
    """Dense search over the vectors of a collection."""

    def query(self, collection: str, vector: Vector, limit: int, document_id: str | None = None) -> list[Match]:
        """The nearest ids, best first; equal scores by id."""
        ...

    def existing_ids(self, collection: str, document_id: str, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that the document has in the collection."""
        ...


def rank_vectors(query: Vector, matrix: Vectors, limit: int | None = None) -> list[Ranked]:
    """Rows of `matrix` (n, dimensions) by cosine to `query`, best first; equal scores by row. Unit vectors in."""
    scores = np.round(matrix.astype(np.float64) @ query.astype(np.float64), SCORE_DIGITS)
    best = np.argsort(-scores, kind="stable")[:limit]
    return [Ranked(int(row), float(scores[row])) for row in best]


class MemoryIndex:
    """Exact dense search over one document or a few, for plans that leave no trace."""

    def __init__(self, rows: Sequence[Rows]) -> None:
        self._rows = tuple(rows)

    def query(self, collection: str, vector: Vector, limit: int, document_id: str | None = None) -> list[Match]:
        """See `VectorSearch`."""
        found = [
            Match(rows.ids[ranked.row], rows.document_id, ranked.score)
            for rows in self._of(collection, document_id)
            for ranked in rank_vectors(vector, rows.vectors, limit)
        ]
        return best_matches(found, limit)

    def existing_ids(self, collection: str, document_id: str, ids: Sequence[str]) -> set[str]:
        """See `VectorSearch`."""
        held = {name for rows in self._of(collection, document_id) for name in rows.ids}
        return held & set(ids)

    def _of(self, collection: str, document_id: str | None) -> list[Rows]:
        return [
            rows
            for rows in self._rows
            if rows.collection == collection and document_id in (None, rows.document_id) and rows.ids
        ]


def best_matches(found: Sequence[Match], limit: int) -> list[Match]:
    """The first `limit` by score, then id, then document."""
    return sorted(found, key=lambda match: (-match.score, match.id, match.document_id))[:limit]
