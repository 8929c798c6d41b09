"""How well practices are matched to intents: labelled intents, their split, and the measures.

Owns: reading `datasets/matching`, and precision and recall over it. Must not know: how a fit is made.

A practice that a line does not name was judged off the intent, if it stood in `considered.txt` when the labels were
written; any other is unknown and neither helps nor harms a figure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpora.records import Kind, Practice

FOLDER = Path(__file__).parent / "datasets" / "matching"
#: Written when the practices' statements stood already; what the fit is calibrated on.
LATER = "later"
TUNING_SHARE = 60
FITTING, EXACT = 1, 2
FIRST, FIRST_FEW, SHORT_LIST = 1, 3, 8


@dataclass(frozen=True, slots=True)
class Labelled:
    """An intent with the grade of each practice by id: 2 chosen for exactly this, 1 defensible, 0 off."""

    id: str
    text: str
    part: str
    grades: dict[str, int]

    @property
    def tuning(self) -> bool:
        """Whether the fit may be tuned on it; by a hash of the id, so that a new intent moves no other."""
        return int(hashlib.sha256(self.id.encode()).hexdigest()[:8], 16) % 100 < TUNING_SHARE


@dataclass(frozen=True, slots=True)
class MatchMeasures:
    """Over the intents that any practice suits; None where nothing could be judged.

    `precision` and `precision_few` by kind: share of the first and of the first three that are fitting. `off`: share
    of intents whose first behaviour is off. `recall`: share of exact practices among the first eight.
    """

    intents: int
    precision: dict[Kind, float | None]
    precision_few: dict[Kind, float | None]
    off: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Of the practices with at least this fit: how many were judged, and the share that is fitting."""

    fit: float
    judged: int
    precision: float | None


def load_labelled(folder: Path = FOLDER) -> tuple[Labelled, ...]:
    """All labelled intents, file by file in the order of their lines."""
    considered = dict.fromkeys((folder / "considered.txt").read_text(encoding="utf-8").split(), 0)
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            row = json.loads(line)
            found.append(Labelled(row["id"], row["text"], path.stem, considered | row["labels"]))
    return tuple(found)


def grades_of(intents: Sequence[Labelled], practices: Sequence[Practice]) -> NDArray[np.int_]:
    """Grades, shape (intents, practices); -1 where unknown."""
    return np.array([[intent.grades.get(practice.id, -1) for practice in practices] for intent in intents])


def measure(fits: NDArray[np.float64], grades: NDArray[np.int_], kinds: Sequence[Kind]) -> MatchMeasures:
    """The measures of one fit over intents; `fits` and `grades` have shape (intents, practices)."""
    served = [row for row in range(len(grades)) if (grades[row] >= FITTING).any()]
    columns = {kind: [c for c, one in enumerate(kinds) if one is kind] for kind in Kind}
    first = {kind: _firsts(fits, grades, served, columns[kind], FIRST) for kind in Kind}
    few = {kind: _firsts(fits, grades, served, columns[kind], FIRST_FEW) for kind in Kind}
    off = _share(first[Kind.behaviour], lambda grade: grade < FITTING)
    return MatchMeasures(
        intents=len(served),
        precision={kind: _share(first[kind], lambda grade: grade >= FITTING) for kind in Kind},
        precision_few={kind: _share(few[kind], lambda grade: grade >= FITTING) for kind in Kind},
        off=off,
        recall=_recall(fits, grades, served),
    )


def by_threshold(
    fits: NDArray[np.float64], grades: NDArray[np.int_], thresholds: Iterable[float]
) -> tuple[AtLeast, ...]:
    """Precision of all practices of a short list that reach each threshold, fit 0 to 1."""
    listed = np.zeros(fits.shape, dtype=bool)
    for row, order in enumerate(_orders(fits)):
        listed[row, order[:SHORT_LIST]] = True
    known = listed & (grades >= 0)
    found = []
    for threshold in thresholds:
        reached = grades[known & (fits >= threshold)].tolist()
        found.append(AtLeast(threshold, len(reached), _share(reached, lambda grade: grade >= FITTING)))
    return tuple(found)


def _orders(fits: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.argsort(-fits.round(6), axis=1, kind="stable")


def _firsts(
    fits: NDArray[np.float64], grades: NDArray[np.int_], rows: Sequence[int], columns: Sequence[int], most: int
) -> list[int]:
    """Known grades of the `most` best practices among `columns`, over the rows."""
    found: list[int] = []
    for row in rows:
        order = sorted(columns, key=lambda column: (-round(float(fits[row, column]), 6), column))[:most]
        found += [int(grades[row, column]) for column in order if grades[row, column] >= 0]
    return found


def _share(grades: Sequence[int], counts: Callable[[int], bool]) -> float | None:
    return sum(map(counts, grades)) / len(grades) if grades else None


def _recall(fits: NDArray[np.float64], grades: NDArray[np.int_], rows: Sequence[int]) -> float | None:
    shares = []
    for row, order in ((row, _orders(fits[row : row + 1])[0]) for row in rows):
        exact = int((grades[row] == EXACT).sum())
        if exact:
            shares.append(int((grades[row, order[:SHORT_LIST]] == EXACT).sum()) / min(exact, SHORT_LIST))
    return float(np.mean(shares)) if shares else None
