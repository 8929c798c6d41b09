"""One question, at most one repair turn.

Owns: asking, checking the stop reason before parsing, and putting the validator's words into the
second question. Must not know: what is asked, or what a fault is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from service.llm import AnswerCutOff, ChatModel, ModelError, ModelRequest
from service.prompts.render import Prompt, fenced

AnswerT = TypeVar("AnswerT", bound=BaseModel)
SHOWN = 6000
SHOWN_FAULTS = 12
SHORTER = "Answer the whole question again, shorter: fewer entries, fewer words."
WHOLE = "Answer the whole question again, as one JSON object of the schema and nothing else."


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An answer that could not be read, in words for the model and for the record."""

    said: str
    why: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Again(Generic[AnswerT]):
    """How a second question is put: its prompt, what it wants, and what of question and answer it shows.

    Without `shown` it shows all of both.
    """

    prompt: Prompt
    wanted: str
    shown: Callable[[AnswerT], tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Turns(Generic[AnswerT]):
    """What came of a question: the first readable answer, the repaired one, and why one is lacking."""

    first: AnswerT | None
    second: AnswerT | None
    why: str | None = None


def ask_with_repair(
    model: ChatModel,
    request: ModelRequest,
    answer: type[AnswerT],
    faults_of: Callable[[AnswerT], tuple[str, ...]],
    again: Again[AnswerT],
) -> Turns[AnswerT]:
    """Ask; where the answer is unreadable or faulty, ask once more with the faults named.

    Raises:
        ModelError: No first answer at all (transport, refusal, budget). A failed second call only
            leaves `second` empty.
    """
    first = _read(model, request, answer)
    if isinstance(first, Unreadable):
        whole = (request.user, first.said)
        second = _read(model, _repair_request(request, again.prompt, whole, (first.why,), first.wanted), answer)
        if isinstance(second, Unreadable):
            return Turns(None, None, f"unreadable twice: {second.why}")
        return Turns(second, None)
    faults = faults_of(first)
    if not faults:
        return Turns(first, None)
    shown = again.shown(first) if again.shown else (request.user, first.model_dump_json())
    return Turns(first, *_second(model, _repair_request(request, again.prompt, shown, faults, again.wanted), answer))


def _second(model: ChatModel, request: ModelRequest, answer: type[AnswerT]) -> tuple[AnswerT | None, str | None]:
    try:
        read = _read(model, request, answer)
    except ModelError as error:
        return None, str(error)
    return (None, read.why) if isinstance(read, Unreadable) else (read, None)


def _read(model: ChatModel, request: ModelRequest, answer: type[AnswerT]) -> AnswerT | Unreadable:
    given = model.ask(request)
    try:
        return answer.model_validate_json(_bare(given.finished_text()))
    except AnswerCutOff as error:
        return Unreadable(given.text, str(error), SHORTER)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, line['loc'])) or 'answer'}: {line['msg']}" for line in error.errors()]
        return Unreadable(given.text, "; ".join(lines[:SHOWN_FAULTS]), WHOLE)


def _bare(text: str) -> str:
    """Some servers wrap JSON into a code fence."""
    text = text.strip()
    if text.startswith("```") and "\n" in text:
        return text.split("\n", 1)[1].rsplit("```", 1)[0]
    return text


def _repair_request(
    request: ModelRequest, repair: Prompt, shown: tuple[str, str], faults: tuple[str, ...], wanted: str
) -> ModelRequest:
    question, said = shown
    user = repair.render(
        {
            "question": question,
            "answer": fenced(said[:SHOWN], "answer"),
            "faults": fenced("\n".join(f"- {fault}" for fault in faults[:SHOWN_FAULTS])),
            "wanted": wanted,
        }
    )
    return replace(request, purpose=f"{request.purpose}-repair", user=user)
