"""The terminal's table: criteria, shares, assertions, the worst failures and how to rerun them.

Owns: what a terminal shows. Must not know: how the verdict came about; it prints it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.aggregate import Comparison, Summary
from evals.gates import ExitCode, Finding, Verdict
from evals.results import RunResult
from evals.stats import Estimate

WORST = 8


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report shows."""

    run: RunResult
    summary: Summary
    comparison: Comparison | None
    verdict: Verdict
    baseline_name: str | None = None


def print_report(report: Report, console: Console) -> None:
    """The whole report on a terminal."""
    console.print(_shares(report))
    console.print(_criteria(report))
    if report.comparison is not None:
        console.print(_changes(report.comparison, report.baseline_name or "baseline"))
        if report.comparison.differs:
            console.print(f"differs from it in: {escape('; '.join(report.comparison.differs))}", style="dim")
    for finding in report.verdict.findings[:WORST]:
        console.print(
            f"[red]✗[/] [bold]{escape(finding.measure)}[/] {escape(_place(finding))}: {escape(finding.words)}"
        )
        if finding.case:
            console.print(f"  again: [cyan]{escape(rerun_command(report.run, finding.case))}[/]")
    if len(report.verdict.findings) > WORST:
        console.print(f"  and {len(report.verdict.findings) - WORST} more in results.json")
    for finding in report.verdict.ungated[:WORST]:
        console.print(
            f"[yellow]not gated:[/] {escape(finding.measure)} {escape(_place(finding))}: {escape(finding.words)}"
        )
    colour = "green" if report.verdict.ending is ExitCode.passed else "red"
    console.print(f"layer: {report.run.layer.value}; judge {report.run.judge}")
    console.print(f"[bold {colour}]{escape(report.verdict.headline)}[/]")


def rerun_command(run: RunResult, case: str) -> str:
    """How to run one case again."""
    base = case.partition("#")[0]
    parts = ["python -m evals run", f"--suite {run.suite}", f"-k {base}"]
    if run.engine != "patterns":
        parts.append(f"--engine {run.engine} --mode {run.mode}")
    return " ".join(parts)


def interval_words(estimate: Estimate, *, share: bool = False) -> str:
    """'0.87 [0.71, 1.00]', or without the bracket where it cannot be known; shares end at 0 and 1."""
    low, high = (0.0, 1.0) if share else (1.0, 5.0)
    mean = f"{estimate.mean:.2f}"
    if estimate.low is None or estimate.high is None:
        return mean
    return f"{mean} [{max(low, estimate.low):.2f}, {min(high, estimate.high):.2f}]"


def _place(finding: Finding) -> str:
    return f"in {finding.case}" if finding.case else "over the run"


def _shares(report: Report) -> Table:
    table = Table(title=f"{report.run.suite} · {report.run.engine} · {report.run.mode}", title_justify="left")
    for name in ("measure", "count", "95% interval"):
        table.add_column(name, justify="left" if name == "measure" else "right")
    for row in report.summary.assertions:
        mark = "" if row.held == row.of else "[red]"
        table.add_row(f"{mark}{row.measure}", f"{row.held} of {row.of}", "")
    for share in report.summary.shares:
        table.add_row(share.measure, f"{share.hits} of {share.of}", interval_words(share.estimate, share=True))
    return table


def _criteria(report: Report) -> Table:
    table = Table(title="form checks, 1 to 5 (no total without a judge)", title_justify="left")
    for name in ("criterion", "mean [95%]", "lowest", "in", "unscored"):
        table.add_column(name, justify="right" if name in {"lowest", "unscored"} else "left")
    for row in report.summary.scores:
        case = row.lowest_case if row.lowest < 5 else ""
        table.add_row(row.criterion, interval_words(row.estimate), f"{row.lowest:.2f}", case, str(row.unscored or ""))
    return table


def _changes(comparison: Comparison, name: str) -> Table:
    table = Table(title=f"against {name}: {comparison.paired} cases paired", title_justify="left")
    for column in ("measure", "before", "after", "change [95%]", "smallest detectable", "p (Holm)"):
        table.add_column(column, justify="left" if column == "measure" else "right")
    for row in (row for row in comparison.rows if abs(row.change.mean) > 0.0005):
        change = f"{row.change.mean:+.2f}"
        if row.change.low is not None and row.change.high is not None:
            change += f" [{row.change.low:+.2f}, {row.change.high:+.2f}]"
        seen = "–" if row.detectable is None else f"{row.detectable:.2f}"
        p_value = "–" if row.adjusted is None else f"{row.adjusted:.3f}"
        table.add_row(row.measure, f"{row.before:.2f}", f"{row.after:.2f}", change, seen, p_value)
    if not table.rows:
        table.add_row("nothing moved", "", "", "", "", "")
    return table
