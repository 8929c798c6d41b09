"""What the evaluation pages show: a plan's criteria beside the rubric's anchors, and the project's latest report.

Owns: those pages, and plain names for what a report measures. Must not know: HTML, how anything is scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from corpora.records import Criterion, Gate
from service.evaluation import Evaluation, NoEvaluation, ShareLine
from service.plan.plan import Plan
from service.store.records import PlanRecord
from service.web.contexts.criteria import Finding, findings_of

_ANCHORS = ((5, "5, the best"), (3, "3"), (1, "1, the worst"))
_MEASURES = {
    "schema": "The plan has its published form",
    "status": "A plan where there is a strategy, and none where there is none",
    "not empty": "The plan is not empty",
    "quotes exact": "Every quote is exact",
    "nothing invented": "No name and no number is invented",
    "intents served": "Every intent that starts has an item",
    "load": "Nobody’s week is overfull",
    "quotes in the file": "Every quote is found in the original file",
    "deterministic": "The same document gives the same plan",
    "recall": "Commitments marked beforehand that were found",
    "precision": "Intents found that were marked beforehand",
    "traps": "Sentences that sound like commitments and are none, taken for one (fewer is better)",
    "false alarms": "Documents without a strategy that got a plan (fewer is better)",
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a plan with that score is like; `near` marks the one nearest to this plan's."""

    score: str
    words: str
    near: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A criterion of a plan: what was found, what its scores mean, what a reader may ask."""

    finding: Finding
    question: str
    weight: int
    gate: bool
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class CriteriaPage:
    """A plan's criteria.

    Attributes:
        record: the plan.
        summary: how the checks went, in one sentence.
        lines: each criterion with its anchors, what is left to look at first.
    """

    template: ClassVar[str] = "criteria.html"
    record: PlanRecord
    summary: str
    lines: tuple[Explained, ...]


def criteria_page(record: PlanRecord, plan: Plan, criteria: Sequence[Criterion]) -> CriteriaPage:
    """The page of a plan's criteria."""
    findings = findings_of(plan, criteria)
    by_name = {one.name: one for one in criteria}
    scores = {score.criterion: score.score for score in plan.scores}
    lines = tuple(
        _explained(line, by_name[line.name], scores.get(by_name[line.name].id))
        for line in findings.lines
        if line.name in by_name
    )
    return CriteriaPage(record, findings.summary, lines)


def _explained(finding: Finding, criterion: Criterion, score: float | None) -> Explained:
    near = min((1, 3, 5), key=lambda mark: abs(mark - score)) if score is not None else None
    anchors = tuple(
        Anchor(label, criterion.anchors[mark], mark == near)  # type: ignore[index]  # a literal key by value
        for mark, label in _ANCHORS
    )
    return Explained(finding, criterion.judge_question, criterion.weight, criterion.role is Gate.gate, anchors)


@dataclass(frozen=True, slots=True)
class Measured:
    """A line of the report in plain words: '8 of 8'."""

    words: str
    hits: int
    of: int


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """The latest evaluation of the project.

    Attributes:
        report: the run; None where there is none to show.
        why: why there is none.
        must_hold: what has to hold in every plan, and in how many it does.
        shares: what was found of what should be found.
    """

    template: ClassVar[str] = "evaluation.html"
    report: Evaluation | None
    why: str
    must_hold: tuple[Measured, ...]
    shares: tuple[Measured, ...]


def evaluation_page(found: Evaluation | NoEvaluation) -> EvaluationPage:
    """The page of the latest report, or of why there is none."""
    if isinstance(found, NoEvaluation):
        return EvaluationPage(None, found.why, (), ())
    return EvaluationPage(found, "", _measured(found.must_hold), _measured(found.shares))


def _measured(lines: Sequence[ShareLine]) -> tuple[Measured, ...]:
    return tuple(Measured(_MEASURES.get(line.measure, line.measure), line.hits, line.of) for line in lines)
