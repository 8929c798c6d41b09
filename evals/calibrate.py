"""Calibration: do raters agree, does the judge agree with them, and which criteria may gate.

Owns: reading ratings, weighted kappa with bootstrap intervals, the rule that lets a criterion gate.
Must not know: how a rating came about. Ratings marked synthetic are reported apart and open no gate.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from corpora.records import Frozen
from corpora.rubric import IDS
from evals.cases import UsageError

CATEGORIES = 5
ENOUGH = 0.6
DRAWS = 2000
SEED = 20260101
COLUMNS = ("plan", "criterion", "rater", "kind", "score")


class RaterKind(StrEnum):
    """Who gave a rating."""

    human = "human"
    judge = "judge"
    synthetic = "synthetic"


class Rating(Frozen):
    """One rater's score of one criterion of one plan."""

    plan: str = Field(min_length=1)
    criterion: str = Field(pattern=r"^(C([1-9]|1[0-3])|G[12])$")
    rater: str = Field(min_length=1)
    kind: RaterKind
    score: int = Field(ge=1, le=5)


@dataclass(frozen=True, slots=True)
class Kappa:
    """Quadratically weighted kappa with a 95% bootstrap interval over plans; None where nothing varies."""

    value: float | None
    low: float | None
    high: float | None
    plans: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """One criterion: agreement of people, of the judge with their median, of synthetic raters."""

    criterion: str
    people: int
    between_people: Kappa | None
    judge_with_people: Kappa | None
    synthetic: Kappa | None
    may_gate: bool
    why: str


def load_ratings(path: Path) -> tuple[Rating, ...]:
    """Ratings of a CSV file with the columns plan, criterion, rater, kind, score.

    Raises:
        UsageError: a column is missing, a row is wrong, a rater scores the same thing twice.
    """
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise UsageError(f"{path.name} must have the columns {', '.join(COLUMNS)}")
        rows = [_rating(path.name, line, row) for line, row in enumerate(reader, start=2)]
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        key = (row.plan, row.criterion, row.rater)
        if key in seen:
            raise UsageError(f"{path.name}: {row.rater} scores {row.criterion} of {row.plan} twice")
        seen.add(key)
    return tuple(rows)


def calibrate(ratings: Sequence[Rating]) -> tuple[Calibration, ...]:
    """Each rated criterion in rubric order."""
    rated = {rating.criterion for rating in ratings}
    return tuple(_calibration(key, [r for r in ratings if r.criterion == key]) for key in IDS if key in rated)


def weighted_kappa(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Cohen's kappa with quadratic weights for scores 1 to 5; None where both never vary together."""
    table = np.zeros((CATEGORIES, CATEGORIES))
    for one, other in zip(first, second, strict=True):
        table[one - 1, other - 1] += 1
    return _kappa_of(table)


def pooled_kappa(pairs: Sequence[tuple[Mapping[str, int], Mapping[str, int]]]) -> Kappa:
    """Kappa over pairs of raters (scores by plan), the mean over pairs; plans are drawn anew for the interval."""
    plans = sorted({plan for one, other in pairs for plan in one.keys() & other.keys()})
    value = _mean_kappa(pairs, plans)
    draws = np.random.default_rng(SEED).integers(0, max(1, len(plans)), size=(DRAWS, max(1, len(plans))))
    sampled = [_mean_kappa(pairs, [plans[place] for place in row]) for row in draws] if len(plans) > 1 else []
    known = [kappa for kappa in sampled if kappa is not None]
    if value is None or len(known) < DRAWS / 2:
        return Kappa(value, None, None, len(plans))
    low, high = np.quantile(known, [0.025, 0.975])
    return Kappa(value, float(low), float(high), len(plans))


def _rating(name: str, line: int, row: Mapping[str, str]) -> Rating:
    try:
        return Rating.model_validate(dict(row))
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{name}, line {line}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _calibration(criterion: str, ratings: Sequence[Rating]) -> Calibration:
    people = _by_rater(ratings, RaterKind.human)
    judges = _by_rater(ratings, RaterKind.judge)
    made_up = _by_rater(ratings, RaterKind.synthetic)
    between = pooled_kappa(list(combinations(people, 2))) if len(people) > 1 else None
    middle = _medians(people)
    with_people = pooled_kappa([(judge, middle) for judge in judges]) if judges and people else None
    synthetic = pooled_kappa(list(combinations(made_up, 2))) if len(made_up) > 1 else None
    why = _why_not(len(people), between, with_people)
    return Calibration(
        criterion, len(people), between, with_people, synthetic, not why, why or "people and judge agree"
    )


def _why_not(people: int, between: Kappa | None, judge: Kappa | None) -> str:
    if people < 2 or between is None:
        return f"{people} human rater{'s' if people != 1 else ''}; at least two are needed"
    if between.value is None or between.value < ENOUGH:
        return f"people agree below {ENOUGH}"
    if judge is None:
        return "no judge was rated against people"
    if judge.value is None or judge.value < ENOUGH:
        return f"judge and people agree below {ENOUGH}"
    return ""


def _by_rater(ratings: Sequence[Rating], kind: RaterKind) -> list[dict[str, int]]:
    names = sorted({rating.rater for rating in ratings if rating.kind is kind})
    return [{r.plan: r.score for r in ratings if r.rater == name and r.kind is kind} for name in names]


def _medians(people: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """The median score a plan; a half is rounded down, towards the stricter rater."""
    plans = {plan for one in people for plan in one}
    return {plan: int(median([one[plan] for one in people if plan in one])) for plan in sorted(plans)}


def _mean_kappa(pairs: Sequence[tuple[Mapping[str, int], Mapping[str, int]]], plans: Sequence[str]) -> float | None:
    kappas = []
    for one, other in pairs:
        shared = [plan for plan in plans if plan in one and plan in other]
        kappa = weighted_kappa([one[plan] for plan in shared], [other[plan] for plan in shared])
        if kappa is not None:
            kappas.append(kappa)
    return float(np.mean(kappas)) if kappas else None


def _kappa_of(table: NDArray[np.float64]) -> float | None:
    total = table.sum()
    if not total:
        return None
    grid = np.arange(CATEGORIES)
    weights = (grid[:, np.newaxis] - grid[np.newaxis, :]) ** 2
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    chance = float((weights * expected).sum())
    return None if chance == 0 else 1 - float((weights * table).sum()) / chance
