"""The whole engine through langchain against a server on loopback."""

import json

import pytest

from service.engines.model.engine import ModelEngine, ModelSettings
from service.llm import LangchainModel, ModelConnection
from service.plan.items import Flag
from tests.service.engines.model.answering import drafts
from tests.service.engines.model.chat_server import ChatServer


@pytest.fixture
def server():
    chat = ChatServer()
    yield chat
    chat.close()


@pytest.fixture
def engine(server, forms_engine):
    model = LangchainModel(ModelConnection("openai:small", server.url, "a-key", max_retries=0))
    return ModelEngine(model, forms_engine, ModelSettings(parallel=2))


def test_intents_and_items_come_over_the_wire(engine, server, briefs, reading, intents_answer, items_answer):
    def reply(body):
        wants_intents = body["response_format"]["json_schema"]["name"] == "FoundIntents"
        return 200, json.dumps(intents_answer) if wants_intents else drafts(items_answer), "stop"

    server.replies = reply
    assert len(engine.find_intents(reading)) == 2
    (draft,) = engine.draft(briefs[:1], reading, lambda draft: None)
    assert draft.fallback is None
    assert engine.info().input_tokens == 2 * 21
    assert engine.info().output_tokens == 2 * 7


def test_a_draft_cut_off_twice_is_the_other_engines(engine, server, briefs, reading, items_answer):
    server.replies = [(200, drafts(items_answer), "length")]
    (draft,) = engine.draft(briefs[:1], reading, lambda each: None)
    assert len(server.bodies) == 2
    assert "cut off" in draft.fallback
    assert all(Flag.fallback in each.item.flags for each in draft.proposals)


def test_an_unreachable_server_leaves_all_to_the_other_engine(engine, server, briefs, reading):
    server.replies = [(500, "broken", "")]
    drafts = engine.draft(briefs, reading, lambda draft: None)
    assert all("openai:small" in draft.fallback for draft in drafts)


def test_the_schema_is_strict_in_every_part(engine, server, briefs, reading, items_answer):
    server.replies = [(200, drafts(items_answer), "stop")]
    engine.draft(briefs[:1], reading, lambda each: None)
    schema = server.bodies[0]["response_format"]["json_schema"]["schema"]
    objects = [schema, *(part for part in schema["$defs"].values() if part["type"] == "object")]
    for part in objects:
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])
