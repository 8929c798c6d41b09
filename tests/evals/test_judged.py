"""A judged run: advice until it is calibrated, a failure where the judge is silent, a transcript always."""

from __future__ import annotations

import json
import re
from pathlib import Path

from evals.gates import ExitCode
from evals.judge import load_judge
from evals.judged import item_words, judging_with
from evals.results import RunResult
from evals.run import Order, run_suite
from evals.workbench import Mode
from service.llm import ModelRequest, ScriptedModel
from tests.evals.small_run import SmallBench, report, small_case, sound_plan


def judged(folder: Path, category: str, silent_on: str = "never") -> tuple[RunResult, ScriptedModel]:
    def answer(request: ModelRequest) -> str:
        if request.purpose == silent_on:
            return "I would rather not say."
        if request.purpose == "judge-swap":
            return json.dumps({"because": "it leads there", "letter": "A"})
        words = re.findall(r"<answer>\n(?:[\w.]+: )?(\S+ \S+)", request.user)[0]
        return json.dumps({"span": words, "because": "it says so", "category": category})

    model = ScriptedModel(answer)
    order = Order("smoke", "patterns", Mode.offline, (small_case(folder),), judge="run: scripted")
    judging = judging_with(load_judge(model), folder / "judge")
    return run_suite(order, SmallBench(), "gates", judging=judging), model


def test_a_judge_s_low_scores_advise_and_do_not_fail_before_calibration(tmp_path: Path) -> None:
    verdict = report(judged(tmp_path, "one")[0]).verdict
    assert verdict.ending is ExitCode.passed
    assert "judge C3" in {finding.measure for finding in verdict.ungated}


def test_a_question_the_judge_leaves_open_fails_the_run(tmp_path: Path) -> None:
    result, _ = judged(tmp_path, "five", silent_on="judge-c3")
    verdict = report(result).verdict
    assert [finding.measure for finding in verdict.findings] == ["judge C3"]
    assert result.cases[0].value("judge C3") is None


def test_every_criterion_gets_the_judge_s_score(tmp_path: Path) -> None:
    result, _ = judged(tmp_path, "five")
    case = result.cases[0]
    assert [case.value(f"judge C{number}") for number in (1, 2, 3, 13)] == [5.0, 5.0, 5.0, 5.0]
    assert case.value("judge C5") == 3.0


def test_the_transcript_holds_each_question_and_answer(tmp_path: Path) -> None:
    _, model = judged(tmp_path, "five")
    kept = json.loads((tmp_path / "judge" / "harbour.json").read_text(encoding="utf-8"))
    assert sum(len(judgement["transcript"]) for judgement in kept) == len(model.requests)


def test_the_judge_reads_no_id_and_no_maker() -> None:
    words = item_words(sound_plan().behaviours[0])
    assert "beh-0" not in words
    assert "practice_id" not in words
