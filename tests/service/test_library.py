"""The practice library with its vectors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import numpy as np
import pytest

from corpora.load import library_version, load_act_classes, load_gathering, load_practices
from service.library import load_library, search_practices, with_own


class Counting:
    """An embedder that waits a moment for another to compute at the same time."""

    def __init__(self, embedder):
        self._embedder, self._both = embedder, Barrier(2)
        self.name, self.asked = embedder.name, []

    def embed(self, texts):
        self.asked += texts
        with suppress(BrokenBarrierError):
            self._both.wait(0.3)
        return self._embedder.embed(texts)


def test_every_practice_has_its_statements_and_purpose_as_unit_vectors(workshop):
    library = workshop.library
    assert library.serves.shape == (sum(len(p.serves) for p in library.practices), 384)
    assert library.not_for.shape[0] == library.not_for_of.shape[0]
    assert library.purposes.shape == (len(library.practices), 384)
    assert library.demands.shape[0] == sum(len(c.demanded_by) for c in library.capabilities)
    assert np.allclose(np.linalg.norm(library.purposes, axis=1), 1, atol=1e-5)


def test_each_statement_knows_its_practice(workshop):
    counts = np.bincount(workshop.library.serves_of)
    assert counts.tolist() == [len(practice.serves) for practice in workshop.library.practices]


def test_practices_are_found_by_id(workshop):
    library = workshop.library
    assert set(library.by_id()) == {practice.id for practice in library.offered}
    assert library.by_id()["capacity-funding"].name == "Capacity funding"


def test_the_version_of_the_library_covers_all_that_words_a_plan(workshop):
    library = workshop.library
    assert library.version == library_version((*library.practices, *library.deeds), library.beside())
    assert library.acts == load_act_classes()
    assert library.gathering == load_gathering()


def test_the_version_covers_them_beside_practices_of_an_organisation_too(workshop):
    library, embed = workshop.library, workshop.embedder.embed
    own = [library.practices[0].model_copy(update={"id": "our-own", "number": 9001})]
    meeting = library.gathering.model_copy(update={"minutes_saved": 10})
    other = replace(library, gathering=meeting)
    assert with_own(library, own, (), embed).version != with_own(other, own, (), embed).version


def test_vectors_are_kept_and_read_back_the_same(workshop, tmp_path):
    few = load_practices()[:3]
    first = load_library(workshop.embedder, tmp_path, few)
    assert len(list(tmp_path.glob("library-*.npz"))) == 1
    second = load_library(workshop.embedder, tmp_path, few)
    assert np.array_equal(first.serves, second.serves)
    assert np.array_equal(first.purposes, second.purposes)


def test_of_two_that_ask_at_once_one_computes_the_vectors(workshop, tmp_path):
    counting, few = Counting(workshop.embedder), load_practices()[:2]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda folder: load_library(counting, folder, few), [tmp_path, tmp_path])
    assert len(counting.asked) == len(set(counting.asked))
    assert np.array_equal(first.serves, second.serves)


def test_other_practices_get_vectors_of_their_own(workshop, tmp_path):
    few = load_practices()[:4]
    load_library(workshop.embedder, tmp_path, few[:2])
    assert load_library(workshop.embedder, tmp_path, few[2:]).version != workshop.library.version
    assert len(list(tmp_path.glob("library-*.npz"))) == 2
    assert list(tmp_path.glob("*.part*")) == []


@pytest.mark.parametrize(
    ("query", "practice"),
    [
        ("capacity funding", "capacity-funding"),
        ("talk to customers every week", "weekly-customer-interview"),
        ("who may decide what", "decision-rights-map"),
    ],
)
def test_a_few_words_find_the_practice_meant(workshop, query, practice):
    found = search_practices(query, workshop.library, workshop.embedder, 5)
    assert practice in [each.id for each in found]


def test_a_search_gives_no_more_than_asked(workshop):
    assert len(search_practices("decide", workshop.library, workshop.embedder, 3)) == 3
