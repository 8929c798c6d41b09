"""Edits, versions and proposals over HTTP."""

from __future__ import annotations

import pytest

from service.store.credentials import Credential

API = "/api/v1/plans"


@pytest.fixture
def plan(client, planned):
    return client.get(f"{API}/{planned.held['plan_id']}").json()


def edited(client, plan, version, **edit):
    body = {"op": "edit_fields", "item_id": plan["plan"]["behaviours"][0]["id"], **edit}
    return client.post(f"{API}/{plan['id']}/edits", json=body, headers={"If-Match": f'"v{version}"'})


def test_an_edit_on_the_version_seen_makes_the_next_one(client, plan):
    words = {"action": "writes down one thing the team will not do"}
    answer = edited(client, plan, 1, words=words)
    assert (answer.status_code, answer.headers["etag"]) == (200, '"v2"')
    assert answer.json()["author"] == "You"
    now = client.get(f"{API}/{plan['id']}")
    assert now.headers["etag"] == '"v2"'
    assert now.json()["plan"]["behaviours"][0]["action"] == words["action"]


def test_a_second_person_sees_the_conflict_and_nothing_is_lost(client, plan):
    assert edited(client, plan, 1, words={"action": "writes down the first thing"}).status_code == 200
    late = edited(client, plan, 1, words={"action": "writes down the second thing"})
    assert late.status_code == 412
    assert "version 2" in late.json()["detail"]
    assert len(client.get(f"{API}/{plan['id']}/versions").json()) == 2


@pytest.mark.parametrize(("sent", "status"), [(None, 428), ("*", 400), ('"3"', 400), ('W/"v1"', 400)])
def test_a_change_must_name_the_version_it_was_made_on(client, plan, sent, status):
    item = plan["plan"]["behaviours"][0]["id"]
    headers = {"If-Match": sent} if sent else {}
    answer = client.post(f"{API}/{plan['id']}/edits", json={"op": "lock", "item_id": item}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "body",
    [
        {"op": "vanish", "item_id": "x"},
        {"op": "reject", "item_id": "x", "reason": ""},
        {"op": "edit_fields", "item_id": "x", "words": {"action": "y" * 5000}},
        {"op": "move", "item_id": "x", "to": "sideways"},
        [],
    ],
)
def test_a_malformed_edit_is_refused_with_the_place(client, plan, body):
    answer = client.post(f"{API}/{plan['id']}/edits", json=body, headers={"If-Match": '"v1"'})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_going_back_makes_a_new_version_and_deletes_none(client, plan):
    edited(client, plan, 1, words={"action": "writes down the first thing"})
    answer = client.post(f"{API}/{plan['id']}/versions/1/restore", headers={"If-Match": '"v2"'})
    assert answer.json()["number"] == 3
    assert client.get(f"{API}/{plan['id']}").json()["plan"] == plan["plan"]
    assert [one["number"] for one in client.get(f"{API}/{plan['id']}/versions").json()] == [3, 2, 1]
    second = client.get(f"{API}/{plan['id']}/versions/2").json()
    assert second["plan"]["behaviours"][0]["action"] == "writes down the first thing"


def test_another_draft_lies_beside_the_item_until_it_is_taken(client, plan):
    item = plan["plan"]["behaviours"][0]["id"]
    drafts = f"{API}/{plan['id']}/items/{item}/drafts"
    proposal = client.post(drafts, json={"remark": "listen to passengers"}).json()
    assert client.get(f"{API}/{plan['id']}").json()["plan"] == plan["plan"]
    taken = client.post(f"{API}/{plan['id']}/proposals/{proposal['id']}/take", headers={"If-Match": '"v1"'})
    assert taken.status_code == 200
    now = client.get(f"{API}/{plan['id']}").json()["plan"]["behaviours"][0]
    assert (now["id"], now["title"]) == (item, proposal["proposed"]["behaviour"]["title"])
    again = client.post(f"{API}/{plan['id']}/proposals/{proposal['id']}/take", headers={"If-Match": '"v2"'})
    assert again.status_code == 422


def test_a_declined_proposal_changes_nothing(client, plan):
    item = plan["plan"]["behaviours"][0]["id"]
    drafts = f"{API}/{plan['id']}/items/{item}/drafts"
    proposal = client.post(drafts, json={"remark": "listen to passengers"}).json()
    answer = client.post(f"{API}/{plan['id']}/proposals/{proposal['id']}/decline", json={"answer": "not now"})
    assert answer.status_code == 204
    (shown,) = client.get(f"{API}/{plan['id']}/proposals").json()
    assert (shown["state"], shown["answer"]) == ("declined", "not now")
    assert client.get(f"{API}/{plan['id']}").json()["plan"] == plan["plan"]


def test_no_other_workspace_can_read_or_change_the_plan(client, plan, services):
    services.house.workspaces.ensure("other", "Another house")
    key = services.house.credentials.issue(Credential.key, "other")
    headers = {"Authorization": f"Bearer {key}", "If-Match": '"v1"'}
    item = plan["plan"]["behaviours"][0]["id"]
    base = f"{API}/{plan['id']}"
    assert client.post(f"{base}/edits", json={"op": "lock", "item_id": item}, headers=headers).status_code == 404
    assert client.get(f"{base}/versions", headers=headers).status_code == 404
    assert client.get(f"{base}/versions/1", headers=headers).status_code == 404
    assert client.post(f"{base}/versions/1/restore", headers=headers).status_code == 404
    assert client.post(f"{base}/items/{item}/drafts", json={"remark": "other"}, headers=headers).status_code == 404
    assert client.get(f"{base}/proposals", headers=headers).status_code == 404


def test_undo_goes_back_step_by_step_and_every_version_stays(client, plan):
    edited(client, plan, 1, words={"action": "writes down the first thing"})
    edited(client, plan, 2, words={"action": "writes down the second thing"})

    def undo(version):
        return client.post(f"{API}/{plan['id']}/undo", headers={"If-Match": f'"v{version}"'})

    def action():
        return client.get(f"{API}/{plan['id']}").json()["plan"]["behaviours"][0]["action"]

    assert undo(3).json()["number"] == 4
    assert action() == "writes down the first thing"
    assert undo(4).json()["number"] == 5
    assert action() == plan["plan"]["behaviours"][0]["action"]
    assert undo(5).status_code == 422
    assert len(client.get(f"{API}/{plan['id']}/versions").json()) == 5
