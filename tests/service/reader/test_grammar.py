"""The grammar of a sentence, as far as commitment and wording need it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.errors import ModelDataMissing
from service.reader.grammar import load_grammar_reader


@pytest.fixture(scope="module")
def grammar(workshop):
    return lambda text: next(iter(workshop.reader.grammar.read([text])))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The crews will publish their timetables.", "statement"),
        ("Publish the timetable every week.", "imperative"),
        ("To publish the timetable every week.", "infinitive"),
        ("Publishing the timetable every week", "gerund"),
        ("A better timetable for the islands", "fragment"),
        ("Who publishes the timetable?", "question"),
    ],
)
def test_the_form_of_a_sentence_is_seen(grammar, text, form):
    assert grammar(text).form == form


def test_subject_modal_verb_and_object_are_found_at_their_places(grammar):
    text = "Service managers must publish the waiting times."
    found = grammar(text)
    assert (found.subject, found.modal, found.verb) == ("Service managers", "must", "publish")
    assert text[slice(*found.object_span)] == "the waiting times"
    assert text[slice(*found.root_span)] == "publish"


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The crews will publish it.", "modal"),
        ("The crews published it.", "past"),
        ("The crews have published it.", "past"),
        ("The crews publish it.", "present"),
    ],
)
def test_the_tense_of_a_sentence_is_seen(grammar, text, tense):
    assert grammar(text).tense == tense


def test_negation_and_passive_are_seen(grammar):
    assert grammar("We will not fund projects.").negated
    assert grammar("Projects will be funded by the board.").passive


def test_an_empty_text_has_no_grammar_and_breaks_nothing(grammar):
    assert grammar("   ").form == "fragment"


def test_names_and_noun_chunks_lie_where_they_say(grammar):
    text = "In March 2027 the Ministry of Transport will ask the ferry teams."
    found = grammar(text)
    assert all(text[c.start : c.end] == c.text for c in (*found.chunks, *found.names))


def test_a_model_that_is_not_installed_is_named():
    with pytest.raises(ModelDataMissing, match="no_such_model"):
        load_grammar_reader("no_such_model")


def test_the_setting_may_name_another_installed_model():
    code = "from service.reader.grammar import load_grammar_reader; load_grammar_reader()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "THROUGHLINE_SPACY_MODEL": "another_model"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ModelDataMissing" in done.stderr
    assert "'another_model'" in done.stderr
