"""Charts as SVG text, drawn without a library.

Owns: geometry and the escaping of labels. Must not know: files, gates.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from corpora.rubric import IDS
from evals.aggregate import ShareRow
from evals.results import RunResult

ROW, LABEL, WIDTH = 30, 130, 420
CELL, NAME = 46, 250
_TOP = 26


def interval_chart(rows: Sequence[ShareRow]) -> Markup:
    """A dot and its interval for each share, on one scale from 0 to 1."""
    height = ROW * len(rows) + _TOP + 6
    parts = [_open(LABEL + WIDTH + 90, height, "Shares with 95% intervals clustered by document")]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = LABEL + tick * WIDTH
        parts.append(f'<line class="tick" x1="{x:.0f}" y1="{_TOP - 6}" x2="{x:.0f}" y2="{height - 4}"/>')
        parts.append(f'<text class="axis" x="{x:.0f}" y="14" text-anchor="middle">{tick:.0%}</text>')
    for number, row in enumerate(rows):
        parts += _interval(row, _TOP + ROW * number + ROW / 2)
    return Markup("".join([*parts, "</svg>"]))


def score_grid(run: RunResult) -> Markup:
    """Criteria by document as a heat map with the numbers in it; a dash is unscored, which is not zero."""
    cases = [case for case in run.cases if any(outcome.measure in IDS for outcome in case.outcomes)]
    height = _TOP + ROW * len(cases) + 4
    parts = [_open(NAME + CELL * len(IDS) + 4, height, "Deterministic score of each criterion by document")]
    for column, criterion in enumerate(IDS):
        x = NAME + CELL * column + CELL / 2
        parts.append(f'<text class="axis" x="{x:.0f}" y="16" text-anchor="middle">{criterion}</text>')
    for number, case in enumerate(cases):
        y = _TOP + ROW * number
        parts.append(f'<text class="label" x="0" y="{y + 20}">{escape(case.case[:34])}</text>')
        for column, criterion in enumerate(IDS):
            parts.append(_cell(case.value(criterion), NAME + CELL * column, y))
    return Markup("".join([*parts, "</svg>"]))


def _interval(row: ShareRow, y: float) -> list[str]:
    estimate = row.estimate
    parts = [f'<text class="label" x="0" y="{y + 4:.0f}">{escape(row.measure)}</text>']
    if estimate.low is not None and estimate.high is not None:
        low, high = LABEL + max(0.0, estimate.low) * WIDTH, LABEL + min(1.0, estimate.high) * WIDTH
        parts.append(f'<line class="reach" x1="{low:.1f}" y1="{y:.0f}" x2="{high:.1f}" y2="{y:.0f}"/>')
    parts.append(f'<circle class="dot" cx="{LABEL + estimate.mean * WIDTH:.1f}" cy="{y:.0f}" r="5"/>')
    words = f"{row.hits} of {row.of}"
    parts.append(f'<text class="axis" x="{LABEL + WIDTH + 14}" y="{y + 4:.0f}">{words}</text>')
    return parts


def _cell(value: bool | float | None, x: int, y: int) -> str:
    shade = "none" if value is None else f"s{min(5, max(1, int(value)))}"
    words = "–" if value is None else f"{float(value):.1f}"
    box = f'<rect class="cell {shade}" x="{x}" y="{y}" width="{CELL - 2}" height="{ROW - 2}" rx="3"/>'
    return f'{box}<text class="in {shade}" x="{x + CELL / 2 - 1:.0f}" y="{y + 19}" text-anchor="middle">{words}</text>'


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
    )
