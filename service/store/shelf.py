"""The shelf of a workspace: originals, SQL and index kept in step.

Owns: the order in which a document enters the three, leaves them, and is made searchable. Must not
know: how a plan is made, the web. SQL is the truth; whatever a crash leaves elsewhere is swept or remade.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from sqlalchemy.exc import IntegrityError

from retrieval.chunk import chunk, embedding_text
from retrieval.documents import Hit, Passage
from retrieval.embed import Embedder
from retrieval.index import VectorIndex, workspace_collection
from retrieval.search import Searcher
from retrieval.sentences import split_sentences
from retrieval.vectors import Rows
from service.pipeline import Ingested
from service.store.database import Database
from service.store.documents import DocumentRepository, Embedded, Upload
from service.store.erasing import erase_workspace
from service.store.originals import Originals
from service.store.passages import SqlPassages
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
        with self._embedding:
            embedded = self._embedded(document_id, passages)
            if wanted == record.text_id:
                self._documents.keep_passages(document_id, wanted, embedded)
                self._show(document_id, embedded)
                self._documents.mark_indexed(wanted, self._embedder.name)
        return Ingested(document, sentences, passages, embedded.vectors)

    def search(self, query: str, limit: int, document_id: str | None = None) -> list[Hit]:
        """Passages by meaning and words, of one document or all."""
        passages = SqlPassages(self._database, self._workspace, document_id)
        return Searcher(self._index, passages, self._embedder, self._collection).search(query, limit, document_id)

    def remove(self, document_id: str) -> None:
        """Erase a document: original, text, vectors, its plans' words, their bytes on disk included.

        Raises:
            service.store.errors.NotFound: no such document.
        """
        self._documents.get(document_id)
        for sha256 in self._documents.remove(document_id):
            self._originals.remove(sha256)
        with self._embedding:
            self._index.delete(self._collection, document_id)
            self._compact()
        self._database.wipe_deleted()

    def clear(self) -> None:
        """Erase everything of the workspace but who may enter it, its bytes on disk included."""
        with self._database.writing() as session:
            erase_workspace(session, self._workspace)
        self._originals.sweep(())
        with self._embedding:
            self._index.drop(self._collection)
            self._compact()
        self._database.wipe_deleted()

    def _compact(self) -> None:
        self._index.compact([rows for name in self._index.collections() for rows in self._index.rows(name)])

    def reindex(self) -> int:
        """Rebuild the collection from SQL; gives the number of passages. Vectors of another embedder are remade."""
        records = self._documents.all()
        parts: list[Rows] = []
        with self._embedding:
            for record in records:
                embedded = self._embedded(record.id, tuple(self._documents.passages(record.id)))
                self._documents.keep_passages(record.id, record.text_id, embedded)
                names = tuple(passage.id for passage in embedded.passages)
                parts.append(Rows(self._collection, record.id, names, embedded.vectors))
            self._index.rebuild(self._collection, [part for part in parts if part.ids])
        for record, part in zip(records, parts, strict=True):
            if part.ids:
                self._documents.mark_indexed(record.text_id, self._embedder.name)
        return sum(len(part.ids) for part in parts)

    def sweep(self) -> None:
        """Mend what a crash left: originals and vectors without a document are deleted."""
        self._originals.sweep(self._documents.digests())
        known = {record.id for record in self._documents.all()}
        for rows in self._index.rows(self._collection):
            if rows.document_id not in known:
                self._index.delete(self._collection, rows.document_id)

    def _embedded(self, document_id: str, passages: tuple[Passage, ...]) -> Embedded:
        """One vector a passage: the one kept from before, to the bit, or a new one."""
        held = self._documents.vectors(document_id, self._embedder.name)
        missing = [passage for passage in passages if passage.id not in held]
        fresh = self._embedder.embed([embedding_text(passage) for passage in missing])
        held |= {passage.id: fresh[row] for row, passage in enumerate(missing)}
        vectors = np.empty((len(passages), self._embedder.dimensions), dtype=np.float32)
        for row, passage in enumerate(passages):
            vectors[row] = held[passage.id]
        return Embedded(passages, vectors, self._embedder.name)

    def _show(self, document_id: str, embedded: Embedded) -> None:
        """Give the index what it lacks; passages of an older version leave the search."""
        names = [passage.id for passage in embedded.passages]
        known = self._index.document_ids(self._collection, document_id)
        lacking = [row for row, name in enumerate(names) if name not in known]
        if lacking:
            ids = [names[row] for row in lacking]
            self._index.upsert(self._collection, ids, embedded.vectors[lacking], document_id)
        if others := known - set(names):
            self._index.delete(self._collection, document_id, sorted(others))
