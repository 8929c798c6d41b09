"""Where a document commits nobody, it is told courteously and usefully."""

from __future__ import annotations

import pytest

from service.plan.plan import QuestionKind
from service.stages.nothing import author_questions, commits, holds, near_misses
from tests.service.harbour import STRATEGY, engine, read

NOTES = """# Harbour news

## The summer party

Thank you to everybody who brought cake to the pier.
We may explore a second party in the winter months.
“Ports will be judged by their passengers.” — The Minister of Transport
The pier was painted last year by volunteers from both islands.

- bring your own cup
- no dogs on the pier
- music until nine
- boats leave at ten
"""


@pytest.fixture(scope="module")
def notes(workshop):
    return read(NOTES, workshop)


def proposals(reading, workshop):
    return engine(workshop).find_intents(reading)


def test_a_newsletter_commits_nobody(notes, workshop):
    assert not commits(proposals(notes, workshop), notes)


def test_a_short_strategy_commits(workshop):
    reading = read(STRATEGY, workshop)
    assert commits(proposals(reading, workshop), reading)


def test_one_plain_commitment_in_a_short_text_is_enough(workshop):
    reading = read("We will stop funding projects and fund three lasting route teams instead.\n", workshop)
    assert commits(proposals(reading, workshop), reading)


def test_one_commitment_in_a_long_account_is_not(workshop):
    account = "\n\n".join(f"The pier number {n} was built in 19{n} and is made of grey stone." for n in range(20, 60))
    reading = read(f"{account}\n\nWe will stop funding projects and fund lasting teams instead.\n", workshop)
    assert not commits(proposals(reading, workshop), reading)


def test_nothing_proposed_commits_nobody(notes):
    assert not commits((), notes)


def test_near_misses_are_exact_sentences_in_text_order_each_with_a_reason(notes):
    misses = near_misses(notes)
    assert 1 <= len(misses) <= 5
    assert all(notes.document.text[m.quote.start : m.quote.end] == m.quote.text and m.why for m in misses)
    starts = [miss.quote.start for miss in misses]
    assert starts == sorted(starts)


def test_a_hope_and_a_quotation_are_near_misses_for_different_reasons(notes):
    reasons = {words: m.why for m in near_misses(notes) for words in ("explore", "Minister") if words in m.quote.text}
    assert "explore" in reasons
    assert len(set(reasons.values())) == len(reasons)


def test_the_account_says_what_the_document_does_hold(notes):
    words = holds(notes)
    assert "The summer party" in words
    assert "4 list items" in words


def test_a_document_without_headings_is_described_too(workshop):
    assert holds(read("The pier is long and grey.\n", workshop)).endswith(".")


def test_the_author_gets_three_questions(notes):
    asked = author_questions(notes)
    assert len({question.id for question in asked}) == 3
    assert all(q.kind is QuestionKind.missing and q.text.endswith("?") and q.why for q in asked)
