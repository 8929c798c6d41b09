"""A parsed document becomes sentences with all that later stages look at."""

from __future__ import annotations

import numpy as np

from retrieval.parse import parse_bytes
from service.pipeline import ingest
from service.stages.read import heading_vectors, read
from tests.service.harbour import STRATEGY
from tests.service.harbour import read as read_text


def test_every_sentence_is_read_at_its_place(harbour):
    assert harbour.sentences
    assert [s for s in harbour.sentences if s.sentence.span.of(harbour.document.text) != s.text] == []


def test_every_sentence_has_a_vector_and_a_grammar(harbour):
    count = len(harbour.sentences)
    assert harbour.vectors.shape == (count, 384)
    assert len(harbour.grammars) == count
    assert [s.row for s in harbour.sentences] == list(range(count))
    assert np.allclose(np.linalg.norm(harbour.vectors, axis=1), 1, atol=1e-5)


def test_a_sentence_knows_its_heading(harbour):
    (hedge,) = [s for s in harbour.sentences if "explore" in s.text]
    assert hedge.heading.endswith("Where we go")


def test_commitment_lies_between_0_and_1(harbour):
    assert all(0 <= s.commitment <= 1 for s in harbour.sentences)


def test_what_is_decided_commits_more_than_what_was_praised(harbour):
    by_words = {words: s.commitment for s in harbour.sentences for words in ("50%", "praised") if words in s.text}
    assert by_words["50%"] > by_words["praised"]


def test_passage_vectors_may_be_handed_in_or_are_computed(harbour, workshop):
    done = ingest(parse_bytes(STRATEGY.encode(), "harbour.md"), workshop.embedder)
    alone = read(done.document, done.sentences, done.passages, workshop.reader)
    assert np.array_equal(alone.passage_vectors, harbour.passage_vectors)


def test_a_document_of_headings_alone_is_read_as_empty(workshop):
    found = read_text("# Harbour\n\n## Goals\n", workshop)
    assert found.sentences == ()
    assert found.findings == ()


def test_a_heading_is_embedded_once_and_given_to_each_of_its_sentences(workshop):
    vectors = heading_vectors(["Goals", "", "Goals"], workshop.embedder)
    assert vectors.shape == (3, 384)
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.array_equal(vectors[0], vectors[1])
