"""An engine's proposals become intents only on words that stand in the document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpora.records import StateSource
from retrieval.documents import Span
from service.plan.intents import IntentKind
from service.plan.proposals import IntentProposal
from service.stages.intents import make_intents, quote_at
from tests.service.harbour import engine, read

MOVES = "We will move from funding projects to funding three lasting route teams."


def span_of(words: str, reading) -> Span:
    start = reading.document.text.index(words)
    return Span(start, start + len(words))


def proposal(reading, *words: str, **change: object) -> IntentProposal:
    made = IntentProposal("They move.", IntentKind.shift, tuple(span_of(w, reading) for w in words), 0.8, 0.7)
    return replace(made, **change)


def test_every_quote_is_exact_and_of_a_fair_length(intents, harbour):
    quotes = [quote for intent in intents for quote in intent.quotes]
    assert quotes
    assert [q for q in quotes if harbour.document.text[q.start : q.end] != q.text] == []
    assert all(6 <= len(q.text.split()) <= 60 for q in quotes)


def test_every_quote_names_its_sentence_and_section(intents, harbour):
    for quote in (quote for intent in intents for quote in intent.quotes):
        assert quote.text in " ".join(harbour.by_id(name).text for name in quote.sentence_ids)
        assert quote.location.heading_path


def test_a_label_stands_in_the_quote_without_marks_at_its_ends(intents):
    for intent in intents:
        assert intent.label in intent.quotes[0].text
        assert intent.label == intent.label.strip(" .,;:")
        assert 3 <= len(intent.label.split()) <= 15


def test_an_engine_may_name_an_intent_by_words_of_any_of_its_quotes(harbour):
    second = next(s for s in harbour.sentences if len(s.text.split()) > 8 and s.text not in MOVES)
    named = " ".join(second.text.rstrip(".").split()[:5])
    made = make_intents([proposal(harbour, MOVES, second.text, label_span=span_of(named, harbour))], harbour)
    assert made[0].label == named.strip(" .,;:")
    other = proposal(harbour, MOVES, label_span=span_of(named, harbour))
    assert make_intents([other], harbour)[0].label in MOVES


@pytest.mark.parametrize(
    "span",
    [Span(0, 5), Span(3, 40), Span(10_000, 10_060)],
    ids=["too short", "part of a heading", "outside"],
)
def test_a_span_that_cannot_be_quoted_gives_no_quote(harbour, span):
    assert quote_at(span, harbour) is None


def test_a_span_with_white_space_at_its_ends_gives_no_quote(harbour):
    at = span_of(MOVES, harbour)
    assert quote_at(at, harbour) is not None
    assert quote_at(Span(at.start - 1, at.end), harbour) is None


def test_sixty_one_words_are_too_many(workshop):
    reading = read("We will carry " + " ".join(["crates"] * 60) + " home.\n", workshop)
    assert quote_at(Span(0, len(reading.document.text.strip())), reading) is None


def test_a_proposal_without_a_quote_that_holds_is_left_out(harbour):
    assert make_intents([proposal(harbour, MOVES, spans=(Span(0, 5),))], harbour) == ()


def test_a_proposal_keeps_the_quotes_that_hold(harbour):
    (made,) = make_intents([proposal(harbour, MOVES, spans=(Span(0, 5), span_of(MOVES, harbour)))], harbour)
    assert [quote.text for quote in made.quotes] == [MOVES]


def test_two_proposals_on_the_same_words_are_one_intent(harbour):
    assert len(make_intents([proposal(harbour, MOVES), proposal(harbour, MOVES)], harbour)) == 1


def test_states_from_the_document_are_told_from_supposed_ones(harbour):
    stated = proposal(
        harbour, MOVES, from_span=span_of("funding projects", harbour), to_span=span_of("lasting route teams", harbour)
    )
    supposed = proposal(harbour, MOVES, from_hypothesis="money follows projects")
    (first,), (second,) = make_intents([stated], harbour), make_intents([supposed], harbour)
    assert (first.from_state.text, first.from_state.source) == ("funding projects", StateSource.document)
    assert first.to_state.text == "lasting route teams"
    assert second.from_state.source is StateSource.hypothesis
    assert second.to_state is None


def test_ids_come_from_the_words_and_are_all_different(intents, harbour, workshop):
    again = make_intents(engine(workshop).find_intents(harbour), harbour)
    ids = [intent.id for intent in intents]
    assert ids == [intent.id for intent in again]
    assert len(ids) == len(set(ids))


def test_a_name_cut_from_behind_a_negation_is_not_taken(workshop):
    said = "We will not avoid the riskiest assumptions when we plan the next release."
    reading = read(f"# Strategy\n\n## What we will do\n\n{said}\n", workshop)
    sentence = reading.sentences[-1].text
    flipped = proposal(reading, sentence, label_span=span_of("avoid the riskiest assumptions", reading))
    assert make_intents([flipped], reading)[0].label != "avoid the riskiest assumptions"
