"""One case of a run, told in full on a terminal.

Owns: what `explain` shows. Must not know: how it was measured.
"""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from evals.cases import UsageError
from evals.examine import PRECISION, RECALL, TRAPS
from evals.report import rerun_command
from evals.results import CaseResult, Counted, RunResult

HEADS = {RECALL: "gold intents not found", TRAPS: "sentences taken that are no intents"}


def explain(run: RunResult, name: str, console: Console) -> None:
    """Every measure of the case with its reason, and what was missed.

    Raises:
        UsageError: the run holds no such case.
    """
    case = next((case for case in run.cases if case.case == name), None)
    if case is None:
        raise UsageError(f"the run holds no case {name!r}; it holds: {', '.join(each.case for each in run.cases)}")
    console.print(f"[bold]{escape(case.case)}[/] from {escape(case.document)} (sha256 {case.sha256[:16]})")
    console.print(f"status {case.status}, expected {case.expected_status}; layer {run.layer.value}")
    if case.error:
        console.print(f"[red]error:[/] {escape(case.error)}")
    console.print("  ".join(f"{name} {size}" for name, size in case.sizes.items()))
    _measures(case, console)
    for counted in case.counts:
        _counted(counted, console)
    console.print(f"again: [cyan]{escape(rerun_command(run, case.case))}[/]")


def _measures(case: CaseResult, console: Console) -> None:
    for outcome in case.outcomes:
        if outcome.value is None:
            console.print(f"  [dim]– {outcome.measure}: unscored, {escape(outcome.reason)}[/]")
        elif isinstance(outcome.value, bool):
            mark = "[green]✓[/]" if outcome.value else "[red]✗[/]"
            console.print(f"  {mark} {outcome.measure}{': ' if outcome.reason else ''}{escape(outcome.reason)}")
        else:
            console.print(f"  {outcome.value:.2f} {outcome.measure}: {escape(outcome.reason)}")


def _counted(counted: Counted, console: Console) -> None:
    share = f"{counted.hits / counted.of:.0%}" if counted.of else "–"
    note = " (the gold is not complete: read it with recall)" if counted.measure == PRECISION else ""
    console.print(f"  {counted.measure}: {counted.hits} of {counted.of} ({share}){note}")
    for words in counted.missed:
        console.print(f"    {HEADS.get(counted.measure, 'missed')}: {escape(words)}")
