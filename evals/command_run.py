"""What `python -m evals run` does: suite, baseline, run, verdict, files.

Owns: the order of these steps and where baselines lie. Must not know: argument parsing, formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from evals.aggregate import compare, summarise
from evals.cases import TWICE, Suite, UsageError, repeated, selected, suite_cases
from evals.gates import FailOn, Gates, gates_hash, judge, load_gates
from evals.judge import NOT_RUN
from evals.judged import open_judging
from evals.report import Report, print_report
from evals.report_files import append_line, begin_lines, run_in, write_baseline, write_files
from evals.results import CaseResult, RunResult
from evals.run import Order, run_suite
from evals.workbench import EngineName, Mode, Workbench, open_workbench
from service.settings import Settings

BASELINES = Path(__file__).parent / "baselines"


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of `run` as given."""

    suite: str
    engine: str
    mode: str
    repeat: int
    select: str | None
    baseline: Path | None
    fail_on: str
    update_baseline: bool
    out: Path
    max_tokens: int | None
    judge: str | None = None


def run_command(options: RunOptions, bench: Workbench | None = None, console: Console | None = None) -> int:
    """Run, report, write; the exit code of the verdict.

    Raises:
        UsageError: options that do not go together, an unknown case, a baseline that is not there.
    """
    screen = console or Console()
    cases = selected(suite_cases(Suite(options.suite)), options.select)
    if options.update_baseline and options.select:
        raise UsageError("--update-baseline with -k would write a baseline of a part; run the whole suite")
    before, name = _baseline(options)
    gates = load_gates()
    order = Order(
        suite=options.suite,
        engine=options.engine,
        mode=Mode(options.mode),
        cases=repeated(cases, options.repeat),
        twice=TWICE if options.suite == Suite.smoke else frozenset(),
        repeat=options.repeat,
        selection=options.select,
        judge=f"run: {options.judge}" if options.judge else NOT_RUN,
    )
    made = bench or open_workbench(EngineName(options.engine), order.mode, Settings(), options.max_tokens)
    run = _run(order, made, screen, options)
    report = report_on(run, before, gates, FailOn(options.fail_on), name)
    write_files(report, options.out)
    print_report(report, screen)
    screen.print(f"results: {options.out}")
    if options.update_baseline and run.complete and not any(case.error for case in run.cases):
        write_baseline(run, options.baseline or baseline_path(options.suite, options.engine))
    return report.verdict.ending.code


def report_on(
    run: RunResult, before: RunResult | None, gates: Gates, fail_on: FailOn, baseline_name: str | None
) -> Report:
    """The one computation behind verdict, text and exit code."""
    rule = gates.regression
    summary = summarise(run)
    comparison = compare(before, run, rule.alpha, rule.power) if before is not None else None
    verdict = judge(run, summary, comparison, gates, fail_on)
    return Report(run, summary, comparison, verdict, baseline_name)


def baseline_path(suite: str, engine: str) -> Path:
    """Where the committed baseline of a suite lies: `smoke.json`, `smoke-model.json`."""
    return BASELINES / (f"{suite}.json" if engine == "patterns" else f"{suite}-{engine}.json")


def _baseline(options: RunOptions) -> tuple[RunResult | None, str | None]:
    path = options.baseline or baseline_path(options.suite, options.engine)
    if options.update_baseline:
        return None, None
    if not path.is_file():
        if options.baseline is not None or options.fail_on == "regression":
            raise UsageError(f"there is no baseline {path.name}; write one with --update-baseline")
        return None, None
    try:
        return run_in(path), path.name
    except ValueError as error:
        raise UsageError(f"{path.name} is no run of this version: {str(error)[:300]}") from error


def _run(order: Order, bench: Workbench, screen: Console, options: RunOptions) -> RunResult:
    begin_lines(options.out)

    def heard(result: CaseResult) -> None:
        append_line(result, options.out)
        screen.print(f"  {result.case}: {result.error or result.status}", style="dim", highlight=False)

    if options.judge is None:
        return run_suite(order, bench, gates_hash(), heard)
    judging = open_judging(options.judge, Settings(), options.out, options.max_tokens)
    return run_suite(order, bench, gates_hash(), heard, judging)
