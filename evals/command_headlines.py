"""`python -m evals headlines`: measures which entries start first, and trains the weights.

Owns: the table. Must not know: how entries are weighed.
"""

from __future__ import annotations

import numpy as np
from rich.console import Console
from rich.table import Table

from evals.headlines import FirstThree, first_three, load_graded, train_headlines, unseen
from service.engines.patterns.headline import FEATURE_NAMES

COMMITMENT = FEATURE_NAMES.index("commitment")


def headlines_command(train_first: bool) -> None:
    """Prints how good the first three entries of a document are by each ranking; `train_first` fits anew."""
    graded = load_graded()
    table = Table("ranked by", "documents", "mean grade of the first three", "headlines", "real or headline")
    _row(table, "weights of the other documents", first_three(unseen(graded), graded))
    _row(table, "how surely it commits", first_three(graded.features[:, COMMITMENT], graded))
    _row(table, "chance (a shuffle)", first_three(np.random.default_rng(1).random(len(graded.grades)), graded))
    _row(table, "the grades themselves", first_three(graded.grades, graded))
    if train_first:
        train_headlines(graded)
    Console().print(table)


def _row(table: Table, name: str, found: FirstThree) -> None:
    table.add_row(name, str(found.documents), f"{found.mean:.2f}", f"{found.headlines:.0%}", f"{found.real:.0%}")
