"""Replies by a link and by a Word file, without an account."""

from __future__ import annotations

import html
import io
import re

import docx
import pytest

from service.store.credentials import Credential


@pytest.fixture
def plan(client, planned):
    content = client.get(f"/api/v1/plans/{planned.held['plan_id']}").json()
    client.headers["Accept"] = "text/html"
    return content


@pytest.fixture
def page(plan):
    return f"/plans/{plan['id']}/catchball"


@pytest.fixture
def link(client, page):
    made = client.post(f"{page}/links", data={"audience": "leader", "label": "the harbour board"})
    return re.search(r"<code>http://[^/]+(/reply/[^<]+)</code>", made.text).group(1)


@pytest.fixture
def anonymous(client):
    """The same browser without a key."""
    key = client.headers.pop("Authorization")
    yield client
    client.headers["Authorization"] = key


def test_a_leader_without_an_account_disagrees_and_that_heads_the_questions(client, plan, link):
    intent = plan["plan"]["intents"][0]
    key = client.headers.pop("Authorization")
    shown = client.get(link)
    assert html.escape(intent["label"], quote=False) in html.unescape(shown.text)
    sent = {
        "name": "Harbour board",
        f"kind-{intent['id']}": "disagree",
        f"words-{intent['id']}": "We meant ferries only",
    }
    kept = client.post(link, data=sent)
    assert "1 reply was kept" in kept.text
    assert client.get(f"/plans/{plan['id']}").status_code == 401, "the link opens nothing else"
    client.headers["Authorization"] = key
    questions = client.get(f"/plans/{plan['id']}").text.split('id="questions"')[1]
    assert questions.index("Harbour board disagrees") < questions.index("</li>")


def test_a_counter_offer_lies_beside_the_item_and_can_be_taken(client, plan, page, link):
    item = plan["plan"]["behaviours"][0]
    sent = {
        "name": "Route team",
        f"kind-{item['id']}": "counter",
        f"words-{item['id']}": "asks two passengers on the pier",
    }
    client.post(link, data=sent)
    shown = client.get(f"/plans/{plan['id']}").text
    assert "A counter-offer from Route team" in shown
    proposal = re.search(r"/proposals/(prop-[0-9a-f]+)/take", shown).group(1)
    client.post(f"/plans/{plan['id']}/proposals/{proposal}/take", data={"version": "1"})
    now = client.get(f"/api/v1/plans/{plan['id']}", headers={"Accept": "application/json"}).json()
    assert now["plan"]["behaviours"][0]["action"] == "asks two passengers on the pier"
    assert client.get(page).text.count("asks two passengers on the pier") == 1, "the trail stays with the item"


def test_the_lead_answers_and_the_answer_is_seen_behind_the_link(client, plan, page, link):
    item = plan["plan"]["behaviours"][0]["id"]
    client.post(link, data={"name": "Route team", f"kind-{item}": "commit"})
    response = re.search(r"/catchball/answers/(resp-[0-9a-f]+)", client.get(page).text).group(1)
    client.post(f"{page}/answers/{response}", data={"words": "Thank you, from Monday."})
    assert "Thank you, from Monday." in client.get(link).text


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"name": ""}, "Say who replies."),
        ({"name": "A team"}, "Choose at least one answer."),
        ({"name": "A team", "kind-{item}": "counter", "words-{item}": ""}, "what instead"),
        ({"name": "A team", "kind-{item}": "agree"}, "Choose at least one answer."),
        ({"name": "A team", "kind-{item}": "comment", "words-{item}": "x" * 900}, "at most 600"),
    ],
)
def test_a_reply_that_cannot_be_kept_comes_back_with_the_reason(client, plan, link, sent, why):
    item = plan["plan"]["behaviours"][0]["id"]
    answer = client.post(link, data={key.replace("{item}", item): value for key, value in sent.items()})
    assert answer.status_code == 422
    assert why in answer.text


def test_an_unsafe_counter_offer_is_kept_as_a_remark_only(client, plan, link):
    item = plan["plan"]["behaviours"][0]["id"]
    words = "ranks each employee by output every week"
    answer = client.post(link, data={"name": "A team", f"kind-{item}": "counter", f"words-{item}": words})
    assert "kept as a remark only" in answer.text
    assert "A counter-offer" not in client.get(f"/plans/{plan['id']}").text


def test_a_withdrawn_or_unknown_link_opens_nothing(client, page, link):
    invitation = re.search(r"/links/(inv-[0-9a-f]+)/revoke", client.get(page).text).group(1)
    client.post(f"{page}/links/{invitation}/revoke")
    for address in (link, "/reply/nothing"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "no longer open" in answer.text
        assert client.post(address, data={"name": "A team"}).status_code == 404


def test_the_address_behind_a_link_is_not_told_or_kept(client, link):
    headers = client.get(link).headers
    assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")


def test_no_other_workspace_sees_or_answers_replies(client, plan, page, link, services):
    item = plan["plan"]["behaviours"][0]["id"]
    client.post(link, data={"name": "A team", f"kind-{item}": "commit"})
    response = re.search(r"/catchball/answers/(resp-[0-9a-f]+)", client.get(page).text).group(1)
    invitation = re.search(r"/links/(inv-[0-9a-f]+)/revoke", client.get(page).text).group(1)
    services.house.workspaces.ensure("other", "Another house")
    key = services.house.credentials.issue(Credential.key, "other")
    client.headers["Authorization"] = f"Bearer {key}"
    assert client.get(page).status_code == 404
    assert client.post(f"{page}/answers/{response}", data={"words": "mine"}).status_code == 404
    assert client.post(f"{page}/links/{invitation}/revoke").status_code == 404
    assert client.post(f"{page}/links", data={"audience": "team"}).status_code == 404


def test_a_returned_word_file_is_read_row_by_row_and_nothing_is_applied(client, plan, page):
    file = docx.Document(io.BytesIO(client.get(f"/plans/{plan['id']}/export/docx").content))
    table = file.tables[-1]
    item = plan["plan"]["behaviours"][0]
    for row in table.rows:
        if row.cells[0].text == item["title"]:
            row.cells[1].text, row.cells[2].text, row.cells[3].text = "change", "asks two passengers", "Route team"
    stray = table.add_row()
    stray.cells[0].text, stray.cells[1].text = "A ritual nobody planned", "agree"
    out = io.BytesIO()
    file.save(out)
    sent = {"file": ("reply.docx", out.getvalue(), "application/octet-stream")}
    answer = client.post(f"{page}/word", files=sent)
    assert "1 reply was read" in answer.text
    assert "A ritual nobody planned" in answer.text
    assert "asks two passengers" in answer.text
    now = client.get(f"/api/v1/plans/{plan['id']}", headers={"Accept": "application/json"}).json()
    assert now["plan"] == plan["plan"]


def test_a_word_file_that_is_none_is_refused_with_the_reason(client, page):
    answer = client.post(f"{page}/word", files={"file": ("reply.docx", b"no zip", "application/octet-stream")})
    assert 400 <= answer.status_code < 500
