"""Fits the weights of the match between intents and practices and writes them.

Owns: the training recipe. Weights come from the tuning intents, where each known practice counts; the scale then
comes from tuning intents that were written after the practices' statements, so that a near copy of a statement does
not make the fit too sure of itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evals.matching import FITTING, LATER, Labelled
from service.matching.likeness import FEATURE_NAMES
from service.matching.model import WEIGHTS, FitModel

STRENGTH = 0.3
#: Practices whose first estimate is lower are never shown; the scale is fitted on the others.
SHOWN = -3.0


def train(
    features: NDArray[np.float64], grades: NDArray[np.int_], intents: Sequence[Labelled], path: Path = WEIGHTS
) -> FitModel:
    """Weights from the tuning intents, written to `path`; features have shape (intents, practices, d)."""
    tuning = np.array([intent.tuning for intent in intents])
    later = tuning & np.array([intent.part == LATER for intent in intents])
    first = _fitted(features[tuning], grades[tuning])
    slope, shift = _scale(first.logits(features[later]), grades[later])
    model = FitModel(np.round(first.weights * slope, 5), round(first.bias * slope + shift, 5))
    content = {"features": list(FEATURE_NAMES), "weights": model.weights.tolist(), "bias": model.bias}
    path.write_text(json.dumps(content) + "\n", encoding="utf-8")
    return model


def _fitted(features: NDArray[np.float64], grades: NDArray[np.int_]) -> FitModel:
    known = grades >= 0
    rows = features[known]
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    found = LogisticRegression(C=STRENGTH, max_iter=2000).fit((rows - mean) / spread, grades[known] >= FITTING)
    weights = found.coef_[0] / spread
    return FitModel(weights, float(found.intercept_[0] - weights @ mean))


def _scale(logits: NDArray[np.float64], grades: NDArray[np.int_]) -> tuple[float, float]:
    """Slope and shift that make the log odds true of what is shown (Platt 1999)."""
    shown = (grades >= 0) & (logits >= SHOWN)
    found = LogisticRegression(C=1e3).fit(logits[shown][:, None], grades[shown] >= FITTING)
    return float(found.coef_[0, 0]), float(found.intercept_[0])
