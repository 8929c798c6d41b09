"""Nouns of the document take the number and the case a slot wants."""

from __future__ import annotations

import pytest

from retrieval.parse import parse_bytes
from service.reader.naming import in_running_text, plural, singular

DOCUMENT = parse_bytes(
    b"# Plan\n\nService Managers will sail with crews. Ask the Chief Executive first. NHS staff sail too.\n", "plan.md"
)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("passenger", "passengers"),
        ("agency", "agencies"),
        ("service manager", "service managers"),
        ("child", "children"),
    ],
)
def test_a_noun_goes_from_one_to_many_and_back(one, many):
    assert plural(one) == many
    assert singular(many) == one


def test_only_the_last_word_is_inflected_and_keeps_its_capital():
    assert singular("Lines of Businesses") == "Lines of Business"


def test_a_capital_that_only_begins_a_sentence_goes():
    assert in_running_text("Service managers", DOCUMENT) == "service managers"


@pytest.mark.parametrize("name", ["Chief Executive", "NHS", "crews"])
def test_a_capital_that_the_document_gives_inside_sentences_stays(name):
    assert in_running_text(name, DOCUMENT) == name


def test_an_everyday_noun_keeps_no_capital_that_the_document_gives_it_as_a_defined_term():
    document = parse_bytes(b"# Act\n\nEach year every Service and all Departments report to the Board.\n", "act.md")
    assert in_running_text("Service", document) == "service"
    assert in_running_text("Departments", document) == "departments"


def test_a_title_is_not_left_half_small():
    assert in_running_text("Senior Harbour Manager", DOCUMENT) == "Senior Harbour Manager"
