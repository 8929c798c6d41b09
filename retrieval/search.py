"""Words to hits: dense and lexical search fused into one list.

Owns: how many candidates each side gives and how they are joined. Must not know: chromadb, SQL, plans.
"""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.documents import Hit, PassageStore
from retrieval.embed import Embedder
from retrieval.fusion import reciprocal_rank_scores
from retrieval.vectors import VectorSearch, rank_vectors

__all__ = ["Searcher", "rank_vectors"]

#: Candidates of each side: this many times the hits asked for, and at least so many.
_BREADTH, _LEAST = 4, 30
#: The lexical side knows no documents, so where one is named it looks this much further.
_LEXICAL_REACH = 10


class Searcher:
    """Hybrid search over one collection; stateless, safe to share if its parts are."""

    def __init__(self, index: VectorSearch, store: PassageStore, embedder: Embedder, collection: str) -> None:
        self._index = index
        self._store = store
        self._embedder = embedder
        self._collection = collection

    def search(self, query: str, limit: int = 10, document_id: str | None = None) -> list[Hit]:
        """At most `limit` hits, best first by the sum of reciprocal ranks; only of `document_id`, if given."""
        if not query.strip() or limit < 1:
            return []
        breadth = max(limit * _BREADTH, _LEAST)
        dense = self._dense(query, breadth, document_id)
        lexical = self._lexical(query, breadth, document_id)
        scores = reciprocal_rank_scores([dense, lexical])
        ranks = [{name: rank for rank, name in enumerate(side, start=1)} for side in (dense, lexical)]
        return [
            Hit(passage, scores[passage.id], ranks[0].get(passage.id), ranks[1].get(passage.id))
            for passage in self._store.passages(list(scores))[:limit]
        ]

    def _dense(self, query: str, breadth: int, document_id: str | None) -> list[str]:
        vector = self._embedder.embed([query])[0]
        found = self._index.query(self._collection, vector, breadth, document_id)
        return _once(match.id for match in found)

    def _lexical(self, query: str, breadth: int, document_id: str | None) -> list[str]:
        if document_id is None:
            return _once(self._store.lexical(query, breadth))
        found = _once(self._store.lexical(query, breadth * _LEXICAL_REACH))
        own = self._index.existing_ids(self._collection, document_id, found)
        return [name for name in found if name in own][:breadth]


def _once(names: Iterable[str]) -> list[str]:
    """The same passage may stand in several documents."""
    return list(dict.fromkeys(names))
