"""A run: cases in, results out, one at a time, nothing lost when it stops.

Owns: the loop, what stops it, and the files a run leaves while it goes. Must not know: how a plan is
made or measured, gates, reports.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.cases import Case, datasets_hash
from evals.examine import Made, examined, failed
from evals.judge import NOT_RUN
from evals.results import CaseResult, Fingerprint, Outcome, RunResult
from evals.workbench import Mode, RunBudgetSpent, Workbench, prompt_hashes, rubric_hash
from service.engines.model.recordings import ReplayMiss

#: The judge's outcomes for a plan; None of them where no judge is asked.
Judging = Callable[[Case, Made], tuple[Outcome, ...]]
#: Told each result as soon as it is there.
Heard = Callable[[CaseResult], None]


class Stop(StrEnum):
    """Why a run ended before its last case."""

    interrupted = "interrupted"
    budget = "budget"
    replay = "replay miss"


@dataclass(frozen=True, slots=True)
class Order:
    """What to run; plans of the cases in `twice` are made twice and their bytes compared."""

    suite: str
    engine: str
    mode: Mode
    cases: tuple[Case, ...]
    twice: frozenset[str] = frozenset()
    repeat: int = 1
    selection: str | None = None
    judge: str = NOT_RUN


def run_suite(
    order: Order,
    bench: Workbench,
    gates_hash: str,
    heard: Heard = lambda result: None,
    judging: Judging = lambda case, made: (),
) -> RunResult:
    """Every case in order; a case that fails is recorded and the next one runs.

    An interruption, a spent budget or a replay miss ends the run and keeps what is there.
    """
    results: list[CaseResult] = []
    stopped: str | None = None
    try:
        for case in order.cases:
            results.append(_one(case, bench, case.id in order.twice, judging))
            heard(results[-1])
    except KeyboardInterrupt:
        stopped = Stop.interrupted
    except RunBudgetSpent as error:
        stopped = f"{Stop.budget}: {error}"
    except ReplayMiss as error:
        stopped = f"{Stop.replay}: {error}"
    return _result(order, bench, gates_hash, results, stopped)


def _one(case: Case, bench: Workbench, twice: bool, judging: Judging) -> CaseResult:
    try:
        made = bench.make(case, twice)
        result = examined(case, made)
        return result.model_copy(update={"outcomes": (*result.outcomes, *judging(case, made))})
    except (RunBudgetSpent, ReplayMiss):
        raise
    except Exception as error:  # one broken case must not hide the others; it is recorded and fails the run
        return failed(case, f"{type(error).__name__}: {error}")


def _result(
    order: Order, bench: Workbench, gates_hash: str, results: Sequence[CaseResult], stopped: str | None
) -> RunResult:
    versions = bench.versions()
    return RunResult(
        suite=order.suite,
        engine=order.engine,
        model=bench.model,
        mode=order.mode.value,
        layer=bench.layer,
        selection=order.selection,
        repeat=order.repeat,
        fingerprint=Fingerprint(
            datasets=datasets_hash(order.cases),
            rubric=rubric_hash(),
            gates=gates_hash,
            library=versions["library"],
            parser=versions["parser"],
            embedder=versions["embedder"],
            prompts=prompt_hashes(),
        ),
        cases=tuple(results),
        judge=order.judge,
        tokens=bench.tokens,
        complete=stopped is None,
        stopped=stopped,
    )
