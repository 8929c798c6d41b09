"""Words that look like a blank, a rhythm, a stress or a case and are none."""

from __future__ import annotations

import pytest

from service.reader.focusing import names_people
from service.reader.labels import label
from service.reader.terms import MEASURED
from service.stages.waves import EMPHASIS, RHYTHM
from tests.service.harbour import read


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("The fares for winter are TODO and will be set by the board.", True),
        ("Every crew keeps a TODO list beside the wheel and will clear it each week.", False),
        ("> The fares are TODO, a passenger wrote to us.", False),
    ],
)
def test_a_todo_list_and_others_words_are_no_blanks(line, asked, workshop):
    findings = read(f"# Harbour strategy\n\n## Where we go\n\n{line}\n", workshop).findings
    assert any("filled in" in finding.note for finding in findings) is asked


@pytest.mark.parametrize(
    ("words", "stressed"),
    [
        ("The resources they need to make a sustained impact", False),
        ("At the core of our product stands the editor", True),
        ("We hold focus groups with families", False),
        ("We will focus all our efforts on packages", True),
        ("This is our top priority", True),
    ],
)
def test_only_words_that_stress_are_called_stress(words, stressed):
    assert bool(EMPHASIS.search(words)) is stressed


def test_a_rhythm_that_is_only_about_right_is_not_quoted_as_one():
    assert RHYTHM.search("We will review it every year with the crews")
    assert not RHYTHM.search("We will ship an edition every year or so")


@pytest.mark.parametrize(("name", "measure"), [("Time to Restore Service", True), ("Harbour Gate Service", False)])
def test_a_figure_is_no_work_to_begin_on(name, measure):
    assert bool(MEASURED.match(name)) is measure


@pytest.mark.parametrize(
    ("phrase", "people"),
    [
        ("two software engineers dedicated full-time", True),
        ("community members", True),
        ("training new members", False),
        ("the team structure", False),
        ("needs of our partners", False),
    ],
)
def test_people_are_no_focus(phrase, people):
    assert names_people(phrase) is people


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (
            "Establish the role of harbour stewards and train them—this will provide the basis of a safe quay.",
            "Establish the role of harbour stewards and train them",
        ),
        (
            "We aim to secure a large, multi-year grant to expand our work on the islands.",
            "secure a large, multi-year grant",
        ),
        ("Shops, phone and web share one record of what a passenger is trying to do on board.", "share one record"),
    ],
)
def test_a_label_names_the_deed_and_ends_on_a_whole_phrase(line, named, workshop):
    reading = read(f"# Harbour strategy\n\n## Where we go\n\n{line}\n", workshop)
    sentence = next(s for s in reading.sentences if s.text == line)
    start, end = label(line, reading.grammars[sentence.row])
    assert named in line[start:end]
    assert not line[start:end].endswith(("a large", "what a passenger"))
