"""Graded ledgers: what is read, what training gives, and that documents are measured by weights that never saw them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evals.headlines import Graded, first_three, fitted, load_graded, train_headlines, unseen
from service.engines.patterns.headline import FEATURE_NAMES, WEIGHTS


@pytest.fixture(scope="module")
def graded() -> Graded:
    return load_graded()


def test_every_entry_has_all_features_and_a_grade(graded):
    assert graded.features.shape == (len(graded.grades), len(FEATURE_NAMES))
    assert set(graded.grades) == {0, 1, 2, 3}
    assert len(graded.names) >= 30


def test_the_committed_weights_are_those_of_the_committed_grades(graded, tmp_path):
    train_headlines(graded, tmp_path / "weights.json")
    assert json.loads((tmp_path / "weights.json").read_text()) == json.loads(WEIGHTS.read_text())


def test_weights_that_never_saw_a_document_still_find_its_headlines_better_than_commitment_does(graded):
    surely = first_three(graded.features[:, FEATURE_NAMES.index("commitment")], graded)
    assert first_three(unseen(graded), graded).mean > surely.mean


def test_the_first_three_of_each_document_are_counted():
    graded = Graded(
        features=np.zeros((5, 1)),
        grades=np.array([3.0, 0.0, 2.0, 1.0, 3.0]),
        documents=np.array([0, 0, 0, 0, 1]),
        names=("a", "b"),
    )
    found = first_three(np.array([4.0, 3.0, 2.0, 1.0, 0.0]), graded)
    assert (found.documents, found.mean, found.headlines, found.real) == (2, 2.0, 0.5, 0.75)


def test_weights_apply_to_features_as_they_come():
    features = np.array([[0.0, 10.0], [1.0, 20.0], [2.0, 30.0], [3.0, 40.0]] * 200)
    weights, bias = fitted(features, features[:, 0])
    assert np.allclose(features @ weights + bias, features[:, 0], atol=0.3)
