"""Calls through langchain to a real server on loopback that speaks OpenAI's chat protocol."""

import subprocess
import sys
import threading

import pytest
from pydantic import BaseModel

from service.llm import (
    AnswerCutOff,
    AnswerRefused,
    LangchainModel,
    ModelAnswer,
    ModelConnection,
    ModelNotInstalled,
    ModelRequest,
    ModelUnavailable,
    ScriptedModel,
    StopReason,
)
from tests.service.engines.model.chat_server import ChatServer


class Found(BaseModel):
    names: list[str]
    note: str | None = None


REQUEST = ModelRequest("find", "Be exact.", "Which names?", Found, 300)


@pytest.fixture
def server():
    chat = ChatServer()
    yield chat
    chat.close()


@pytest.fixture
def model(server):
    return LangchainModel(ModelConnection("openai:small", server.url, "a-key", max_retries=1))


def test_an_answer_comes_back_with_its_cost(server, model):
    server.replies = [(200, '{"names": ["Ada"], "note": null}', "stop")]
    answer = model.ask(REQUEST)
    assert answer == ModelAnswer('{"names": ["Ada"], "note": null}', StopReason.finished, 21, 7)


def test_messages_schema_and_limit_are_sent(server, model):
    server.replies = [(200, "{}", "stop")]
    model.ask(REQUEST)
    body = server.bodies[0]
    assert [(message["role"], message["content"]) for message in body["messages"]] == [
        ("system", "Be exact."),
        ("user", "Which names?"),
    ]
    sent = body["response_format"]["json_schema"]
    assert sent["name"] == "Found"
    assert sent["strict"] is True
    assert sent["schema"]["properties"]["note"] == {"type": ["string", "null"]}
    assert 300 in {body.get("max_tokens"), body.get("max_completion_tokens")}
    assert "temperature" not in body
    assert server.keys[0] == "Bearer a-key"


def test_a_temperature_is_sent_and_named_where_it_is_set(server):
    server.replies = [(200, "{}", "stop")]
    model = LangchainModel(ModelConnection("openai:small", server.url, "a-key", temperature=0.0))
    model.ask(REQUEST)
    assert server.bodies[0]["temperature"] == 0.0
    assert model.parameters == {"temperature": 0.0}


def test_a_cut_off_answer_is_reported_before_anything_is_parsed(server, model):
    server.replies = [(200, '{"names": ["Ada"]}', "length")]
    answer = model.ask(REQUEST)
    assert answer.stop_reason is StopReason.length
    assert answer.output_tokens == 7
    with pytest.raises(AnswerCutOff):
        answer.finished_text()


@pytest.mark.parametrize("reason", ["content_filter", "refusal"])
def test_a_refusal_is_reported(server, model, reason):
    server.replies = [(200, "I cannot.", reason)]
    with pytest.raises(AnswerRefused):
        model.ask(REQUEST).finished_text()


def test_broken_json_is_handed_on_as_it_came(server, model):
    server.replies = [(200, '{"names": [', "stop")]
    assert model.ask(REQUEST).text == '{"names": ['


def test_a_passing_server_error_is_retried(server, model):
    server.replies = [(503, "busy", ""), (200, "{}", "stop")]
    assert model.ask(REQUEST).text == "{}"
    assert len(server.bodies) == 2


def test_a_lasting_server_error_is_unavailable_after_bounded_retries(server, model):
    server.replies = [(503, "busy", "")]
    with pytest.raises(ModelUnavailable, match="openai:small"):
        model.ask(REQUEST)
    assert len(server.bodies) == 2


def test_one_model_serves_several_threads(server, model):
    server.replies = [(200, '{"names": []}', "stop")]
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(model.ask(REQUEST).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ['{"names": []}'] * 4


def test_an_unknown_provider_is_named():
    with pytest.raises(ModelNotInstalled, match="nobody:small"):
        LangchainModel(ModelConnection("nobody:small")).ask(REQUEST)


def test_a_key_is_not_shown():
    assert "a-key" not in repr(ModelConnection("openai:small", api_key="a-key"))


def test_a_field_named_title_stays_in_the_schema():
    class Titled(BaseModel):
        title: str

    assert ModelRequest("x", "", "", Titled, 1).json_schema["properties"] == {"title": {"type": "string"}}


def test_a_script_runs_out_loudly():
    model = ScriptedModel(["{}"])
    model.ask(REQUEST)
    with pytest.raises(ModelUnavailable, match="holds 1 answers"):
        model.ask(REQUEST)


def test_langchain_is_not_imported_before_a_model_is_built():
    code = "import sys, service.llm, service.engines.model.engine; print([m for m in sys.modules if 'langchain' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
