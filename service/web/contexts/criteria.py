"""What the form checks found, criterion by criterion; never a total.

Owns: how a score becomes words. Must not know: HTML, how a check works.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpora.records import Criterion
from service.plan.plan import CriterionScore, Plan

_FULL = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion: `verdict` is 'passed', 'found' or 'unscored'; `score` reads '4.5 of 5' or is empty."""

    name: str
    verdict: str
    score: str
    reason: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All criteria, and one sentence that says how they went."""

    summary: str
    lines: tuple[Finding, ...]


def findings_of(plan: Plan, criteria: Sequence[Criterion]) -> Findings:
    """The plan's criteria in the rubric's order, what is left to look at first."""
    names = {criterion.id: criterion.name for criterion in criteria}
    titles = {item.id: item.title for item in (*plan.behaviours, *plan.rituals, *plan.policy_asks)}
    lines = tuple(_finding(score, names, titles) for score in plan.scores)
    order = {"found": 0, "passed": 1, "unscored": 2}
    return Findings(_summary(lines), tuple(sorted(lines, key=lambda line: order[line.verdict])))


def _finding(score: CriterionScore, names: Mapping[str, str], titles: Mapping[str, str]) -> Finding:
    items = tuple((key, titles[key]) for key in score.item_ids if key in titles)
    name = names.get(score.criterion, score.criterion)
    if score.score is None:
        return Finding(name, "unscored", "", score.reason, items)
    verdict = "passed" if score.score >= _FULL else "found"
    return Finding(name, verdict, f"{score.score:.1f} of 5", score.reason, items)


def _summary(lines: Sequence[Finding]) -> str:
    found = [line.name for line in lines if line.verdict == "found"]
    unscored = sum(line.verdict == "unscored" for line in lines)
    if not lines:
        return "No form check has run on this version."
    left = f" {unscored} could not be scored by rules alone." if unscored else ""
    if not found:
        return f"Form checks passed.{left}"
    passed = len(lines) - len(found) - unscored
    return f"{passed} form checks passed; to look at: {', '.join(found)}.{left}"
