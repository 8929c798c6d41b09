"""The measure of the match: its figures on tiny cases, and the labelled intents it is taken on."""

from __future__ import annotations

import json

import numpy as np
import pytest

from corpora.load import load_practices
from corpora.records import Kind
from evals.matching import EXACT, FOLDER, Labelled, by_threshold, grades_of, load_labelled, measure
from evals.training.fit import train
from service.checks.wording import likeness
from service.matching.likeness import FEATURE_NAMES
from service.matching.model import load_fit_model

B, R, P = Kind.behaviour, Kind.ritual, Kind.policy
COPY = 0.8


@pytest.fixture(scope="module")
def labelled():
    return load_labelled()


def test_the_first_of_each_kind_is_judged_by_its_grade():
    fits = np.array([[0.9, 0.8, 0.7, 0.1], [0.2, 0.9, 0.3, 0.8]])
    grades = np.array([[2, 0, 1, 0], [1, 0, 0, 2]])
    found = measure(fits, grades, [B, B, R, P])
    assert found.precision == {B: 0.5, R: 0.5, P: 0.5}
    assert found.off == 0.5
    assert found.recall == 1.0


def test_an_unknown_practice_neither_helps_nor_harms():
    found = measure(np.array([[0.9, 0.5]]), np.array([[-1, 2]]), [B, R])
    assert found.precision[B] is None
    assert found.off is None
    assert found.precision[R] == 1.0


def test_intents_that_nothing_suits_are_left_out():
    assert measure(np.array([[0.9], [0.9]]), np.array([[0], [1]]), [B]).intents == 1


def test_ties_go_to_the_practice_that_stands_first():
    assert measure(np.array([[0.5, 0.5]]), np.array([[1, 0]]), [B, B]).precision[B] == 1.0


def test_precision_is_given_for_each_threshold():
    fits, grades = np.array([[0.9, 0.6, 0.2]]), np.array([[2, 0, -1]])
    assert [(one.judged, one.precision) for one in by_threshold(fits, grades, (0.1, 0.8, 0.95))] == [
        (2, 0.5),
        (1, 1.0),
        (0, None),
    ]


def test_a_practice_added_later_is_unknown_and_not_off(labelled):
    practices = load_practices()
    added = practices[0].model_copy(update={"id": "written-tomorrow"})
    grades = grades_of(labelled[:5], [*practices, added])
    assert (grades[:, -1] == -1).all()


def test_every_label_names_a_practice_and_a_grade(labelled):
    known = {practice.id for practice in load_practices()}
    considered = set((FOLDER / "considered.txt").read_text(encoding="utf-8").split())
    assert considered <= known
    for intent in labelled:
        assert set(intent.grades) == considered
        assert set(intent.grades.values()) <= {0, 1, EXACT}


def test_intents_are_written_once_and_split_about_sixty_to_forty(labelled):
    assert len({intent.id for intent in labelled}) == len({intent.text for intent in labelled}) == len(labelled)
    assert 0.5 < sum(intent.tuning for intent in labelled) / len(labelled) < 0.7


def test_no_statement_of_a_practice_is_a_labelled_intent_again(labelled):
    texts = [intent.text for intent in labelled]
    said = [line for practice in load_practices() for line in practice.serves]
    copies = [(line, text) for line in said for text in texts if likeness(line, text) >= COPY]
    assert not copies


def test_training_learns_which_feature_tells_and_writes_it(tmp_path):
    rng = np.random.default_rng(1)
    grades = rng.integers(0, 2, (40, 6)) * 2
    features = rng.normal(0, 0.1, (40, 6, len(FEATURE_NAMES)))
    features[:, :, 0] += grades
    intents = [Labelled(f"m{n}", f"intent {n}", "later", {}) for n in range(40)]
    path = tmp_path / "fit.json"
    model = train(features, grades, intents, path)
    assert int(np.argmax(model.weights)) == 0
    assert ((model.logits(features) > 0) == (grades > 0)).mean() > 0.95
    assert json.loads(path.read_text())["features"] == list(FEATURE_NAMES)
    assert np.allclose(load_fit_model(path).weights, model.weights)
