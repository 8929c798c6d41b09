"""The seam to chat models: what is asked, what comes back, and who answers.

Owns: ModelRequest, ModelAnswer, ChatModel, the errors of a call, LangchainModel and ScriptedModel;
this is the only file that imports langchain. Must not know: plans, prompts, documents. Recording
and replaying live in `service.engines.model.recordings`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from service.errors import ThroughlineError

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

JsonSchema = Mapping[str, Any]


class StopReason(StrEnum):
    """Why the model stopped; `length` and `refused` are never parsed, `unknown` only as whole, strict JSON."""

    finished = "finished"
    length = "length"
    refused = "refused"
    unknown = "unknown"


class ModelError(ThroughlineError):
    """A call that gave no usable answer; an engine may fall back on it."""

    status = 502


class ModelUnavailable(ModelError):
    """The provider could not be reached or answered with an error, after all retries."""

    status = 503


class AnswerCutOff(ModelError):
    """The answer ended at the token limit, so whatever it holds is only a part."""


class AnswerRefused(ModelError):
    """The model or its provider declined to answer."""


class ModelNotInstalled(ModelError):
    """The provider's package is not installed, or its settings are refused."""

    status = 503


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One question: two messages, the schema of the answer, and how long it may be (tokens)."""

    purpose: str
    system: str
    user: str
    schema: type[BaseModel] | JsonSchema
    max_output_tokens: int

    @property
    def json_schema(self) -> dict[str, Any]:
        """The schema as lean JSON Schema: no titles below the top, no defaults, no descriptions of classes."""
        if isinstance(self.schema, Mapping):
            return dict(self.schema)
        schema = _lean(self.schema.model_json_schema())
        return {"title": self.schema.__name__, **schema}


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """The answer's JSON text and what it cost. Read it through `finished_text`."""

    text: str
    stop_reason: StopReason
    input_tokens: int
    output_tokens: int

    def finished_text(self) -> str:
        """The text, if the model came to its end.

        Raises:
            AnswerCutOff: The token limit ended it.
            AnswerRefused: The model declined.
        """
        if self.stop_reason is StopReason.length:
            raise AnswerCutOff(f"the answer was cut off after {self.output_tokens} tokens")
        if self.stop_reason is StopReason.refused:
            raise AnswerRefused("the model declined to answer")
        return self.text


class ChatModel(Protocol):
    """Anything that answers a request; safe to call from several threads at once."""

    @property
    def name(self) -> str:
        """Provider and model, 'openai:gpt-5'."""
        ...

    @property
    def parameters(self) -> Mapping[str, str | float]:
        """What else decides an answer (temperature); part of a recording's key."""
        ...

    def ask(self, request: ModelRequest) -> ModelAnswer:
        """The answer to one request; raises ModelError where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class ModelConnection:
    """Which model to call and how patiently.

    `model` is langchain's 'provider:model'. Without `api_key` the provider's own variable holds
    (OPENAI_API_KEY, ANTHROPIC_API_KEY, …). `temperature` is sent only when set, since some models
    refuse it.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout_seconds: float = 120.0
    max_retries: int = 2
    temperature: float | None = None

    @property
    def provider(self) -> str:
        """The part before the colon, or '' where langchain must guess."""
        return self.model.partition(":")[0] if ":" in self.model else ""


class LangchainModel:
    """Any provider of langchain's `init_chat_model`, asked for JSON by schema.

    One client is built per answer length at its first use, then shared by all threads.
    """

    def __init__(self, connection: ModelConnection) -> None:
        # langchain costs 1.3 s and the provider's package as much again: only who asks a model pays.
        from langchain.chat_models import init_chat_model

        self._connection = connection
        self._build: Callable[..., Any] = init_chat_model
        self._clients: dict[int, Any] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Provider and model as configured."""
        return self._connection.model

    @property
    def parameters(self) -> Mapping[str, str | float]:
        """The temperature, where one is set."""
        set_to = self._connection.temperature
        return {} if set_to is None else {"temperature": set_to}

    def ask(self, request: ModelRequest) -> ModelAnswer:
        """One call with the provider's own structured output; the stop reason is reported, not guessed."""
        # 0.1 s once; comes with langchain
        from langsmith.run_helpers import tracing_context

        runnable = self._client(request.max_output_tokens).with_structured_output(
            request.json_schema, method="json_schema", include_raw=True, **self._strictness()
        )
        messages = [("system", request.system), ("human", request.user)]
        try:
            with tracing_context(enabled=False):  # a tracing variable of the shell must not leak documents
                raw = runnable.invoke(messages)["raw"]
        except Exception as error:  # every provider's package raises errors of its own, with no common root
            return _cut_off_or_raise(error, self.name)
        return _answer(raw)

    def _client(self, max_tokens: int) -> Any:  # noqa: ANN401 - langchain's model types differ by provider
        with self._lock:
            if max_tokens not in self._clients:
                self._clients[max_tokens] = self._connect(max_tokens)
            return self._clients[max_tokens]

    def _connect(self, max_tokens: int) -> Any:  # noqa: ANN401
        try:
            return self._build(self._connection.model, **_arguments(self._connection, max_tokens))
        except ImportError as error:
            raise ModelNotInstalled(f"{self.name}: {error}") from error
        except Exception as error:  # a missing key is another error class with each provider
            raise ModelNotInstalled(f"{self.name} cannot be set up: {error}") from error

    def _strictness(self) -> dict[str, bool]:
        return {"strict": True} if self._connection.provider in {"openai", "azure_openai"} else {}


