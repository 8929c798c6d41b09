"""The few words an intent is spoken of by."""

from __future__ import annotations

import pytest

from service.engines.patterns.ledger import find_intents
from service.reader.focusing import LONGEST_FOCUS, _untitled, best_focus, focus_options, readable
from service.stages.intents import make_intents
from tests.service.harbour import read


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("requiring t-shaped skills", "t-shaped skills"),
        ("a playbook that will serve as a roadmap", "a playbook"),
        ("future - sales teams", None),
        ("the full value, mission", None),
        ("acquiring these relationships", None),
        ("identify Opportunities to Overcome Obstacles", None),
        ("not growth", None),
        ("whose primary professional focus", None),
        ("how we decide", None),
    ],
)
def test_a_focus_that_breaks_off_or_points_back_is_not_used(phrase, said):
    assert readable(phrase) == said


def focus_of(text, workshop):
    reading = read(text, workshop)
    intent = make_intents(find_intents(reading), reading)[0]
    return best_focus(intent, reading, workshop.embedder), [*focus_options(intent, reading)]


def test_of_several_phrases_the_one_nearest_in_meaning_to_the_sentence_is_taken(workshop):
    chosen, options = focus_of(
        "We will publish a catalogue of existing interfaces at the next board meeting.\n", workshop
    )
    assert "catalogue" in chosen
    assert len(options) > 1


def test_a_long_phrase_gives_way_to_a_short_one_that_says_the_same(workshop):
    said = "We must encourage collaboration on shared repairs between and among internal and external mooring crews.\n"
    chosen, _ = focus_of(said, workshop)
    assert len(chosen.split()) <= LONGEST_FOCUS


def test_a_phrase_that_names_something_else_is_not_used(workshop):
    chosen, _ = focus_of("We will decide it by the end of the day at the latest, whatever they say.\n", workshop)
    assert chosen is None or "day" not in chosen


def test_a_phrase_that_only_tells_as_what_or_when_is_not_what_the_intent_is_about(workshop):
    said = "As a new harbour on a small island, we need to publish the waiting times of every pier.\n"
    chosen, options = focus_of(said, workshop)
    assert chosen == "publishing the waiting times of every pier"
    assert not [option for option in options if "new harbour" in option]


def test_a_deed_is_named_whole(workshop):
    _, options = focus_of("We will make the night ferry the usual way to the islands unless a storm comes.\n", workshop)
    assert not [option for option in options if option.endswith(("the usual", "the night"))]


def test_of_two_deeds_on_one_thing_the_thing_is_named(workshop):
    _, options = focus_of("We will design and build a shelter for passengers at every pier.\n", workshop)
    assert "a shelter for passengers at every pier" in options
    assert not [option for option in options if "designing and build" in option]


def test_the_capitals_of_a_title_are_not_kept(workshop):
    _, options = focus_of("We will measure the time that each pier needs.\n", workshop)
    assert all(option == option.lower() for option in options)
    assert _untitled("Improve Every Quay", "Improve Every Quay") == "improving every quay"
    assert _untitled("the NHS quay", "mend the NHS quay") == "the NHS quay"
