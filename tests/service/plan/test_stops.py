from __future__ import annotations

import pytest

from corpora.records import StopDoing
from service.plan.stops import minutes_in, reworded


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("the 45-minute status call", 45),
        ("the first 20 minutes of planning given to status", 20),
        ("a two-hour steering meeting", 120),
        ("the half-hour round of news", 30),
        ("the weekly status call", None),
        ("asking again within 20 minutes of a refusal", None),
        ("files of 19 working days", None),
    ],
)
def test_only_a_length_that_the_words_give_counts_as_minutes(words, minutes):
    assert minutes_in(words) == minutes


def test_other_words_lose_the_minutes_that_were_estimated_for_the_first():
    assert reworded(StopDoing(text="the monthly status call", minutes_saved=30), "chasing by e-mail") == StopDoing(
        text="chasing by e-mail", minutes_saved=None
    )
