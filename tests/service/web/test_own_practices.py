"""Practices of an organisation's own: brought in, searched, matched, chosen, changed, removed."""

from __future__ import annotations

import html
import re

import pytest
import yaml

from corpora.load import load_practices
from corpora.own import is_own
from service.store.credentials import Credential

PRACTICES = "/api/v1/practices"


def entry_like(practice_id, **changes):
    source = next(one for one in load_practices() if one.id == practice_id)
    rows = source.model_dump(mode="json", exclude_none=True, exclude={"id", "number"})
    return rows | changes


@pytest.fixture
def entry():
    """A behaviour that says of itself what the memo's intent says."""
    return entry_like(
        "weekly-customer-interview",
        name="Quayside question",
        serves=[
            "We will move from yearly planning to monthly decisions made by the ferry crews together with passengers.",
            "Let every crew talk with passengers before a timetable changes.",
            "Ferry crews speak with passengers before the timetable changes.",
            "Crews decide every month together with passengers.",
        ],
        needs=[],
    )


def plan_of(client, document_id, follow):
    plan_id = client.post(f"/api/v1/documents/{document_id}/plans", json={}).json()["plan_id"]
    follow(plan_id)
    return client.get(f"/api/v1/plans/{plan_id}").json()["plan"] | {"stored": plan_id}


def used_by(plan):
    return {item["practice_id"] for name in ("behaviours", "rituals", "policy_asks") for item in plan[name]}


def test_an_own_practice_is_found_matched_pinned_and_kept_for_its_plan(client, uploaded, follow, entry):
    before = plan_of(client, uploaded["id"], follow)
    added = client.post(PRACTICES, json=entry)
    assert added.status_code == 201
    first = added.json()["id"]
    assert client.get(PRACTICES, params={"q": "quayside question"}).json()[0]["id"] == first
    assert "Quayside question" in client.get("/practices?q=quayside+question").text

    plan = plan_of(client, uploaded["id"], follow)
    assert first in used_by(plan)
    assert plan["engine"]["library_version"] != before["engine"]["library_version"]

    changed = client.put(f"{PRACTICES}/{first}", json=entry | {"name": "Quayside talk"}).json()
    assert changed["id"] != first
    page = client.get(f"/plans/{plan['stored']}").text
    assert "Quayside question" in page
    assert "Quayside talk" not in page
    assert "new plans do not draw on this text" in client.get(f"/practices/{first}").text
    assert client.put(f"{PRACTICES}/{first}", json=entry).status_code == 404

    assert client.delete(f"{PRACTICES}/{changed['id']}").status_code == 204
    assert changed["id"] not in used_by(plan_of(client, uploaded["id"], follow))
    assert "Quayside question" in client.get(f"/plans/{plan['stored']}").text


def test_an_own_practice_can_be_chosen_for_an_item_of_a_plan_that_exists(client, uploaded, follow, entry):
    plan = plan_of(client, uploaded["id"], follow)
    practice_id = client.post(PRACTICES, json=entry).json()["id"]
    item = plan["behaviours"][0]["id"]
    path = f"/plans/{plan['stored']}/items/{item}/practice"
    assert practice_id in client.get(path, params={"q": "quayside question"}).text
    answer = client.post(path, data={"version": "1", "practice_id": practice_id}, follow_redirects=True)
    assert f"/practices/{practice_id}" in answer.text


def test_a_refused_practice_names_every_field(client, entry):
    answer = client.post(PRACTICES, json=entry | {"serves": ["one line"], "mechanism": None})
    assert answer.status_code == 422
    assert {fault["where"] for fault in answer.json()["faults"]} >= {"serves", "mechanism"}


def test_the_form_comes_back_with_each_reason_beside_its_box(client):
    client.headers["Accept"] = "text/html"
    answer = client.post("/practices/own/new?kind=ritual", data={"name": "Walk", "form.agenda": "ten | look"})
    assert answer.status_code == 422
    assert re.search(r'id="purpose-fault">Is missing', answer.text)
    assert "Line 1, minutes: must be a whole number" in html.unescape(answer.text)
    assert 'value="Walk"' in answer.text


def typed_in(page):
    """All that a form holds, as a browser would send it."""
    found = [
        (name, html.unescape(text))
        for name, text in re.findall(r'<input id="[^"]+" name="([^"]+)" value="([^"]*)"', page)
    ]
    found += [
        (name, html.unescape(text))
        for name, text in re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)<', page)
    ]
    found += re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]+)" checked', page)
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', page):
        found += [(name, value) for value in re.findall(r'<option value="([^"]+)" selected', options)]
    return {name: [text for key, text in found if key == name] for name, _ in found}


def test_a_practice_is_changed_in_its_form(client, entry):
    practice = client.post(PRACTICES, json=entry).json()
    form = typed_in(client.get(f"/practices/own/{practice['id']}/edit").text)
    answer = client.post(
        f"/practices/own/{practice['id']}/edit", data=form | {"name": ["Pier talk"]}, follow_redirects=True
    )
    assert "The practice was changed." in answer.text
    (now,) = [one for one in client.get(PRACTICES).json() if is_own(one["id"])]
    assert client.get(f"{PRACTICES}/{now['id']}").json() == practice | {"id": now["id"], "name": "Pier talk"}
    gone = client.post(f"/practices/own/{now['id']}/remove", follow_redirects=True)
    assert "It was removed." in gone.text
    assert "Pier talk" not in gone.text


def test_yaml_is_added_whole_or_not_at_all(client, entry):
    good, bad = entry_like("intent-brief"), entry | {"purpose": "x"}
    refused = client.post("/practices/own/yaml", data={"text": yaml.safe_dump([good, bad], sort_keys=False)})
    assert refused.status_code == 422
    assert re.search(r"Line \d+, purpose: write at least 3 characters", refused.text)
    assert "None yet." in refused.text
    file = {"file": ("mine.yaml", yaml.safe_dump([good, entry]).encode(), "application/yaml")}
    assert "2 practices were added." in client.post("/practices/own/yaml", files=file).text


def test_what_is_taken_along_can_be_brought_again(client):
    text = client.get("/practices/example.yaml").text
    assert "1 practice was added." in client.post("/practices/own/yaml", data={"text": text}).text
    (own,) = [one for one in client.get(PRACTICES).json() if is_own(one["id"])]
    assert client.get(f"/practices/own/{own['id']}/yaml").text == text


def test_practices_of_ones_own_stay_in_their_workspace(client, services, entry):
    practice = client.post(PRACTICES, json=entry).json()["id"]
    services.house.workspaces.ensure("other", "Other")
    client.headers["Authorization"] = f"Bearer {services.house.credentials.issue(Credential.key, 'other')}"
    assert client.get(f"{PRACTICES}/{practice}").status_code == 404
    assert client.put(f"{PRACTICES}/{practice}", json=entry).status_code == 404
    assert client.delete(f"{PRACTICES}/{practice}").status_code == 404
    for address in ("edit", "yaml"):
        assert client.get(f"/practices/own/{practice}/{address}").status_code == 404
    assert not [one for one in client.get(PRACTICES).json() if is_own(one["id"])]
