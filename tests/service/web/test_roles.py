"""What each role may do: every route is walked; one that says nothing is for ops where it changes something."""

import re

import pytest

from tests.service.web.crew import flat
from tests.service.web.test_crossing import asked

#: What a leader may change in a workspace beside what a viewer may.
LEADERS = {"/plans/{plan_id}/catchball/answers/{response_id}", "/plans/{plan_id}/reply"}
#: What everybody may do with their own session and account.
OWN = {"/sign-in", "/sign-out", "/sign-out/everywhere", "/workspace", "/account/password"}
LINKS = {"/reply/{token}", "/join/{token}"}
#: Pages for ops alone, also to look at.
OPS_PAGES = {"/people", "/keys", "/audit", "/api/v1/audit", "/plans/{plan_id}/add"}
OPS_PAGES |= {"/documents/{document_id}/erase", "/erase", "/practices/own/new", "/practices/own/{practice_id}/edit"}
OPS_PAGES |= {"/plans/{plan_id}/items/{item_id}/edit", "/plans/{plan_id}/items/{item_id}/practice"}


@pytest.fixture
def held(crew, furnished):
    crew.member("alpha", "ops", "ada@alpha.example")
    return furnished.held


def unsafe(crew):
    return [route for route in flat(crew.app.routes) if not route.methods & {"GET", "HEAD"}]


def pages(crew):
    skipped = LINKS | {"/sign-in", "/healthz", "/readyz"}
    return [route for route in flat(crew.app.routes) if "GET" in route.methods and route.path not in skipped]


@pytest.mark.parametrize(("role", "allowed"), [("viewer", set()), ("leader", LEADERS)])
def test_whoever_is_not_ops_changes_only_what_the_role_reaches(crew, held, role, allowed):
    person = crew.member("alpha", role, f"{role}@alpha.example")
    open_to = OWN | LINKS | allowed
    passed = {
        route.path
        for route in unsafe(crew)
        if route.path not in open_to
        and asked(person, route, next(iter(route.methods)), held | {"sample_id": "x"}).status_code != 403
    }
    assert passed == set()
    answers = {
        route.path: asked(person, route, "POST", held).status_code for route in unsafe(crew) if route.path in allowed
    }
    assert 403 not in answers.values()


def test_a_viewer_sees_every_page_of_the_plans_and_no_form_that_would_be_refused(crew, held):
    viewer = crew.member("alpha", "viewer", "viewer@alpha.example")
    mine = ("/sign-out", "/sign-out/everywhere", "/workspace", "/account/password")
    wrong = {}
    more = {"sample_id": "x", "token": "x"}
    for route in pages(crew):
        leaders_own = route.path == "/plans/{plan_id}/reply"
        answer = asked(viewer, route, "GET", held | more)
        expected = 403 if route.path in OPS_PAGES or leaders_own else 200
        forms = re.findall(r'<form[^>]*action="([^"]+)"[^>]*method="post"', answer.text)
        if answer.status_code != expected or not set(forms) <= set(mine):
            wrong[route.path] = (answer.status_code, forms, answer.text[-300:])
    assert wrong == {}


def test_every_form_that_changes_something_carries_the_token_of_the_session(crew, held):
    ops = crew.member("alpha", "ops", "ada@alpha.example")
    bare = {}
    for route in pages(crew):
        text = asked(ops, route, "GET", held | {"token": "x"}).text
        forms = re.findall(r'<form[^>]*method="post"[^>]*>(.{0,60})', text, flags=re.DOTALL)
        if not all(form.startswith('<input type="hidden" name="form_token"') for form in forms):
            bare[route.path] = forms
    assert bare == {}


def test_a_leader_agrees_and_answers_under_their_own_name(crew, held):
    leader = crew.member("alpha", "leader", "lea@alpha.example")
    text = leader.get(f"/plans/{held['plan_id']}/reply").text
    intent = re.search(r'name="kind-(i-[^"]+)"', text)[1]
    kept = leader.post(f"/plans/{held['plan_id']}/reply", data={f"kind-{intent}": "agree", "name": "somebody else"})
    said = leader.get(f"/plans/{held['plan_id']}/catchball").text
    assert "1 reply was kept" in kept.text
    assert "<strong>lea@alpha.example</strong> agrees" in said
    assert "Make a link" not in said


def test_a_plan_page_shows_a_viewer_no_means_to_change_it(crew, held):
    viewer = crew.member("alpha", "viewer", "viewer@alpha.example")
    text = viewer.get(f"/plans/{held['plan_id']}").text
    assert "What starts first" in text
    assert not re.search("Change this|Add an item|Say what you think|Take this draft|Set aside, because", text)


def test_an_edit_bears_the_name_of_whoever_made_it(crew, held):
    ops = crew.member("alpha", "ops", "ada@alpha.example")
    ops.post(f"/plans/{held['plan_id']}/items/{held['item_id']}/do/accept", data={"version": "2"})
    assert ops.get(f"/api/v1/plans/{held['plan_id']}/versions").json()[0]["author"] == "ada@alpha.example"


def test_a_key_reaches_no_further_than_its_role_nor_than_its_owner_does_today(crew, held):
    crew.member("alpha", "ops", "second@alpha.example")
    weak, strong = (crew.program("alpha", role, "second@alpha.example") for role in ("viewer", "ops"))
    address = f"/api/v1/documents/{held['document_id']}/plans"
    assert [weak.get("/api/v1/plans").status_code, weak.post(address, json={}).status_code] == [200, 403]
    assert strong.post(address, json={"engine": "none"}).status_code == 422
    place = crew.services.house.workplace("alpha")
    place.members.change(crew.ids["second@alpha.example"], place.members.all()[0].role.viewer)
    assert strong.post(address, json={"engine": "none"}).status_code == 403
    place.members.remove(crew.ids["second@alpha.example"])
    assert strong.get("/api/v1/plans").status_code == 401


def test_a_key_makes_no_keys_and_lets_nobody_in(crew, held):
    program = crew.program("alpha", "ops", "ada@alpha.example")
    assert program.post("/keys", data={"label": "more", "role": "ops"}).status_code == 401
    assert program.post("/people/invitations", data={"address": "x@y.example", "role": "ops"}).status_code == 401
