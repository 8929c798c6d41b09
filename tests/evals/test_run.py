"""A run loses nothing when it stops, and its exit code says why it stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.cases import UsageError
from evals.gates import ExitCode, FailOn, Rule
from evals.results import CaseResult, Outcome
from evals.workbench import EngineName, Mode, RunBudgetSpent, TokenCap, open_workbench
from service.engines.model.recordings import ReplayMiss
from service.llm import ModelRequest, ScriptedModel
from service.plan.plan import Plan
from service.settings import Settings
from tests.evals.small_run import SmallBench, compare, report, run, summarise

THREE = ("first", "second", "third")


@pytest.mark.parametrize(
    ("error", "code", "kept"),
    [
        (KeyboardInterrupt(), 130, 1),
        (RunBudgetSpent("900 of 800 tokens"), 4, 1),
        (ReplayMiss("no answer is recorded"), 3, 1),
        (RuntimeError("the disk is full"), 3, 3),
    ],
    ids=["interrupted", "budget", "replay miss", "a broken case"],
)
def test_what_stops_a_run_decides_its_exit_code_and_finished_cases_stay(
    error: BaseException, code: int, kept: int, tmp_path: Path
) -> None:
    result = run(tmp_path, SmallBench(error=error, fails_at=2), THREE)
    assert report(result).verdict.ending.code == code
    assert len(result.cases) == kept
    assert str(error) in report(result).verdict.headline


def test_a_case_that_fails_is_recorded_with_its_error(tmp_path: Path) -> None:
    result = run(tmp_path, SmallBench(error=RuntimeError("the disk is full"), fails_at=1))
    assert result.cases[0].error == "RuntimeError: the disk is full"
    assert result.complete


def test_two_runs_of_the_same_inputs_are_equal(tmp_path: Path) -> None:
    assert run(tmp_path) == run(tmp_path)


def test_a_plan_that_changes_between_two_makings_is_not_deterministic(tmp_path: Path) -> None:
    count = iter(range(100))

    def drifting(plan: Plan) -> Plan:
        return plan.model_copy(update={"holds": f"the {next(count)}th reading"})

    findings = report(run(tmp_path, SmallBench(drifting))).verdict.findings
    assert [finding.measure for finding in findings] == ["deterministic"]


def test_a_threshold_missed_does_not_fail_a_run_gated_on_regression_but_is_told(tmp_path: Path) -> None:
    def wordless(plan: Plan) -> Plan:
        return plan.model_copy(update={"intents": (plan.intents[0],)})

    before = run(tmp_path, SmallBench(wordless))
    seen = report(run(tmp_path, SmallBench(wordless)), before, FailOn.regression).verdict
    assert seen.ending is ExitCode.passed
    assert "intents served" in {finding.measure for finding in seen.ungated}


def scored(case: str, value: float | None, sha: str = "a") -> CaseResult:
    return CaseResult(
        case=case, document=f"{case}.md", sha256=sha, repeat=1, expected_status="ready", status="ready",
        plan_sha256="p", outcomes=(Outcome(measure="C7", value=value),),
    )  # fmt: skip


def test_a_drop_as_large_as_matters_is_a_regression_on_few_documents(tmp_path: Path) -> None:
    base = run(tmp_path)
    before = base.model_copy(update={"cases": (scored("a", 5.0), scored("b", 5.0))})
    after = base.model_copy(update={"cases": (scored("a", 4.4), scored("b", 4.9))})
    findings = report(after, before, FailOn.regression).verdict.findings
    assert [(finding.rule, finding.measure) for finding in findings] == [(Rule.regression, "C7")]


def test_a_small_steady_drop_over_many_documents_is_a_regression_too(tmp_path: Path) -> None:
    base = run(tmp_path)
    names = [f"d{number}" for number in range(12)]
    before = base.model_copy(update={"cases": tuple(scored(name, 5.0) for name in names)})
    later = tuple(scored(name, 4.85 + 0.01 * (place % 3)) for place, name in enumerate(names))
    after = base.model_copy(update={"cases": later})
    (finding,) = report(after, before, FailOn.regression).verdict.findings
    assert "Holm" in finding.words


def test_a_criterion_that_is_scored_no_longer_is_a_regression(tmp_path: Path) -> None:
    base = run(tmp_path)
    before = base.model_copy(update={"cases": (scored("a", 5.0),)})
    after = base.model_copy(update={"cases": (scored("a", None),)})
    (finding,) = report(after, before, FailOn.regression).verdict.findings
    assert finding.words.startswith("was scored")


def test_a_document_whose_bytes_changed_is_not_paired(tmp_path: Path) -> None:
    base = run(tmp_path)
    before = base.model_copy(update={"cases": (scored("a", 5.0),)})
    after = base.model_copy(update={"cases": (scored("a", 1.0, sha="b"),)})
    comparison = compare(before, after)
    assert (comparison.paired, comparison.unpaired) == (0, ("a",))


def test_unscored_is_counted_apart_from_scores(tmp_path: Path) -> None:
    result = run(tmp_path).model_copy(update={"cases": (scored("a", None), scored("b", 4.0))})
    (row,) = summarise(result).scores
    assert (row.estimate.mean, row.unscored) == (4.0, 1)


def test_a_run_stops_asking_when_its_tokens_are_spent() -> None:
    capped = TokenCap(ScriptedModel(["{}", "{}"]), 1)
    request = ModelRequest("test", "system words", "user words", {}, 10)
    capped.ask(request)
    with pytest.raises(RunBudgetSpent, match="--max-tokens"):
        capped.ask(request)


@pytest.mark.parametrize(
    ("engine", "mode", "words"),
    [
        (EngineName.patterns, Mode.replay, "calls no model"),
        (EngineName.model, Mode.offline, "needs --mode"),
        (EngineName.model, Mode.live, "no model is configured"),
    ],
)
def test_engine_and_mode_that_do_not_go_together_are_refused(
    engine: EngineName, mode: Mode, words: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=words):
        open_workbench(engine, mode, Settings(model=None, cache=tmp_path))


def test_a_replay_without_recordings_says_how_to_record(tmp_path: Path) -> None:
    with pytest.raises(ReplayMiss, match="--mode record"):
        open_workbench(EngineName.model, Mode.replay, Settings(model=None), recordings=tmp_path)
