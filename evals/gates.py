"""The verdict: from results, baseline and thresholds to one list of failures.

Owns: the fields of `gates.yaml`, Finding, Verdict; text and exit code come from it and nowhere else.
Must not know: how plans are made, how reports look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import yaml
from pydantic import Field

from corpora.records import Frozen
from evals.aggregate import Comparison, Summary
from evals.results import JUDGED, CaseResult, RunResult

GATES = Path(__file__).parent / "gates.yaml"


class FailOn(StrEnum):
    """What makes a run fail."""

    regression = "regression"
    threshold = "threshold"
    any = "any"


class Bound(Frozen):
    """The limits of a pooled share."""

    at_least: float | None = None
    at_most: float | None = None


class RegressionRule(Frozen):
    """What counts as worse than the baseline."""

    score_drop: float = Field(gt=0)
    share_drop: float = Field(gt=0)
    alpha: float = Field(gt=0, lt=1)
    power: float = Field(gt=0, lt=1)


class Gates(Frozen):
    """The thresholds as read from `gates.yaml`."""

    must_hold: tuple[str, ...]
    lowest_score: dict[str, float]
    shares: dict[str, Bound]
    regression: RegressionRule
    judge_gates: tuple[str, ...] = ()

    def lowest(self, criterion: str) -> float:
        """The lowest score allowed in a single plan."""
        return self.lowest_score.get(criterion.removeprefix(JUDGED), self.lowest_score["default"])

    def gated(self, measure: str) -> bool:
        """Whether a criterion may fail a run; a judge's may only when it is calibrated against people."""
        return not measure.startswith(JUDGED) or measure.removeprefix(JUDGED) in self.judge_gates


class Rule(StrEnum):
    """Which kind of rule a finding broke."""

    threshold = "threshold"
    regression = "regression"
    infrastructure = "infrastructure"


class Finding(Frozen):
    """One reason why a run fails: rule, measure, the case (None: the whole run), the words, the items."""

    rule: Rule
    measure: str
    case: str | None
    words: str
    where: tuple[str, ...] = ()
    weight: float = 1.0


class ExitCode(StrEnum):
    """How a run ended; `code` is the number the shell sees."""

    passed = "pass"
    quality = "quality"
    usage = "usage"
    infrastructure = "infrastructure"
    budget = "budget"
    interrupted = "interrupted"

    @property
    def code(self) -> int:
        """0 pass, 1 quality, 2 usage, 3 infrastructure or replay miss, 4 budget, 130 interrupted."""
        return {"pass": 0, "quality": 1, "usage": 2, "infrastructure": 3, "budget": 4, "interrupted": 130}[self.value]


class Verdict(Frozen):
    """What the run amounts to."""

    ending: ExitCode
    headline: str
    findings: tuple[Finding, ...]
    ungated: tuple[Finding, ...] = ()


