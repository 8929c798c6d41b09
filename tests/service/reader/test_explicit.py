"""Explicit wordings raise the commitment of a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from service.reader.explicit import raised

PLAIN = "Islanders wait at the pier in the rain."


def at(probability: float, text: str) -> float:
    return float(raised(np.array([probability]), [text])[0])


@pytest.mark.parametrize(
    "text",
    [
        "We have decided to sail at night.",
        "Our main goal is to sail at night.",
        "The strategy aims at fewer cancelled sailings.",
        "Crews will now publish their own timetables.",
        "Crews publish timetables rather than waiting for the office.",
        "The trust is moving to monthly decisions.",
        "Crews should be empowered to change a timetable.",
    ],
)
def test_a_binding_wording_raises_the_commitment(text):
    assert at(0.4, text) > 0.4


def test_a_sentence_without_such_a_wording_keeps_its_commitment():
    assert at(0.4, PLAIN) == pytest.approx(0.4)


def test_two_wordings_weigh_more_than_one_and_a_third_adds_nothing():
    one = at(0.4, "We will sail at night.")
    two = at(0.4, "We will sail at night instead of waiting for daylight.")
    three = at(0.4, "Our main goal is that we will sail at night instead of waiting for daylight.")
    assert one < two == three


def test_commitment_stays_between_nothing_and_certainty():
    texts = ["We have decided that we will sail at night instead of by day.", PLAIN]
    found = raised(np.array([1.0, 0.0]), texts)
    assert found.min() >= 0
    assert found.max() <= 1


def test_no_sentences_give_no_numbers():
    assert raised(np.zeros(0), []).shape == (0,)
