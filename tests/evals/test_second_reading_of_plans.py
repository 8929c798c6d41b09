"""What the second reader of the six plans found, and that every fault was mended or is said to be left."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from evals.cases import ROOT
from evals.mutate.measure import CRITERIA
from evals.mutate.seeds import PLANS
from service.checks.scoring import MEAN_WEIGHT, MINIMUM_WEIGHT
from service.plan.plan import Plan

FAULTS = ROOT / "evals" / "datasets" / "second_reading" / "plans" / "faults.csv"
#: Criteria scored once a plan, and those scored by intent or by item of one kind.
WHOLE, BY_INTENT, BY_BEHAVIOUR = {"C2", "C8", "C12"}, {"C9"}, {"C3", "C11"}


def rows() -> list[dict[str, str]]:
    with FAULTS.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def scored(plan: Plan, criterion: str) -> int:
    """How many things the criterion scores in a plan."""
    if criterion in WHOLE:
        return 1
    if criterion in BY_INTENT:
        return len(plan.intents)
    if criterion in BY_BEHAVIOUR:
        return len(plan.behaviours)
    if criterion == "C13":
        return len(plan.policy_asks) + 1
    return len(plan.behaviours) + len(plan.rituals)


def score(plan: Plan, criterion: str, faults: list[int]) -> float:
    values = [5] * (scored(plan, criterion) - len(faults)) + faults
    return MEAN_WEIGHT * sum(values) / len(values) + MINIMUM_WEIGHT * min(values)


def by_criterion(name: str, *, left_only: bool) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows():
        if row["plan"] == name and (not left_only or row["settled"].startswith("left")):
            found[row["criterion"]].append(int(row["score"]))
    return found


def test_every_fault_names_a_plan_a_criterion_and_how_it_was_settled() -> None:
    names = {path.stem for path in PLANS.glob("*.json")}
    assert all(row["plan"] in names and row["criterion"] in CRITERIA and row["settled"] for row in rows())
    assert {row["score"] for row in rows()} <= {"1", "2", "3", "4"}


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.json")), ids=lambda path: path.stem)
def test_what_is_left_keeps_the_plan_at_four_and_a_half_everywhere(path: Path) -> None:
    plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
    left = by_criterion(path.stem, left_only=True)
    assert all(score(plan, criterion, faults) >= 4.5 for criterion, faults in left.items())


def test_the_first_scores_are_those_that_the_readme_states() -> None:
    below = 0
    for path in PLANS.glob("*.json"):
        plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
        found = by_criterion(path.stem, left_only=False)
        below += sum(score(plan, criterion, faults) < 4.5 for criterion, faults in found.items())
    assert below == 17  # of 90
