"""Words of rhythm give a moment that can be read aloud and a cadence."""

from __future__ import annotations

import pytest

from corpora.lexicons import load_lexicons
from corpora.records import Period
from service.checks.c04_repeatability import is_a_moment, vague_time
from service.reader.rhythms import occasion, rhythms_in

GIVEN = [
    ("The board meets every quarter.", "Every quarter, on a date fixed in advance", Period.quarterly),
    (
        "Every director spends one morning a quarter at a till.",
        "Every quarter, on a date fixed in advance",
        Period.quarterly,
    ),
    ("Crews meet weekly.", "Every week, on a date fixed in advance", Period.weekly),
    ("They post it on a monthly basis.", "Every month, on a date fixed in advance", Period.monthly),
    ("They meet once a fortnight.", "Every fortnight, on a date fixed in advance", Period.fortnightly),
    ("They meet every other week.", "Every second week, on a date fixed in advance", Period.fortnightly),
    ("They meet every two weeks.", "Every two weeks, on a date fixed in advance", Period.fortnightly),
    ("They meet every 6 weeks.", "Every six weeks, on a date fixed in advance", Period.six_weekly),
    ("They meet every three months.", "Every three months, on a date fixed in advance", Period.quarterly),
    ("They meet twice a year.", "Every year, on two dates fixed in advance", Period.event),
    ("They meet every Friday.", "Every Friday, at a fixed hour", Period.weekly),
    ("They meet every Friday at noon.", "Every Friday at noon", Period.weekly),
    ("They meet every second Thursday.", "Every second Thursday", Period.fortnightly),
    ("They meet on the first Monday of each month.", "Every month, on the first Monday", Period.monthly),
    ("They meet at the end of each quarter.", "At the end of every quarter", Period.quarterly),
    ("They report each September.", "Every September, on a date fixed in advance", Period.yearly),
    ("They meet daily.", "Every day, at a fixed hour", Period.daily),
]
NONE = [
    "They answer within a month.",
    "They answer within a week of the request.",
    "Each week's results are printed.",
    "They began a year ago.",
    "The service cost 3 million.",
    "They publish a week after the vote.",
]


@pytest.mark.parametrize(("text", "moment", "period"), GIVEN, ids=[text for text, _, _ in GIVEN])
def test_the_moment_and_the_cadence_are_those_of_the_words(text, moment, period):
    (found,) = rhythms_in(text)
    assert (found.rhythm.moment, found.rhythm.cadence.period) == (moment, period)
    assert text[found.start : found.end].strip() == text[found.start : found.end]


@pytest.mark.parametrize("text", NONE)
def test_lengths_and_limits_of_time_are_no_rhythm(text):
    assert rhythms_in(text) == ()


@pytest.mark.parametrize("text", [text for text, _, _ in GIVEN])
def test_every_moment_passes_the_check_of_triggers(text):
    lexicons = load_lexicons()
    moment = rhythms_in(text)[0].rhythm.moment
    assert is_a_moment(moment, lexicons)
    assert vague_time(moment, lexicons) is None


def test_a_rate_a_month_is_counted():
    assert rhythms_in("twice a year")[0].rhythm.cadence.events_per_month == pytest.approx(0.17)
    assert rhythms_in("three times a month")[0].rhythm.cadence.events_per_month == 3.0


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("before a ferry timetable is changed", "Before a ferry timetable is changed"),
        ("whenever a complaint is upheld", "When a complaint is upheld"),
        ("after each serious incident", "After each serious incident"),
        ("prior to any change of the fees", "Before any change of the fees"),
        ("at the start of each project", "At the start of each project"),
    ],
)
def test_an_occasion_that_comes_again_is_a_moment_with_an_estimated_rate(words, moment):
    found = occasion(words)
    assert found is not None
    assert found.moment == moment
    assert found.estimated


@pytest.mark.parametrize(
    "words",
    [
        "when the merger completes",
        "before the end of 2027",
        "when this is ready",
        "after a while",
        "whenever necessary",
        "before it goes live",
        "when a supplier might fail",
    ],
)
def test_a_single_or_vague_event_is_no_occasion(words):
    assert occasion(words) is None
