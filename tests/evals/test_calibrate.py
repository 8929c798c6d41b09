"""Agreement is measured as the literature does, and only people open a gate."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from sklearn.metrics import cohen_kappa_score

from evals.calibrate import COLUMNS, Calibration, RaterKind, Rating, calibrate, load_ratings, weighted_kappa
from evals.cases import UsageError
from evals.command_compare import calibrate_command

TRUE = [5, 4, 1, 3, 2, 5, 1, 3, 4, 2, 5, 1]
NEAR = [5, 4, 1, 3, 3, 5, 1, 3, 4, 2, 4, 1]
FAR = [1, 2, 5, 3, 4, 1, 4, 2, 1, 5, 1, 5]


def ratings(**raters: tuple[RaterKind, list[int]]) -> list[Rating]:
    return [
        Rating(plan=f"p{place}", criterion="C5", rater=name, kind=kind, score=score)
        for name, (kind, scores) in raters.items()
        for place, score in enumerate(scores)
    ]


def only(found: tuple[Calibration, ...]) -> Calibration:
    (row,) = found
    return row


def written(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def test_kappa_equals_the_one_of_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    first, second = rng.integers(1, 6, 40).tolist(), rng.integers(1, 6, 40).tolist()
    known = cohen_kappa_score(first, second, weights="quadratic", labels=[1, 2, 3, 4, 5])
    assert weighted_kappa(first, second) == pytest.approx(known)


def test_scores_that_never_vary_have_no_kappa() -> None:
    assert weighted_kappa([3, 3, 3], [3, 3, 3]) is None


def test_people_and_judge_that_agree_let_a_criterion_gate() -> None:
    human, judge = RaterKind.human, RaterKind.judge
    row = only(calibrate(ratings(ann=(human, TRUE), ben=(human, NEAR), model=(judge, TRUE))))
    assert row.may_gate
    assert row.judge_with_people is not None
    assert row.judge_with_people.low is not None


@pytest.mark.parametrize(
    ("raters", "why"),
    [
        ({"ann": (RaterKind.human, TRUE), "model": (RaterKind.judge, TRUE)}, "at least two"),
        ({"ann": (RaterKind.human, TRUE), "ben": (RaterKind.human, FAR)}, "people agree below"),
        ({"ann": (RaterKind.human, TRUE), "ben": (RaterKind.human, NEAR)}, "no judge"),
        (
            {
                "ann": (RaterKind.human, TRUE),
                "ben": (RaterKind.human, NEAR),
                "model": (RaterKind.judge, FAR),
            },
            "judge and people agree below",
        ),
    ],
    ids=["one person", "people differ", "no judge", "judge differs"],
)
def test_a_criterion_that_may_not_gate_says_why(raters: dict[str, tuple[RaterKind, list[int]]], why: str) -> None:
    row = only(calibrate(ratings(**raters)))
    assert not row.may_gate
    assert why in row.why


def test_synthetic_ratings_are_never_counted_as_people() -> None:
    synthetic, judge = RaterKind.synthetic, RaterKind.judge
    row = only(calibrate(ratings(one=(synthetic, TRUE), two=(synthetic, TRUE), model=(judge, TRUE))))
    assert (row.people, row.between_people, row.may_gate) == (0, None, False)
    assert row.synthetic is not None


def test_the_interval_is_the_same_twice() -> None:
    given = ratings(ann=(RaterKind.human, TRUE), ben=(RaterKind.human, NEAR))
    assert calibrate(given) == calibrate(given)


def test_a_file_is_read_and_its_table_says_who_may_gate(tmp_path: Path) -> None:
    path = written(tmp_path / "r.csv", "p1,C5,ann,human,5", "p2,C5,ann,human,1", "p1,C5,ben,synthetic,5")
    console = Console(file=io.StringIO(), width=200, color_system=None)
    calibrate_command(path, console)
    assert isinstance(console.file, io.StringIO)
    assert "at least two are needed" in console.file.getvalue()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (("p1,C5,ann,human,9",), "line 2: score"),
        (("p1,C99,ann,human,3",), "line 2: criterion"),
        (("p1,C5,ann,robot,3",), "line 2: kind"),
        (("p1,C5,ann,human,3", "p1,C5,ann,human,4"), "twice"),
    ],
    ids=["score", "criterion", "kind", "twice"],
)
def test_a_wrong_row_is_named(rows: tuple[str, ...], words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=words):
        load_ratings(written(tmp_path / "r.csv", *rows))


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("plan,score\np1,3\n", encoding="utf-8")
    with pytest.raises(UsageError, match="columns"):
        load_ratings(tmp_path / "r.csv")
