"""Structured fields said in plain words."""

from __future__ import annotations

import pytest

from corpora.records import Cadence, Period, RoleClass, TimeCost
from service.export import words


@pytest.mark.parametrize("period", [p for p in Period if p is not Period.event])
def test_every_period_has_words(period):
    assert words.cadence_words(Cadence(period=period)) == words.PERIODS[period]


@pytest.mark.parametrize(("events", "often"), [(1, "once a month"), (2, "twice"), (4, "4 times"), (0.33, "3 months")])
def test_how_often_an_event_happens_is_said_as_an_estimate(events, often):
    said = words.cadence_words(Cadence(period=Period.event, events_per_month=events))
    assert often in said
    assert "estimate" in said


def test_every_role_class_has_words():
    assert set(words.ROLE_CLASSES) == set(RoleClass)


def test_minutes_count_the_preparation_and_name_who_gives_them():
    said = words.minutes_words((TimeCost(role_class=RoleClass.lead, minutes=20, prep_minutes=5),))
    assert said.startswith("25 minutes")
    assert "lead" in said


def test_no_minutes_are_no_extra_time():
    assert words.minutes_words(()) == "no extra time"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 0.1, "a few minutes"),
        (0.0, 0.5, "up to 30 minutes"),
        (0.25, 0.5, "15 to 30 minutes"),
        (1.0, 1.5, "1 to 1½ hours"),
        (0.5, 2.0, "30 minutes to 2 hours"),
    ],
)
def test_hours_are_said_in_quarters(low, high, said):
    assert words.hours_words(low, high) == said


@pytest.mark.parametrize(("text", "said"), [("do it", "Do it."), ("Really?", "Really?"), ("", "")])
def test_a_sentence_begins_large_and_ends(text, said):
    assert words.sentence(text) == said
