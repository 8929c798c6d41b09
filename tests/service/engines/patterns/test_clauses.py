"""A long sentence is cut to what can be quoted, at the end of a clause, and stays exact."""

from __future__ import annotations

import pytest

from service.engines.patterns.clauses import MAX_WORDS, MIN_WORDS, committing_span
from tests.service.harbour import read

SHORT = "We will stop funding projects and fund three lasting route teams instead."
LONG = (
    "Because the islands have waited for many years while the boards of the mainland argued about money and men, "
    "and because no passenger was ever asked what a late ferry costs a family that lives from fishing, "
    "the trust will let every crew decide its own timetable together with the people who sail with it, "
    "which means that the planning office gives advice and no longer orders, "
    "so that a storm, a feast or a sick engine is answered on the pier and on the same day, "
    "as well as in the ledger where the board reads each quarter what was changed and why."
)
ENDLESS = "We will carry " + " ".join(f"crate{n}" for n in range(90)) + " to the islands."


@pytest.fixture(scope="module")
def cut(workshop):
    def span(text: str) -> tuple[str, str]:
        reading = read(text, workshop)
        (sentence,) = reading.sentences
        found = committing_span(sentence, reading.grammars[0])
        return found.of(reading.document.text), reading.document.text

    return span


def test_a_short_sentence_is_quoted_whole(cut):
    words, _ = cut(SHORT)
    assert words == SHORT


@pytest.mark.parametrize("text", [LONG, ENDLESS], ids=["clauses", "no clause"])
def test_a_long_sentence_is_cut_to_what_can_be_quoted(cut, text):
    words, whole = cut(text)
    assert MIN_WORDS <= len(words.split()) <= MAX_WORDS
    assert words in whole


def test_a_cut_ends_where_a_clause_ends(cut):
    words, whole = cut(LONG)
    after = whole[whole.index(words) + len(words) :]
    assert after.startswith((",", ";", ":", " –", ".")) or not after


def test_a_cut_keeps_the_clause_that_commits(cut):
    words, _ = cut(LONG)
    assert "the trust will let every crew decide" in words
