from __future__ import annotations

import pytest

from corpora.records import Cadence, Period, RoleClass
from service.plan.intents import DeferredIntent
from service.plan.items import FirstCase, Flag, IndicatorKind
from service.plan.parts import PlanParts
from service.stages.balance import balance
from service.stages.sequence import expected_sessions, sequence
from tests.service.planmaker import BUDGETS, LISTEN, ask, behaviour, indicator, intent, parts, question, ritual


def full() -> PlanParts:
    case = FirstCase(text="the ferry licence", why="it is the newest")
    items = (behaviour(0, first_case=case), behaviour(1, role_class=RoleClass.leader, actor="sponsor"), behaviour(2))
    made = parts(
        *items,
        ritual(0, cadence=Cadence(period=Period.weekly)),
        ask(0),
        questions=(question(),),
        indicators=(indicator(IndicatorKind.adherence, "beh-0"),),
    )
    return sequence(balance(made, BUDGETS))


def said(made: PlanParts, place: int) -> str:
    return " ".join(made.rollout[place].actions)


def test_the_ninety_days_are_covered_once_and_in_order():
    days = [(step.from_day, step.to_day) for step in full().rollout]
    assert days == [(0, 15), (16, 30), (31, 60), (61, 80), (81, 90)]


def test_each_item_starts_in_the_stretch_that_holds_its_start_day():
    made = full()
    for item in (*made.behaviours, *made.rituals):
        steps = [step for step in made.rollout if item.id in step.item_ids]
        assert [step.from_day <= item.starts_day <= step.to_day for step in steps] == [True]


def test_the_first_stretch_takes_questions_to_leaders_and_reads_baselines_by_day_15():
    effect = indicator(IndicatorKind.leading, "beh-1")
    made = full()
    made = sequence(made.model_copy(update={"indicators": (*made.indicators, effect)}))
    text = said(made, 0)
    assert "Put the question for leaders to the sponsor, and bring the answer back to the teams by day 15" in text
    assert f"By day 15 read each baseline once, as a count for the team and never for a person: '{effect.name}'" in text
    assert all(f"'{one.name}' (" not in text for one in full().indicators if one.kind is IndicatorKind.adherence)


def test_each_further_behaviour_is_tried_in_its_short_form_in_the_first_week():
    made = sequence(parts(behaviour(0), behaviour(1, first_time="Take one open request and ask who needs it.")))
    assert "In the first week the" in said(made, 0)
    assert "in its short form, once: take one open request and ask who needs it." in said(made, 0)


def test_the_first_behaviour_is_rehearsed_on_its_first_case():
    assert "on the ferry licence with" in said(full(), 1)


def test_an_ask_is_named_in_the_stretch_of_its_day_with_its_interim():
    text = said(full(), 1)
    assert "By day 20 the sponsor answers 'Who may stop a service change'" in text
    assert "Until then: service managers may pause a change for a week." in text


def test_facilitation_rotates_by_day_60():
    assert "By day 60 somebody else facilitates" in said(full(), 2)


def test_keep_change_or_drop_is_recorded_before_anything_grows():
    actions = full().rollout[-1].actions
    decided = next(place for place, text in enumerate(actions) if "keep, change or drop" in text)
    grown = next(place for place, text in enumerate(actions) if "before any other team" in text)
    assert decided < grown


def test_what_waits_is_named_at_the_end():
    waiting = DeferredIntent(intent=intent(2, LISTEN, wave=2), reason="no hours", waits_for="the review")
    made = sequence(parts(behaviour(0), deferred=(waiting,)))
    assert waiting.intent.label in said(made, 4)


@pytest.mark.parametrize(
    ("period", "starts", "sessions"),
    [
        pytest.param(Period.fortnightly, 16, 5, id="fortnightly from day 16"),
        pytest.param(Period.weekly, 61, 4, id="weekly from day 61"),
        pytest.param(Period.quarterly, 61, 1, id="quarterly at least once"),
    ],
)
def test_sessions_are_counted_from_cadence_and_start(period: Period, starts: int, sessions: int):
    assert expected_sessions(ritual(0, cadence=Cadence(period=period), starts_day=starts)) == sessions


def test_only_roles_of_the_plan_lead_a_stretch():
    made = sequence(parts(behaviour(0)))
    assert {step.owner for step in made.rollout} == {"head of service"}


def test_a_plan_without_rituals_speaks_of_none():
    made = sequence(balance(parts(behaviour(0)), BUDGETS))
    assert not any("facilitat" in action for step in made.rollout for action in step.actions)


def test_a_plan_without_items_has_no_rollout():
    assert sequence(parts()).rollout == ()


def test_no_step_holds_an_empty_action():
    assert all(action.strip() for step in full().rollout for action in step.actions)


def test_running_it_twice_changes_nothing_more():
    made = full()
    assert sequence(made) == made


@pytest.mark.parametrize(
    "rotation",
    [
        "Product Ops runs the first two; by day 60 the hosts take over",
        "Product Ops sits in the chair three times; after that it changes monthly",
        "Product Ops prepares and moderates the first session; afterwards they take turns",
        "Product Ops runs it, then the leads in turn",
        "Product Ops chairs until day 60; then the service managers",
    ],
)
def test_product_ops_leads_the_first_session_where_the_rotation_says_so(rotation):
    made = sequence(
        balance(parts(behaviour(0), ritual(0, facilitator="a service manager", rotation=rotation)), BUDGETS)
    )
    assert "facilitated by Product Ops" in said(made, 1)


@pytest.mark.parametrize(
    "rotation",
    [
        "Product Ops keeps the log; by day 60 the service managers take turns",
        "Product Ops finds and briefs the first two facilitators; by day 60 four volunteers share the duty",
        "Product Ops runs the survey behind it; the chair moves each time",
        "Product Ops opens the room",
    ],
)
def test_other_work_of_product_ops_does_not_make_it_the_facilitator(rotation):
    made = sequence(
        balance(parts(behaviour(0), ritual(0, facilitator="a service manager", rotation=rotation)), BUDGETS)
    )
    assert "facilitated by a service manager" in said(made, 1)


def test_the_first_time_begins_a_sentence_with_a_large_letter_however_it_was_worded():
    made = sequence(balance(parts(behaviour(0, first_time="ask one colleague; write down the answer")), BUDGETS))
    assert "once before it counts. Ask one colleague" in said(made, 1)


def test_a_statement_is_rehearsed_where_the_document_says_it():
    case = FirstCase(text="two wharves go first", why="the document says it", clause=True)
    made = sequence(balance(parts(behaviour(0, first_case=case)), BUDGETS))
    assert "where the document says “two wharves go first” with the service manager" in said(made, 1)


def test_a_quarter_has_one_of_what_comes_once_a_quarter():
    made = sequence(balance(parts(behaviour(0, cadence=Cadence(period=Period.quarterly))), BUDGETS))
    assert "the first is due by day 90" in " ".join(action for step in made.rollout for action in step.actions)


def test_a_leader_whom_the_document_names_leads_before_one_who_is_proposed():
    made = parts(
        behaviour(0, role_class=RoleClass.leader, actor="chief", flags=(Flag.role_proposed,)),
        behaviour(1, role_class=RoleClass.leader, actor="harbour director"),
    )
    assert sequence(balance(made, BUDGETS)).rollout[0].owner == "harbour director"
