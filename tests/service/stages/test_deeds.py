"""Routines follow from what a sentence wants done, and are said in its own words."""

from __future__ import annotations

import pytest

from service.engines.patterns.ledger import find_intents
from service.plan.proposals import Candidate
from service.stages.deeds import deed_candidates, graded, one_of, sayable, tempered
from service.stages.intents import make_intents
from tests.service.harbour import read

DOCUMENT = """# Strategy of the Alder Library Union

## What we will do

We will establish a regular evening meetup for members of all branches.

We will publish lending data of every branch.

We will help small branches adopt open standards.

We must never charge a child for a late book.

We will raise the number of weekly visitors to 4,000 by next spring.
"""


@pytest.fixture(scope="module")
def offered(workshop):
    reading = read(DOCUMENT, workshop)
    intents = make_intents(find_intents(reading), reading)
    return {intent.statement: deed_candidates(intent, reading, workshop.library) for intent in intents}


def best(offered, words: str) -> Candidate:
    return next(found for statement, found in offered.items() if words in statement)[0]


@pytest.mark.parametrize(
    ("words", "practice", "values"),
    [
        ("meetup", "once-in-the-smallest-form", {"object": "a regular evening meetup for members of all branches"}),
        ("lending data", "out-the-same-day", {"object": "lending data of every branch"}),
        ("open standards", "sit-beside-them", {"served": "one of the small branches", "doing": "adopt open standards"}),
        ("weekly visitors", "the-figure-as-it-stands", {"object": "the number of weekly visitors"}),
    ],
)
def test_the_verb_and_what_it_is_done_to_call_for_a_practice_in_the_sentences_words(offered, words, practice, values):
    found = best(offered, words)
    assert found.practice.id == practice
    assert values.items() <= found.values.items()
    assert not found.plain


def test_a_rule_calls_for_a_line_for_each_breach_by_its_kind_alone(offered):
    found = next(found for statement, found in offered.items() if "late book" in statement)
    assert "one-line-for-each-breach" in {one.practice.id for one in found}


def test_every_term_stands_in_the_document_where_it_says(offered, workshop):
    text = read(DOCUMENT, workshop).document.text
    terms = [term for found in offered.values() for one in found for term in one.terms.values()]
    assert terms
    assert all(term.span.of(text) == term.text for term in terms)


def test_each_intent_is_offered_something_a_leader_does(offered):
    assert all(any(one.practice.led and one.plain for one in found) for found in offered.values())


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("our platform", "the platform"),
        ("this backlog of ideas", "the backlog of ideas"),
        ("updated product roadmap for next year", "the updated product roadmap for next year"),
        ("open standards", "open standards"),
        ("Data Standards", "Data Standards"),
        ("quality of our services", "quality of the services"),
    ],
)
def test_an_object_is_said_as_another_sentence_can_hold_it(phrase, said):
    assert sayable(phrase) == said


@pytest.mark.parametrize(
    ("phrase", "plural", "said"),
    [
        ("all local councils", True, "one of the local councils"),
        ("the community", False, "somebody from the community"),
        ("each department", False, "somebody from one department"),
        ("a colleague", False, "one colleague"),
        ("young people", False, "one of the young people"),
        ("people", True, None),
        ("our partners and their families", True, None),
    ],
)
def test_one_of_many_is_named(phrase, plural, said):
    assert one_of(phrase, plural) == said


def test_a_match_by_meaning_is_drawn_towards_what_readers_found(workshop):
    seldom = min(graded()["meaning"], key=lambda key: (graded()["meaning"][key][1], -graded()["meaning"][key][0]))
    practice = workshop.library.by_id()[seldom]
    (found,) = tempered((Candidate(practice, 0.9),))
    assert found.fit < 0.6
    ungraded = next(one for one in workshop.library.practices if one.id not in graded()["meaning"])
    assert tempered((Candidate(ungraded, 0.9),)) == (Candidate(ungraded, 0.9),)
