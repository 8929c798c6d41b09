"""What the document itself names to begin a practice with."""

from __future__ import annotations

import pytest

from service.engines.patterns.ledger import find_intents
from service.plan.proposals import Candidate, Evidence
from service.stages.cases import MOST_WORDS, case_span, with_cases
from service.stages.intents import make_intents
from tests.service.harbour import read

TEXT = """# Harbour plan

## Aims

We will decide timetable changes with the passengers who use each route.
By March 2027 the trust will ask the passengers of the northern route about every change.
They will also be told.
Last year the trust asked nobody.
If money allows, we will print the timetable in three languages.
"""


@pytest.fixture(scope="module")
def reading(workshop):
    return read(TEXT, workshop)


@pytest.fixture(scope="module")
def named(reading, workshop):
    intent = make_intents(find_intents(reading), reading)[0]
    own = {sid for quote in intent.quotes for sid in quote.sentence_ids}
    near = [Evidence(s.id, s.sentence.span, "context", 0.8) for s in reading.sentences if s.id not in own]
    offered = [Candidate(practice, 0.5) for practice in workshop.library.practices[:4]]
    (first, *_) = with_cases(offered, intent, near, reading, workshop.library)
    return [reading.by_id(sentence_id).text for sentence_id in first.case_ids]


def test_a_dated_commitment_near_the_intent_can_be_the_first_case(named):
    assert any(words.startswith("By March 2027") for words in named)


@pytest.mark.parametrize("words", ["They will also be told.", "Last year", "If money allows"])
def test_words_that_point_back_tell_the_past_or_hang_on_a_condition_cannot(named, words):
    assert not any(found.startswith(words) for found in named)


def test_the_place_of_a_case_holds_words_that_can_be_read_alone(reading):
    for sentence in reading.sentences:
        span = case_span(sentence)
        if span is not None:
            assert 5 <= len(span.of(reading.document.text).split()) <= MOST_WORDS


def test_a_practice_without_near_sentences_has_no_case(reading, workshop):
    intent = make_intents(find_intents(reading), reading)[0]
    offered = (Candidate(workshop.library.practices[0], 0.5),)
    assert with_cases(offered, intent, (), reading, workshop.library) == offered


def test_a_sentence_that_states_another_intent_is_no_case(reading, workshop):
    intent, *others = make_intents(find_intents(reading), reading)
    own = {sid for quote in intent.quotes for sid in quote.sentence_ids}
    near = [Evidence(s.id, s.sentence.span, "context", 0.8) for s in reading.sentences if s.id not in own]
    offered = [Candidate(workshop.library.practices[0], 0.5)]
    (free,) = with_cases(offered, intent, near, reading, workshop.library)
    (beside,) = with_cases(offered, intent, near, reading, workshop.library, others)
    stated = {sid for other in others for quote in other.quotes for sid in quote.sentence_ids}
    assert stated & set(free.case_ids)
    assert not stated & set(beside.case_ids)
