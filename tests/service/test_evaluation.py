import json
from pathlib import Path

import pytest

from corpora.rubric import load_rubric
from service.evaluation import BASELINE, Evaluation, NoEvaluation, latest_evaluation

RUBRIC = load_rubric()


def results(*cases, judge="not run: no model"):
    run = {"suite": "smoke", "engine": "patterns", "layer": "code", "judge": judge, "cases": list(cases)}
    return {"run": run, "verdict": {"headline": "pass"}}


def case(document, outcomes=(), counts=(), error=None):
    return {"document": document, "outcomes": list(outcomes), "counts": list(counts), "error": error}


def score(measure, value):
    return {"measure": measure, "value": value}


@pytest.fixture
def read(tmp_path):
    def reading(data):
        path = tmp_path / "results.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data))
        return latest_evaluation(path, RUBRIC)

    return reading


def test_scores_promises_and_shares_are_summed_over_the_cases(read):
    counts = [{"measure": "traps", "hits": 1, "of": 4, "missed": []}]
    found = read(
        results(
            case("a", [score("C1", 5.0), score("schema", True)], counts),
            case("b", [score("C1", 3.0), score("schema", False), score("C2", None)], counts),
            case("c", error="no plan"),
        )
    )
    (line,) = found.scores
    assert (line.criterion.id, line.mean, line.lowest, line.plans) == ("C1", 4.0, 3.0, 2)
    assert [(one.measure, one.hits, one.of) for one in found.must_hold] == [("schema", 1, 2)]
    assert [(one.measure, one.hits, one.of) for one in found.shares] == [("traps", 2, 8)]
    assert (found.documents, found.failed, found.headline, found.total) == (3, 1, "pass", None)


def test_a_total_needs_a_judge_on_every_weighted_criterion(read):
    judged = [score(f"judge {one.id}", 4.0) for one in RUBRIC]
    assert read(results(case("a", judged), judge="run: a model")).total == 4.0
    assert read(results(case("a", judged[1:]), judge="run: a model")).total is None
    assert read(results(case("a", judged))).total is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"run": 3}', "\x00", "[" * 100_000])
def test_a_broken_file_is_said_courteously(read, text):
    assert read(text) == NoEvaluation("The results in results.json cannot be read; run the evaluation again.")


def test_without_a_file_it_says_so():
    assert isinstance(latest_evaluation(Path("nowhere.json"), RUBRIC), NoEvaluation)


def test_the_committed_baseline_is_shown_where_no_run_lies(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = latest_evaluation(None, RUBRIC)
    assert BASELINE.is_file()
    assert isinstance(found, Evaluation)
    assert found.committed
    assert found.documents > 5
    assert {line.measure for line in found.must_hold} >= {"quotes exact", "nothing invented"}
