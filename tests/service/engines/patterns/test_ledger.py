"""Which sentences become intents, which say the same, and what each is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from retrieval.documents import BlockKind
from service.engines.patterns.clauses import committing_span
from service.engines.patterns.ledger import (
    MAX_ENTRIES,
    MAX_ENTRIES_LONG,
    MAX_QUOTES,
    find_intents,
    is_candidate,
    kind_of,
    merge,
    shift_spans,
    statement,
)
from service.plan.intents import IntentKind
from service.plan.reading import NotCommitment
from tests.service.harbour import STRATEGY, read


def one(text: str, workshop):
    reading = read(text, workshop)
    (sentence,) = reading.sentences
    return reading, sentence


def said(reading) -> list[str]:
    return [span.of(reading.document.text) for proposal in find_intents(reading) for span in proposal.spans]


def many(reading, count: int, words: int | None = None):
    """The reading with `count` copies of its first intent, each with a direction of its own."""
    first = next(s for s in reading.sentences if is_candidate(s))
    grammar = reading.grammars[first.row]
    text = reading.document.text if words is None else reading.document.text + " word" * words
    return replace(
        reading,
        document=replace(reading.document, text=text),
        sentences=tuple(replace(first, row=row) for row in range(count)),
        grammars=(grammar,) * count,
        vectors=np.eye(count, 384, dtype=np.float32),
    )


def test_what_the_document_decides_is_found(reading):
    text = " ".join(said(reading))
    for words in (
        "monthly decisions",
        "speak with passengers",
        "cancelled sailings by 50%",
        "funding three lasting route teams",
    ):
        assert words in text


@pytest.mark.parametrize("words", ["mobile application", "wait three weeks", "praised for its new pier"])
def test_hopes_present_state_and_history_are_left_out(reading, words):
    assert not any(words in quote for quote in said(reading))


def test_the_strongest_comes_first(reading):
    importance = [proposal.importance for proposal in find_intents(reading)]
    assert importance == sorted(importance, reverse=True)


def test_every_number_of_an_intent_lies_between_0_and_1(reading):
    assert all(0 <= p.confidence <= 1 and 0 <= p.importance <= 1 for p in find_intents(reading))


def test_a_text_without_commitments_has_no_intents(workshop):
    assert find_intents(read("The pier was built in 1931.\n\nBoats are blue.\n", workshop)) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"commitment": 0.3},
        {"kind": BlockKind.block_quote},
        {"reasons_against": (NotCommitment.hedge,)},
    ],
    ids=["weak", "quoted", "refused"],
)
def test_a_sentence_that_is_weak_quoted_or_refused_is_no_candidate(reading, change):
    sentence = next(s for s in reading.sentences if is_candidate(s))
    assert not is_candidate(replace(sentence, **change))


@pytest.mark.parametrize("text", ["We will sail daily.", "We will change the three following things this year:"])
def test_a_sentence_too_short_or_open_ended_is_no_candidate(workshop, text):
    _, sentence = one(text, workshop)
    assert not is_candidate(replace(sentence, commitment=0.99, reasons_against=()))


def test_sentences_that_say_the_same_become_one_intent_with_a_quote_each(workshop):
    text = (
        "We will fund lasting route teams instead of projects.\n\n"
        "By 2027 we will cut cancelled sailings by half.\n\n"
        "Instead of projects, we will fund lasting route teams.\n"
    )
    found = find_intents(read(text, workshop))
    assert sorted(len(proposal.spans) for proposal in found) == [1, 2]


def test_an_intent_has_at_most_six_quotes():
    rows = np.arange(10)
    vectors = np.tile(np.eye(1, 384, dtype=np.float32), (10, 1))
    entry, *_ = merge(rows, np.linspace(1, 0.5, 10), vectors, 30)
    assert entry.rows == tuple(range(MAX_QUOTES))


def test_a_sentence_of_the_same_section_joins_its_entry_once_the_ledger_is_full():
    vectors = np.eye(3, 384, dtype=np.float32)
    entries = merge(np.arange(3), np.array([0.9, 0.8, 0.7]), vectors, 2, ["goals", "people", "people"])
    assert [entry.rows for entry in entries] == [(0,), (1, 2)]


def test_a_section_with_many_entries_gives_way_to_another():
    vectors = np.eye(3, 384, dtype=np.float32)
    entries = merge(np.arange(3), np.array([0.9, 0.8, 0.79]), vectors, 2, ["goals", "goals", "people"])
    assert [entry.rows[0] for entry in entries] == [0, 2]


def test_a_full_entry_gives_way_to_a_new_one_while_there_is_room():
    rows = np.arange(MAX_QUOTES + 1)
    vectors = np.tile(np.eye(1, 384, dtype=np.float32), (MAX_QUOTES + 1, 1))
    entries = merge(rows, np.linspace(1, 0.5, MAX_QUOTES + 1), vectors, 30)
    assert [len(entry.rows) for entry in entries] == [MAX_QUOTES, 1]


def test_a_lead_in_that_states_something_is_quoted_without_its_colon(workshop):
    reading, sentence = one("As part of this year's work we will completely rebuild the northern pier with:", workshop)
    assert is_candidate(replace(sentence, commitment=0.99, reasons_against=()))
    assert committing_span(sentence, reading.grammars[0]).of(reading.document.text).endswith("pier with")


@pytest.mark.parametrize(
    "text",
    [
        "We publish the results from adding new boats to the fleet.",
        "Lead time is the time from check-in to arrival at the far pier.",
        "It is an office in which members from local crews work together to define long term routes.",
    ],
)
def test_from_and_to_without_a_move_is_no_shift(workshop, text):
    _, sentence = one(text, workshop)
    assert shift_spans(sentence, sentence.sentence.span) is None


def test_unlike_sentences_stay_apart_until_the_ledger_is_full():
    entries = merge(np.arange(10), np.linspace(1, 0.5, 10), np.eye(10, 384, dtype=np.float32), 4)
    assert [entry.rows for entry in entries] == [(0,), (1,), (2,), (3,)]


@pytest.mark.parametrize(("words", "most"), [(None, MAX_ENTRIES), (8000, MAX_ENTRIES_LONG)], ids=["short", "long"])
def test_the_ledger_is_capped_by_the_length_of_the_document(reading, words, most):
    assert (MAX_ENTRIES, MAX_ENTRIES_LONG) == (30, 45)
    assert len(find_intents(many(reading, 60, words))) == most


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("We are moving from yearly planning to monthly decisions.", "yearly planning", "monthly decisions"),
        ("We move away from long projects towards lasting teams.", "long projects", "lasting teams"),
        ("Crews decide on the pier instead of the head office.", "the head office", "Crews decide on the pier"),
        ("Replacing paper tickets with one pass for all islands.", "paper tickets", "one pass for all islands"),
    ],
)
def test_a_sentence_that_names_both_states_gives_two_exact_spans(workshop, text, before, after):
    reading, sentence = one(text, workshop)
    spans = shift_spans(sentence, sentence.sentence.span)
    assert spans is not None
    assert spans[0].of(reading.document.text) == before
    assert spans[1].of(reading.document.text).startswith(after)


@pytest.mark.parametrize("text", ["We will sail every day of the year.", "We grow from 20 boats to 40 boats."])
def test_a_sentence_without_two_ways_of_working_is_no_shift(workshop, text):
    _, sentence = one(text, workshop)
    assert shift_spans(sentence, sentence.sentence.span) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We will start no new project unless a crew asks for it.", IntentKind.constraint),
        ("We will never sell the data of our passengers to anyone.", IntentKind.constraint),
        ("By 2027 we will cut cancelled sailings by half.", IntentKind.target),
        ("Nine of ten sailings leave on time, at least 95% in summer.", IntentKind.target),
    ],
)
def test_the_words_tell_the_kind_where_they_are_plain(workshop, text, kind):
    _, sentence = one(text, workshop)
    assert kind_of(sentence) is kind


def test_only_an_intent_with_both_states_is_a_shift(reading):
    for proposal in find_intents(reading):
        assert (proposal.kind is IntentKind.shift) == (proposal.from_span is not None and proposal.to_span is not None)


def test_a_statement_is_the_documents_words_as_a_sentence():
    assert statement("  - stop funding\n projects;") == "Stop funding projects."


def test_the_same_reading_gives_the_same_ledger(reading, workshop):
    assert find_intents(reading) == find_intents(read(STRATEGY, workshop))


@pytest.mark.parametrize(
    ("heading", "states"),
    [
        ("Slide 5: What we will do in the next 18 months", False),
        ("How we will decide what to fund next", False),
        ("We will decide with passengers what to fund next", True),
    ],
)
def test_a_heading_that_only_points_the_way_states_no_intent(workshop, heading, states):
    _, sentence = one("We will decide with passengers what to fund next.\n", workshop)
    sign = replace(sentence, kind=BlockKind.heading, sentence=replace(sentence.sentence, text=heading), commitment=0.9)
    assert is_candidate(sign) is states


def test_the_row_that_names_a_tables_columns_is_no_intent(workshop):
    table = (
        "| No. | Target by the board | Baseline of 2024 | Target for 2027 |\n|---|---|---|---|\n"
        "| T1 | We will cut waiting at every pier | 46 minutes | 10 minutes by 2027 |\n"
    )
    quotes = said(read(f"# Targets\n\nWe will cut the waiting time of passengers by half.\n\n{table}", workshop))
    assert not [quote for quote in quotes if "Baseline of 2024" in quote and "T1" not in quote]


def named_alike(*own: int) -> np.ndarray:
    """Unit vectors that share the product's name, each with a matter of its own besides."""
    vectors = np.zeros((len(own), 384), dtype=np.float32)
    vectors[:, 0] = 0.8
    vectors[np.arange(len(own)), own] = 0.6
    return vectors


def test_sentences_that_share_only_the_name_of_the_product_are_intents_of_their_own():
    vectors = named_alike(1, 2, 3, 4, 5, 6, 7, 8, 9, 9)
    assert float(vectors[0] @ vectors[1]) > 0.6
    entries = merge(np.arange(10), np.linspace(1, 0.5, 10), vectors, 30)
    assert [entry.rows for entry in entries] == [*((row,) for row in range(8)), (8, 9)]


def test_where_few_sentences_commit_nearness_alone_unites_them():
    entries = merge(np.arange(3), np.array([0.9, 0.8, 0.7]), named_alike(1, 2, 3), 30)
    assert [entry.rows for entry in entries] == [(0, 1, 2)]
