"""The matrix for people: a page with one heat map, numbers in every cell.

Owns: the SVG and the page around it. Must not know: how figures come about. No script, no style sheet from afar.
"""

from __future__ import annotations

from html import escape

from evals.mutate.matrix import Line, Matrix
from evals.mutate.measure import CRITERIA, WOBBLE

CELL, ROW, LEFT, TOP = 46, 24, 250, 30
DARKEST = 4.0
MET = "All targets of the rules are met. What needs a judge was not run against its targets."


def page_of(matrix: Matrix) -> str:
    """The page: verdict, heat map, figures."""
    verdict = MET if not matrix.missed else "Missed: " + "; ".join(matrix.missed) + "."
    figures = [
        f"Specificity {matrix.specificity}",
        f"Localisation {matrix.localisation}",
        f"Controls that moved nothing {matrix.invariance}",
        f"Doses that never raise the score {matrix.doses}",
        *(f"Hits of rules on words by the {part} reader: {share}" for part, share in matrix.by_part.items()),
        *(f"Attack {key} raised nothing {share}" for key, share in matrix.by_attack.items()),
    ]
    listed = "".join(f"<li>{escape(line)}</li>" for line in figures)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Test of the test</title>'
        "<body style='font:14px system-ui;margin:2em;max-width:64em'><h1>Test of the test</h1>"
        f"<p>{escape(verdict)}</p><p>Mean fall of each criterion (columns) for each kind of defect (rows). "
        "The framed cell is the target. A dark cell elsewhere is a side effect. "
        "'Judge not run' marks what rules cannot or can only partly see.</p>"
        f"{svg_of(matrix)}<ul>{listed}</ul></body></html>\n"
    )


def svg_of(matrix: Matrix) -> str:
    """The heat map alone: rows operators, columns criteria, the mean fall in each cell."""
    width, height = LEFT + CELL * len(CRITERIA) + 190, TOP + ROW * len(matrix.lines) + 10
    heads = "".join(_text(LEFT + CELL * n + CELL / 2, TOP - 10, key, "middle") for n, key in enumerate(CRITERIA))
    rows = "".join(_row(line, TOP + ROW * n) for n, line in enumerate(matrix.lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="21 operators by 15 criteria" '
        f'viewBox="0 0 {width} {height}" font-family="system-ui" font-size="12">{heads}{rows}</svg>'
    )


def _row(line: Line, top: float) -> str:
    middle = top + ROW / 2 + 4
    label = _text(LEFT - 8, middle, f"{line.id} {line.name} ({line.count})", "end")
    cells = "".join(_cell(line, key, LEFT + CELL * n, top) for n, key in enumerate(CRITERIA))
    seen = f"{line.hits}/{line.count} hit"
    note = seen if line.sight.value == "rule" else f"{seen}; judge not run"
    return label + cells + _text(LEFT + CELL * len(CRITERIA) + 8, middle, note, "start")


def _cell(line: Line, key: str, left: float, top: float) -> str:
    fall = line.mean_falls[key]
    share = min(1.0, abs(fall) / DARKEST)
    hue = "34,94,168" if fall >= 0 else "200,60,40"
    ink = "#fff" if share > 0.5 else "#222"
    frame = ' stroke="#000" stroke-width="2"' if key == line.target else ' stroke="#ddd"'
    shown = f"{fall:.2f}" if abs(fall) > WOBBLE / 40 or key == line.target else ""
    box = (
        f'<rect x="{left + 1}" y="{top + 1}" width="{CELL - 2}" height="{ROW - 2}" '
        f'fill="rgba({hue},{share:.2f})"{frame}/>'
    )
    return box + f'<text x="{left + CELL / 2}" y="{top + ROW / 2 + 4}" text-anchor="middle" fill="{ink}">{shown}</text>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
