"""A changed strategy on the pages, without a script."""

from __future__ import annotations

import re
import time

import pytest

from service.engines.patterns.engine import PatternsEngine


@pytest.fixture
def page(client, planned):
    client.headers["Accept"] = "text/html"
    return f"/plans/{planned.held['plan_id']}"


@pytest.fixture
def compared(client, page, memo_text):
    """The page of the newer version once both are compared."""

    def upload(old, new):
        assert old in memo_text
        file = {"file": ("harbour-2.md", memo_text.replace(old, new).encode(), "text/markdown")}
        text = client.post(f"{page}/strategy", files=file, follow_redirects=True).text
        for _ in range(1200):
            if "sentence by sentence" not in text:
                return text
            time.sleep(0.05)
            text = client.get(f"{page}/strategy").text
        raise AssertionError(text)

    return upload


def send(client, page, version, **fields):
    return client.post(f"{page}/strategy/settle", data={"version": version, **fields}, follow_redirects=True)


def stale_ids(text):
    return re.findall(r'id="settle-([^"]+)"', text)


def test_a_plan_without_a_newer_version_offers_to_upload_one(client, page):
    text = client.get(f"{page}/strategy").text
    assert "Upload the newer version" in text
    assert f'href="{page}/strategy"' in client.get(page).text


def test_words_that_differ_are_marked_side_by_side_and_the_plan_says_what_is_stale(client, page, compared):
    text = compared("three lasting", "five lasting")
    assert "<del>three</del>" in text
    assert "<ins>five</ins>" in text
    assert "A number changed." in text
    stale = stale_ids(text)
    shown = client.get(page).text
    assert shown.count("Its words changed in a newer version of the document. ") == len(stale) > 0
    assert client.get(f"{page}/export/md").text.count("its words changed in a newer version") == len(stale)


def test_what_is_settled_says_so_and_with_the_last_the_plan_follows(client, page, compared):
    first, *rest = stale_ids(compared("three lasting", "five lasting"))
    version = 2
    text = send(client, page, version, op="keep_item", item_id=first, reason="Still right.").text
    for item in rest:
        assert "Kept as it is: Still right. (You)" in text
        version += 1
        text = send(client, page, version, op="set_aside_item", item_id=item, reason="Not now.").text
    assert "The plan rests on version 2 of the document" in text
    assert "the plan rests on version 2 of the document now" in client.get(f"{page}/versions").text
    assert "five lasting route teams" in client.get(f"{page}/xray").text


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"op": "set_aside_item"}, "Say in a few words why it is set aside."),
        ({"op": "vanish"}, "This cannot be settled"),
        ({"op": "bring_in", "intent_id": "i-none"}, "Choose the practice"),
        ({"op": "let_wait", "intent_id": "i-none"}, "brings no new intent"),
        ({"op": "keep_item", "item_id": "b-none"}, "holds no item"),
    ],
    ids=lambda value: value["op"] if isinstance(value, dict) else "",
)
def test_what_cannot_be_settled_comes_back_with_the_reason(client, page, compared, fields, why):
    item = stale_ids(compared("three lasting", "five lasting"))[0]
    answer = send(client, page, 2, **{"item_id": item, **fields})
    assert answer.status_code == 422
    assert why in answer.text
    assert "left to settle" in answer.text


def test_the_second_of_two_people_sees_that_the_plan_moved_on(client, page, compared):
    item = stale_ids(compared("three lasting", "five lasting"))[0]
    client.post(f"{page}/items/{item}/do/lock", data={"version": 2})
    late = send(client, page, 2, op="keep_item", item_id=item)
    assert late.status_code == 412
    assert "Somebody else changed this plan first" in late.text


def test_a_version_laid_aside_can_be_taken_up_again(client, page, compared):
    compared("three lasting", "five lasting")
    aside = client.post(f"{page}/strategy/lay-aside", data={"version": 2}, follow_redirects=True).text
    assert "was compared and laid aside" in aside
    assert "Its words changed in a newer version" not in client.get(page).text
    again = client.post(f"{page}/strategy/take-up", data={"version": 3}, follow_redirects=True).text
    assert "left to settle" in again
    refused = client.post(f"{page}/strategy/turn-over", data={"version": 4})
    assert refused.status_code == 422


def test_the_same_file_again_is_refused_on_the_page(client, page, memo):
    answer = client.post(f"{page}/strategy", files=memo)
    assert answer.status_code == 422
    assert "rests on already" in answer.text


def test_a_job_that_was_killed_does_not_mark_the_plan_twice(client, page, compared, services):
    compared("three lasting", "five lasting")
    place, plan_id = services.house.workplace(), page.rsplit("/", 1)[-1]
    revision = place.revisions.latest(plan_id)
    library = services.workshop.library
    services.desk.following.compare(place, revision, PatternsEngine(library.version, library.budgets))
    assert place.plans.get(plan_id).current == 2
