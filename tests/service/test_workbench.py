"""Settings become an engine, or one clear line says what is missing."""

from __future__ import annotations

import pytest

from service.engines.model.engine import ModelEngine
from service.engines.model.recordings import RecordingModel, ReplayModel
from service.engines.patterns.engine import PatternsEngine
from service.llm import ScriptedModel
from service.settings import Settings
from service.workbench import EngineNotSet, chat_model, engine_named


@pytest.fixture
def recordings(tmp_path):
    RecordingModel(ScriptedModel([]), tmp_path / "recordings")
    return tmp_path / "recordings"


def test_the_patterns_engine_needs_no_settings(workshop):
    assert isinstance(engine_named("patterns", workshop, Settings()), PatternsEngine)


def test_the_model_engine_without_a_model_says_how_to_name_one(workshop):
    with pytest.raises(EngineNotSet, match="THROUGHLINE_MODEL"):
        engine_named("model", workshop, Settings(model=None, recordings=None))


def test_an_unknown_engine_is_named_with_those_that_exist(workshop):
    with pytest.raises(EngineNotSet, match=r"'oracle'.*'patterns' or 'model'"):
        engine_named("oracle", workshop, Settings())


def test_recordings_are_replayed_even_where_a_model_is_set(recordings):
    assert isinstance(chat_model(Settings(model="openai:any", recordings=recordings)), ReplayModel)


def test_a_model_engine_is_built_over_recordings_and_bears_their_models_name(workshop, recordings):
    made = engine_named("model", workshop, Settings(recordings=recordings))
    assert isinstance(made, ModelEngine)
    assert (made.info().name, made.info().model) == ("model", "scripted")


def test_a_folder_for_answers_is_made_ready(workshop, recordings, tmp_path):
    engine_named("model", workshop, Settings(recordings=recordings), tmp_path / "kept")
    assert (tmp_path / "kept" / "model.json").is_file()
