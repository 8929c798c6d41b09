"""Which entries of a ledger are its document's headlines: graded entries, training, the measures.

Owns: reading `datasets/headlines`, the weights of `service/engines/patterns/headline.json` and how good the first
three of a document are, each document measured by weights that never saw it. Must not know: plans, pages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge

from service.engines.patterns.headline import FEATURE_NAMES, WEIGHTS

GRADES = Path(__file__).parent / "datasets" / "headlines" / "grades.jsonl"
#: Strength of the ridge penalty on standardised features.
STRENGTH = 100.0
FIRST = 3
HEADLINE, REAL = 3, 2


@dataclass(frozen=True, slots=True, eq=False)
class Graded:
    """Graded entries: features (entries, d), grades 0 to 3 (entries,), the document of each by number."""

    features: NDArray[np.float64]
    grades: NDArray[np.float64]
    documents: NDArray[np.intp]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstThree:
    """Over all documents, of the three entries ranked first: mean grade, share of headlines, share of real ones."""

    documents: int
    mean: float
    headlines: float
    real: float


def load_graded(path: Path = GRADES) -> Graded:
    """All graded entries in the order of their lines."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    names = tuple(dict.fromkeys(row["document"] for row in rows))
    return Graded(
        features=np.array([row["features"] for row in rows], dtype=np.float64),
        grades=np.array([row["grade"] for row in rows], dtype=np.float64),
        documents=np.array([names.index(row["document"]) for row in rows], dtype=np.intp),
        names=names,
    )


def train_headlines(graded: Graded, path: Path = WEIGHTS) -> None:
    """Fits the weights on every document and writes them to `path`."""
    weights, bias = fitted(graded.features, graded.grades)
    content = {"features": list(FEATURE_NAMES), "weights": weights.round(5).tolist(), "bias": round(bias, 5)}
    path.write_text(json.dumps(content) + "\n", encoding="utf-8")


def fitted(features: NDArray[np.float64], grades: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Weights on the features as they come, and the bias."""
    mean, spread = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-6)
    found = Ridge(alpha=STRENGTH).fit((features - mean) / spread, grades)
    weights = found.coef_ / spread
    return weights, float(found.intercept_ - weights @ mean)


def unseen(graded: Graded) -> NDArray[np.float64]:
    """The grade expected of each entry by weights fitted on the other documents."""
    expected = np.zeros(len(graded.grades))
    for number in range(len(graded.names)):
        own = graded.documents == number
        weights, bias = fitted(graded.features[~own], graded.grades[~own])
        expected[own] = graded.features[own] @ weights + bias
    return expected


def first_three(ranking: NDArray[np.float64], graded: Graded) -> FirstThree:
    """How good the three entries are that a ranking puts first, document by document."""
    chosen: list[float] = []
    for number in range(len(graded.names)):
        own = np.flatnonzero(graded.documents == number)
        order = own[np.argsort(-ranking[own].round(6), kind="stable")]
        chosen += graded.grades[order[:FIRST]].tolist()
    grades = np.array(chosen)
    return FirstThree(
        documents=len(graded.names),
        mean=float(grades.mean()),
        headlines=float((grades >= HEADLINE).mean()),
        real=float((grades >= REAL).mean()),
    )
