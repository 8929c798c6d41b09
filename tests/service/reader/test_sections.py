"""A sentence among its neighbours."""

from __future__ import annotations

import numpy as np

from service.reader.sections import among_neighbours


def test_a_section_that_commits_lifts_its_weakest_sentence():
    odds = np.array([3.0, 3.0, 0.0, -2.0, -2.0, 0.0])
    found = among_neighbours(odds, ["a", "a", "a", "b", "b", "b"])
    assert found[2] > 0 > found[5]


def test_a_sentence_alone_in_its_section_keeps_its_odds():
    odds = np.array([1.0, -1.0])
    assert np.array_equal(among_neighbours(odds, ["a", "b"]), odds)


def test_no_sentences_give_no_odds():
    assert among_neighbours(np.zeros(0), []).shape == (0,)
