"""Suites hold what they promise, and -k chooses among cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.cases import NOTHING, READY, Case, Suite, UsageError, datasets_hash, repeated, selected, suite_cases

CASES = tuple(Case(name, Path(f"{name}.md"), READY) for name in ("bank-memo", "hospital", "bank-deck"))


def names(cases: tuple[Case, ...]) -> list[str]:
    return [case.id for case in cases]


def test_the_full_suite_has_each_sample_strategy_once() -> None:
    assert len(suite_cases(Suite.full)) == 8


def test_smoke_is_a_part_of_full_with_one_document_that_must_yield_no_plan() -> None:
    smoke = suite_cases(Suite.smoke)
    assert set(names(smoke)) < set(names(suite_cases(Suite.full)))
    assert [case.status for case in smoke].count(NOTHING) == 1


def test_a_document_whose_gold_is_empty_must_yield_no_plan() -> None:
    newsletter = next(case for case in suite_cases(Suite.full) if case.id == "aldersound-ferries-newsletter")
    assert newsletter.status == NOTHING


def test_the_shared_suite_says_which_folder_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="shared/strategies"):
        suite_cases(Suite.shared, tmp_path)


def test_the_shared_suite_takes_strategies_negatives_and_originals(tmp_path: Path) -> None:
    originals = ("originals/one.pdf", "originals/empty-roadmap-template.pptx")
    for name in ("strategies/one.md", "negatives/runbook.md", *originals):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words", encoding="utf-8")
    found = {case.id: case.status for case in suite_cases(Suite.shared, tmp_path)}
    assert found == {"one": READY, "runbook": NOTHING, "empty-roadmap-template": NOTHING, "one-pdf": READY}


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("bank", ["bank-memo", "bank-deck"]),
        ("bank and not deck", ["bank-memo"]),
        ("hospital or deck", ["hospital", "bank-deck"]),
        ("not (hospital or deck)", ["bank-memo"]),
    ],
)
def test_an_expression_chooses_by_parts_of_names(expression: str, wanted: list[str]) -> None:
    assert names(selected(CASES, expression)) == wanted


@pytest.mark.parametrize("expression", ["bank and", "(bank", "or", "bank deck"])
def test_a_broken_expression_is_a_usage_error(expression: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        selected(CASES, expression)


def test_an_expression_that_fits_nothing_names_the_cases() -> None:
    with pytest.raises(UsageError, match="bank-memo"):
        selected(CASES, "school")


def test_repeats_of_a_document_stay_one_cluster() -> None:
    again = repeated(CASES[:1], 3)
    assert names(again) == ["bank-memo#1", "bank-memo#2", "bank-memo#3"]
    assert {case.document for case in again} == {"bank-memo"}


def test_the_hash_of_the_data_moves_with_a_single_byte(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text("words", encoding="utf-8")
    first = datasets_hash([Case("one", path, READY)])
    path.write_text("word", encoding="utf-8")
    assert datasets_hash([Case("one", path, READY)]) != first
