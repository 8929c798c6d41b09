import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval.index import PRACTICES, StaleIndexError, VectorIndex, workspace_collection
from retrieval.vectors import Rows

ROOT = Path(__file__).parents[2]
SPACE = workspace_collection("1")


def unit_rows(count, seed=0):
    rows = np.random.default_rng(seed).normal(size=(count, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def names(count, prefix="p"):
    return [f"{prefix}{number:04d}" for number in range(count)]


@pytest.fixture
def index(tmp_path):
    with VectorIndex.open_folder(tmp_path / "index", "model/1") as opened:
        yield opened


def bytes_below(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_nearest_vectors_come_best_first(index):
    vectors = unit_rows(50)
    index.upsert(SPACE, names(50), vectors, "d1")
    query = vectors[7] + 0.3 * vectors[9]
    query = query / np.linalg.norm(query)
    found = index.query(SPACE, query, 3)
    assert [match.id for match in found[:2]] == ["p0007", "p0009"]
    assert found[0].score == pytest.approx(float(query @ vectors[7]), abs=1e-5)
    assert found[0].document_id == "d1"


def test_equal_scores_are_ordered_by_id(index):
    same = np.repeat(unit_rows(1), 4, axis=0)
    index.upsert(SPACE, ["d", "b", "a", "c"], same, "d1")
    assert [match.id for match in index.query(SPACE, same[0], 4)] == ["a", "b", "c", "d"]


def test_a_query_can_be_bound_to_a_document(index):
    vectors = unit_rows(20)
    index.upsert(SPACE, names(10), vectors[:10], "d1")
    index.upsert(SPACE, names(10), vectors[10:], "d2")
    found = index.query(SPACE, vectors[0], 20, document_id="d2")
    assert len(found) == 10
    assert {match.document_id for match in found} == {"d2"}


def test_the_same_id_may_stand_in_two_documents(index):
    index.upsert(SPACE, ["p"], unit_rows(1), "d1")
    index.upsert(SPACE, ["p"], unit_rows(1), "d2")
    index.delete(SPACE, "d1")
    assert [match.document_id for match in index.query(SPACE, unit_rows(1)[0], 5)] == ["d2"]


def test_repeating_an_upsert_alters_nothing(index):
    for _ in range(2):
        index.upsert(SPACE, names(5), unit_rows(5), "d1")
    assert index.count(SPACE) == 5


def test_collections_do_not_see_each_other(index):
    index.upsert(SPACE, names(5), unit_rows(5), "d1")
    index.upsert(PRACTICES, names(3, "k"), unit_rows(3, 1), "library")
    assert index.collections() == sorted([PRACTICES, SPACE])
    assert {match.id[0] for match in index.query(PRACTICES, unit_rows(1)[0], 10)} == {"k"}


def test_an_unknown_collection_holds_nothing(index):
    assert index.query("nowhere", unit_rows(1)[0], 3) == []
    assert index.count("nowhere") == 0
    assert index.existing_ids("nowhere", "d1", ["p"]) == set()
    assert list(index.rows("nowhere")) == []
    assert index.canary("nowhere")
    index.delete("nowhere", "d1")


def test_existing_ids_are_told_from_missing_ones(index):
    index.upsert(SPACE, names(5), unit_rows(5), "d1")
    assert index.existing_ids(SPACE, "d1", ["p0001", "p9999", "p0001"]) == {"p0001"}
    assert index.existing_ids(SPACE, "d2", ["p0001"]) == set()
    assert index.document_ids(SPACE, "d1") == set(names(5))


def test_single_ids_can_be_deleted(index):
    index.upsert(SPACE, names(5), unit_rows(5), "d1")
    index.delete(SPACE, "d1", ["p0001", "p0002"])
    assert index.document_ids(SPACE, "d1") == {"p0000", "p0003", "p0004"}


def test_more_vectors_than_one_batch_holds_are_kept(index):
    vectors = unit_rows(5600)
    index.upsert(SPACE, names(5600), vectors, "d1")
    assert index.count(SPACE) == 5600
    assert index.canary(SPACE)
    assert index.query(SPACE, vectors[5599], 1)[0].id == "p5599"


def test_an_index_opened_again_answers_the_same(tmp_path):
    vectors = unit_rows(30)
    with VectorIndex.open_folder(tmp_path, "model/1") as first:
        first.upsert(SPACE, names(30), vectors, "d1")
        before = first.query(SPACE, vectors[3], 10)
    with VectorIndex.open_folder(tmp_path, "model/1") as second:
        assert second.query(SPACE, vectors[3], 10) == before
        assert second.canary(SPACE)


def test_rows_come_back_to_the_last_digit_but_one(index):
    vectors = unit_rows(12)
    index.upsert(SPACE, names(12)[::-1], vectors[::-1], "d1")
    (rows,) = index.rows(SPACE)
    assert (rows.document_id, rows.ids) == ("d1", tuple(names(12)))
    np.testing.assert_allclose(rows.vectors, vectors, atol=1e-7)


def test_another_embedder_is_refused_until_a_rebuild(tmp_path):
    with VectorIndex.open_folder(tmp_path, "model/1") as old:
        old.upsert(SPACE, names(5), unit_rows(5), "d1")
    with VectorIndex.open_folder(tmp_path, "model/2") as new:
        with pytest.raises(StaleIndexError, match="reindex"):
            new.query(SPACE, unit_rows(1)[0], 3)
        new.rebuild(SPACE, [Rows(SPACE, "d1", ("q",), unit_rows(1))])
        assert [match.id for match in new.query(SPACE, unit_rows(1)[0], 3)] == ["q"]


ERASING = """
import sys
from pathlib import Path
import numpy as np
from retrieval.index import VectorIndex, workspace_collection
space, root = workspace_collection("1"), Path(sys.argv[1])
vectors = np.load(sys.argv[2])
names = [f"p{number:04d}" for number in range(1400)]
with VectorIndex.open_folder(root, "model/1") as index:
    index.upsert(space, names, vectors[:1400], "secret-document")
    index.upsert(space, names[:100], vectors[1400:], "kept-document")
    index.delete(space, "secret-document")
    index.compact(list(index.rows(space)))
    assert index.document_ids(space, "kept-document") == set(names[:100])
    assert index.query(space, vectors[1400], 1)[0].id == "p0000"
"""


def test_compacting_erases_the_bytes_of_what_is_not_kept(tmp_path):
    # In a process of its own: Chroma's vector files are padded with whatever lay in the process's memory.
    vectors = unit_rows(1500)
    np.save(tmp_path / "vectors.npy", vectors)
    root = tmp_path / "index"
    subprocess.run([sys.executable, "-c", ERASING, str(root), str(tmp_path / "vectors.npy")], check=True, cwd=ROOT)
    left = bytes_below(root)
    assert b"kept-document" in left
    assert b"secret-document" not in left
    assert not [row for row in (0, 1, 700, 1399) if vectors[row, 8:24].tobytes() in left]


def test_compacting_may_read_the_index_while_it_writes(index):
    index.upsert(SPACE, names(5), unit_rows(5), "d1")
    index.compact(index.rows(SPACE))
    assert index.count(SPACE) == 5


def test_what_a_broken_compaction_left_is_swept_away(tmp_path):
    with VectorIndex.open_folder(tmp_path, "model/1") as index:
        index.upsert(SPACE, names(5), unit_rows(5), "d1")
    (tmp_path / "generation-000002").mkdir()
    with VectorIndex.open_folder(tmp_path, "model/1") as index:
        assert index.count(SPACE) == 5
    assert [path.name for path in tmp_path.glob("generation-*")] == ["generation-000001"]


def test_ids_and_vectors_must_be_as_many(index):
    with pytest.raises(ValueError, match="2 ids for 1 vectors"):
        index.upsert(SPACE, ["a", "b"], unit_rows(1), "d1")
