"""The judge: a chat model that scores one item on one question, and is not believed without a quote.

Owns: the question put to the judge, reading its verdict, the swap test in both orders, the transcript.
Must not know: which engine wrote a plan (it is never told), providers, gates. Text under test is fenced
and its fence marks altered. Without a model the judge part is `NOT_RUN`, never passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpora.records import Criterion
from service.llm import ChatModel, ModelError, ModelRequest
from service.prompts.render import Prompt, fenced, load_prompt, untrusted

NOT_RUN = "not run: no model"
PROMPTS = Path(__file__).parent / "judge_prompts"
MAX_TOKENS = 500
#: The categories offered; nothing else counts.
CATEGORIES = {"five": 5, "between five and three": 4, "three": 3, "between three and one": 2, "one": 1}
LETTERS = "ABCDEFGH"
NONE = "none"
OWN, MIXED, OTHER, NO_MECHANISM = 5, 3, 2, 1


class Verdict(BaseModel):
    """What the judge answers: first the words it relies on, then why, then the category."""

    model_config = ConfigDict(extra="forbid")

    span: str
    because: str
    category: Literal["five", "between five and three", "three", "between three and one", "one"]


class Choice(BaseModel):
    """Which of the lettered intents an item serves best; `none` where no mechanism can be named for any."""

    model_config = ConfigDict(extra="forbid")

    because: str
    letter: Literal["A", "B", "C", "D", "E", "F", "G", "H", "none"]


@dataclass(frozen=True, slots=True)
class Question:
    """One item under one criterion; `context` is what the item must be read against (a passage, intents)."""

    criterion: Criterion
    item_id: str
    submission: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and answered, word for word."""

    system: str
    user: str
    answer: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A score 1 to 5, or None with the reason: unscored, which is neither zero nor passed."""

    criterion: str
    item_id: str
    score: int | None
    reason: str
    span: str = ""
    transcript: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks a chat model; one call a question."""

    model: ChatModel
    system: Prompt
    item: Prompt
    swap: Prompt

    def score(self, question: Question) -> Judgement:
        """The judge's score of one item on one question."""
        criterion = question.criterion
        user = self.item.render(
            {
                "question": criterion.judge_question,
                "five": criterion.anchors[5],
                "three": criterion.anchors[3],
                "one": criterion.anchors[1],
                "context": fenced(question.context or "(nothing)"),
                "submission": fenced(question.submission, "answer"),
            }
        )
        exchange, problem = self._ask(f"judge-{criterion.id.lower()}", user, Verdict)
        if problem is not None:
            return Judgement(criterion.id, question.item_id, None, problem, transcript=(exchange,))
        verdict = Verdict.model_validate_json(exchange.answer)
        if not _stands_in(verdict.span, question):
            why = "the words it relies on are not in the text"
            return Judgement(criterion.id, question.item_id, None, why, verdict.span, (exchange,))
        score = CATEGORIES[verdict.category]
        return Judgement(criterion.id, question.item_id, score, verdict.because, verdict.span, (exchange,))

    def swap_test(self, item_id: str, submission: str, own: str, others: Sequence[str]) -> Judgement:
        """C5: does the item serve its own intent best among those of other strategies, in both orders?

        Own intent in both orders: 5; in one: 3; in neither: 2; no mechanism towards any intent, in both: 1.
        """
        options = [own, *others[: len(LETTERS) - 1]]
        exchanges: list[Exchange] = []
        picks: list[str | None] = []
        for order in (options, options[::-1]):
            exchange, problem = self._ask("judge-swap", self._swap_question(submission, order), Choice)
            exchanges.append(exchange)
            if problem is not None:
                return Judgement("C5", item_id, None, problem, transcript=tuple(exchanges))
            letter = Choice.model_validate_json(exchange.answer).letter
            if letter == NONE:
                picks.append(None)
                continue
            place = LETTERS.index(letter)
            if place >= len(order):
                return Judgement("C5", item_id, None, "it chose a letter not offered", transcript=tuple(exchanges))
            picks.append(order[place])
        if not any(picks):
            words = "no mechanism towards any intent in both orders"
            return Judgement("C5", item_id, NO_MECHANISM, words, transcript=tuple(exchanges))
        hits = sum(pick == own for pick in picks)
        words = f"own intent chosen in {hits} of 2 orders"
        return Judgement("C5", item_id, {2: OWN, 1: MIXED, 0: OTHER}[hits], words, transcript=tuple(exchanges))

    def _swap_question(self, submission: str, order: Sequence[str]) -> str:
        lines = "\n".join(f"{letter}: {untrusted(text)}" for letter, text in zip(LETTERS, order, strict=False))
        return self.swap.render({"submission": fenced(submission, "answer"), "options": fenced(lines)})

    def _ask(self, purpose: str, user: str, schema: type[BaseModel]) -> tuple[Exchange, str | None]:
        request = ModelRequest(purpose, self.system.prose, user, schema, MAX_TOKENS)
        said = ""
        try:
            given = self.model.ask(request)
            said = given.text
            schema.model_validate_json(given.finished_text())
        except ValidationError:
            return Exchange(request.system, user, said), "no verdict that was offered"
        except ModelError as error:
            return Exchange(request.system, user, said), f"{type(error).__name__}: {error}"
        return Exchange(request.system, user, said), None


def load_judge(model: ChatModel) -> Judge:
    """The judge with its prompts."""
    return Judge(model, load_prompt("system", PROMPTS), load_prompt("item", PROMPTS), load_prompt("swap", PROMPTS))


def lower_of(rule: float | None, judged: int | None) -> float | None:
    """Where rule and judge both score, the lower; where one does, that; unscored where neither does."""
    known = [float(score) for score in (rule, judged) if score is not None]
    return min(known) if known else None


def _stands_in(span: str, question: Question) -> bool:
    wanted = _folded(span)
    return len(wanted.split()) >= 2 and any(wanted in _folded(text) for text in (question.submission, question.context))


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold().strip(" \"'“”‘’.")
