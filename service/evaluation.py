"""The latest evaluation report of the project, read from the file that `python -m evals run` leaves.

Owns: where that file lies, and the sums shown of it. Must not know: evals (it stands above the service), HTML.
A total exists only where a judge ran, since the engine and the form checks can share a word list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

import service
from corpora.records import Criterion, Gate

#: Where a run leaves its results, seen from the folder the server was started in.
RUN = Path("out") / "results.json"
#: The committed one, beside the service.
BASELINE = Path(str(service.__file__)).resolve().parent.parent / "evals" / "baselines" / "full.json"
MOST_BYTES = 64 * 1024 * 1024
_JUDGED = "judge "
_NO_JUDGE = "not run"


class _Loose(BaseModel):
    """What is read of a file that another layer writes: further fields do not matter."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Outcome(_Loose):
    measure: str
    value: bool | float | None = None


class _Counted(_Loose):
    measure: str
    hits: int
    of: int


class _Case(_Loose):
    document: str
    outcomes: tuple[_Outcome, ...] = ()
    counts: tuple[_Counted, ...] = ()
    error: str | None = None


class _Run(_Loose):
    suite: str
    engine: str
    model: str | None = None
    layer: str
    judge: str = _NO_JUDGE
    complete: bool = True
    cases: tuple[_Case, ...]


class _Verdict(_Loose):
    headline: str = ""


class _File(_Loose):
    run: _Run
    verdict: _Verdict = _Verdict()


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A criterion over all plans that could be scored: mean and lowest (1 to 5); `judged` where a judge scored it."""

    criterion: Criterion
    mean: float
    lowest: float
    plans: int
    judged: bool


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share over all documents."""

    measure: str
    hits: int
    of: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run in lines; `total` (1 to 5) only where a judge scored every weighted criterion."""

    committed: bool
    suite: str
    engine: str
    layer: str
    headline: str
    documents: int
    failed: int
    complete: bool
    judge: str | None
    must_hold: tuple[ShareLine, ...]
    shares: tuple[ShareLine, ...]
    scores: tuple[ScoreLine, ...]
    total: float | None


@dataclass(frozen=True, slots=True)
class NoEvaluation:
    """Why there is no report to show."""

    why: str


def latest_evaluation(chosen: Path | None, criteria: Sequence[Criterion]) -> Evaluation | NoEvaluation:
    """The report at `chosen`; without one, the last run's, else the committed one."""
    places = [chosen] if chosen is not None else [RUN, BASELINE]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return NoEvaluation("No evaluation was run here yet.")
    try:
        if path.stat().st_size > MOST_BYTES:
            return NoEvaluation(f"The results in {path.name} are too large to show.")
        found = _read(path)
    except (OSError, ValueError, RecursionError):
        return NoEvaluation(f"The results in {path.name} cannot be read; run the evaluation again.")
    return _evaluation(found, criteria, committed=path == BASELINE)


def _read(path: Path) -> _File:
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        return _File.model_validate(data)
    except ValidationError:
        return _File(run=_Run.model_validate(data))


def _evaluation(found: _File, criteria: Sequence[Criterion], *, committed: bool) -> Evaluation:
    run = found.run
    judge = None if run.judge.startswith(_NO_JUDGE) else run.judge.removeprefix("run:").strip()
    scores = tuple(_scores(run, criteria))
    return Evaluation(
        committed=committed,
        suite=run.suite,
        engine=run.model or run.engine,
        layer=run.layer,
        headline=found.verdict.headline,
        documents=len({case.document for case in run.cases}),
        failed=sum(case.error is not None for case in run.cases),
        complete=run.complete,
        judge=judge,
        must_hold=_must_hold(run),
        shares=_shares(run),
        scores=scores,
        total=_total(scores, criteria) if judge else None,
    )


def _scores(run: _Run, criteria: Sequence[Criterion]) -> Iterator[ScoreLine]:
    for judged in (False, True):
        for criterion in criteria:
            name = f"{_JUDGED}{criterion.id}" if judged else criterion.id
            values = [
                float(one.value)
                for case in run.cases
                for one in case.outcomes
                if one.measure == name and one.value is not None and not isinstance(one.value, bool)
            ]
            if values:
                yield ScoreLine(criterion, sum(values) / len(values), min(values), len(values), judged)


def _must_hold(run: _Run) -> tuple[ShareLine, ...]:
    found: dict[str, list[bool]] = {}
    for case in run.cases:
        for one in case.outcomes:
            if isinstance(one.value, bool):
                found.setdefault(one.measure, []).append(one.value)
    return tuple(ShareLine(name, sum(held), len(held)) for name, held in found.items())


def _shares(run: _Run) -> tuple[ShareLine, ...]:
    found: dict[str, tuple[int, int]] = {}
    for case in run.cases:
        for one in case.counts:
            hits, of = found.get(one.measure, (0, 0))
            found[one.measure] = (hits + one.hits, of + one.of)
    return tuple(ShareLine(name, hits, of) for name, (hits, of) in found.items() if of)


def _total(scores: Sequence[ScoreLine], criteria: Sequence[Criterion]) -> float | None:
    """The judged means by the rubric's weights (they add up to 100); None where one is missing."""
    judged = {line.criterion.id: line.mean for line in scores if line.judged}
    weighted = [one for one in criteria if one.role is Gate.weighted]
    if any(one.id not in judged for one in weighted):
        return None
    return sum(one.weight * judged[one.id] for one in weighted) / sum(one.weight for one in weighted)
