"""Every export carries the flags and the citations."""

from __future__ import annotations

import datetime
import io

import docx
import pytest

from service.export.docx import to_docx
from service.export.formats import render_plan
from service.export.ics import to_ics
from service.plan.items import FirstCase, Flag
from service.plan.plan import Plan
from service.plan.provenance import FieldSource, Provenance
from tests.service.export.conftest import made
from tests.service.planmaker import SHARED, ask, behaviour, ritual


@pytest.fixture
def flagged() -> Plan:
    flags = {"flags": (Flag.role_proposed, Flag.standard_form), "starts_day": 16}
    return made(behaviours=(behaviour(0, **flags),), rituals=(ritual(0, **flags),), policy_asks=(ask(0, **flags),))


def calendar(plan: Plan) -> str:
    raw = to_ics(plan, datetime.date(2026, 12, 1), "Europe/Paris").decode()
    return raw.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n")


@pytest.mark.parametrize(("name", "times"), [("md", 3), ("brief", 2), ("roles", 4)])
def test_markdown_forms_flag_each_item_in_brackets(flagged: Plan, name: str, times: int):
    assert render_plan(flagged, name).count("role proposed, standard form)") >= times


@pytest.mark.parametrize("name", ["brief", "roles"])
def test_pages_that_flag_in_brackets_say_what_that_means(flagged: Plan, name: str):
    assert "“Role proposed”: the document does not name who does it." in render_plan(flagged, name)


@pytest.mark.parametrize("name", ["brief", "roles"])
def test_no_meaning_is_explained_where_nothing_is_flagged(name: str):
    assert "Role proposed" not in render_plan(made(behaviours=(behaviour(0),), rituals=(ritual(0),)), name)


@pytest.mark.parametrize("name", ["jira", "linear"])
def test_other_forms_flag_in_whole_sentences(flagged: Plan, name: str):
    assert "Its role is proposed; the document does not name it." in render_plan(flagged, name)


@pytest.mark.parametrize("name", ["kit", "jira", "linear"])
def test_of_a_ritual_they_say_that_some_of_its_roles_are_proposed(flagged: Plan, name: str):
    assert render_plan(flagged, name).count("Roles in it are proposed where the document does not name them.") == 1


def test_the_calendar_flags_and_cites(flagged: Plan):
    text = calendar(flagged)
    assert "To know: Roles in it are proposed where the document does not name them." in text
    assert f"“{SHARED}” (page 1)" in text


def test_the_word_file_notes_each_flag(flagged: Plan):
    document = docx.Document(io.BytesIO(to_docx(flagged)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert cells.count("Its role is proposed; the document does not name it.") == 2
    assert cells.count("Roles in it are proposed where the document does not name them.") == 1


@pytest.mark.parametrize("name", ["jira", "linear", "md"])
def test_a_supposed_from_state_is_said_to_be_supposed(flagged: Plan, name: str):
    assert "supposed; check with the team" in render_plan(flagged, name)


@pytest.mark.parametrize("name", ["md", "brief", "roles", "kit", "jira", "linear"])
def test_the_words_and_their_place_stand_in_every_form(flagged: Plan, name: str):
    text = " ".join(render_plan(flagged, name).split())
    assert SHARED in text
    assert "page 1" in text


def test_every_card_rests_on_words_of_the_document(flagged: Plan):
    cards = render_plan(flagged, "roles").split("\n## ")[1:-1]
    assert all(f"“{SHARED}” (page 1)" in card for card in cards)


@pytest.mark.parametrize("name", ["md", "roles", "kit"])
def test_of_a_quoted_first_case_nobody_says_that_the_document_names_it(name: str):
    case = FirstCase(text="two wharves go first", why="the document names it", clause=True)
    told = render_plan(made(behaviours=(behaviour(0, first_case=case),), rituals=(ritual(0, first_case=case),)), name)
    assert "“two wharves go first”" in told
    assert "the document names it" not in told


@pytest.mark.parametrize("name", ["kit", "jira", "linear"])
def test_time_and_rhythm_that_we_propose_are_said_to_be_estimates(name: str):
    ours = (FieldSource(field="cadence", provenance=Provenance.proposed),)
    told = "Time and rhythm are estimates to agree with the teams."
    assert told in render_plan(made(rituals=(ritual(0, sources=ours),)), name)
    assert told not in render_plan(made(rituals=(ritual(0),)), name)


def test_the_calendar_says_that_time_and_rhythm_are_estimates():
    ours = (FieldSource(field="duration_min", provenance=Provenance.proposed),)
    assert "To know: Time and rhythm are estimates" in calendar(made(rituals=(ritual(0, sources=ours),)))
