"""Somebody who is ops makes a further workspace from the page of their account."""

from __future__ import annotations

import re

import pytest

from service.people import LONGEST_NAME
from service.web.duty import WORKSPACES
from service.web.tokens import HEADER

ADA, BOB = "ada@alpha.example", "bob@alpha.example"


@pytest.fixture
def ada(crew):
    return crew.member("alpha", "ops", ADA)


def made(browser, name):
    """The form of the account page, sent with its own token."""
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/account").text)[1]
    return browser.post("/workspaces", data={"name": name}, headers={HEADER: token}, follow_redirects=False)


def names(crew):
    return [one.name for one in crew.services.house.workspaces.all()]


def test_whoever_makes_a_workspace_is_its_ops_and_is_there(crew, ada, memo):
    ada.post("/api/v1/documents", files=memo)
    assert "Make a workspace" in ada.get("/account").text
    assert made(ada, "  Night   ferries ").status_code == 303
    assert "Night ferries" in names(crew)
    people = ada.get("/people")
    assert people.status_code == 200
    assert "Night ferries" in people.text
    assert "Harbour strategy" not in ada.get("/").text


def test_both_logs_tell_of_it(crew, ada):
    made(ada, "Night ferries")
    house = crew.services.house
    for place in (house.workplace("alpha"), house.workplace(house.workspaces.named("Night ferries").id)):
        (deed,) = (entry.deed for entry in place.audit.latest(50) if entry.deed.what == "make_workspace")
        assert (deed.name, deed.note) == (ADA, "“Night ferries”")
    assert "made the workspace" in ada.get("/audit").text


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1), "two\u200bwords"])
def test_a_name_that_is_none_is_refused_on_the_page_and_stays_in_the_box(crew, ada, name):
    before = names(crew)
    answer = made(ada, name)
    assert answer.status_code == 422
    assert names(crew) == before
    assert f"at most {LONGEST_NAME} characters" in answer.text or not name


def test_a_second_workspace_of_the_same_name_is_refused_to_whoever_belongs_to_the_first(crew, ada):
    answer = made(ada, "ALPHA")
    assert answer.status_code == 409
    assert "You belong to a workspace of this name already." in answer.text
    assert 'value="ALPHA"' in answer.text


@pytest.mark.parametrize("role", ["viewer", "leader"])
def test_whoever_is_not_ops_is_offered_none_and_makes_none(crew, role):
    bob = crew.member("alpha", role, BOB)
    assert "Make a workspace" not in bob.get("/account").text
    assert made(bob, "Night ferries").status_code == 403
    assert "Night ferries" not in names(crew)


def test_a_form_without_the_token_of_the_session_makes_none(crew, ada):
    del ada.headers[HEADER]
    assert ada.post("/workspaces", data={"name": "Night ferries"}).status_code == 403
    assert "Night ferries" not in names(crew)


def test_a_key_makes_none(crew, ada):
    program = crew.program("alpha", "ops", ADA)
    assert program.post("/workspaces", data={"name": "Night ferries"}).status_code == 401
    assert "Night ferries" not in names(crew)


def test_nobody_makes_very_many(ada):
    answers = [made(ada, f"Route {number}").status_code for number in range(WORKSPACES.most + 1)]
    assert answers == [303] * WORKSPACES.most + [429]
