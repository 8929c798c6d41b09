import numpy as np
import pytest

from retrieval.chunk import chunk, embedding_text
from retrieval.embed import load_embedder
from retrieval.fusion import reciprocal_rank_scores
from retrieval.index import VectorIndex
from retrieval.memory_store import MemoryPassageStore, match_expression
from retrieval.parse import parse_bytes
from retrieval.search import Searcher
from retrieval.sentences import split_sentences
from retrieval.vectors import MemoryIndex, Rows, rank_vectors

STRATEGY = b"""# Strategy

## People

We will hire engineers in every region and pay them fairly.

## Money

Finance will stop yearly project budgets and fund durable teams.

## Technology

The mainframe ZX-81B is switched off before the lease ends.

## Customers

Users get help within an hour, whatever the channel.
"""
NOTES = b"# Notes\n\nTeams stay together for years, and funding follows them.\n"
SPACE = "workspace-1"


@pytest.fixture(scope="module")
def embedder():
    return load_embedder()


def ingested(embedder, document_id, data):
    found = parse_bytes(data, f"{document_id}.md")
    passages = chunk(found, split_sentences(found), embedder.count_tokens)
    vectors = embedder.embed([embedding_text(passage) for passage in passages])
    return passages, Rows(SPACE, document_id, tuple(passage.id for passage in passages), vectors)


@pytest.fixture(scope="module")
def library(embedder):
    return [ingested(embedder, "strategy", STRATEGY), ingested(embedder, "notes", NOTES)]


@pytest.fixture(scope="module")
def store(library):
    with MemoryPassageStore([passage for passages, _ in library for passage in passages]) as opened:
        yield opened


@pytest.fixture(scope="module", params=["memory", "chroma"])
def searcher(request, library, store, embedder, tmp_path_factory):
    if request.param == "memory":
        yield Searcher(MemoryIndex([rows for _, rows in library]), store, embedder, SPACE)
        return
    with VectorIndex.open_folder(tmp_path_factory.mktemp("index"), embedder.name) as index:
        for _, rows in library:
            index.upsert(rows.collection, rows.ids, rows.vectors, rows.document_id)
        yield Searcher(index, store, embedder, SPACE)


def test_meaning_finds_what_words_do_not(searcher):
    (hit,) = searcher.search("recruiting staff with good salaries", 1)
    assert hit.passage.location.heading_path[-1] == "People"
    assert hit.dense_rank == 1


def test_words_find_a_name(searcher):
    (hit,) = searcher.search("ZX-81B", 1)
    assert hit.passage.location.heading_path[-1] == "Technology"
    assert hit.lexical_rank == 1


def test_a_search_can_be_bound_to_a_document(searcher):
    hits = searcher.search("funding durable teams", 5, document_id="notes")
    assert [hit.passage.location.heading_path[-1] for hit in hits] == ["Notes"]
    assert (hits[0].dense_rank, hits[0].lexical_rank) == (1, 1)


def test_scores_fall_and_are_the_same_again(searcher):
    hits = searcher.search("who pays for teams", 5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits == searcher.search("who pays for teams", 5)


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_an_empty_query_finds_nothing(searcher, query):
    assert searcher.search(query) == []


@pytest.mark.parametrize("query", ['"', "NEAR(", "a AND OR NOT *", "heading:people", "’; DROP TABLE passage --"])
def test_nothing_in_a_query_is_an_operator(store, query):
    assert isinstance(store.lexical(query, 5), list)


def test_a_match_expression_is_made_of_quoted_words():
    assert match_expression("Fund the fund-raisers!") == '"fund" OR "the" OR "raisers"'


def test_lexical_search_knows_word_forms(store):
    (name,) = store.lexical("budgeting", 1)
    assert store.passages([name])[0].location.heading_path[-1] == "Money"


def test_a_store_gives_passages_in_the_order_asked_and_leaves_out_unknown_ones(store, library):
    first, second = library[0][0][:2]
    assert store.passages([second.id, "unknown", first.id]) == [second, first]


def test_an_id_high_in_both_lists_wins():
    assert list(reciprocal_rank_scores([["a", "b", "c"], ["b", "d"]])) == ["b", "a", "d", "c"]


def test_equal_sums_are_ordered_by_id():
    assert list(reciprocal_rank_scores([["z"], ["a"]])) == ["a", "z"]


def test_rows_are_ranked_by_cosine_and_ties_by_row():
    matrix = np.array([[0, 1], [1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    ranked = rank_vectors(np.array([0, 1], dtype=np.float32), matrix, limit=3)
    assert [(found.row, found.score) for found in ranked] == [(0, 1.0), (2, 1.0), (3, 0.8)]


def test_an_empty_matrix_ranks_nothing():
    assert rank_vectors(np.zeros(2, dtype=np.float32), np.zeros((0, 2), dtype=np.float32)) == []
