"""What the commands that read files do: compare, explain, calibrate.

Owns: reading their files and printing. Must not know: argument parsing, formulas, how plans are made.
"""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.calibrate import Calibration, Kappa, calibrate, load_ratings
from evals.cases import UsageError
from evals.command_run import report_on
from evals.explain import explain
from evals.gates import FailOn, load_gates
from evals.report import print_report
from evals.report_files import run_in
from evals.results import RunResult


def compare_command(before: Path, after: Path, console: Console | None = None) -> int:
    """The later run against the earlier one; the exit code of that verdict.

    Raises:
        UsageError: a file is missing or no run.
    """
    report = report_on(_run(after), _run(before), load_gates(), FailOn.regression, before.name)
    print_report(report, console or Console())
    return report.verdict.ending.code


def explain_command(case: str, results: Path, console: Console | None = None) -> None:
    """One case of a finished run.

    Raises:
        UsageError: the file is missing or no run, or holds no such case.
    """
    explain(_run(results), case, console or Console())


def calibrate_command(ratings: Path, console: Console | None = None) -> None:
    """Agreement on each criterion.

    Raises:
        UsageError: the file is missing or wrong.
    """
    if not ratings.is_file():
        raise UsageError(f"there is no file {ratings}")
    screen = console or Console()
    table = Table(title="agreement (quadratically weighted kappa, 95% bootstrap over plans)", title_justify="left")
    for name in ("criterion", "between people", "judge with people", "synthetic (no people)", "may gate", "why"):
        table.add_column(name)
    for row in calibrate(load_ratings(ratings)):
        table.add_row(*_row(row))
    screen.print(table)


def _row(row: Calibration) -> tuple[str, ...]:
    kappas = tuple(_words(kappa) for kappa in (row.between_people, row.judge_with_people, row.synthetic))
    return (row.criterion, *kappas, "yes" if row.may_gate else "no", row.why)


def _words(kappa: Kappa | None) -> str:
    if kappa is None or kappa.value is None:
        return "–"
    reach = f" [{kappa.low:.2f}, {kappa.high:.2f}]" if kappa.low is not None and kappa.high is not None else ""
    return f"{kappa.value:.2f}{reach} ({kappa.plans})"


def _run(path: Path) -> RunResult:
    if not path.is_file():
        raise UsageError(f"there is no file {path}; a run writes it: python -m evals run")
    try:
        return run_in(path)
    except ValueError as error:
        raise UsageError(f"{path.name} is no run of this version: {str(error)[:300]}") from error
