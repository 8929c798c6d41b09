"""Differences of words, items and plans."""

from __future__ import annotations

import pytest

from service.refine.compare import Part, item_changes, word_changes
from tests.service.planmaker import behaviour


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("writes one line each week", "writes two lines each week"),
        ("", "something new"),
        ("something old", ""),
        ("entirely other words", "nothing in common here"),
    ],
)
def test_the_pieces_read_through_give_both_texts(old, new):
    pieces = word_changes(old, new)
    assert "".join(one.text for one in pieces if one.part is not Part.new) == old
    assert "".join(one.text for one in pieces if one.part is not Part.gone) == new


def test_words_that_stay_are_told_from_those_that_go_and_come():
    parts = [(one.part, one.text) for one in word_changes("writes one line each week", "writes two lines each week")]
    assert (Part.same, "writes ") in parts
    assert (Part.gone, "one") in parts


def test_only_fields_that_differ_are_named():
    old = behaviour(0)
    new = old.model_copy(update={"action": "writes down one thing"})
    assert [change.path for change in item_changes(old, new)] == ["action"]
    assert item_changes(old, old) == ()
