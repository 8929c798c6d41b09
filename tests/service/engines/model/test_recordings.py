import json
from dataclasses import replace

import pytest

from service.engines.model.recordings import RecordingModel, ReplayMiss, ReplayModel
from service.errors import ThroughlineError
from service.llm import ModelRequest, ScriptedModel

REQUEST = ModelRequest("find-intents", "Be exact.", "List them.\nLine two\nLine three", {"title": "X"}, 100)


@pytest.fixture
def recorded(tmp_path):
    model = RecordingModel(ScriptedModel(['{"a": 1}']), tmp_path)
    return tmp_path, model.ask(REQUEST)


def test_a_recorded_answer_is_replayed(recorded):
    folder, answer = recorded
    assert ReplayModel(folder).ask(REQUEST) == answer
    assert ReplayModel(folder).name == "scripted"


def test_what_is_recorded_is_not_asked_again(recorded):
    folder, answer = recorded
    assert RecordingModel(ScriptedModel([]), folder).ask(REQUEST) == answer


def test_a_miss_shows_what_changed_and_how_to_record(recorded):
    folder, _ = recorded
    changed = replace(REQUEST, user="List them.\nLine 2\nLine three")
    with pytest.raises(ReplayMiss) as missed:
        ReplayModel(folder, "record --into {folder}").ask(changed)
    assert "-Line two\n+Line 2" in str(missed.value)
    assert f"record --into {folder}" in str(missed.value)


def test_a_miss_by_schema_alone_says_so(recorded):
    folder, _ = recorded
    with pytest.raises(ReplayMiss, match="schema"):
        ReplayModel(folder).ask(replace(REQUEST, schema={"title": "Y"}))


def test_a_miss_of_an_unknown_purpose_says_so(recorded):
    folder, _ = recorded
    with pytest.raises(ReplayMiss, match="Nothing was recorded for this purpose"):
        ReplayModel(folder).ask(replace(REQUEST, purpose="draft-items"))


def test_an_empty_folder_says_how_to_record(tmp_path):
    with pytest.raises(ReplayMiss, match="holds no recording"):
        ReplayModel(tmp_path)


def test_two_models_do_not_share_a_folder(recorded):
    folder, _ = recorded
    with pytest.raises(ThroughlineError, match="another model"):
        RecordingModel(ScriptedModel([], name="other"), folder)


def test_a_whole_draft_replays_without_a_model(build, forms_engine, briefs, reading, items_answer, tmp_path):
    from service.engines.model.engine import ModelEngine, ModelSettings

    recording = RecordingModel(ScriptedModel(lambda request: json.dumps(items_answer)), tmp_path)
    settings = ModelSettings()
    first = ModelEngine(recording, forms_engine, settings).draft(briefs, reading, lambda draft: None)
    again = ModelEngine(ReplayModel(tmp_path), forms_engine, settings).draft(briefs, reading, lambda draft: None)
    assert first == again
