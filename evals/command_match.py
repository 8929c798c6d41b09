"""`python -m evals match`: measures the match of practices to intents, and trains its weights.

Owns: the tables. Must not know: how a fit is made or measured.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from corpora.records import Kind
from evals.matching import LATER, Labelled, by_threshold, grades_of, load_labelled, measure
from evals.training.fit import train
from retrieval.embed import load_embedder
from service.library import Library, load_library
from service.matching.likeness import FEATURE_NAMES
from service.matching.model import probability
from service.settings import Settings
from service.stages.match import features_of

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


def match_command(train_first: bool) -> None:
    """Prints the measures of the tuning and the held-back intents; `train_first` fits the weights anew."""
    settings = Settings()
    embedder = load_embedder(settings.cache, settings.threads)
    library = load_library(embedder, settings.cache)
    intents = load_labelled()
    vectors = embedder.embed([intent.text for intent in intents])
    features = np.array(
        [features_of(vectors[row : row + 1], intent.text, library) for row, intent in enumerate(intents)]
    )
    grades = grades_of(intents, library.practices)
    model = train(features, grades, intents) if train_first else library.fit_model
    console = Console()
    console.print(_table(probability(model.logits(features)), grades, intents, library))
    if train_first:
        console.print(
            ", ".join(f"{name} {weight:+.2f}" for name, weight in zip(FEATURE_NAMES, model.weights, strict=True))
        )


def _table(fits: NDArray[np.float64], grades: NDArray[np.int_], intents: Sequence[Labelled], library: Library) -> Table:
    table = Table("intents", "n", "first B", "R", "P", "three B", "R", "off", "recall", "precision at fit (judged)")
    kinds = [practice.kind for practice in library.practices]
    for name, rows in _parts(intents).items():
        found = measure(fits[rows], grades[rows], kinds)
        at = by_threshold(fits[rows], grades[rows], THRESHOLDS)
        table.add_row(
            name,
            str(found.intents),
            *(_percent(found.precision[kind]) for kind in Kind),
            _percent(found.precision_few[Kind.behaviour]),
            _percent(found.precision_few[Kind.ritual]),
            _percent(found.off),
            _percent(found.recall),
            " ".join(f"{one.fit:.1f}: {_percent(one.precision)} ({one.judged})" for one in at),
        )
    return table


def _parts(intents: Sequence[Labelled]) -> dict[str, list[int]]:
    """Rows by split, and the held-back ones that were written last on their own."""
    rows = range(len(intents))
    held = [row for row in rows if not intents[row].tuning]
    return {
        "tuning": [row for row in rows if intents[row].tuning],
        "held back": held,
        f"held back, {LATER}": [row for row in held if intents[row].part == LATER],
    }


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
