"""Which intents start first, and what each other one waits for."""

from __future__ import annotations

import numpy as np
import pytest

from corpora.records import StateSource
from service.plan.intents import IntentKind, State
from service.stages.waves import GOOD_FIT, SAME_MATTER, split
from tests.service.planmaker import FASTER, FUNDING, LISTEN, NEWS, SHARED, intent

FIVE = tuple(intent(number, words) for number, words in enumerate((SHARED, LISTEN, FASTER, NEWS, FUNDING), start=1))
FIT = np.full(5, 0.6)


def apart(count: int = 5):
    return np.eye(count, 384, dtype=np.float32)


def ids(intents) -> list[str]:
    return [one.id for one in intents]


def test_at_most_as_many_start_as_allowed():
    ledger = split(FIVE, apart(), FIT, 3)
    assert len(ledger.first) == 3
    assert len(ledger.deferred) == 2


def test_no_intent_is_lost_and_none_is_doubled():
    ledger = split(FIVE, apart(), FIT, 3)
    assert sorted([*ids(ledger.first), *(d.intent.id for d in ledger.deferred)]) == ids(FIVE)


def test_the_weightiest_start():
    light = tuple(intent(number, importance=0.2) for number in (7, 8, 9))
    assert sorted(ids(split((*light, *FIVE[:3]), apart(6), np.full(6, 0.6), 3).first)) == ["int-1", "int-2", "int-3"]


def test_what_starts_says_why_and_what_waits_says_why_and_for_what():
    ledger = split(FIVE, apart(), FIT, 3)
    assert all(one.wave == 1 and one.reason_first for one in ledger.first)
    assert all(d.intent.wave >= 2 and d.reason and d.waits_for for d in ledger.deferred)
    assert all(one.reason_first.endswith(".") for one in ledger.first)


def test_two_intents_on_the_same_matter_do_not_both_start():
    vectors = apart()
    vectors[1] = vectors[0]
    ledger = split(FIVE, vectors, FIT, 3)
    assert sorted(ids(ledger.first)) == ["int-1", "int-3", "int-4"]
    waiting = next(d for d in ledger.deferred if d.intent.id == "int-2")
    assert FIVE[0].label in waiting.reason


def test_those_that_start_differ_in_matter():
    vectors = np.random.default_rng(7).normal(size=(5, 384)).astype(np.float32) + 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    first = split(FIVE, vectors, FIT, 3).first
    rows = [ids(FIVE).index(one.id) for one in first]
    nearness = (vectors[rows] @ vectors[rows].T) - np.eye(len(rows))
    assert nearness.max() < SAME_MATTER


def test_what_teams_can_act_on_goes_before_what_no_practice_fits():
    fit = np.array([0.1, 0.6, 0.6, 0.6, 0.6])
    assert "int-1" not in ids(split(FIVE, apart(), fit, 3).first)


def test_a_date_is_a_reason_to_start():
    (first,) = split((intent(1, FASTER),), apart(1), np.array([0.6]), 3).first
    assert "March 2027" in first.reason_first


def test_what_ends_and_what_begins_is_a_reason_to_start():
    states = {
        "from_state": State(text="requirements", source=StateSource.document),
        "to_state": State(text="problems", source=StateSource.document),
    }
    (first,) = split((intent(1, NEWS, **states),), apart(1), np.array([0.6]), 3).first
    assert "what ends as well as what begins" in first.reason_first


@pytest.mark.parametrize("kind", [IntentKind.target, IntentKind.principle, IntentKind.priority])
def test_each_kind_that_waits_is_told_why(kind):
    intents = (*FIVE[:3], intent(9, NEWS, kind=kind, importance=0.1))
    (deferred,) = split(intents, apart(4), FIT[:4], 3).deferred
    assert deferred.intent.id == "int-9"
    assert deferred.reason.endswith(".")
    assert not deferred.waits_for.endswith(".")


def test_waves_follow_importance_three_at_a_time_and_end_with_the_fourth():
    many = tuple(intent(number, importance=round(1 - number / 20, 2)) for number in range(1, 15))
    ledger = split(many, apart(14), np.full(14, 0.6), 3)
    waves = [d.intent.wave for d in ledger.deferred]
    assert waves == [2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4]
    importance = [d.intent.importance for d in ledger.deferred]
    assert importance == sorted(importance, reverse=True)


def test_one_intent_is_a_ledger_too():
    ledger = split(FIVE[:1], apart(1), FIT[:1], 3)
    assert (ids(ledger.first), ledger.deferred) == (["int-1"], ())


def test_where_the_engine_weighed_by_meaning_neither_kind_nor_fit_changes_its_order():
    fit = np.array([0.9 if n > 2 else 0.05 for n in range(len(FIVE))])
    heavy = sorted(FIVE, key=lambda each: -each.importance)[:3]
    ledger = split(FIVE, apart(), fit, 3, order_stands=True)
    assert set(ids(ledger.first)) == {each.id for each in heavy}


def test_a_fit_beyond_a_good_one_adds_no_weight():
    twins = (intent(1, FASTER), intent(2, FASTER), intent(3, FASTER))
    first = split(twins, apart(3), np.array([GOOD_FIT, 0.95, 0.95]), 1).first
    assert ids(first) == ["int-1"]


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("No contract shall run for more than two years without the consent of the trust.", True),
        ("The ferries will not carry freight while passengers wait at any pier.", True),
        ("Directors shall each spend one morning a quarter at the ticket counter.", True),
        ("Each pier shall have one owner, appointed by 30 June 2026, who decides on its money.", True),
        ("Teams spend a day of every week on trying new ways of mooring.", False),
        ("We will listen to passengers before we change any timetable of theirs.", False),
    ],
)
def test_what_the_text_limits_or_times_itself_is_not_put_off(words, holds):
    timed = intent(4, NEWS)
    timed = timed.model_copy(update={"quotes": (timed.quotes[0].model_copy(update={"text": words}),)})
    weights = [*(intent(n, line) for n, line in enumerate((SHARED, LISTEN, FASTER), start=1)), timed]
    fit = np.array([0.6, 0.6, 0.6, 0.0])
    (late,) = [d for d in split(tuple(weights), apart(4), fit, 3).deferred if d.intent.id == "int-4"]
    assert late.holds is holds


def test_two_sentences_of_one_section_are_one_place():
    twice = intent(1, FASTER)
    again = twice.model_copy(
        update={"quotes": (*twice.quotes, twice.quotes[0].model_copy(update={"start": 1, "end": 9}))}
    )
    (first,) = split((again,), apart(1), np.array([0.6]), 3).first
    assert "places" not in (first.reason_first or "")
