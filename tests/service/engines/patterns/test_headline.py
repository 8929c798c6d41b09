"""Headlines weigh more than details, whatever the document; weights that fit other features are refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

from service.engines.patterns.headline import FEATURE_NAMES, _weights, headline_features, importance
from service.engines.patterns.ledger import find_entries, find_intents, spoken
from service.errors import ModelDataMissing
from tests.service.harbour import read

PLAIN = """# Northgate Library strategy

## Our goals

Reach readers who never visit a branch.
We will move from lending targets to reading habits as the measure of our work.
Every branch will decide its own opening hours together with its neighbours.

## Notes on equipment

The two printers in the cellar must be replaced, because the old ones jam, which is why staff use the copier.
"""


@pytest.fixture(scope="module")
def library(workshop):
    return read(PLAIN, workshop)


def test_an_intent_weighs_between_zero_and_one_and_the_heaviest_comes_first(library):
    weights = [proposal.importance for proposal in find_intents(library)]
    assert weights == sorted(weights, reverse=True)
    assert all(0 <= weight <= 1 for weight in weights)


def test_a_goal_outweighs_a_detail_at_the_end(library):
    text = library.document.text
    weight = {one.spans[0].of(text): one.importance for one in find_intents(library)}
    printers = [value for words, value in weight.items() if "printers" in words]
    assert all(value < max(weight.values()) for value in printers)
    assert max(weight, key=lambda words: weight[words]).startswith(("We will move", "Every branch", "Reach readers"))


def test_features_have_one_row_an_entry_and_one_column_a_name(library):
    entries = spoken(find_entries(library), library)
    assert headline_features(entries, library).shape == (len(entries), len(FEATURE_NAMES))
    assert entries[0].rank == 1.0


def test_an_entry_that_is_alone_agrees_with_none(library):
    (one, *_) = spoken(find_entries(library), library)
    assert headline_features([one], library)[0, FEATURE_NAMES.index("agreement")] == 0


def test_no_entries_have_no_weights(library):
    assert np.array_equal(importance([], library), np.zeros(0))


def test_missing_weights_or_those_of_other_features_are_refused(tmp_path):
    with pytest.raises(ModelDataMissing, match="headlines --train"):
        _weights(tmp_path / "none.json")
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"features": ["length"], "weights": [1.0], "bias": 0.0}), encoding="utf-8")
    with pytest.raises(ModelDataMissing, match="other features"):
        _weights(other)
