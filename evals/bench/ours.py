"""Our way: sentences, passages, ONNX Runtime, Chroma without text, full text in SQLite.

Owns: the calls in the order the service makes them. Must not know: how it is timed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from retrieval.chunk import chunk, embedding_text
from retrieval.documents import Document
from retrieval.embed import load_embedder
from retrieval.index import VectorIndex, workspace_collection
from retrieval.memory_store import MemoryPassageStore
from retrieval.sentences import split_sentences

_SPACE = workspace_collection("bench")


class Ours:
    """See `Contender`."""

    def __init__(self, threads: int | None) -> None:
        self._embedder = load_embedder(threads=threads)

    def ingest(self, documents: Sequence[Document], folder: Path) -> int:
        """See `Contender`."""
        with VectorIndex.open_folder(folder, self._embedder.name) as index:
            return sum(self._one(document, index) for document in documents)

    def _one(self, document: Document, index: VectorIndex) -> int:
        passages = chunk(document, split_sentences(document), self._embedder.count_tokens)
        vectors = self._embedder.embed([embedding_text(passage) for passage in passages])
        index.upsert(_SPACE, [passage.id for passage in passages], vectors, document.sha256)
        MemoryPassageStore(passages).close()
        return len(passages)
