"""How much weight a document puts on one of its commitments."""

from __future__ import annotations

import numpy as np

from service.engines.patterns.salience import salience
from tests.service.harbour import read


def weights(text: str, workshop) -> dict[str, float]:
    reading = read(text, workshop)
    rows = np.arange(len(reading.sentences))
    return dict(zip((s.text for s in reading.sentences), salience(reading, rows).tolist(), strict=True))


def test_no_rows_have_no_weights(reading):
    assert salience(reading, np.zeros(0, dtype=np.intp)).shape == (0,)


def test_weights_lie_between_0_and_1(reading):
    found = salience(reading, np.arange(len(reading.sentences)))
    assert found.min() >= 0
    assert found.max() <= 1


def test_words_of_emphasis_weigh(workshop):
    plain, marked = "We will paint the boats blue.", "Above all we will paint the boats blue."
    assert weights(marked, workshop)[marked] > weights(plain, workshop)[plain]


def test_a_heading_that_names_goals_weighs(workshop):
    text = "We will paint the boats blue."
    assert weights(f"# Our goals\n\n{text}", workshop)[text] > weights(f"# The boats\n\n{text}", workshop)[text]
