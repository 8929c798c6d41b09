"""Changing a plan on the pages, without a script."""

from __future__ import annotations

import html
import re

import pytest


@pytest.fixture
def page(client, planned):
    client.headers["Accept"] = "text/html"
    return f"/plans/{planned.held['plan_id']}"


@pytest.fixture
def item(client, page):
    return re.search(r'<article class="card" id="([^"]+)"', client.get(page).text).group(1)


def send(client, address, **fields):
    return client.post(address, data={"version": "1", **fields}, follow_redirects=True)


def boxes(text):
    """Fields of the form that is shown, with their words."""
    found = dict(re.findall(r'<input id="box-\d+" name="([^"]+)" value="([^"]*)"', text))
    found |= dict(re.findall(r'<textarea id="box-\d+" name="([^"]+)"[^>]*>([^<]*)</textarea>', text))
    return {name: html.unescape(words) for name, words in found.items()}


def test_words_are_edited_in_a_form_and_shown_as_a_persons(client, page, item):
    form = boxes(client.get(f"{page}/items/{item}/edit").text)
    answer = send(client, f"{page}/items/{item}/edit", **(form | {"action": "writes down one thing to stop"}))
    assert "writes down one thing to stop" in answer.text
    assert "Words of yours" in answer.text
    assert "Version 2" in answer.text


def test_refused_words_come_back_with_the_reason_beside_them(client, page, item):
    form = boxes(client.get(f"{page}/items/{item}/edit").text)
    answer = send(client, f"{page}/items/{item}/edit", **(form | {"action": "ranks each employee by output"}))
    assert answer.status_code == 422
    assert "ranks each employee by output" in answer.text
    assert "measures, ranks or names a person" in answer.text
    assert "Version 1" in client.get(page).text


def test_the_second_of_two_people_sees_both_texts(client, page, item):
    form = boxes(client.get(f"{page}/items/{item}/edit").text)
    send(client, f"{page}/items/{item}/edit", **(form | {"action": "writes down the first thing"}))
    late = send(client, f"{page}/items/{item}/edit", **(form | {"action": "writes down the second thing"}))
    assert late.status_code == 412
    assert "writes down the first thing" in late.text
    assert "writes down the second thing" in late.text


@pytest.mark.parametrize(
    ("op", "fields", "shown"),
    [
        ("lock", {}, "Locked: nothing changes it."),
        ("accept", {}, "Accepted"),
        ("reject", {"reason": "We do this already."}, "We do this already."),
        ("move", {"to": "down"}, "moved"),
    ],
)
def test_a_small_act_is_one_click(client, page, item, op, fields, shown):
    answer = send(client, f"{page}/items/{item}/do/{op}", **fields)
    assert answer.status_code == 200
    assert shown in answer.text or shown in client.get(f"{page}/versions").text


def test_an_item_that_was_set_aside_can_be_brought_back(client, page, item):
    gone = send(client, f"{page}/items/{item}/do/reject", reason="We do this already.")
    assert f'<article class="card" id="{item}"' not in gone.text
    back = send(client, f"{page}/items/{item}/do/bring_back", version="2")
    assert f'<article class="card" id="{item}"' in back.text


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("do/vanish", {}),
        ("do/reject", {}),
        ("do/merge", {"other_id": "nothing"}),
        ("do/lock", {"version": "zero"}),
        ("redraft", {"remark": ""}),
        ("edit", {"version": "-1", "action": "x"}),
        ("practice", {"practice_id": "No such!"}),
    ],
)
def test_nonsense_gets_a_clear_refusal(client, page, item, address, fields):
    answer = send(client, f"{page}/items/{item}/{address}", **fields)
    assert 400 <= answer.status_code < 500
    assert "Version 1" in client.get(page).text


def test_another_draft_stands_beside_the_item_with_its_differences(client, page, item):
    beside = send(client, f"{page}/items/{item}/redraft", remark="listen to passengers")
    assert "Another draft" in beside.text
    assert "<ins>" in beside.text
    proposal = re.search(r"/proposals/(prop-[0-9a-f]+)/take", beside.text).group(1)
    kept = send(client, f"{page}/proposals/{proposal}/decline")
    assert "Another draft:" not in kept.text


def test_a_practice_is_chosen_from_those_the_plan_does_not_use(client, page, item):
    choice = client.get(f"{page}/items/{item}/practice?q=stop+work+early").text
    practice = re.search(r'name="practice_id" value="([^"]+)"', choice).group(1)
    answer = send(client, f"{page}/items/{item}/practice", practice_id=practice)
    assert answer.status_code == 200
    assert f"/practices/{practice}" in answer.text


def test_an_item_is_added_for_an_intent(client, page):
    choice = client.get(f"{page}/add?kind=behaviour").text
    practice = re.search(r'name="practice_id" value="([^"]+)"', choice).group(1)
    intent = re.search(r'<option value="(i-[^"]+)"', choice).group(1)
    answer = send(client, f"{page}/add", practice_id=practice, intent_id=intent)
    assert f"/practices/{practice}" in answer.text


def test_versions_can_be_compared_and_gone_back_to(client, page, item):
    form = boxes(client.get(f"{page}/items/{item}/edit").text)
    send(client, f"{page}/items/{item}/edit", **(form | {"action": "writes down one thing to stop"}))
    compared = client.get(f"{page}/compare?older=1&newer=2").text
    assert "<ins>" in compared
    assert "What they do" in compared
    back = send(client, f"{page}/versions/1/restore", version="2")
    assert "Version 3" in back.text
    undone = send(client, f"{page}/undo", version="3")
    assert "writes down one thing to stop" in undone.text
