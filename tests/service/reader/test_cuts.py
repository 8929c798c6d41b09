"""A phrase may end where nothing is left out that it has begun."""

from __future__ import annotations

import pytest

from service.reader.cuts import cut_costs


@pytest.fixture(scope="module")
def ends(workshop):
    def costs(text: str) -> dict[str, float]:
        tree = next(iter(workshop.reader.grammar.read([text]))).tree
        found = cut_costs(text, tree, 0, len(text.rstrip(".")))
        return {text[: tree[last].end]: cost for last, cost in found.items()}

    return costs


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Publish the waiting times of every pier.", "Publish the waiting"),
        ("Publish the waiting times of every pier.", "Publish the waiting times of"),
        ("Make the piers safe for all passengers.", "Make the piers"),
        ("We will open two piers.", "We will open"),
    ],
)
def test_no_phrase_ends_before_what_it_asks_for(ends, text, broken):
    found = ends(text)
    assert found.get(broken, 9.0) >= 2.0


@pytest.mark.parametrize(
    "text", ["Publish the waiting times of every pier.", "Repair the quays, cranes and piers before the winter."]
)
def test_the_whole_leaves_nothing_out(ends, text):
    assert ends(text)[text.rstrip(".")] == 0.0


def test_a_place_in_time_may_go_sooner_than_what_a_noun_is_of(ends):
    found = ends("Publish the waiting times of every pier before the winter.")
    assert found["Publish the waiting times of every pier"] < found["Publish the waiting times"]


def test_a_condition_costs_more_than_a_purpose(ends):
    held = ends("Sail at night unless the crew disagrees.")["Sail at night"]
    meant = ends("Sail at night to carry more passengers.")["Sail at night"]
    assert held > meant


def test_two_verbs_keep_the_object_that_they_share(ends):
    found = ends("We must identify and plan the repairs.")
    assert found.get("We must identify", 9.0) >= 2.0
