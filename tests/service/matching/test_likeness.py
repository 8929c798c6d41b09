"""What is seen of an intent beside every practice, and how it becomes a probability."""

from __future__ import annotations

import json

import numpy as np
import pytest

from service.errors import ModelDataMissing
from service.matching.likeness import FEATURE_NAMES, Seen, Texts, make_likeness
from service.matching.model import FitModel, load_fit_model, probability

SIZE = 6


def unit(*values: float) -> np.ndarray:
    row = np.zeros(SIZE)
    row[: len(values)] = values
    return (row / np.linalg.norm(row)).astype(np.float32)


#: Two practices; the last axis is the sector, which varies within both.
ROWS = np.array([unit(1, 0, 0, 1), unit(1, 0, 0, -1), unit(0, 1, 0, 1), unit(0, 1, 0, -1)])
TEXTS = (
    Texts(("Clerks decide", "Nurses decide"), "Decide on the spot", ("decide",)),
    Texts(("Clerks wait", "Nurses wait"), "Cut the waiting", ("wait",)),
)


@pytest.fixture
def likeness():
    return make_likeness(ROWS, np.array([0, 0, 1, 1]), TEXTS)


def seen_by(likeness, vectors, text):
    none = np.zeros(2)
    features = likeness.features(vectors, text, Seen(none, none))
    return {name: features[:, column] for column, name in enumerate(FEATURE_NAMES)}


def test_what_varies_within_practices_counts_less_than_what_sets_them_apart(likeness):
    said = unit(1, 0.6, 0, 3)[None, :]  # about the first practice, in the sector's words above all
    found = seen_by(likeness, said, "")
    plain = found["serves_best"][0] - found["serves_best"][1]
    white = found["whitened_mean"][0] - found["whitened_mean"][1]
    assert white > plain > 0


def test_the_best_sentence_of_an_intent_counts(likeness):
    one = seen_by(likeness, ROWS[:1], "")["serves_best"]
    both = seen_by(likeness, ROWS[[0, 2]], "")["serves_best"]
    assert (both >= one - 1e-9).all()
    assert both[1] == pytest.approx(1, abs=1e-6)


def test_words_and_themes_are_matched_by_stem_and_beginning(likeness):
    found = seen_by(likeness, ROWS[:1], "Everyone decides alone")
    assert found["words"][0] > found["words"][1] == 0
    assert found["themes"].tolist() == [1, 0]


def test_a_fit_is_a_probability_that_grows_with_what_tells_for_it():
    model = FitModel(np.array([2.0, 0.0]), -1.0)
    fits = probability(model.logits(np.array([[0.0, 5.0], [0.5, 0.0], [4.0, 1.0]])))
    assert fits.tolist() == sorted(fits.tolist())
    assert fits[1] == 0.5


def test_weights_for_other_features_are_refused(tmp_path):
    path = tmp_path / "fit.json"
    with pytest.raises(ModelDataMissing, match="evals match --train"):
        load_fit_model(path)
    path.write_text(json.dumps({"features": ["other"], "weights": [1.0], "bias": 0.0}))
    with pytest.raises(ModelDataMissing, match="other features"):
        load_fit_model(path)


def test_a_library_without_practices_has_a_likeness_too():
    empty = make_likeness(np.zeros((0, 384), dtype=np.float32), np.zeros(0, dtype=np.intp), [])
    assert empty.serves.shape == (0, 384)
    assert empty.themes == ()
