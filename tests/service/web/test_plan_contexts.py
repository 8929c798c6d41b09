import pytest

from corpora.records import Cadence, Period, RoleClass
from corpora.rubric import load_rubric
from service.plan.items import IndicatorKind
from service.plan.plan import CriterionScore, RoleLoad
from service.web.contexts.calendar import days_of, strips_of
from service.web.contexts.criteria import findings_of
from service.web.contexts.load import bars_of
from service.web.contexts.plan import chapters_of, home_of
from tests.service.planmaker import ask, behaviour, indicator, intent, parts, plan, ritual


def scored(*scores):
    listed = tuple(CriterionScore(criterion=name, score=score, reason="said so") for name, score in scores)
    return findings_of(plan(parts(behaviour(1))).model_copy(update={"scores": listed}), load_rubric())


def loaded(high, budget=2.0):
    row = RoleLoad(
        role_class=RoleClass.lead,
        roles=("team lead",),
        hours_low=high / 2,
        hours_high=high,
        saved_hours=0,
        budget_hours=budget,
        item_ids=(),
        assumption="an estimate",
    )
    return bars_of(plan(parts(behaviour(1))).model_copy(update={"load": (row,)}))[0]


def test_a_fortnightly_item_falls_on_every_second_week():
    assert days_of(Cadence(period=Period.fortnightly), 16) == (16, 30, 44, 58, 72, 86)


@pytest.mark.parametrize(
    "cadence",
    [
        pytest.param(Cadence(period=Period.event, events_per_month=4), id="on events"),
        pytest.param(Cadence(period=Period.once), id="once"),
        pytest.param(Cadence(period=Period.yearly), id="yearly"),
    ],
)
def test_what_cannot_recur_by_the_calendar_has_only_its_first_day(cadence):
    assert days_of(cadence, 31) == (31,)


def test_a_decision_needed_after_the_window_has_a_strip_without_a_day():
    late = ask(1).model_copy(update={"needed_by_day": 120})
    assert [strip.days for strip in strips_of(plan(parts(late)))] == [()]


def test_every_item_has_one_strip():
    made = plan(parts(behaviour(1), ritual(2), ask(3)))
    assert {strip.kind for strip in strips_of(made)} == {"behaviour", "ritual", "decision"}


def test_all_checks_passed_says_so_in_words():
    assert scored(("C1", 5.0), ("G1", 5.0)).summary == "Form checks passed."


def test_what_failed_comes_first_and_is_named():
    found = scored(("C1", 5.0), ("C4", 3.0), ("C5", None))
    assert [line.verdict for line in found.lines] == ["found", "passed", "unscored"]
    assert "Repeatability" in found.summary
    assert "1 could not be scored" in found.summary


def test_a_role_over_its_budget_is_marked_and_its_bar_is_the_longest():
    bar = loaded(3.0)
    assert bar.over
    assert bar.high == 100.0
    assert bar.budget < bar.high


def test_a_role_within_its_budget_has_room_left():
    bar = loaded(1.0)
    assert not bar.over
    assert (bar.low, bar.high, bar.budget) == (25.0, 50.0, 100.0)


def test_an_item_stands_under_the_first_of_its_active_intents():
    assert home_of(behaviour(1, ("int-9", "int-2")), ["int-1", "int-2"]) == "int-2"


def test_a_card_names_its_indicators():
    item = behaviour(1)
    measure = indicator(IndicatorKind.adherence, item.id)
    made = plan(parts(item, intents=(intent(1),), indicators=(measure,)))
    assert chapters_of(made, {}, load_rubric())[0].cards[0].measures == (measure.name,)


def test_a_card_names_the_checks_that_found_something_in_it():
    score = CriterionScore(criterion="C4", score=3.0, reason="no trigger", item_ids=("beh-1",))
    made = plan(parts(behaviour(1), behaviour(2), intents=(intent(1),))).model_copy(update={"scores": (score,)})
    cards = chapters_of(made, {}, load_rubric())[0].cards
    assert [card.to_look_at for card in cards] == [("Repeatability",), ()]
