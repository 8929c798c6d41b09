"""`python -m evals`: run, compare, explain, match, headlines, deeds, mutate, calibrate, bench, train.

Owns: the commands, their options and exit codes. Must not know: how anything is measured. Heavy parts
are imported by the command that needs them, so that help stays fast.

Exit codes: 0 pass, 1 quality, 2 usage, 3 infrastructure or replay miss, 4 budget, 130 interrupted.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

QUALITY, USAGE, INFRASTRUCTURE, INTERRUPTED = 1, 2, 3, 130
OUT = Path("out/evals")
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}

app = typer.Typer(
    help="How good the plans are, and whether they got worse.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class SuiteName(StrEnum):
    """Which documents are run."""

    smoke = "smoke"
    full = "full"
    shared = "shared"


class EngineChoice(StrEnum):
    """Who chooses and words the items."""

    patterns = "patterns"
    model = "model"


class ModeChoice(StrEnum):
    """Where a model's answers come from."""

    offline = "offline"
    replay = "replay"
    live = "live"
    record = "record"


class FailChoice(StrEnum):
    """What makes the run fail."""

    regression = "regression"
    threshold = "threshold"
    any = "any"


@app.command()
def run(
    suite: Annotated[SuiteName, typer.Option(help="smoke: three documents; full: all samples; shared: ../shared")] = (
        SuiteName.smoke
    ),
    engine: Annotated[EngineChoice, typer.Option(help="whose plans are measured")] = EngineChoice.patterns,
    mode: Annotated[ModeChoice | None, typer.Option(help="default: offline; replay for the model engine")] = None,
    repeat: Annotated[int, typer.Option(min=1, max=20, help="plans a document")] = 1,
    select: Annotated[str | None, typer.Option("-k", help="parts of case names with and, or, not, brackets")] = None,
    baseline: Annotated[Path | None, typer.Option(help="default: the committed one of the suite and engine")] = None,
    fail_on: Annotated[FailChoice, typer.Option(help="what makes the run fail")] = FailChoice.any,
    update_baseline: Annotated[bool, typer.Option(help="write this run as the baseline")] = False,
    out: Annotated[Path, typer.Option(help="folder of the results")] = OUT,
    max_tokens: Annotated[int | None, typer.Option(min=1, help="tokens the whole run may spend")] = None,
    judge: Annotated[str | None, typer.Option(help="chat model that judges, 'provider:name'; none: not run")] = None,
) -> None:
    """Make a plan of each document, measure it, compare with the baseline, give a verdict."""
    with _failures():
        from evals.command_run import RunOptions, run_command  # spaCy, ONNX and the library: seconds to load

        chosen = mode or (ModeChoice.replay if engine is EngineChoice.model else ModeChoice.offline)
        options = RunOptions(
            suite=suite.value,
            engine=engine.value,
            mode=chosen.value,
            repeat=repeat,
            select=select,
            baseline=baseline,
            fail_on=fail_on.value,
            update_baseline=update_baseline,
            out=out,
            max_tokens=max_tokens,
            judge=judge,
        )
        code = run_command(options)
    raise typer.Exit(code)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="results.json or baseline of the earlier run")],
    after: Annotated[Path, typer.Argument(help="results.json of the later run")],
) -> None:
    """Compare two runs on the same documents; exit 1 where the later one is worse."""
    with _failures():
        from evals.command_compare import compare_command  # scipy: 0.5 s

        code = compare_command(before, after)
    raise typer.Exit(code)


@app.command()
def explain(
    case: Annotated[str, typer.Argument(help="the case's name, as the table shows it")],
    results: Annotated[Path, typer.Option("--in", help="the run's results.json")] = OUT / "results.json",
) -> None:
    """Tell everything about one case of a run."""
    with _failures():
        from evals.command_compare import explain_command

        explain_command(case, results)


@app.command()
def calibrate(
    ratings: Annotated[Path, typer.Argument(help="CSV with the columns plan, criterion, rater, kind, score")],
) -> None:
    """Weighted kappa between raters and with the judge; marks the criteria that may gate."""
    with _failures():
        from evals.command_compare import calibrate_command

        calibrate_command(ratings)


@app.command()
def match(
    train: Annotated[bool, typer.Option("--train", help="fit the weights anew on the tuning intents first")] = False,
) -> None:
    """Measure how well practices are matched to intents, on labelled intents."""
    with _failures():
        from evals.command_match import match_command  # ONNX and scikit-learn: seconds

        match_command(train)


@app.command()
def deeds(
    write: Annotated[bool, typer.Option("--write", help="Renew the fits that the product reads.")] = False,
) -> None:
    """Measure how often routines that follow from a sentence's own verb and object are fitting, on graded intents."""
    with _failures():
        from evals.command_deeds import deeds_command

        deeds_command(write)


@app.command()
def headlines(
    train: Annotated[bool, typer.Option("--train", help="fit the weights anew on all graded entries")] = False,
) -> None:
    """Measure how well a document's headlines are told from its other commitments, on graded entries."""
    with _failures():
        from evals.command_headlines import headlines_command  # scikit-learn: seconds

        headlines_command(train)


@app.command(context_settings=PASS_ON)
def bench(context: typer.Context) -> None:
    """Measure speed and size: `python -m evals bench --help`."""
    from evals.bench.__main__ import main  # its contenders are heavy

    raise typer.Exit(main(context.args))


@app.command(context_settings=PASS_ON)
def mutate(context: typer.Context) -> None:
    """Test the rubric itself with mutants, controls and attacks."""
    if importlib.util.find_spec("evals.mutate") is None:
        typer.echo("mutate: this installation holds no mutation operators (evals/mutate)", err=True)
        raise typer.Exit(USAGE)
    commands = importlib.import_module("evals.mutate.__main__")
    raise typer.Exit(commands.main(context.args))


@app.command()
def train() -> None:
    """Fit the commitment model anew and write its weights."""
    from evals.training.__main__ import main  # scikit-learn: 1 s

    main()


@contextmanager
def _failures() -> Iterator[None]:
    """Known errors as one line and an exit code."""
    from evals.cases import UsageError
    from service.errors import ThroughlineError

    try:
        yield
    except UsageError as error:
        typer.echo(f"usage: {error}", err=True)
        raise typer.Exit(USAGE) from error
    except ThroughlineError as error:
        typer.echo(f"{type(error).__name__}: {error}", err=True)
        raise typer.Exit(INFRASTRUCTURE) from error
    except KeyboardInterrupt as error:
        raise typer.Exit(INTERRUPTED) from error


if __name__ == "__main__":
    sys.exit(app())
