import numpy as np
import pytest

from retrieval.embed import load_embedder
from retrieval.index import VectorIndex, workspace_collection
from service.store.documents import Upload
from service.store.originals import Originals
from service.store.shelf import Shelf


class Counting:
    """The real embedder, and how many texts it was given."""

    def __init__(self, embedder):
        self.name, self.dimensions, self.max_tokens = embedder.name, embedder.dimensions, embedder.max_tokens
        self.count_tokens = embedder.count_tokens
        self._embedder = embedder
        self.texts = 0

    def embed(self, texts):
        self.texts += len(texts)
        return self._embedder.embed(texts)


@pytest.fixture(scope="module")
def packaged():
    return load_embedder()


@pytest.fixture
def embedder(packaged):
    return Counting(packaged)


@pytest.fixture
def index(tmp_path, embedder):
    with VectorIndex.open_folder(tmp_path / "index", embedder.name) as index:
        yield index


@pytest.fixture
def shelf(database, tmp_path, index, embedder):
    return Shelf(database, Originals(tmp_path / "originals", "one"), index, embedder, "one")


LONG = [
    f"We will {verb} the {thing} every month so that {who} can plan ahead and nobody waits in vain for an answer." * 3
    for verb, thing, who in [
        ("publish", "timetable", "crews"),
        ("review", "fares", "passengers"),
        ("open", "workshops", "teachers"),
        ("mend", "piers", "fishers"),
    ]
]


def put(shelf, found, data=b"bytes", replaces=None):
    return shelf.put(Upload("aims.txt", len(data), found), data, replaces)


def test_ingesting_twice_embeds_once_and_gives_the_same_vectors(shelf, document, embedder):
    record = put(shelf, document(LONG)).record
    first = shelf.ingest(record.id)
    spent = embedder.texts
    second = shelf.ingest(record.id)
    assert embedder.texts == spent == len(first.passages)
    assert np.array_equal(first.vectors, second.vectors)


def test_an_edited_version_embeds_only_what_changed(shelf, document, embedder):
    record = put(shelf, document(LONG)).record
    before = shelf.ingest(record.id)
    spent = embedder.texts
    put(shelf, document([*LONG[:3], "We will paint the boats."], sha="b"), replaces=record.id)
    after = shelf.ingest(record.id)
    new = {passage.id for passage in after.passages} - {passage.id for passage in before.passages}
    assert 0 < len(new) < len(after.passages)
    assert embedder.texts - spent == len(new)


def test_a_reindex_finds_what_the_lost_index_found(shelf, document, index):
    record = put(shelf, document(LONG)).record
    shelf.ingest(record.id)
    before = shelf.search("harbours under repair", 3)
    index.delete(workspace_collection("one"), record.id)
    assert shelf.reindex() > 0
    assert shelf.search("harbours under repair", 3) == before


def test_the_same_bytes_twice_are_one_document(shelf, document):
    first, second = put(shelf, document(LONG)), put(shelf, document(LONG))
    assert (first.new, second.new) == (True, False)
    assert first.record.id == second.record.id


def test_a_removed_document_leaves_no_file_no_vector_and_no_hit(shelf, document, index, tmp_path):
    record = put(shelf, document(LONG)).record
    shelf.ingest(record.id)
    shelf.remove(record.id)
    assert list((tmp_path / "originals" / "one").iterdir()) == []
    assert index.count(workspace_collection("one")) == 0
    assert shelf.search("timetable", 3) == []


def test_what_a_crash_left_is_swept(shelf, document, index, tmp_path):
    record = put(shelf, document(LONG)).record
    vectors = shelf.ingest(record.id).vectors
    index.upsert(workspace_collection("one"), ["p-lost"], vectors[:1], "doc-lost")
    (tmp_path / "originals" / "one" / ("c" * 64)).write_bytes(b"lost")
    shelf.sweep()
    assert [path.name for path in (tmp_path / "originals" / "one").iterdir()] == [record.sha256]
    assert index.document_ids(workspace_collection("one"), "doc-lost") == set()
