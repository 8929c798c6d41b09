"""A plan without a ritual gets the meeting over its own behaviours, where people's weeks have room."""

from __future__ import annotations

import pytest

from corpora.load import load_gathering
from corpora.records import Cadence, Period, RoleClass, TimeCost
from service.checks.fields import texts_of
from service.plan.items import Flag
from service.stages.balance import balance
from service.stages.gather import gather
from tests.service.planmaker import BUDGETS, behaviour, parts, ritual

MEETING = load_gathering()


def gathered(*items):
    return gather(balance(parts(*items), BUDGETS), MEETING, BUDGETS)


def test_a_plan_of_behaviours_alone_gets_one_meeting_that_names_them():
    after = gathered(behaviour(0), behaviour(1))
    (meeting,) = after.rituals
    names = [item.title for item in after.behaviours]
    assert all(f"'{name}'" in meeting.purpose for name in names)
    assert meeting.intent_ids == tuple(intent.id for intent in after.intents)


def test_many_behaviours_are_counted_and_not_listed():
    (meeting,) = gathered(*(behaviour(number) for number in range(4))).rituals
    assert "the plan's four behaviours" in meeting.purpose


def test_a_plan_with_a_ritual_gets_no_other():
    after = gathered(behaviour(0), behaviour(1), ritual(0))
    assert len(after.rituals) == 1
    assert after.rituals[0].title != MEETING.title


def test_one_behaviour_needs_no_meeting():
    assert gathered(behaviour(0)).rituals == ()


def test_one_role_alone_does_not_meet():
    leader = {"actor": "director", "role_class": RoleClass.leader}
    assert gathered(behaviour(0, **leader), behaviour(1, **leader)).rituals == ()


def test_the_meeting_counts_in_the_load():
    before, after = balance(parts(behaviour(0), behaviour(1)), BUDGETS), gathered(behaviour(0), behaviour(1))
    assert sum(row.hours_high for row in after.load) > sum(row.hours_high for row in before.load)
    assert all(row.hours_high <= row.budget_hours for row in after.load)


def test_there_is_no_meeting_where_no_hours_are_left():
    full = {
        "time_cost": (TimeCost(role_class=RoleClass.contributor, minutes=29),),
        "role_class": RoleClass.contributor,
        "cadence": Cadence(period=Period.weekly),
    }
    assert gathered(behaviour(0, **full), behaviour(1, **full)).rituals == ()


def test_where_weeks_have_no_room_for_two_a_month_it_meets_once():
    busy = {
        "time_cost": (TimeCost(role_class=RoleClass.contributor, minutes=42),),
        "role_class": RoleClass.contributor,
        "cadence": Cadence(period=Period.weekly),
    }
    light = behaviour(1, cadence=Cadence(period=Period.monthly))
    (meeting,) = gathered(behaviour(0, **busy), light).rituals
    assert meeting.cadence.period is Period.monthly


@pytest.mark.parametrize(("period", "expected"), [("weekly", "fortnightly"), ("monthly", "monthly")])
def test_it_meets_as_often_as_the_behaviours_leave_something(period: str, expected: str):
    (meeting,) = gathered(
        behaviour(0, cadence=Cadence(period=Period(period))), behaviour(1, cadence=Cadence(period=Period.monthly))
    ).rituals
    assert meeting.cadence.period == expected


def test_a_body_that_acts_by_the_documents_own_routine_takes_no_seat():
    forum = behaviour(1, actor="every director", role_class=RoleClass.leader, flags=(Flag.own_routine,))
    (meeting,) = gathered(behaviour(0, actor="service manager"), forum).rituals
    assert [seat.role for seat in meeting.participants] == ["service manager", "sponsor"]
    assert meeting.decision_rights.decider == "sponsor"


def test_a_leader_who_acts_decides_in_it():
    leader = behaviour(1, actor="director", role_class=RoleClass.leader)
    (meeting,) = gathered(behaviour(0, actor="service manager"), leader).rituals
    assert meeting.decision_rights.decider == "director"
    assert "the director takes one obstacle away" in " ".join(step.step for step in meeting.agenda)


def test_every_field_of_the_meeting_is_marked_as_proposed():
    (meeting,) = gathered(behaviour(0), behaviour(1)).rituals
    own = {"title", "capability", "first_case", "confidence", "starts_day", "adds_gate"}
    told = {field.path.split(".")[0] for field in texts_of(meeting)} - own
    assert told <= {source.field for source in meeting.sources}
