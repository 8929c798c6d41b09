"""Rules of wording, grammar and place: what binds ranks above what only tells."""

from __future__ import annotations

import pytest

from retrieval.documents import BlockKind
from service.reader.binding import MOST, binding, unlabelled

TELLS = "The pier was painted in the spring of last year."


@pytest.fixture(scope="module")
def weigh(workshop):
    def weighed(text: str, path: tuple[str, ...] = (), kind: BlockKind = BlockKind.paragraph) -> float:
        return binding(text, kind, path, next(iter(workshop.reader.grammar.read([text]))))

    return weighed


@pytest.mark.parametrize(
    "text",
    [
        "Crews should decide on the pier whether a boat leaves.",
        "It is therefore essential that crews speak with passengers.",
        "Reduce the waiting time at every pier.",
        "One of our aims for this year is to cut cancelled sailings.",
        "No new route will open unless a crew has asked for it.",
        "Boats are built for the weather rather than for the brochure.",
        "The trust is moving to monthly decisions.",
        "KR 2: Nine of ten boats leave within 5 minutes of the hour.",
        "From 1 May crews order parts themselves each week.",
        "Safety beats every timetable.",
    ],
)
def test_what_binds_ranks_well_above_what_tells(weigh, text):
    assert weigh(text) >= weigh(TELLS) + 1.5


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 the trust closed two piers.",
        "There are eleven piers on the islands.",
        "We may one day build a pier in the north.",
        "Consider a pier in the north.",
        "This document sets out the routes of the trust.",
        "Most islanders travel in the morning.",
        "Passengers won't come if the boats are dirty.",
        "Night boats are being considered for the summer.",
        "We have more passengers than ever before.",
        "Any given islander will take only one boat a day.",
        "“Route” means a line that is sailed at least weekly.",
        "Forms are available on the pier and should be submitted in duplicate.",
        "=> Shipped in March, with two boats.",
    ],
)
def test_accounts_hedges_definitions_and_other_peoples_doings_stay_low(weigh, text):
    assert weigh(text) < 1.0


def test_a_heading_that_wants_lends_force_and_one_that_explains_takes_it(weigh):
    text = "Crews that decide on the pier"
    goals, context = weigh(text, ("Goals",), BlockKind.list_item), weigh(text, ("Background",), BlockKind.list_item)
    assert goals > weigh(text, (), BlockKind.list_item) > context


def test_a_state_told_in_the_present_is_wanted_under_a_vision(weigh):
    text = "Crews plan their own week."
    assert weigh(text, ("Vision 2035", "Crews")) > weigh(text, ("Today", "Crews"))


def test_many_wordings_add_no_more_than_a_few(weigh):
    text = "We will focus on crews by 2030, it is vital to stop rather than never to go first, at most 5 each week."
    assert weigh(text) <= MOST + 1.5


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("KR 2.1: Reduce the waiting time at piers.", "Reduce the waiting time at piers."),
        ("Crews: Reduce the waiting time at piers.", "Reduce the waiting time at piers."),
        ("First, reduce the waiting time at piers.", "reduce the waiting time at piers."),
        ("Piers: three", "Piers: three"),
    ],
)
def test_a_label_before_the_words_that_matter_is_left_out(text, rest):
    assert unlabelled(text) == rest
