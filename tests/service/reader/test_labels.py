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
    ],
)
def test_a_label_is_what_is_to_be_done(named, text, wanted):
    assert named(text) == wanted


@pytest.mark.parametrize(
    "words", ["the piers (and boats", "the “open pier", "piers | boats", "see https://piers.example"]
)
def test_marks_without_their_mate_and_markup_cannot_head_a_card(words):
    assert not presentable(words)


def test_money_and_slashes_can():
    assert presentable("Secure funding of > 250,000 for piers and/or boats")