def load_gates(path: Path = GATES) -> Gates:
    """The thresholds.

    Raises:
        pydantic.ValidationError: a field is missing or wrong.
    """
    return Gates.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def gates_hash(path: Path = GATES) -> str:
    """Sixteen hex digits of the file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def judge(run: RunResult, summary: Summary, comparison: Comparison | None, gates: Gates, fail_on: FailOn) -> Verdict:
    """The verdict on a run; findings of a kind that is not asked for are kept apart and do not fail it."""
    broken = list(_infrastructure(run))
    scores = list(_scores(run, gates))
    thresholds = [*_assertions(run, gates), *(s for s in scores if gates.gated(s.measure)), *_shares(summary, gates)]
    thresholds += _unanswered(run)
    regressions = list(_regressions(comparison, gates)) if comparison else []
    asked = [*(thresholds if fail_on is not FailOn.regression else [])]
    asked += regressions if fail_on is not FailOn.threshold else []
    others = [finding for finding in (*thresholds, *scores, *regressions) if finding not in asked]
    findings = tuple(sorted([*broken, *asked], key=_worst_first))
    ending = _ending(run, bool(broken), bool(asked))
    return Verdict(ending=ending, headline=_headline(ending, run, findings), findings=findings, ungated=tuple(others))


def _ending(run: RunResult, broken: bool, worse: bool) -> ExitCode:
    stopped = (run.stopped or "").partition(":")[0]
    if stopped == "interrupted":
        return ExitCode.interrupted
    if stopped == "budget":
        return ExitCode.budget
    if broken or stopped:
        return ExitCode.infrastructure
    return ExitCode.quality if worse else ExitCode.passed


def _headline(ending: ExitCode, run: RunResult, findings: tuple[Finding, ...]) -> str:
    cases = f"{len(run.cases)} case{'s' if len(run.cases) != 1 else ''}"
    if ending is ExitCode.passed:
        return f"PASS: {cases}, all gates met. Judge {run.judge}."
    measures = ", ".join(dict.fromkeys(finding.measure for finding in findings))
    if ending is ExitCode.quality:
        return f"FAIL: {measures} ({len(findings)} finding{'s' if len(findings) != 1 else ''} in {cases})."
    reason = run.stopped or "; ".join(finding.words for finding in findings if finding.rule is Rule.infrastructure)
    return f"{ending.value.upper()}: {reason} ({cases} finished)."


def _worst_first(finding: Finding) -> tuple[float, str, str]:
    return (-finding.weight, finding.measure, finding.case or "")


def _infrastructure(run: RunResult) -> Iterator[Finding]:
    for case in run.cases:
        if case.error:
            yield Finding(rule=Rule.infrastructure, measure="run", case=case.case, words=case.error, weight=9)


def _assertions(run: RunResult, gates: Gates) -> Iterator[Finding]:
    for case in run.cases:
        for outcome in case.assertions():
            if outcome.measure in gates.must_hold and outcome.value is False:
                yield _finding(case, outcome.measure, outcome.reason, outcome.where, 5)


def _scores(run: RunResult, gates: Gates) -> Iterator[Finding]:
    for case in run.cases:
        for outcome in case.scores():
            least = gates.lowest(outcome.measure)
            if outcome.value is not None and outcome.value < least:
                words = f"{outcome.value:.2f}, at least {least:g} wanted: {outcome.reason}"
                yield _finding(case, outcome.measure, words, outcome.where, 5 - float(outcome.value))


def _unanswered(run: RunResult) -> Iterator[Finding]:
    """In a judged run a missing answer fails, never passes."""
    for case in run.cases:
        for outcome in case.scores():
            if outcome.value is None and outcome.measure.startswith(JUDGED):
                yield _finding(case, outcome.measure, outcome.reason, outcome.where, 2)


def _finding(case: CaseResult, measure: str, words: str, where: tuple[str, ...], weight: float) -> Finding:
    return Finding(rule=Rule.threshold, measure=measure, case=case.case, words=words, where=where, weight=weight)


def _shares(summary: Summary, gates: Gates) -> Iterator[Finding]:
    for measure, bound in gates.shares.items():
        row = summary.share(measure)
        if row is None:
            continue
        low, high = bound.at_least, bound.at_most
        if low is not None and row.estimate.mean < low:
            words = f"{row.estimate.mean:.0%} ({row.hits} of {row.of}), at least {low:.0%} wanted"
        elif high is not None and row.estimate.mean > high:
            words = f"{row.estimate.mean:.0%} ({row.hits} of {row.of}), at most {high:.0%} allowed"
        else:
            continue
        yield Finding(rule=Rule.threshold, measure=measure, case=None, words=words, weight=4)


def _regressions(comparison: Comparison, gates: Gates) -> Iterator[Finding]:
    rule = gates.regression
    for loss in comparison.losses:
        yield Finding(
            rule=Rule.regression, measure=loss.measure, case=loss.case, words=loss.words, where=loss.where, weight=4.5
        )
    for row in comparison.rows:
        drop = -row.change.mean if row.higher_is_better else row.change.mean
        matters = rule.share_drop if row.is_share else rule.score_drop
        significant = row.adjusted is not None and row.adjusted < rule.alpha and drop > 0
        if drop >= matters or significant:
            why = f"as much as matters is {matters:g}" if drop >= matters else f"Holm-adjusted p {row.adjusted:.3g}"
            words = f"worse by {drop:.2f} than the baseline over {row.cases} cases ({why})"
            yield Finding(rule=Rule.regression, measure=row.measure, case=None, words=words, weight=3 + drop)
