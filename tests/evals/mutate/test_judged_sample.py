"""Operators that only a judge sees run here on recorded answers; a question that changed fails loudly."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from evals.mutate.__main__ import REPLAY_MISS, judge_words, main
from evals.mutate.judged_sample import RECORDINGS, SAMPLED, Compared, judged_sample, replayed
from service.engines.model.recordings import ReplayMiss
from service.llm import ModelAnswer, ModelRequest, StopReason


@pytest.fixture(scope="module")
def compared() -> Sequence[Compared]:
    """The sample on its recordings."""
    return replayed()


class SaysFive:
    """A judge that finds everything excellent."""

    name = "test:flatterer"
    parameters: ClassVar[dict[str, str | float]] = {}

    def ask(self, request: ModelRequest) -> ModelAnswer:
        """Five, with words that stand in the item; the first aim."""
        words = request.user.rpartition("<answer>")[2].split("</answer>")[0].split()[:3]
        verdict = {"span": " ".join(words), "because": "it is very good", "category": "five"}
        choice = {"because": "it is very good", "letter": "A"}
        return ModelAnswer(
            json.dumps(choice if request.purpose == "judge-swap" else verdict), StopReason.finished, 1, 1
        )


@pytest.mark.parametrize("operator", SAMPLED)
def test_the_recorded_judge_sees_the_defect_in_each_sampled_mutant(operator: str, compared: Sequence[Compared]) -> None:
    own = [one for one in compared if one.operator == operator]
    assert own
    assert all(one.hit for one in own)


def test_sound_plans_are_judged_sound(compared: Sequence[Compared]) -> None:
    assert all(one.before is not None and one.before >= 4 for one in compared)


def test_a_judge_that_praises_everything_sees_nothing() -> None:
    assert not any(one.hit for one in judged_sample(SaysFive()))


def test_an_answer_that_is_missing_is_no_hit() -> None:
    assert not Compared("M3", "plan", "i-1", 5, None).hit


def test_a_changed_question_shows_its_difference_and_how_to_record_it_anew(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    shutil.copytree(RECORDINGS, folder)
    path = next(iter(sorted(folder.glob("judge-c1-*.json"))))
    record = json.loads(path.read_text(encoding="utf-8"))
    path.rename(path.with_name("judge-c1-00000000000000000000.json"))
    with pytest.raises(ReplayMiss, match="--judge PROVIDER:MODEL") as miss:
        replayed(folder)
    assert str(folder) in str(miss.value)
    assert record["purpose"] in str(miss.value)


def test_a_replay_miss_ends_the_command_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--record", str(tmp_path), "--out", str(tmp_path / "out")]) == REPLAY_MISS
    assert "replay miss" in capsys.readouterr().err


def test_the_table_says_whose_answers_they_are(compared: Sequence[Compared]) -> None:
    assert "hand-written" in judge_words(compared, None)
