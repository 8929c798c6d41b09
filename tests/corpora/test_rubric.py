from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from corpora.lexicons import load_lexicons
from corpora.rubric import RUBRIC, RubricError, load_rubric


def test_the_rubric_holds_thirteen_criteria_and_two_gates():
    assert [one.id for one in load_rubric()] == [*(f"C{number}" for number in range(1, 14)), "G1", "G2"]


def test_weights_that_do_not_add_up_are_refused(tmp_path: Path):
    entries = yaml.safe_load(RUBRIC.read_text(encoding="utf-8"))
    entries[0]["weight"] = 11
    path = tmp_path / "rubric.yaml"
    path.write_text(yaml.safe_dump(entries), encoding="utf-8")
    with pytest.raises(RubricError, match="add up to 101"):
        load_rubric(path)


def test_a_missing_criterion_is_refused(tmp_path: Path):
    entries = yaml.safe_load(RUBRIC.read_text(encoding="utf-8"))[1:]
    path = tmp_path / "rubric.yaml"
    path.write_text(yaml.safe_dump(entries), encoding="utf-8")
    with pytest.raises(RubricError, match="C1"):
        load_rubric(path)


def test_word_lists_are_in_lower_case():
    lists = load_lexicons()
    assert all(
        word == word.lower() for word in (*lists.banned_verbs, *lists.vague_phrases, *lists.tools, *lists.vanity)
    )
