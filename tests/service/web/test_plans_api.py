import json

from retrieval.parse.child import parse_in_child
from service.engines.patterns.engine import PatternsEngine
from service.pipeline import ingest, make_plan
from service.plan.plan import Plan


def ordered(client, document):
    answer = client.post(f"/api/v1/documents/{document['id']}/plans", json={"engine": "patterns"})
    assert answer.status_code == 202
    return answer


def test_a_plan_is_ordered_followed_and_fetched(client, uploaded, follow):
    answer = ordered(client, uploaded)
    told = follow(answer.json()["plan_id"])
    plan = client.get(answer.json()["plan"]).json()
    assert told[-1]["event"] == "done"
    assert plan["state"] == "ready"
    assert Plan.model_validate(plan["plan"]).intents
    assert client.get(answer.headers["Location"]).json()["state"] == "done"


def test_the_stages_are_told_in_order(client, uploaded, follow):
    told = follow(ordered(client, uploaded).json()["plan_id"])
    stages = [json.loads(event["data"])["stage"] for event in told if event["event"] == "stage"]
    assert stages == ["parsing", "reading", "intents", "drafting", "checking"]


def test_every_card_shown_is_later_confirmed_changed_or_withdrawn(client, uploaded, follow):
    told = follow(ordered(client, uploaded).json()["plan_id"])
    shown = {json.loads(event["data"])["item_id"] for event in told if event["event"] == "card"}
    settled = {
        json.loads(event["data"])["item_id"]
        for event in told
        if event["event"] in ("confirmed", "changed", "withdrawn")
    }
    assert shown
    assert shown == settled


def test_every_quote_of_the_fetched_plan_is_exact_in_the_fetched_text(client, uploaded, follow):
    plan_id = ordered(client, uploaded).json()["plan_id"]
    follow(plan_id)
    text = client.get(f"/api/v1/documents/{uploaded['id']}/text").text
    plan = Plan.model_validate(client.get(f"/api/v1/plans/{plan_id}").json()["plan"])
    quotes = [quote for intent in plan.intents for quote in intent.quotes]
    assert [quote.text for quote in quotes] == [text[quote.start : quote.end] for quote in quotes]


def test_a_stream_resumes_after_the_last_event_seen(client, uploaded, follow):
    plan_id = ordered(client, uploaded).json()["plan_id"]
    told = follow(plan_id)
    assert follow(plan_id, after=3) == told[3:]


def test_a_stream_seen_to_its_end_answers_that_no_more_will_come(client, uploaded, follow):
    plan_id = ordered(client, uploaded).json()["plan_id"]
    last = follow(plan_id)[-1]["id"]
    answer = client.get(f"/api/v1/plans/{plan_id}/events", headers={"Last-Event-ID": last})
    assert answer.status_code == 204


def test_the_plan_comes_as_markdown_by_accept_and_by_format(client, uploaded, follow):
    plan_id = ordered(client, uploaded).json()["plan_id"]
    follow(plan_id)
    by_format = client.get(f"/api/v1/plans/{plan_id}?format=md")
    by_accept = client.get(f"/api/v1/plans/{plan_id}", headers={"Accept": "text/markdown"})
    assert by_format.headers["content-type"].startswith("text/markdown")
    assert by_format.text == by_accept.text


def test_an_engine_that_is_not_set_up_is_refused_by_name(client, uploaded):
    answer = client.post(f"/api/v1/documents/{uploaded['id']}/plans", json={"engine": "model"})
    assert answer.status_code == 422
    assert "patterns" in answer.json()["detail"]
    assert client.get("/api/v1/plans").json() == []


def test_a_document_without_intent_gets_a_plan_that_says_so(client, follow):
    words = "# Lunch\n\nThe canteen serves soup on Mondays and fish on Fridays. The soup was good last week.\n"
    document = client.post("/api/v1/documents", files={"file": ("lunch.md", words.encode())}).json()
    plan_id = ordered(client, document).json()["plan_id"]
    follow(plan_id)
    assert client.get(f"/api/v1/plans/{plan_id}").json()["state"] == "no_strategic_intent"


def test_the_plan_over_http_is_the_plan_of_the_pipeline(client, uploaded, follow, workshop, memo_text):
    plan_id = ordered(client, uploaded).json()["plan_id"]
    follow(plan_id)
    served = Plan.model_validate(client.get(f"/api/v1/plans/{plan_id}").json()["plan"])
    document = parse_in_child(memo_text.encode(), "harbour.md")
    engine = PatternsEngine(workshop.library.version, workshop.library.budgets)
    assert served == make_plan(ingest(document, workshop.embedder), workshop, engine)
