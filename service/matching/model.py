"""From features to a fit: a small logistic model with its weights beside it.

Owns: the weights' file and the arithmetic. Must not know: how it was trained (`evals/matching`), plans.

A fit is the estimated probability that whoever leads the work would call the practice fitting for the intent
(grade 1 or 2 of `evals/datasets/matching`). It is calibrated on intents that were labelled after the practices'
statements had been written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.errors import ModelDataMissing
from service.matching.likeness import FEATURE_NAMES

WEIGHTS = Path(__file__).parent / "weights" / "fit.json"


@dataclass(frozen=True, slots=True, eq=False)
class FitModel:
    """One weight a feature, on the features as they come."""

    weights: NDArray[np.float64]
    bias: float

    def logits(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log odds, shape of the features without their last axis."""
        return np.asarray(features @ self.weights + self.bias, dtype=np.float64)


def probability(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log odds as probabilities, rounded to 6 digits for stable bytes."""
    return (1.0 / (1.0 + np.exp(-logits))).round(6).astype(np.float64)


def load_fit_model(path: Path = WEIGHTS) -> FitModel:
    """The weights that ship with the project.

    Raises:
        ModelDataMissing: no file, or it was trained for other features.
    """
    remedy = "run python -m evals match --train"
    if not path.is_file():
        raise ModelDataMissing(f"no weights at {path.name}: {remedy}")
    data = json.loads(path.read_text(encoding="utf-8"))
    if tuple(data["features"]) != FEATURE_NAMES:
        raise ModelDataMissing(f"{path.name} was trained for other features: {remedy}")
    return FitModel(np.array(data["weights"]), float(data["bias"]))
