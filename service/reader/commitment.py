"""How strongly a sentence commits the organisation: a small logistic model with its weights beside it, and rules.

Owns: the weights' file and the arithmetic. Must not know: how it was trained (`evals/training`), plans.
The model reads the embeddings of the sentence and of its heading (384 each) and
`features.FEATURE_NAMES`; it was trained only on sentences written for this project (`evals/datasets/sentences`).
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.errors import ModelDataMissing
from service.reader.features import FEATURE_NAMES
from service.reader.sections import among_neighbours

SENTENCE_SCALE, HEADING_SCALE = 3.0, 1.0
#: Weight of the rules of `binding` beside the trained log-odds, and the log-odds that count as even.
RULES, EVEN = 1.2, 0.6
NO_HEADING = "none"
WEIGHTS = Path(__file__).parent / "weights" / "commitment.json"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees of n sentences: vectors (n, 384), features (n, f), heading vectors (n, 384)."""

    vectors: NDArray[np.float32]
    features: NDArray[np.float32]
    headings: NDArray[np.float32]

    def joined(self) -> NDArray[np.float64]:
        """One row a sentence; embeddings scaled to the features' range. Shape (n, 384 + f + 384)."""
        parts = (self.vectors * SENTENCE_SCALE, self.features, self.headings * HEADING_SCALE)
        return np.hstack([part.astype(np.float64) for part in parts])


@dataclass(frozen=True, slots=True)
class CommitmentModel:
    """Binary weights for commitment and one row of weights a kind; all float64.

    `commitment` has shape (d,), `kinds` (len(kind_names), d), with d = 384 + features + 384.
    """

    commitment: NDArray[np.float64]
    commitment_bias: float
    kinds: NDArray[np.float64]
    kind_biases: NDArray[np.float64]
    kind_names: tuple[str, ...]

    def odds(self, seen: Seen) -> NDArray[np.float64]:
        """Log-odds of commitment for each row as trained, shape (n,), rounded to 6 digits for stable bytes."""
        return (seen.joined() @ self.commitment + self.commitment_bias).round(6).astype(np.float64)

    def kinds_of(self, seen: Seen) -> tuple[str, ...]:
        """Most likely kind for each row, whether or not it commits."""
        logits = seen.joined() @ self.kinds.T + self.kind_biases
        return tuple(self.kind_names[index] for index in np.argmax(np.round(logits, 6), axis=1))


def probabilities(
    odds: NDArray[np.float64], bindings: NDArray[np.float64], sections: Sequence[Hashable]
) -> NDArray[np.float64]:
    """Probability of commitment from the trained log-odds, the rules' and the neighbours in the section; shape (n,)."""
    settled = among_neighbours(odds + RULES * bindings, sections) - EVEN
    return (1.0 / (1.0 + np.exp(-settled))).round(6).astype(np.float64)


def load_commitment_model(path: Path = WEIGHTS) -> CommitmentModel:
    """The weights that ship with the project.

    Raises:
        ModelDataMissing: no file, or it was trained for other features.
    """
    if not path.is_file():
        raise ModelDataMissing(f"no weights at {path.name}: run python -m evals.training")
    data = json.loads(path.read_text(encoding="utf-8"))
    if tuple(data["features"]) != FEATURE_NAMES:
        raise ModelDataMissing(f"{path.name} was trained for other features: run python -m evals.training")
    return CommitmentModel(
        commitment=np.array(data["commitment"]),
        commitment_bias=float(data["commitment_bias"]),
        kinds=np.array(data["kinds"]),
        kind_biases=np.array(data["kind_biases"]),
        kind_names=tuple(data["kind_names"]),
    )
