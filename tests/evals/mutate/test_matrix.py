"""The arithmetic of the matrix and the exit code that rests on it."""

from __future__ import annotations

from pathlib import Path

from evals.mutate.__main__ import USAGE, main, table
from evals.mutate.heatmap import page_of, svg_of
from evals.mutate.matrix import Matrix, matrix_of
from evals.mutate.measure import CRITERIA
from evals.mutate.operators import OPERATORS
from evals.mutate.run import Dose, Findings, Row, Told

M1 = next(operator for operator in OPERATORS if operator.id == "M1")
M3 = next(operator for operator in OPERATORS if operator.id == "M3")


def row(operator: str = "M1", *, hit: bool = True, blamed: bool = True, **moved: float) -> Row:
    """A measured mutant; `moved` are falls of criteria."""
    falls: dict[str, float | None] = dict.fromkeys(CRITERIA, 0.0)
    falls.update(moved)
    told = Told(operator, "plan-a", "b-1", "trigger", "before", "after", "C4" if operator == "M1" else "C1")
    return Row(told, falls, 2.0 if hit else 0.0, hit, blamed, ())


def figures(*rows: Row, doses: tuple[Dose, ...] = ()) -> Matrix:
    """The matrix of these rows."""
    return matrix_of(Findings(rows, doses), [M1, M3])


def test_a_run_in_which_all_hit_meets_its_targets() -> None:
    assert figures(row(C4=0.6), row(C4=0.6)).missed == ()


def test_a_rule_that_misses_its_defect_misses_the_target() -> None:
    assert any("M1 sensitivity 1/2" in words for words in figures(row(), row(hit=False)).missed)


def test_what_only_a_judge_sees_does_not_gate() -> None:
    assert figures(row(), row("M3", hit=False, blamed=False)).missed == ()


def test_a_criterion_that_moves_with_another_is_named() -> None:
    missed = figures(*[row(C6=0.8)] * 3).missed
    assert any("specificity of C6" in words for words in missed)


def test_the_target_itself_may_move() -> None:
    assert figures(row(C4=2.0)).by_criterion["C4"].of == 0


def test_a_wobble_is_no_move() -> None:
    assert figures(row(C6=0.4)).specificity.value == 1.0


def test_more_defects_that_raise_the_score_miss_the_target() -> None:
    assert any("doses" in words for words in figures(row(), doses=(Dose("M1", "plan-a", (4.0, 3.0, 3.5)),)).missed)


def test_the_table_says_that_no_judge_ran() -> None:
    assert "judge; judge not run" in table(figures(row(), row("M3", hit=False)))


def test_the_heat_map_has_a_cell_for_each_operator_and_criterion() -> None:
    assert svg_of(figures(row(), row("M3"))).count("<rect") == 2 * len(CRITERIA)


def test_the_page_tells_the_verdict_first() -> None:
    assert "Missed: M1 sensitivity" in page_of(figures(row(hit=False)))


def test_an_unknown_operator_is_a_usage_error(tmp_path: Path) -> None:
    assert main(["--operators", "M99", "--out", str(tmp_path)]) == USAGE
