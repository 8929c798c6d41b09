"""Figures and targets: sensitivity, specificity, localisation, invariance, doses, attacks (domain brief 6).

Owns: the 21 x 15 matrix, the targets and which of them are missed. Must not know: files, pages, mutants' plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.mutate.fillers import Part
from evals.mutate.measure import CRITERIA, still
from evals.mutate.mutant import Operator, Sight
from evals.mutate.run import Findings, Row

SENSITIVITY, SPECIFICITY, EACH, LOCALISATION, INVARIANCE = 0.98, 0.95, 0.90, 0.90, 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it counts."""

    good: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, or None where nothing was counted."""
        return self.good / self.of if self.of else None

    def __str__(self) -> str:
        return f"{self.good}/{self.of} ({self.good / self.of:.3f})" if self.of else "none"


@dataclass(frozen=True, slots=True)
class Line:
    """One operator: mutants by plan, hits, right blames and the mean fall of each criterion."""

    id: str
    name: str
    target: str
    sight: Sight
    plans: dict[str, int]
    hits: int
    blamed: int
    mean_falls: dict[str, float]
    by_part: dict[str, Share]

    @property
    def count(self) -> int:
        """Mutants made."""
        return sum(self.plans.values())

    @property
    def sensitivity(self) -> float | None:
        """Share of mutants that hit."""
        return self.hits / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class Matrix:
    """All figures and the targets that are missed."""

    lines: tuple[Line, ...]
    specificity: Share
    by_criterion: dict[str, Share]
    localisation: Share
    invariance: Share
    by_control: dict[str, Share]
    doses: Share
    by_attack: dict[str, Share]
    missed: tuple[str, ...]
    by_part: dict[str, Share]


def matrix_of(tested: Findings, operators: Sequence[Operator]) -> Matrix:
    """The figures of a run. Only operators that rules see by construction gate; the others are told."""
    by_id = {operator.id: operator for operator in operators}
    lines = tuple(_line(operator, tested.rows) for operator in operators)
    by_criterion = {key: _unmoved(tested.rows, key, by_id) for key in CRITERIA}
    whole = _sum(by_criterion.values())
    seen = [row for row in tested.rows if by_id[row.told.operator].sight is Sight.rule]
    located = Share(sum(row.blamed for row in seen), len(seen))
    by_control = _by_id(tested.controls)
    by_attack = _by_id(tested.attacks)
    doses = Share(sum(dose.falling for dose in tested.doses), len(tested.doses))
    invariance = _sum(by_control.values())
    missed = [
        f"{line.id} sensitivity {line.hits}/{line.count}, wanted {SENSITIVITY}"
        for line in lines
        if line.sight is Sight.rule and _below(Share(line.hits, line.count), SENSITIVITY)
    ]
    missed += _misses("specificity", whole, SPECIFICITY)
    for key, share in by_criterion.items():
        missed += _misses(f"specificity of {key}", share, EACH)
    missed += _misses("localisation", located, LOCALISATION)
    missed += _misses("invariance under controls", invariance, INVARIANCE)
    missed += _misses("doses", doses, 1.0)
    for key, share in by_attack.items():
        missed += _misses(f"attack {key} raises nothing", share, 1.0)
    return Matrix(
        lines, whole, by_criterion, located, invariance, by_control, doses, by_attack, tuple(missed), _parts(seen)
    )


def _line(operator: Operator, rows: Sequence[Row]) -> Line:
    own = [row for row in rows if row.told.operator == operator.id]
    plans: dict[str, int] = {}
    for row in own:
        plans[row.told.seed] = plans.get(row.told.seed, 0) + 1
    falls = {key: _mean([row.falls[key] or 0.0 for row in own]) for key in CRITERIA}
    hits, blamed = sum(row.hit for row in own), sum(row.blamed for row in own)
    return Line(operator.id, operator.name, operator.target, operator.sight, plans, hits, blamed, falls, _parts(own))


def _parts(rows: Sequence[Row]) -> dict[str, Share]:
    return {part.value: _share([row.hit for row in rows if row.part is part]) for part in Part}


def _unmoved(rows: Sequence[Row], criterion: str, operators: dict[str, Operator]) -> Share:
    """Mutants whose target and allowed column are other criteria, and how many left this one unmoved."""
    counted = [
        row for row in rows if criterion != row.told.target and criterion not in operators[row.told.operator].allowed
    ]
    return Share(sum(still(row.falls[criterion]) for row in counted), len(counted))


def _by_id(rows: Sequence[Row]) -> dict[str, Share]:
    keys = sorted({row.told.operator for row in rows})
    return {key: _share([row.hit for row in rows if row.told.operator == key]) for key in keys}


def _share(flags: Sequence[bool]) -> Share:
    return Share(sum(flags), len(flags))


def _sum(shares: Iterable[Share]) -> Share:
    parts = list(shares)
    return Share(sum(share.good for share in parts), sum(share.of for share in parts))


def _below(share: Share, wanted: float) -> bool:
    return share.value is not None and share.value < wanted


def _misses(name: str, share: Share, wanted: float) -> list[str]:
    return [f"{name} {share}, wanted {wanted}"] if _below(share, wanted) else []


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
