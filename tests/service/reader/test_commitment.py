"""The small model of commitment: its weights, its numbers, what it prefers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from retrieval.documents import BlockKind
from service.errors import ModelDataMissing
from service.reader.commitment import WEIGHTS, Seen, load_commitment_model, probabilities
from service.reader.cues import cue_values
from service.reader.features import FEATURE_NAMES, feature_row

COMMITS = (
    "We will stop funding projects and fund three lasting teams instead.",
    "Our first priority this year is to let every crew speak with passengers.",
    "By 2027 we will cut cancelled sailings by half.",
)
TELLS = (
    "The pier was built in 1931 and painted twice since.",
    "Thank you to everybody who brought cake to the summer party.",
    "The office is open from nine to five on working days.",
)


@pytest.fixture(scope="module")
def seen(workshop):
    texts = [*COMMITS, *TELLS]
    grammars = workshop.reader.grammar.read(texts)
    rows = [feature_row(t, "", BlockKind.paragraph, g) for t, g in zip(texts, grammars, strict=True)]
    headings = workshop.embedder.embed(["none"] * len(texts))
    return Seen(workshop.embedder.embed(texts), np.array(rows), headings)


def test_what_commits_ranks_above_what_only_tells(workshop, seen):
    found = workshop.reader.commitment.odds(seen)
    assert found[: len(COMMITS)].min() > found[len(COMMITS) :].max()


def test_probabilities_lie_between_nothing_and_certainty(workshop, seen):
    found = probabilities(workshop.reader.commitment.odds(seen), np.zeros(6), ["a"] * 6)
    assert found.shape == (6,)
    assert ((found >= 0) & (found <= 1)).all()


def test_rules_that_bind_raise_the_probability():
    even = np.zeros(2)
    low, high = probabilities(even, np.array([-1.0, 1.0]), ["a", "b"])
    assert low < 0.5 < high


def test_every_sentence_gets_a_kind_that_the_weights_know(workshop, seen):
    model = workshop.reader.commitment
    assert set(model.kinds_of(seen)) <= set(model.kind_names)


def test_the_weights_that_ship_fit_the_features_of_the_code(workshop):
    model = load_commitment_model()
    width = 384 + len(FEATURE_NAMES) + 384
    assert model.commitment.shape == (width,)
    assert model.kinds.shape == (len(model.kind_names), width)


def test_missing_weights_say_how_they_are_made(tmp_path):
    with pytest.raises(ModelDataMissing, match=r"python -m evals\.training"):
        load_commitment_model(tmp_path / "none.json")


def test_weights_for_other_features_are_refused(tmp_path):
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    other = tmp_path / "commitment.json"
    other.write_text(json.dumps({**data, "features": data["features"][1:]}), encoding="utf-8")
    with pytest.raises(ModelDataMissing, match="other features"):
        load_commitment_model(other)


def test_no_feature_is_named_twice():
    assert len(set(FEATURE_NAMES)) == len(FEATURE_NAMES)


def test_a_row_has_one_number_a_feature(workshop):
    (grammar,) = workshop.reader.grammar.read(["We will sail."])
    row = feature_row("We will sail.", "Goals", BlockKind.list_item, grammar)
    assert (row.shape, row.dtype) == ((len(FEATURE_NAMES),), np.float32)
    assert row[FEATURE_NAMES.index("we_will")] == 1.0
    assert row[FEATURE_NAMES.index("kind_list_item")] == 1.0


@pytest.mark.parametrize(
    ("text", "heading", "cue"),
    [
        ("We will sail at night.", "", "will"),
        ("Crews decide rather than the office.", "", "shift"),
        ("Waiting falls to 10 minutes.", "", "metric"),
        ("The trust must sail.", "", "must"),
        ("Boats.", "Our goals", "h_goal"),
        ("Boats.", "Background", "h_context"),
    ],
)
def test_a_cue_is_seen_in_the_sentence_or_its_heading(text, heading, cue):
    assert cue_values(text, heading)[cue] == 1.0
    assert cue_values("Boats.", "")[cue] == 0.0
