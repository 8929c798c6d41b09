"""A changed strategy where the plan rests on practices of the organisation's own."""

from __future__ import annotations

import pytest

from tests.service.web.test_changed_api import API, FUNDS, items, newer, read, settle
from tests.service.web.test_own_practices import PRACTICES, entry, entry_like

__all__ = ["entry", "newer"]
ADDED = "We will publish every delay on the pier within ten minutes, so that islanders can plan their day."
SLATE = [
    "We publish every delay on the pier within ten minutes.",
    "Every delay is written on the slate at the pier.",
    "People who wait learn of a delay before they ask.",
    "We say openly how late we are.",
]


@pytest.fixture
def own(client, entry):
    """Ids of two practices that were there before the plan: one that it draws on, and one that it does not."""
    spare = entry_like("intent-brief", name="Pier slate", serves=SLATE, needs=[])
    made = [client.post(PRACTICES, json=one) for one in (entry, spare)]
    assert [one.status_code for one in made] == [201, 201], [one.text for one in made]
    return [one.json()["id"] for one in made]


@pytest.fixture
def plan(client, own, uploaded, follow):
    """A plan made after them."""
    job = client.post(f"/api/v1/documents/{uploaded['id']}/plans", json={"engine": "patterns"}).json()
    follow(job["plan_id"])
    return client.get(f"{API}/{job['plan_id']}").json()


def test_an_item_of_an_own_practice_is_kept_and_another_starts_a_new_intent(client, own, plan, newer):
    drawn, spare = own
    assert drawn in {one["practice_id"] for one in items(plan)}
    found = newer(("to monthly decisions", "to weekly decisions"), (FUNDS, f"{FUNDS}\n{ADDED}"))
    (intent,) = found["intents_to_settle"]
    page = client.get(f"/plans/{plan['id']}/strategy").text
    assert f'<option value="{spare}">Pier slate' in page
    version = 2
    for item in found["items_to_settle"]:
        answer = settle(client, plan["id"], version, op="keep_item", item_id=item, reason="It still fits.")
        version = answer.json()["number"]
    answer = settle(client, plan["id"], version, op="bring_in", intent_id=intent, practice_id=spare)
    assert answer.status_code == 200, answer.text
    now = read(client, plan["id"])
    assert {drawn, spare} <= {one["practice_id"] for one in items(now)}
    assert next(one for one in now["plan"]["scores"] if one["criterion"] == "C1")["score"] == 5


def test_a_draft_on_the_new_words_may_come_of_an_own_practice_that_was_removed_since(client, own, plan, newer):
    drawn, _ = own
    found = newer(("to monthly decisions", "to weekly decisions"))
    item = next(one for one in items(plan) if one["practice_id"] == drawn)
    assert item["id"] in found["items_to_settle"]
    assert client.delete(f"{PRACTICES}/{drawn}").status_code == 204
    answer = settle(client, plan["id"], 2, op="redraft_item", item_id=item["id"], remark="fewer words")
    assert answer.status_code == 200, answer.text
    (draft,) = client.get(f"/api/v1/plans/{plan['id']}/proposals").json()
    assert draft["item_id"] == item["id"]
