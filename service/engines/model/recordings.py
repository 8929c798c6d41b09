"""Recorded answers: write every answer down, give it back without a model.

Owns: the key of a request, the shape of a recorded file, RecordingModel, ReplayModel. Must not
know: what is asked. A folder holds ``model.json`` (name and parameters) and one file an answer,
``<purpose>-<key>.json``, with the whole prompt, so a changed prompt can be shown as a difference.
Recordings hold document text: record only documents that may be published.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.errors import ThroughlineError
from service.llm import ChatModel, ModelAnswer, ModelRequest, StopReason

RECORD_COMMAND = "THROUGHLINE_MODEL=PROVIDER:MODEL python -m service plan FILE --engine model --record {folder}"
DIFF_LINES = 40


class ReplayMiss(ThroughlineError):
    """No answer was recorded for this request. Not a ModelError: replays fail loudly, they never fall back."""


def request_key(request: ModelRequest, name: str, parameters: Mapping[str, str | float]) -> str:
    """Twenty hex digits of the sha256 over messages, schema, length, model and parameters."""
    decides = {
        "system": request.system,
        "user": request.user,
        "schema": request.json_schema,
        "max_output_tokens": request.max_output_tokens,
        "model": name,
        "parameters": dict(parameters),
    }
    canonical = json.dumps(decides, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:20]


class RecordingModel:
    """Asks another model and writes each answer into a folder; what is there already is not asked again."""

    def __init__(self, inner: ChatModel, folder: Path) -> None:
        self._inner = inner
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        identity = {"name": inner.name, "parameters": dict(inner.parameters)}
        card = folder / "model.json"
        if card.exists() and json.loads(card.read_text(encoding="utf-8")) != identity:
            raise ThroughlineError(f"{folder} holds another model's answers than {inner.name}; choose another folder")
        card.write_text(_pretty(identity), encoding="utf-8")

    @property
    def name(self) -> str:
        """The inner model's name."""
        return self._inner.name

    @property
    def parameters(self) -> Mapping[str, str | float]:
        """The inner model's parameters."""
        return self._inner.parameters

    def ask(self, request: ModelRequest) -> ModelAnswer:
        """The recorded answer, or the inner model's, written down whatever its stop reason."""
        path = self._folder / f"{request.purpose}-{request_key(request, self.name, self.parameters)}.json"
        if path.exists():
            return _answer_in(json.loads(path.read_text(encoding="utf-8")))
        answer = self._inner.ask(request)
        with self._lock:
            path.write_text(_pretty(_record(request, answer)), encoding="utf-8")
        return answer


class ReplayModel:
    """Answers from a folder alone."""

    def __init__(self, folder: Path, record_command: str = RECORD_COMMAND) -> None:
        card = folder / "model.json"
        if not card.exists():
            raise ReplayMiss(
                f"{folder} holds no recording (no model.json); record one: {_command(record_command, folder)}"
            )
        identity = json.loads(card.read_text(encoding="utf-8"))
        self.name: str = identity["name"]
        self.parameters: Mapping[str, str | float] = identity["parameters"]
        self._folder = folder
        self._command = _command(record_command, folder)

    def ask(self, request: ModelRequest) -> ModelAnswer:
        """The answer recorded for exactly this request.

        Raises:
            ReplayMiss: There is none; the message shows how the prompt differs from the nearest.
        """
        path = self._folder / f"{request.purpose}-{request_key(request, self.name, self.parameters)}.json"
        if not path.exists():
            raise ReplayMiss(self._miss(request))
        return _answer_in(json.loads(path.read_text(encoding="utf-8")))

    def _miss(self, request: ModelRequest) -> str:
        head = f"no answer of {self.name} is recorded in {self._folder} for this {request.purpose} prompt."
        return f"{head}\n{self._nearest(request)}\nRecord anew with: {self._command}"

    def _nearest(self, request: ModelRequest) -> str:
        asked = _lines(request)
        best: tuple[float, str, list[str]] | None = None
        for path in sorted(self._folder.glob(f"{request.purpose}-*.json")):
            known = json.loads(path.read_text(encoding="utf-8"))
            lines = [*known["system"], *known["user"]]
            ratio = difflib.SequenceMatcher(None, lines, asked, autojunk=False).ratio()
            if best is None or ratio > best[0]:
                best = (ratio, path.name, lines)
        if best is None:
            return "Nothing was recorded for this purpose."
        diff = list(difflib.unified_diff(best[2], asked, f"recorded {best[1]}", "asked now", lineterm="", n=1))
        if not diff:
            return f"The words equal {best[1]}; the schema, the answer's length or the parameters differ."
        more = [f"… {len(diff) - DIFF_LINES} more lines"] if len(diff) > DIFF_LINES else []
        return "\n".join([*diff[:DIFF_LINES], *more])


def _command(template: str, folder: Path) -> str:
    return template.replace("{folder}", str(folder))


def _lines(request: ModelRequest) -> list[str]:
    return [*request.system.splitlines(), *request.user.splitlines()]


def _record(request: ModelRequest, answer: ModelAnswer) -> dict[str, Any]:
    return {
        "purpose": request.purpose,
        "max_output_tokens": request.max_output_tokens,
        "system": request.system.splitlines(),
        "user": request.user.splitlines(),
        "answer": {
            "stop_reason": answer.stop_reason.value,
            "input_tokens": answer.input_tokens,
            "output_tokens": answer.output_tokens,
            "text": answer.text,
        },
    }


def _answer_in(record: Mapping[str, Any]) -> ModelAnswer:
    answer = record["answer"]
    return ModelAnswer(
        answer["text"], StopReason(answer["stop_reason"]), answer["input_tokens"], answer["output_tokens"]
    )


def _pretty(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
