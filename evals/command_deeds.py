"""`python -m evals deeds`: how often practices that follow from a sentence's verb and object are fitting.

Owns: the table. Must not know: how deeds are read.
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from evals.deeds import Grade, fits_of, load_grades, share, write_fits


def deeds_command(write: bool) -> None:
    """Prints shares by practice, and by meaning for the same intents; `write` renews the product's fits."""
    grades = load_grades()
    table = Table("practice", "called for by", "graded", "fitting", "chosen", "fit")
    for by in ("deed", "kind"):
        for practice, fit in sorted(fits_of(grades, by).items(), key=lambda pair: -pair[1]):
            _row(table, practice, by, [one for one in grades if (one.practice, one.by) == (practice, by)], f"{fit:.2f}")
    for by in ("deed", "kind", "meaning"):
        _row(table, "all", by, [one for one in grades if one.by == by], "")
    if write:
        write_fits(grades)
    Console().print(table)


def _row(table: Table, name: str, by: str, grades: list[Grade], fit: str) -> None:
    fitting, exact = share(grades)
    table.add_row(name, by, str(len(grades)), f"{fitting:.0%}", f"{exact:.0%}", fit)
