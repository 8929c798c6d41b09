"""The figures as a table and as JSON.

Owns: their layout. Must not know: how they came about.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from evals.bench.commands import Case
from evals.bench.ingest import BAR, Ingest


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run of the bench found."""

    ingest: Ingest | None
    cases: tuple[Case, ...]

    @property
    def passed(self) -> bool:
        """Whether no bar was missed; what was skipped misses none."""
        return (self.ingest is None or self.ingest.passed) and all(case.passed is not False for case in self.cases)


def as_json(report: Report) -> str:
    """Everything, with the machine it was measured on."""
    ingest = report.ingest
    found = (
        asdict(ingest) | {"ratio": ingest.ratio, "cpu_ratio": ingest.cpu_ratio, "bar": BAR, "passed": ingest.passed}
        if ingest
        else None
    )
    machine = {"processors": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    whole = {"machine": machine, "ingest": found, "cases": [asdict(case) for case in report.cases]}
    return json.dumps(whole, indent=2) + "\n"


def as_table(report: Report) -> str:
    """For a terminal."""
    lines = _ingest_lines(report.ingest) if report.ingest else []
    rows = [("case", "seconds", "peak MB", "kept", "note")] if report.cases else []
    rows += [
        (case.name, _figure(case.seconds, 2), _figure(case.peak_mb, 0), _kept(case), case.note) for case in report.cases
    ]
    return "\n".join([*lines, *_columns(rows)]) + "\n"


def _ingest_lines(ingest: Ingest) -> list[str]:
    rows: list[tuple[str, ...]] = [("ingest", "median s", "CPU s", "rounds", "pieces", "peak MB")]
    for side in (ingest.ours, ingest.alternative):
        middle = statistics.median(side.seconds)
        each = " ".join(f"{value:.2f}" for value in side.seconds)
        rows.append(
            (
                side.name,
                f"{middle:.2f}",
                f"{statistics.median(side.cpu_seconds):.2f}",
                each,
                str(side.pieces),
                f"{side.peak_mb:.0f}",
            )
        )
    verdict = "kept" if ingest.passed else "MISSED"
    size = f"{ingest.documents} documents, {ingest.words} words; parsing left out, models warm, float32 both"
    return [
        size,
        *_columns(rows),
        f"ours is {ingest.ratio:.2f} times as fast (bar {BAR}: {verdict}), {ingest.cpu_ratio:.2f} by CPU time",
        "",
    ]


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _figure(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _kept(case: Case) -> str:
    return "-" if case.passed is None else "yes" if case.passed else "NO"
