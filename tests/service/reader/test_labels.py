"""A label is a whole phrase that a person would say."""

from __future__ import annotations

import pytest

from service.reader.labels import label, presentable


@pytest.fixture(scope="module")
def named(workshop):
    def words(text: str) -> str:
        return text[slice(*label(text, next(iter(workshop.reader.grammar.read([text])))))]

    return words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            'One of our goals this year is to shorten the list of "half-built" piers, whether by building '
            "them at last or by openly saying no to all who ask.",
            'shorten the list of "half-built" piers',
        ),
        ("Open the piers to fishers, sailors, artists, etc.", "Open the piers to fishers, sailors, artists"),
        ("Adopt the practices of the trade for piers", "Adopt the practices of the trade for piers"),
        (
            "As a harbour that starts small but wants to grow, we need to ensure that growth is steady, safe and "
            "rewarding for crews.",
            "ensure that growth is steady, safe and rewarding for crews",
        ),
        (
            "To keep the trust of islanders, we will publish the waiting times of every pier, and we will say why a "
            "boat was late.",
            "publish the waiting times of every pier",
        ),
        (
            "Better use the cranes that we own already—this will help optimise our spending on cranes.",
            "Better use the cranes that we own already",
        ),
        (
            "We believe these two steps will make the harbour known for its night ferries, and make it attractive to "
            "islanders as well as to firms.",
            "make the harbour known for its night ferries",
        ),
        (
            "There will be one waiting list for all of the piers and boats of the harbour.",
            "one waiting list for all of the piers and boats of the harbour",
        ),
    ],
)
def test_a_label_is_what_is_to_be_done(named, text, wanted):
    assert named(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The harbour must give good support for running night ferries along with the day boats that make up the "
            "rest of the fleet and carry most of the passengers.",
            "The harbour must give good support for running night ferries",
        ),
        (
            "We need to keep growing our fleet with care, both by the sort of boats that can help us and by the piers "
            "that they can reach.",
            "keep growing our fleet with care",
        ),
        (
            "No boat shall sail after dark unless the harbour master agrees to it in writing.",
            "No boat shall sail after dark unless the harbour master agrees to it in writing",
        ),
        (
            "Improve the booking page - update and expand the notes to give passengers a broader range of piers to "
            "sail from.",
            "Improve the booking page - update and expand the notes",
        ),
        (
            "Provide direction and leadership to the crews of every pier - This includes",
            "Provide direction and leadership to the crews of every pier",
        ),
        (
            "We will not sell the data of our passengers to anybody, whatever the price that a firm may offer us "
            "for it one day.",
            "We will not sell the data of our passengers to anybody",
        ),
    ],
    ids=["object", "pair", "condition", "dash", "list that is not there", "denial"],
)
def test_a_label_never_breaks_off(named, text, wanted):
    assert named(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Harbour Master KR: Grow the number of night sailings by a third before the summer.",
            "Grow the number of night sailings by a third before the summer",
        ),
        (
            "Sales (Night Ferries): Win five new island councils as customers by the end of June.",
            "Win five new island councils as customers by the end of June",
        ),
        (
            "KR3.1 Crews with a written safety plan before the first sailing",
            "Crews with a written safety plan before the first sailing",
        ),
        (
            "Measure: Hours of waiting per passenger each week; Now: about 31; In a year: 9",
            "Hours of waiting per passenger each week",
        ),
        (
            "T1 | Days from call to repair of a quay | 34 | 7 | end 2027",
            "Days from call to repair of a quay",
        ),
        ("Ship a plan of repairs for all piers ✅", "Ship a plan of repairs for all piers"),
    ],
)
def test_what_sort_of_entry_it_is_belongs_to_no_label(named, text, wanted):
    assert named(text) == wanted


def test_a_label_stays_within_the_words_that_are_quoted(workshop):
    text = "The crews will sail at night from every pier, and the board will publish the waiting times of all piers."
    grammar = next(iter(workshop.reader.grammar.read([text])))
    quoted = text.index("the board")
    start, end = label(text, grammar, (quoted, len(text)))
    assert start >= quoted
    assert "publish the waiting times" in text[start:end]


@pytest.mark.parametrize(
    "words", ["the piers (and boats", "the “open pier", "piers | boats", "see https://piers.example"]
)
def test_marks_without_their_mate_and_markup_cannot_head_a_card(words):
    assert not presentable(words)


def test_money_and_slashes_can():
    assert presentable("Secure funding of > 250,000 for piers and/or boats")