class ScriptedModel:
    """Answers from a list, in order, or from a function of the request. Ships for trials and tests.

    A plain string is a finished answer of len/4 tokens; an exception in the list is raised.
    """

    def __init__(
        self,
        script: Sequence[str | ModelAnswer | ModelError] | Callable[[ModelRequest], str | ModelAnswer],
        name: str = "scripted",
    ) -> None:
        self.name = name
        self.parameters: Mapping[str, str | float] = {}
        self.requests: list[ModelRequest] = []
        self._script = script
        self._lock = threading.Lock()

    def ask(self, request: ModelRequest) -> ModelAnswer:
        """The next answer of the script."""
        with self._lock:
            self.requests.append(request)
            index = len(self.requests) - 1
        answer = self._script(request) if callable(self._script) else self._line(index)
        if isinstance(answer, ModelAnswer):
            return answer
        return ModelAnswer(answer, StopReason.finished, len(request.system + request.user) // 4, len(answer) // 4)

    def _line(self, index: int) -> str | ModelAnswer:
        assert not callable(self._script)
        if index >= len(self._script):
            raise ModelUnavailable(f"the script holds {len(self._script)} answers and was asked once more")
        line = self._script[index]
        if isinstance(line, ModelError):
            raise line
        return line


def _lean(schema: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    if isinstance(schema, list):
        return [_lean(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kinds = [part.get("type") for part in schema.get("anyOf", ())]
    if kinds and all(set(part) == {"type"} for part in schema["anyOf"]):
        return {"type": kinds}  # "a string or null" in a third of the tokens
    lean = {key: _lean(part) for key, part in schema.items() if key not in {"title", "default"}}
    if "properties" in schema:  # keys there are field names, not keywords
        lean["properties"] = {name: _lean(part) for name, part in schema["properties"].items()}
        lean.pop("description", None)
    return lean


def _arguments(connection: ModelConnection, max_tokens: int) -> dict[str, Any]:
    patience: dict[str, Any] = {"timeout": connection.timeout_seconds, "max_retries": connection.max_retries}
    length = "max_tokens"
    if connection.provider == "ollama":  # takes neither name, and never retries
        patience, length = {"client_kwargs": {"timeout": connection.timeout_seconds}}, "num_predict"
    optional = {
        "base_url": connection.base_url,
        "api_key": connection.api_key,
        "temperature": connection.temperature,
    }
    return {length: max_tokens, **patience, **{key: value for key, value in optional.items() if value is not None}}


#: What providers call it, in lower case.
_STOPS = {
    StopReason.finished: {"stop", "end_turn", "tool_calls", "tool_use", "completed"},
    StopReason.length: {"length", "max_tokens", "incomplete", "model_context_window_exceeded"},
    StopReason.refused: {"content_filter", "refusal", "safety"},
}


def _answer(raw: AIMessage) -> ModelAnswer:
    meta = raw.response_metadata
    said = str(meta.get("finish_reason") or meta.get("stop_reason") or meta.get("done_reason") or meta.get("status"))
    stop = next((reason for reason, names in _STOPS.items() if said.lower() in names), StopReason.unknown)
    if raw.additional_kwargs.get("refusal"):
        stop = StopReason.refused
    usage = raw.usage_metadata
    text = str(raw.text) or (json.dumps(raw.tool_calls[0]["args"]) if raw.tool_calls else "")
    return ModelAnswer(text, stop, usage["input_tokens"] if usage else 0, usage["output_tokens"] if usage else 0)


def _cut_off_or_raise(error: Exception, name: str) -> ModelAnswer:
    """The client of openai raises on a cut-off answer; the completion inside still says what it cost."""
    completion = getattr(error, "completion", None)
    if type(error).__name__ == "LengthFinishReasonError" and completion is not None:
        usage = completion.usage
        spent = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
        return ModelAnswer("", StopReason.length, *spent)
    if type(error).__name__ == "ContentFilterFinishReasonError":
        return ModelAnswer("", StopReason.refused, 0, 0)
    raise ModelUnavailable(f"{name}: {type(error).__name__}: {error}") from error
