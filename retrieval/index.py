"""The index on disk: vectors by id in Chroma, rebuildable from SQL at any time.

Owns: everything Chroma: folders, collections, batches, closing, erasure; alone imports chromadb. Must
not know: texts (Chroma keeps them after a delete, so it never gets any), passages, plans.

Chroma's delete leaves the bytes on disk, so erasing means `compact`: a process of its own puts the kept vectors
into a new folder, a pointer file switches to it, the old folder is deleted. One process owns the folder.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import NotFoundError

from retrieval.clean_fill import fill_in_child
from retrieval.fresh_memory import fill_new_memory
from retrieval.generations import current_generation, next_generation, sweep_generations, switch_generation
from retrieval.vectors import SCORE_DIGITS, Match, Rows, Vector, Vectors, best_matches

#: The collection of the practice library.
PRACTICES = "practices"
_Item = TypeVar("_Item")
_CANARY_SCORE = 0.999
_CANARY_PLACES = 10
#: Generous for tens of thousands of vectors, so that what is found seldom depends on the graph's chance.
_HNSW = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 16, "num_threads": 1}}


class StaleIndexError(RuntimeError):
    """The collection was made by another embedder; the remedy is a reindex."""


def workspace_collection(workspace_id: str) -> str:
    """The collection of a workspace."""
    return f"workspace-{workspace_id}"


class VectorIndex:
    """Collections of vectors; use it in a `with` or close it. Threads may share it, processes may not.

    Every vector belongs to a document: the same passage id may stand in several of them.
    """

    def __init__(self, client: ClientAPI, embedder_name: str, root: Path | None = None) -> None:
        """Use `open_folder` or `connect`."""
        self._client = client
        self._embedder_name = embedder_name
        self._root = root
        self._lock = threading.RLock()

    @classmethod
    def open_folder(cls, root: Path, embedder_name: str) -> VectorIndex:
        """Open or create the index in `root`; folders that a broken compaction left behind are deleted."""
        fill_new_memory()
        root.mkdir(parents=True, exist_ok=True)
        sweep_generations(root)
        return cls(_persistent(current_generation(root)), embedder_name, root)

    @classmethod
    def connect(cls, host: str, port: int, embedder_name: str, *, ssl: bool = False) -> VectorIndex:
        """Use a Chroma server (the Rust one, on a private network)."""
        client = chromadb.HttpClient(host=host, port=port, ssl=ssl, settings=Settings(anonymized_telemetry=False))
        return cls(client, embedder_name)

    def __enter__(self) -> VectorIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files or connections."""
        with self._lock:
            self._client.close()  # type: ignore[attr-defined]  # on every client, not on their shared type

    def upsert(self, collection: str, ids: Sequence[str], vectors: Vectors, document_id: str) -> None:
        """Add or replace the vectors of a document, `vectors[i]` under `ids[i]`; repeating it alters nothing.

        Raises:
            StaleIndexError: The collection holds another embedder's vectors.
        """
        if len(ids) != len(vectors):
            raise ValueError(f"{len(ids)} ids for {len(vectors)} vectors of document {document_id}")
        with self._lock:
            _upsert(
                self._client, self._made(self._client, collection), Rows(collection, document_id, tuple(ids), vectors)
            )

    def query(self, collection: str, vector: Vector, limit: int, document_id: str | None = None) -> list[Match]:
        """The nearest ids, best first; equal scores by id. An unknown collection has none."""
        with self._lock:
            held = self._found(collection)
            room = min(limit, held.count()) if held else 0
            if held is None or room < 1:
                return []
            where = {"document_id": document_id} if document_id is not None else None
            answer = held.query(query_embeddings=vector[np.newaxis], n_results=room, where=where, include=["distances"])  # type: ignore[arg-type]
        distances = (answer["distances"] or [[]])[0]
        return best_matches([_match(key, away) for key, away in zip(answer["ids"][0], distances, strict=True)], limit)

    def delete(self, collection: str, document_id: str, ids: Sequence[str] | None = None) -> None:
        """Take a document's vectors (or only `ids` of them) out of the search; `compact` erases their bytes."""
        with self._lock:
            held = self._found(collection)
            if held is None:
                return
            gone = sorted(self.document_ids(collection, document_id) if ids is None else set(ids))
            for part in _parts(gone, self._client.get_max_batch_size()):
                held.delete(ids=[_key(document_id, name) for name in part])

    def drop(self, collection: str) -> None:
        """Take a whole collection out of the search; `compact` erases its bytes."""
        with self._lock:
            if self._found(collection, check=False) is not None:
                self._client.delete_collection(collection)

    def existing_ids(self, collection: str, document_id: str, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that the document has here."""
        keys = [_key(document_id, name) for name in dict.fromkeys(ids)]
        with self._lock:
            held = self._found(collection)
            if held is None:
                return set()
            parts = _parts(keys, self._client.get_max_batch_size())
            return {_split_key(key)[1] for part in parts for key in held.get(ids=list(part), include=[])["ids"]}

    def document_ids(self, collection: str, document_id: str) -> set[str]:
        """All ids of a document, to be compared with what SQL says it should have."""
        with self._lock:
            held = self._found(collection)
            if held is None:
                return set()
            return {_split_key(key)[1] for key in held.get(where={"document_id": document_id}, include=[])["ids"]}

    def count(self, collection: str) -> int:
        """How many vectors the collection says it has (a stale index may find fewer: see `canary`)."""
        with self._lock:
            held = self._found(collection)
            return held.count() if held else 0

    def collections(self) -> list[str]:
        """Names of all collections, sorted."""
        with self._lock:
            return sorted(held.name for held in self._client.list_collections())

    def canary(self, collection: str, samples: int = 5) -> bool:
        """Whether vectors spread over the collection find themselves; False means: reindex."""
        with self._lock:
            held = self._found(collection)
            total = held.count() if held else 0
            if held is None or not total:
                return True
            for offset in sorted({total * step // samples for step in range(samples)} | {total - 1}):
                kept = held.get(limit=1, offset=offset, include=["embeddings"])
                if not kept["ids"] or not self._finds_itself(
                    collection, kept["ids"][0], _matrix(kept["embeddings"])[0]
                ):
                    return False
            return True

    def rows(self, collection: str) -> Iterator[Rows]:
        """Everything in a collection, by document, ids sorted; Chroma may have altered a vector's last bit."""
        with self._lock:
            held = self._found(collection)
            metadatas = (held.get(include=["metadatas"])["metadatas"] if held else None) or []
        for document_id in sorted({str(data["document_id"]) for data in metadatas}):
            yield self._rows_of(collection, document_id)

    def _rows_of(self, collection: str, document_id: str) -> Rows:
        with self._lock:
            held = self._client.get_collection(collection, embedding_function=None)
            kept = held.get(where={"document_id": document_id}, include=["embeddings"])
        order = sorted(range(len(kept["ids"])), key=lambda row: kept["ids"][row])
        names = tuple(_split_key(kept["ids"][row])[1] for row in order)
        return Rows(collection, document_id, names, _matrix(kept["embeddings"])[order])

    def rebuild(self, collection: str, rows: Iterable[Rows]) -> None:
        """Drop the collection and fill it anew, with this index's embedder (for a reindex)."""
        with self._lock:
            self.drop(collection)
            held = self._made(self._client, collection)
            for part in rows:
                _upsert(self._client, held, part)

    def compact(self, keep: Iterable[Rows]) -> None:
        """Erase everything but `keep` (which may come from `rows`), its bytes on disk included.

        On a server collections are rebuilt, but the server's disk keeps old bytes until its own upkeep.

        Raises:
            retrieval.clean_fill.CleanFillFailed: nothing was erased, and the index is as it was.
        """
        with self._lock:
            if self._root is None:
                self._compact_server(list(keep))
                return
            folder = next_generation(current_generation(self._root))
            fill_in_child(folder, self._embedder_name, list(keep))
            switch_generation(folder)
            self._client.close()  # type: ignore[attr-defined]  # on every client, not on their shared type
            self._client = _persistent(folder)
            sweep_generations(self._root)

    def _compact_server(self, keep: Sequence[Rows]) -> None:
        for collection in self.collections():
            self._client.delete_collection(collection)
        for part in keep:
            _upsert(self._client, self._made(self._client, part.collection), part)

    def _made(self, client: ClientAPI, name: str) -> Collection:
        held = client.get_or_create_collection(
            name,
            embedding_function=None,
            configuration=_HNSW,  # type: ignore[arg-type]  # a plain dict is a TypedDict here
            metadata={"embedder": self._embedder_name},
        )
        return self._checked(held)

    def _found(self, name: str, *, check: bool = True) -> Collection | None:
        try:
            held = self._client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None
        return self._checked(held) if check else held

    def _checked(self, held: Collection) -> Collection:
        made_by = (held.metadata or {}).get("embedder")
        if made_by != self._embedder_name:
            raise StaleIndexError(f"{held.name} was made by {made_by}, not by {self._embedder_name}: reindex it")
        return held

    def _finds_itself(self, collection: str, key: str, vector: Vector) -> bool:
        found = self.query(collection, vector, _CANARY_PLACES)
        alike = [match for match in found if match.score >= _CANARY_SCORE]
        return len(alike) == _CANARY_PLACES or any(_key(match.document_id, match.id) == key for match in alike)


def fill_folder(folder: Path, embedder_name: str, rows: Iterable[Rows]) -> None:
    """Make an index in `folder` that holds `rows`; for the process that `compact` starts."""
    folder.mkdir(parents=True, exist_ok=True)
    with VectorIndex(_persistent(folder), embedder_name) as index:
        for part in rows:
            index.upsert(part.collection, part.ids, part.vectors, part.document_id)


def _persistent(folder: Path) -> ClientAPI:
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _upsert(client: ClientAPI, held: Collection, rows: Rows) -> None:
    for part in _parts(range(len(rows.ids)), client.get_max_batch_size()):
        held.upsert(
            ids=[_key(rows.document_id, rows.ids[row]) for row in part],
            embeddings=rows.vectors[list(part)],
            metadatas=[{"document_id": rows.document_id}] * len(part),
        )


def _key(document_id: str, name: str) -> str:
    return f"{document_id}/{name}"


def _split_key(key: str) -> tuple[str, str]:
    document_id, _, name = key.rpartition("/")
    return document_id, name


def _match(key: str, distance: float) -> Match:
    document_id, name = _split_key(key)
    return Match(name, document_id, round(1 - distance, SCORE_DIGITS))


def _matrix(embeddings: object) -> Vectors:
    return np.asarray(embeddings, dtype=np.float32)


def _parts(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
