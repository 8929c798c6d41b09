"""Graded routines: what is read, and that the fits which ship are those of the committed grades."""

from __future__ import annotations

import json

from corpora.load import load_practices
from evals.deeds import Grade, fits_of, load_grades, share, write_fits
from service.stages.deeds import FITS


def test_the_committed_fits_are_those_of_the_committed_grades(tmp_path):
    write_fits(load_grades(), tmp_path / "deeds.json")
    assert json.loads((tmp_path / "deeds.json").read_text()) == json.loads(FITS.read_text())


def test_every_grade_is_of_a_practice_of_the_library():
    known = {practice.id for practice in load_practices()}
    grades = load_grades()
    assert {one.practice for one in grades} <= known
    assert {one.grade for one in grades} == {0, 1, 2}
    assert {one.by for one in grades} == {"deed", "kind", "meaning"}


def test_what_a_deed_calls_for_is_fitting_more_often_than_what_meaning_matches():
    grades = load_grades()
    by = {name: share([one for one in grades if one.by == name]) for name in ("deed", "meaning")}
    assert by["deed"][0] > by["meaning"][0]
    assert by["deed"][1] > by["meaning"][1]


def test_few_grades_are_drawn_towards_the_usual_share():
    one = [Grade("a", "i-1", "begun-with-it", "deed", 0)]
    many = one * 20
    assert fits_of(many, "deed")["begun-with-it"] < fits_of(one, "deed")["begun-with-it"] < 0.75
