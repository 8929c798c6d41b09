"""From cases to the run: means and shares with intervals, and the paired comparison with a baseline.

Owns: Summary, Comparison. Must not know: gates, reports. There is no total: criteria stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpora.rubric import IDS
from evals.bounded import bounded_mean
from evals.results import JUDGED, CaseResult, Counted, RunResult
from evals.stats import Estimate, clustered_share, holm, paired

#: The rule's criteria, then the judge's.
CRITERIA = (*IDS, *(f"{JUDGED}{criterion}" for criterion in IDS))
LOWER_IS_BETTER = frozenset({"traps", "false alarms"})


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A criterion over the run's scored cases."""

    criterion: str
    estimate: Estimate
    lowest: float
    lowest_case: str
    unscored: int


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A pooled share over the run's documents."""

    measure: str
    hits: int
    of: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class AssertionRow:
    """In how many cases an assertion holds."""

    measure: str
    held: int
    of: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The run in rows."""

    scores: tuple[ScoreRow, ...]
    shares: tuple[ShareRow, ...]
    assertions: tuple[AssertionRow, ...]

    def share(self, measure: str) -> ShareRow | None:
        """The row of a share, None where no case measured it."""
        return next((row for row in self.shares if row.measure == measure), None)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """How a measure moved against the baseline on the same cases; `adjusted` is Holm's p."""

    measure: str
    is_share: bool
    higher_is_better: bool
    cases: int
    before: float
    after: float
    change: Estimate
    detectable: float | None
    adjusted: float | None


@dataclass(frozen=True, slots=True)
class Loss:
    """Something one case had in the baseline and has no longer."""

    measure: str
    case: str
    words: str
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run against a baseline; `unpaired` cases have no same document there."""

    rows: tuple[ChangeRow, ...]
    losses: tuple[Loss, ...]
    paired: int
    unpaired: tuple[str, ...]
    differs: tuple[str, ...]


def summarise(run: RunResult) -> Summary:
    """Rows of a run."""
    scores = tuple(row for row in (_score_row(run, criterion) for criterion in CRITERIA) if row is not None)
    return Summary(scores, tuple(_share_rows(run)), tuple(_assertion_rows(run)))


def compare(before: RunResult, after: RunResult, alpha: float = 0.05, power: float = 0.8) -> Comparison:
    """Paired differences, after minus before, on cases of the same id and the same document bytes."""
    old = {case.case: case for case in before.cases}
    pairs = [(old[new.case], new) for new in after.cases if new.case in old and old[new.case].sha256 == new.sha256]
    matched = {new.case for _, new in pairs}
    unpaired = tuple(case.case for case in after.cases if case.case not in matched)
    changes = [*_score_changes(pairs), *_share_changes(pairs)]
    tested = [row for row in changes if row[3].p_value() is not None]
    adjusted = dict(zip((row[0] for row in tested), holm([row[3].p_value() or 0.0 for row in tested]), strict=True))
    rows = tuple(
        ChangeRow(
            measure=measure,
            is_share=measure not in IDS,
            higher_is_better=measure not in LOWER_IS_BETTER,
            cases=change.observations,
            before=first,
            after=second,
            change=change,
            detectable=change.detectable(alpha, power),
            adjusted=adjusted.get(measure),
        )
        for measure, first, second, change in changes
    )
    return Comparison(rows, tuple(_losses(pairs)), len(pairs), unpaired, tuple(_differs(before, after)))


def _score_row(run: RunResult, criterion: str) -> ScoreRow | None:
    measured = [(case, case.value(criterion)) for case in run.cases if criterion in {o.measure for o in case.outcomes}]
    scored = [(case, float(value)) for case, value in measured if value is not None]
    if not scored:
        return None
    worst, lowest = min(scored, key=lambda pair: (pair[1], pair[0].case))
    estimate = bounded_mean([value for _, value in scored], [case.document for case, _ in scored])
    return ScoreRow(criterion, estimate, lowest, worst.case, len(measured) - len(scored))


def _share_rows(run: RunResult) -> Iterator[ShareRow]:
    for measure in dict.fromkeys(counted.measure for case in run.cases for counted in case.counts):
        rows = [(case, c) for case in run.cases for c in case.counts if c.measure == measure and c.of]
        if rows:
            hits, of = [c.hits for _, c in rows], [c.of for _, c in rows]
            estimate = clustered_share(hits, of, [case.document for case, _ in rows])
            yield ShareRow(measure, sum(hits), sum(of), estimate)


def _assertion_rows(run: RunResult) -> Iterator[AssertionRow]:
    for measure in dict.fromkeys(o.measure for case in run.cases for o in case.assertions()):
        values = [o.value for case in run.cases for o in case.assertions() if o.measure == measure]
        yield AssertionRow(measure, sum(value is True for value in values), len(values))


Pairs = list[tuple[CaseResult, CaseResult]]
Change = tuple[str, float, float, Estimate]


def _score_changes(pairs: Pairs) -> Iterator[Change]:
    for criterion in IDS:
        both = [(old.value(criterion), new.value(criterion), new.document) for old, new in pairs]
        rows = [(float(a), float(b), c) for a, b, c in both if a is not None and b is not None]
        if rows:
            yield _changed(criterion, rows)


def _share_changes(pairs: Pairs) -> Iterator[Change]:
    for measure in dict.fromkeys(counted.measure for _, new in pairs for counted in new.counts):
        rows = []
        for old, new in pairs:
            first, second = _share(old, measure), _share(new, measure)
            if first is not None and second is not None:
                rows.append((first, second, new.document))
        if rows:
            yield _changed(measure, rows)


def _changed(measure: str, rows: list[tuple[float, float, str]]) -> Change:
    before, after = [row[0] for row in rows], [row[1] for row in rows]
    change = paired(before, after, [row[2] for row in rows])
    return measure, sum(before) / len(before), sum(after) / len(after), change


def _share(case: CaseResult, measure: str) -> float | None:
    found: Mapping[str, Counted] = {counted.measure: counted for counted in case.counts if counted.of}
    return found[measure].hits / found[measure].of if measure in found else None


def _losses(pairs: Pairs) -> Iterator[Loss]:
    for old, new in pairs:
        for outcome in new.assertions():
            if outcome.value is False and old.value(outcome.measure) is True:
                yield Loss(outcome.measure, new.case, f"held in the baseline: {outcome.reason}", outcome.where)
        for scored in old.scores():
            if scored.value is not None and new.value(scored.measure) is None:
                yield Loss(scored.measure, new.case, "was scored in the baseline and is not any more")


def _differs(before: RunResult, after: RunResult) -> Iterator[str]:
    for name in ("suite", "engine", "model", "mode"):
        first, second = getattr(before, name), getattr(after, name)
        if first != second:
            yield f"{name}: {first} before, {second} now"
    for name in type(after.fingerprint).model_fields:
        if getattr(before.fingerprint, name) != getattr(after.fingerprint, name):
            yield f"{name} changed"
