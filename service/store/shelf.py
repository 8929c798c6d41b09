"""The shelf of a workspace: originals, SQL and index kept in step.

Owns: the order in which a document enters the three, leaves them, and is made searchable. Must not
know: how a plan is made, the web. SQL is the truth; whatever a crash leaves elsewhere is swept or remade.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.exc import IntegrityError

from retrieval.chunk import chunk, embedding_text
from retrieval.documents import Hit, Passage
from retrieval.embed import Embedder
from retrieval.index import VectorIndex, workspace_collection
from retrieval.search import Searcher
from retrieval.sentences import split_sentences
from retrieval.vectors import Rows, Vectors
from service.pipeline import Ingested
from service.store.database import Database
from service.store.documents import DocumentRepository, Upload
from service.store.originals import Originals
from service.store.passages import SqlPassages
from service.store.plans import PlanRepository
from service.store.records import DocumentRecord


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document on the shelf, and whether it came just now."""

    record: DocumentRecord
    new: bool


class Shelf:
    """Documents of one workspace, wherever they are kept. Threads may share it."""

    def __init__(
        self, database: Database, originals: Originals, index: VectorIndex, embedder: Embedder, workspace_id: str
    ) -> None:
        self._database = database
        self._originals = originals
        self._index = index
        self._embedder = embedder
        self._workspace = workspace_id
        self._collection = workspace_collection(workspace_id)
        self._documents = DocumentRepository(database, workspace_id)
        self._embedding = threading.Lock()

    def put(self, upload: Upload, data: bytes, replaces: str | None = None) -> Shelved:
        """Keep the bytes and the text; the same bytes twice are one document.

        Raises:
            service.store.errors.NotFound: `replaces` is no document here.
        """
        sha256 = upload.document.sha256
        known = self._documents.with_bytes(sha256)
        if known is not None:
            return Shelved(known, new=False)
        self._originals.keep(sha256, data)
        try:
            return Shelved(self._documents.add(upload, replaces), new=True)
        except IntegrityError:
            known = self._documents.with_bytes(sha256)  # another request brought them meanwhile
            if known is None:
                raise
            return Shelved(known, new=False)

    def ingest(self, document_id: str, text_id: str | None = None) -> Ingested:
        """Sentences, passages and vectors of a document; only passages the index lacks are embedded.

        Repeating it alters nothing. An older text (`text_id`) is read without becoming searchable.

        Raises:
            service.store.errors.NotFound: no such document or text.
        """
        record = self._documents.get(document_id)
        wanted = text_id or record.text_id
        document = self._documents.document(wanted)
        sentences = split_sentences(document)
        passages = chunk(document, sentences, self._embedder.count_tokens)
        newest = wanted == record.text_id
        if newest:
            self._documents.keep_passages(document_id, wanted, passages)
        vectors = self._vectors(document_id, passages, keep=newest)
        if newest:
            self._drop_others(document_id, passages)
            self._documents.mark_indexed(wanted, self._embedder.name)
        return Ingested(document, sentences, passages, vectors)

    def search(self, query: str, limit: int, document_id: str | None = None) -> list[Hit]:
        """Passages by meaning and words, of one document or all."""
        passages = SqlPassages(self._database, self._workspace, document_id)
        return Searcher(self._index, passages, self._embedder, self._collection).search(query, limit, document_id)

    def remove(self, document_id: str) -> None:
        """Erase a document: text, plans, original and vectors, their bytes on disk included.

        Raises:
            service.store.errors.NotFound: no such document.
        """
        self._documents.get(document_id)
        PlanRepository(self._database, self._workspace).remove_of(document_id)
        for sha256 in self._documents.remove(document_id):
            self._originals.remove(sha256)
        self._database.wipe_deleted()
        with self._embedding:
            self._index.delete(self._collection, document_id)
            self._index.compact([rows for name in self._index.collections() for rows in self._index.rows(name)])

    def reindex(self) -> int:
        """Rebuild the collection from SQL; gives the number of passages."""
        count = 0
        with self._embedding:
            parts: list[Rows] = []
            for record in self._documents.all():
                passages = self._documents.passages(record.id)
                vectors = self._embed(passages)
                parts.append(Rows(self._collection, record.id, tuple(one.id for one in passages), vectors))
                count += len(passages)
            self._index.rebuild(self._collection, parts)
        for record in self._documents.all():
            if self._documents.passages(record.id):
                self._documents.mark_indexed(record.text_id, self._embedder.name)
        return count

    def sweep(self) -> None:
        """Mend what a crash left: originals and vectors without a document are deleted."""
        self._originals.sweep(self._documents.digests())
        known = {record.id for record in self._documents.all()}
        for rows in self._index.rows(self._collection):
            if rows.document_id not in known:
                self._index.delete(self._collection, rows.document_id)

    def _vectors(self, document_id: str, passages: Sequence[Passage], *, keep: bool) -> Vectors:
        """One row a passage: from the index where it has them, else embedded (and kept there)."""
        with self._embedding:
            held = self._held(document_id)
            missing = [passage for passage in passages if passage.id not in held]
            fresh = self._embed(missing)
            if keep and missing:
                self._index.upsert(self._collection, [one.id for one in missing], fresh, document_id)
        held |= {passage.id: fresh[row] for row, passage in enumerate(missing)}
        if not passages:
            return np.empty((0, self._embedder.dimensions), dtype=np.float32)
        return np.stack([held[passage.id] for passage in passages])

    def _held(self, document_id: str) -> dict[str, Vectors]:
        if not self._index.document_ids(self._collection, document_id):
            return {}
        for rows in self._index.rows(self._collection):
            if rows.document_id == document_id:
                return dict(zip(rows.ids, rows.vectors, strict=True))
        return {}

    def _drop_others(self, document_id: str, passages: Sequence[Passage]) -> None:
        """Passages of an older version leave the search."""
        others = self._index.document_ids(self._collection, document_id) - {passage.id for passage in passages}
        if others:
            self._index.delete(self._collection, document_id, sorted(others))

    def _embed(self, passages: Sequence[Passage]) -> Vectors:
        return self._embedder.embed([embedding_text(passage) for passage in passages])
