"""Ingest, ours against the alternative: two warm children take turns on the same documents.

Owns: the rounds and the ratio. Must not know: how either ingests.

Parsing is left out for both (each starts from the canonical text); splitting, embedding in float32 and
writing the index are in. Models are loaded and warm; loading shows in the peak of memory.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from evals.bench.measure import PeakMemory, stop

#: Ours must be at least this many times as fast.
BAR = 2.5
NAMES = ("ours", "alternative")


class BenchError(RuntimeError):
    """A child of the bench failed; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Side:
    """One contender: seconds of each round by the wall and of all processors, pieces indexed, peak memory in MB."""

    name: str
    seconds: tuple[float, ...]
    cpu_seconds: tuple[float, ...]
    pieces: int
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Ingest:
    """Both sides of a comparison; `ratio` is the median over rounds of alternative to ours."""

    documents: int
    words: int
    ours: Side
    alternative: Side

    @property
    def ratio(self) -> float:
        """How many times as fast ours is."""
        return _median_ratio(self.alternative.seconds, self.ours.seconds)

    @property
    def cpu_ratio(self) -> float:
        """The same of processor time, which other programs on the machine disturb less."""
        return _median_ratio(self.alternative.cpu_seconds, self.ours.cpu_seconds)

    @property
    def passed(self) -> bool:
        """Whether the bar is reached."""
        return self.ratio >= BAR


def _median_ratio(theirs: Sequence[float], own: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(theirs, own, strict=True))


def compare_ingest(folders: Sequence[Path], rounds: int = 5, threads: int = 0) -> Ingest:
    """Let both ingest in turns, `rounds` times each; who begins alternates.

    Raises:
        BenchError: A contender failed (the alternative's libraries may be missing).
    """
    with ExitStack() as stack:
        workers = {name: stack.enter_context(_Worker(name, folders, threads)) for name in NAMES}
        said = {name: worker.hear() for name, worker in workers.items()}
        answers: dict[str, list[dict[str, float]]] = {name: [] for name in NAMES}
        for number in range(rounds):
            for name in NAMES if number % 2 == 0 else NAMES[::-1]:
                answers[name].append(workers[name].ask())
        sides = {name: _side(name, answers[name], workers[name].peak.megabytes) for name in NAMES}
    ready = said["ours"]
    return Ingest(int(ready["documents"]), int(ready["words"]), sides["ours"], sides["alternative"])


def _side(name: str, answers: Sequence[dict[str, float]], peak_mb: float) -> Side:
    seconds = tuple(answer["seconds"] for answer in answers)
    cpu_seconds = tuple(answer["cpu_seconds"] for answer in answers)
    return Side(name, seconds, cpu_seconds, int(answers[-1]["pieces"]), peak_mb)


class _Worker:
    """A child of `evals.bench.worker` and the peak of its memory."""

    def __init__(self, name: str, folders: Sequence[Path], threads: int) -> None:
        command = [sys.executable, "-m", "evals.bench.worker", name, str(threads), *map(str, folders)]
        self._name = name
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.peak = PeakMemory(self._child.pid)

    def __enter__(self) -> _Worker:
        self.peak.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.peak.__exit__(None, None, None)
        stop(self._child)

    def ask(self) -> dict[str, float]:
        if self._child.stdin is None:
            raise BenchError(f"{self._name} has no input")
        self._child.stdin.write("go\n")
        self._child.stdin.flush()
        return self.hear()

    def hear(self) -> dict[str, float]:
        line = self._child.stdout.readline() if self._child.stdout else ""
        if not line:
            raise BenchError(
                f"{self._name} ended early: see its words above; install the group 'bench' if it misses a library"
            )
        answer: dict[str, float] = json.loads(line)
        return answer
