"""The strongest plain commitment speaks for the sentences that say the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.documents import BlockKind
from service.engines.patterns.lead import led
from tests.service.harbour import read


@pytest.fixture(scope="module")
def leader(workshop):
    def first(*texts: str) -> str:
        reading = read("\n\n".join(texts), workshop)
        even = [replace(s, commitment=0.9) for s in reading.sentences]
        return led(even, reading.grammars)[0].text

    return first


PLAIN = "One of our goals for this year is to shorten the list of half-built piers."


@pytest.mark.parametrize(
    "other",
    [
        "This does not mean that no new pier may be begun, but the list should be shorter in the end.",
        "It must become shorter before the year is over.",
        "In doing so, we should keep the list open to all islands.",
    ],
)
def test_a_sentence_that_leans_on_another_does_not_lead(leader, other):
    assert leader(other, PLAIN) == PLAIN


def test_the_heaviest_leads_where_all_are_plain(leader):
    heavy = "We will finish the three piers that are nearly done."
    assert leader(heavy, "We will finish nearly done piers before new ones.") == heavy


def test_a_table_row_never_leads_where_another_sentence_can(workshop):
    reading = read(f"We will finish three piers by May.\n\n{PLAIN}\n", workshop)
    row, plain = reading.sentences
    pair = [replace(row, kind=BlockKind.table_row, commitment=1.0), replace(plain, commitment=0.6)]
    found = led(pair, reading.grammars)
    assert found[0].text == PLAIN


def test_the_others_keep_their_order(workshop):
    reading = read(f"It must be done.\n\nThis must be done.\n\n{PLAIN}\n", workshop)
    texts = [s.text for s in led(reading.sentences, reading.grammars)]
    assert texts == [PLAIN, "It must be done.", "This must be done."]
