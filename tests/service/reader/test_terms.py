"""The document's own words for people, work, measures and dates, each at its exact place."""

from __future__ import annotations

import pytest

from service.plan.reading import TermKind
from service.reader.terms import trimmed
from tests.service.harbour import STRATEGY, read


@pytest.fixture(scope="module")
def reading(workshop):
    return read(STRATEGY, workshop)


def of_kind(reading, kind: TermKind) -> list[str]:
    return [term.text.lower() for term in reading.terms if term.kind is kind]


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (TermKind.role, "service managers"),
        (TermKind.leader, "chief executive"),
        (TermKind.user, "passengers"),
        (TermKind.team, "teams"),
        (TermKind.date, "march 2027"),
        (TermKind.number, "50%"),
    ],
)
def test_a_word_is_taken_for_what_it_names(reading, kind, word):
    assert any(term.endswith(word) for term in of_kind(reading, kind))


def test_every_term_stands_at_its_place(reading):
    assert reading.terms
    assert [t for t in reading.terms if t.span.of(reading.document.text) != t.text] == []


def test_every_term_names_a_sentence_that_holds_it(reading):
    held = {term: reading.by_id(term.sentence_id) for term in reading.terms if term.sentence_id}
    assert all(term.text in sentence.text for term, sentence in held.items())


def test_the_most_frequent_term_of_a_kind_comes_first(reading):
    counts = [term.count for term in reading.terms if term.kind is TermKind.team]
    assert counts == sorted(counts, reverse=True)


def test_the_body_that_commits_most_often_is_the_organisation(workshop):
    text = "Harbour Trust will sail at night. Harbour Trust must publish its waiting times. Boats are blue."
    (name,) = (t for t in read(text, workshop).terms if t.kind is TermKind.organisation)
    assert name.text == "Harbour Trust"


def test_an_initiative_is_a_name_where_a_sentence_speaks_of_one(workshop):
    text = "We will begin with the Quayside Booking Service as a pilot. Peter Harbour leads the pilot."
    found = of_kind(read(text, workshop), TermKind.initiative)
    assert any("quayside booking service" in name for name in found)
    assert not any("peter" in name for name in found)


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("our senior managers", "senior managers"),
        ("all these happy crews", "crews"),
        ("the end users", "end users"),
        ("three Harbour crews", "Harbour crews"),
    ],
)
def test_determiners_and_idle_adjectives_are_trimmed(words, bare):
    start, end = trimmed(words, 0, len(words))
    assert words[start:end] == bare


def test_a_kind_of_thing_is_not_taken_for_the_organisation(workshop):
    text = (
        "# PLA API Strategy\n\nAn API must have an owner. APIs serve harbours. The API must be open. PLA pilots use it."
    )
    assert of_kind(read(text, workshop), TermKind.organisation) == ["pla"]


def test_a_unit_of_something_is_no_team(workshop):
    text = "We will split repairs into single units of work. The rescue unit will train each week."
    found = of_kind(read(text, workshop), TermKind.team)
    assert [term for term in found if term.endswith("units")] == []
    assert any(term.endswith("unit") for term in found)
