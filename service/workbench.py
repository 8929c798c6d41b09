"""Settings into working parts: the workshop and the engine asked for.

Owns: that wiring, shared by the command line, the server and the evaluations. Must not know: pages,
jobs, storage.
"""

from __future__ import annotations

from pathlib import Path

from service.engines.model.engine import ModelEngine, ModelSettings
from service.engines.model.recordings import RecordingModel, ReplayModel
from service.engines.patterns.engine import PatternsEngine
from service.errors import ThroughlineError
from service.llm import ChatModel, LangchainModel, ModelConnection
from service.pipeline import Workshop
from service.plan.proposals import Engine
from service.settings import Settings


class EngineNotSet(ThroughlineError):
    """The model engine was asked for and no model is configured; the message says how."""

    status = 409


def engine_named(name: str, workshop: Workshop, settings: Settings, record_into: Path | None = None) -> Engine:
    """The engine by name: 'patterns', or 'model' with the model of the settings.

    A model engine holds the tokens and the time of one plan, so build one a plan.

    Raises:
        EngineNotSet: 'model' without a model or recordings configured, or an unknown name.
    """
    patterns = PatternsEngine(workshop.library.version, workshop.library.budgets)
    if name == "patterns":
        return patterns
    if name != "model":
        raise EngineNotSet(f"there is no engine {name!r}: use 'patterns' or 'model'")
    limits = ModelSettings(max_tokens=settings.plan_tokens, max_seconds=settings.plan_seconds)
    model = chat_model(settings)
    if record_into is not None:
        model = RecordingModel(model, record_into)
    return ModelEngine(model, patterns, limits, workshop.lexicons)


def chat_model(settings: Settings) -> ChatModel:
    """The recordings where a folder of them is set, else the configured model.

    Raises:
        EngineNotSet: neither is set.
    """
    if settings.recordings is not None:
        return ReplayModel(settings.recordings)
    if settings.model is None:
        raise EngineNotSet(
            "no model is configured: set THROUGHLINE_MODEL (for example 'openai:gpt-5') and the provider's key, "
            "or THROUGHLINE_RECORDINGS to replay recorded answers"
        )
    return LangchainModel(
        ModelConnection(settings.model, base_url=settings.model_base_url, timeout_seconds=settings.model_timeout)
    )
