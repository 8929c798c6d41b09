"""Every exit code of `run` comes out of the command itself, and what was finished is on disk."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from evals.command_run import RunOptions, run_command
from evals.report_files import JUNIT, LINES, PAGE, RESULTS, SUMMARY
from evals.workbench import RunBudgetSpent
from service.engines.model.recordings import ReplayMiss
from service.plan.plan import Plan
from tests.evals.small_run import SmallBench


def options(out: Path, suite: str = "smoke") -> RunOptions:
    """The small suite, gated on thresholds alone: the small bench is not the baseline's engine."""
    return RunOptions(
        suite=suite, engine="patterns", mode="offline", repeat=1, select="vantry or permits", baseline=None,
        fail_on="threshold", update_baseline=False, out=out, max_tokens=None,
    )  # fmt: skip


def ended(out: Path, bench: SmallBench) -> int:
    return run_command(options(out), bench, Console(file=StringIO()))


def without_triggers(plan: Plan) -> Plan:
    """An engine that words acts without their moment."""
    vague = tuple(item.model_copy(update={"trigger": "As appropriate"}) for item in plan.behaviours)
    return plan.model_copy(update={"behaviours": vague})


@pytest.mark.parametrize(
    ("error", "code", "kept"),
    [
        (ReplayMiss("no answer is recorded\nRecord anew with: python -m evals run --mode record"), 3, 1),
        (RuntimeError("the disk is full"), 3, 2),
        (RunBudgetSpent("900 of 800 tokens are spent"), 4, 1),
        (KeyboardInterrupt(), 130, 1),
    ],
    ids=["replay miss", "a broken case", "budget", "interrupted"],
)
def test_a_run_that_stops_keeps_what_is_finished(error: BaseException, code: int, kept: int, tmp_path: Path) -> None:
    assert ended(tmp_path, SmallBench(error=error, fails_at=2)) == code
    assert len((tmp_path / LINES).read_text(encoding="utf-8").splitlines()) == kept
    written = json.loads((tmp_path / RESULTS).read_text(encoding="utf-8"))
    assert len(written["run"]["cases"]) == kept
    assert str(error).split("\n")[0] in written["verdict"]["headline"]


def test_a_replay_miss_shows_the_command_that_records_anew(tmp_path: Path) -> None:
    ended(tmp_path, SmallBench(error=ReplayMiss("-old words\n+new words\nRecord anew with: the command"), fails_at=1))
    assert "Record anew with: the command" in (tmp_path / RESULTS).read_text(encoding="utf-8")


def test_a_run_below_its_thresholds_ends_with_1_and_names_the_criterion(tmp_path: Path) -> None:
    assert ended(tmp_path, SmallBench(without_triggers)) == 1
    assert "C4" in (tmp_path / SUMMARY).read_text(encoding="utf-8")


def test_the_same_run_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        ended(tmp_path / name, SmallBench())
    for file in (RESULTS, LINES, JUNIT, SUMMARY, PAGE):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_no_file_of_a_run_holds_a_total(tmp_path: Path) -> None:
    ended(tmp_path, SmallBench())
    found = json.loads((tmp_path / RESULTS).read_text(encoding="utf-8"))
    names = {outcome["measure"] for case in found["run"]["cases"] for outcome in case["outcomes"]}
    assert not {name for name in names if "total" in name.lower() or "overall" in name.lower()}
    assert "No total is shown without a judge" in (tmp_path / SUMMARY).read_text(encoding="utf-8")
