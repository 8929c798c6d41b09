"""How a case's plan is made: parser, workshop, engine, and what the checks may look at.

Owns: wiring the service for the evaluations, and the run's token budget. Must not know: measures,
gates, reports. The reference intents of the swap test (C5) are the gold intents of *other* documents.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from corpora.rubric import RUBRIC
from evals.cases import GOLD, ROOT, Case, UsageError, sha_of
from evals.examine import Made
from evals.gold import load_gold
from evals.results import Layer
from retrieval.documents import Document
from retrieval.parse import PARSER_VERSION, parse_bytes
from service.checks import CheckContext
from service.engines.model.engine import ModelEngine, ModelSettings
from service.engines.model.recordings import RecordingModel, ReplayModel
from service.engines.patterns.engine import PatternsEngine
from service.errors import ThroughlineError
from service.llm import ChatModel, LangchainModel, ModelAnswer, ModelConnection, ModelRequest
from service.pipeline import Workshop, build_workshop, ingest, make_plan
from service.plan.proposals import Engine
from service.settings import Settings

PROMPTS = ROOT / "service" / "prompts"
RECORDINGS = ROOT / "evals" / "recordings"
RECORD_AGAIN = "python -m evals run --engine model --mode record  # THROUGHLINE_MODEL names the model"


class EngineName(StrEnum):
    """Who chooses and words the items."""

    patterns = "patterns"
    model = "model"


class Mode(StrEnum):
    """Where a model's answers come from."""

    offline = "offline"
    replay = "replay"
    live = "live"
    record = "record"


class RunBudgetSpent(ThroughlineError):
    """The run's tokens are spent; not a ModelError, so no engine falls back on it."""


class TokenCap:
    """A chat model under the run's budget of tokens, over all plans."""

    def __init__(self, inner: ChatModel, limit: int | None) -> None:
        self._inner = inner
        self._limit = limit
        self._lock = threading.Lock()
        self.spent = 0

    @property
    def name(self) -> str:
        """The inner model's name."""
        return self._inner.name

    @property
    def parameters(self) -> Mapping[str, str | float]:
        """The inner model's parameters."""
        return self._inner.parameters

    def ask(self, request: ModelRequest) -> ModelAnswer:
        """The inner model's answer, counted.

        Raises:
            RunBudgetSpent: the run's limit is reached.
        """
        if self._limit is not None and self.spent >= self._limit:
            raise RunBudgetSpent(f"{self.spent} of {self._limit} tokens are spent (--max-tokens)")
        answer = self._inner.ask(request)
        with self._lock:
            self.spent += answer.input_tokens + answer.output_tokens
        return answer


class Workbench(Protocol):
    """What a run needs to make plans."""

    @property
    def layer(self) -> Layer:
        """Which layer produces the plans."""
        ...

    @property
    def model(self) -> str | None:
        """The chat model's name."""
        ...

    @property
    def tokens(self) -> int:
        """Tokens spent so far."""
        ...

    def make(self, case: Case, twice: bool) -> Made:
        """The document's plan; `twice`: made a second time from the bytes on."""
        ...

    def versions(self) -> Mapping[str, str]:
        """Versions of library, parser and embedder."""
        ...


@dataclass
class ServiceWorkbench:
    """The service itself, without a store. A model engine is built anew for each plan."""

    workshop: Workshop
    layer: Layer = Layer.code
    chat: TokenCap | None = None
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def model(self) -> str | None:
        """The chat model's name."""
        return self.chat.name if self.chat else None

    @property
    def tokens(self) -> int:
        """Tokens spent so far."""
        return self.chat.spent if self.chat else 0

    def make(self, case: Case, twice: bool) -> Made:
        """See `Workbench`."""
        data = case.path.read_bytes()
        document = parse_bytes(data, case.path.name)
        plan = make_plan(ingest(document, self.workshop.embedder), self.workshop, self._engine())
        again = None
        if twice:
            second = parse_bytes(data, case.path.name)
            again = make_plan(ingest(second, self.workshop.embedder), self.workshop, self._engine())
        return Made(document, plan, again, self._context(document, case))

    def versions(self) -> Mapping[str, str]:
        """See `Workbench`."""
        return {
            "library": self.workshop.library.version,
            "parser": PARSER_VERSION,
            "embedder": self.workshop.embedder.name,
        }

    def _engine(self) -> Engine:
        patterns = PatternsEngine(self.workshop.library.version, self.workshop.library.budgets)
        if self.chat is None:
            return patterns
        return ModelEngine(self.chat, patterns, ModelSettings(), self.workshop.lexicons)

    def _context(self, document: Document, case: Case) -> CheckContext:
        others = tuple(text for doc, texts in self.references.items() if doc != case.document for text in texts)
        return CheckContext(
            document=document,
            practices=self.workshop.library.by_id(),
            budgets=self.workshop.library.budgets,
            lexicons=self.workshop.lexicons,
            embedder=self.workshop.embedder,
            reference_intents=others,
        )


def open_workbench(
    engine: EngineName, mode: Mode, settings: Settings, max_tokens: int | None = None, recordings: Path | None = None
) -> ServiceWorkbench:
    """The service, ready to plan.

    Raises:
        UsageError: engine and mode do not go together, or no model is named.
        service.engines.model.recordings.ReplayMiss: there is no recording to replay.
    """
    chat = _chat(engine, mode, settings, recordings or settings.recordings or RECORDINGS)
    layer = {Mode.offline: Layer.code, Mode.replay: Layer.replayed}.get(mode, Layer.live)
    workshop = build_workshop(settings.cache, settings.threads)
    return ServiceWorkbench(workshop, layer, TokenCap(chat, max_tokens) if chat else None, reference_intents())


def reference_intents(folder: Path = GOLD) -> dict[str, tuple[str, ...]]:
    """Gold intents by document, as `Case.document` names it."""
    golds = [load_gold(path) for path in sorted(folder.glob("*.json"))]
    return {Path(gold.doc).stem: tuple(intent.intent for intent in gold.intents) for gold in golds}


def prompt_hashes() -> dict[str, str]:
    """Sixteen hex digits of each prompt file."""
    return {path.stem: sha_of(path) for path in sorted(PROMPTS.glob("*.md"))}


def rubric_hash() -> str:
    """Sixteen hex digits over the rubric and the code of its deterministic rules."""
    files = [RUBRIC, *sorted((ROOT / "service" / "checks").glob("*.py"))]
    return hashlib.sha256("".join(sha_of(path) for path in files).encode()).hexdigest()[:16]


def _chat(engine: EngineName, mode: Mode, settings: Settings, recordings: Path) -> ChatModel | None:
    if engine is EngineName.patterns:
        if mode is not Mode.offline:
            raise UsageError(f"the patterns engine calls no model, so --mode {mode.value} has no meaning; use offline")
        return None
    if mode is Mode.offline:
        raise UsageError("--engine model needs --mode replay, live or record; offline calls no model and replays none")
    if mode is Mode.replay:
        return ReplayModel(recordings, RECORD_AGAIN)
    if settings.model is None:
        raise UsageError("no model is configured: set THROUGHLINE_MODEL (for example 'openai:gpt-5') and its key")
    live = LangchainModel(
        ModelConnection(settings.model, base_url=settings.model_base_url, timeout_seconds=settings.model_timeout)
    )
    return RecordingModel(live, recordings) if mode is Mode.record else live
