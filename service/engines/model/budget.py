"""How much one plan may spend: tokens and seconds.

Owns: Budget, BudgetExceeded, MeteredModel. Must not know: prompts, plans. A call that would start
beyond a limit is not made; answers under way may overrun it by their own length.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from service.llm import ChatModel, ModelAnswer, ModelError, ModelRequest

CHARS_A_TOKEN = 4


class BudgetExceeded(ModelError):
    """The plan's limit of tokens or seconds is reached."""


class Budget:
    """Counts what a plan has spent; the seconds run from the first call. Safe between threads."""

    def __init__(self, max_tokens: int, max_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_tokens = max_tokens
        self._max_seconds = max_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._started: float | None = None
        self.input_tokens = 0
        self.output_tokens = 0

    def admit(self, request: ModelRequest) -> None:
        """Let a call begin.

        Raises:
            BudgetExceeded: Its prompt (estimated at four characters a token) or the time is too much.
        """
        asked = (len(request.system) + len(request.user)) // CHARS_A_TOKEN
        with self._lock:
            now = self._clock()
            if self._started is None:
                self._started = now
            spent = self.input_tokens + self.output_tokens
            if spent + asked > self._max_tokens:
                raise BudgetExceeded(f"{spent} of {self._max_tokens} tokens are spent; the next prompt needs {asked}")
            if now - self._started > self._max_seconds:
                raise BudgetExceeded(f"the plan's {self._max_seconds:g} seconds for model calls are over")

    def spend(self, answer: ModelAnswer) -> None:
        """Count an answer, usable or not."""
        with self._lock:
            self.input_tokens += answer.input_tokens
            self.output_tokens += answer.output_tokens


class MeteredModel:
    """A chat model whose calls are admitted and counted by a budget."""

    def __init__(self, inner: ChatModel, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    @property
    def name(self) -> str:
        """The inner model's name."""
        return self._inner.name

    @property
    def parameters(self) -> Mapping[str, str | float]:
        """The inner model's parameters."""
        return self._inner.parameters

    def ask(self, request: ModelRequest) -> ModelAnswer:
        """The inner model's answer, counted."""
        self._budget.admit(request)
        answer = self._inner.ask(request)
        self._budget.spend(answer)
        return answer
