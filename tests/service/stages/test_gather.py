"""A plan without a ritual gets the meeting over its own behaviours, where people's weeks have room."""

from __future__ import annotations

import pytest

from corpora.load import load_gathering
from corpora.records import Cadence, Period, RoleClass, TimeCost
from service.checks.fields import texts_of
from service.plan.items import Flag
from service.plan.profile import Meeting, Profile
from service.plan.proposed_roles import proposed_roles
from service.plan.provenance import Provenance
from service.stages.balance import balance
from service.stages.gather import gather
from service.stages.tailor import tailor
from tests.service.planmaker import BUDGETS, behaviour, parts, ritual

MEETING = load_gathering()
CALL = Meeting(name="Crew call", cadence="FREQ=WEEKLY;BYDAY=MO", minutes=60, participants=(RoleClass.lead,))
UPDATE = Meeting(name="Route status update", cadence=Period.monthly, minutes=90, participants=(RoleClass.lead,))
RARE = Meeting(name="Crew status day", cadence=Period.yearly, minutes=240, participants=(RoleClass.lead,))


def gathered(*items, meetings=()):
    return gather(balance(parts(*items), BUDGETS), MEETING, BUDGETS, meetings)


def often(*meetings):
    """The meeting over two behaviours, one of them weekly: every second week."""
    weekly = behaviour(0, cadence=Cadence(period=Period.weekly))
    (meeting,) = gathered(weekly, behaviour(1), meetings=meetings).rituals
    assert meeting.cadence.period is Period.fortnightly
    return meeting


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


def test_a_real_meeting_of_its_people_gives_up_a_part_for_it():
    meeting = often(CALL)
    words = "the part of {} of the weekly “Crew call” (60 minutes) in which the same work is reported on"
    assert meeting.replaces.text == words.format("one session a fortnight")
    assert meeting.replaces.minutes_saved == MEETING.minutes_saved
    assert [s.provenance for s in meeting.sources if s.field == "replaces"] == [Provenance.profile]


def test_a_session_no_longer_than_the_part_ends_whole():
    meeting = often(CALL.model_copy(update={"minutes": 25}))
    assert meeting.replaces.text == "one session a fortnight of the weekly “Crew call” (25 minutes)"
    assert meeting.replaces.minutes_saved == 25


def test_of_two_real_meetings_the_one_in_which_work_is_reported_on_gives_it_up():
    report = CALL.model_copy(update={"name": "Route status report"})
    assert "“Route status report”" in often(CALL, report).replaces.text


@pytest.mark.parametrize(
    "meeting", [RARE, UPDATE, CALL.model_copy(update={"participants": (RoleClass.ops,)})], ids=lambda each: each.name
)
def test_a_meeting_too_rare_or_of_other_people_gives_up_nothing(meeting):
    assert often(meeting).replaces == often().replaces
    assert "a meeting you hold already" in often(meeting).replaces.text


def test_what_the_organisation_calls_its_roles_counts_in_the_load_of_the_meeting():
    def settle(parts):
        return tailor(parts, Profile(roles={"sponsor": "Head of Ferries"}))

    after = gather(balance(parts(behaviour(0), behaviour(1)), BUDGETS), MEETING, BUDGETS, (), settle)
    (meeting,) = after.rituals
    assert meeting.decision_rights.decider == "Head of Ferries"
    assert "the Head of Ferries takes one obstacle away" in " ".join(step.step for step in meeting.agenda)
    assert "Head of Ferries" in {row.role for row in after.load_by_role}


def test_there_is_no_meeting_where_its_words_touch_what_must_not_change():
    def settle(parts):
        return tailor(parts, Profile(no_go=("evidence round",)))

    after = gather(balance(parts(behaviour(0), behaviour(1)), BUDGETS), MEETING, BUDGETS, (), settle)
    assert after.rituals == ()
    assert after.load


def test_roles_that_the_document_does_not_name_are_marked_and_the_meeting_flagged():
    manager = behaviour(0, actor="service manager", flags=(Flag.role_proposed,))
    (meeting,) = gathered(manager, behaviour(1, actor="harbour master")).rituals
    assert meeting.flags == (Flag.role_proposed,)
    assert set(proposed_roles(meeting)) == {"service manager", "sponsor"}


def test_a_meeting_of_roles_that_the_document_names_is_not_flagged():
    leader = behaviour(1, actor="director", role_class=RoleClass.leader)
    (meeting,) = gathered(behaviour(0, actor="service manager"), leader).rituals
    assert meeting.flags == ()
    assert proposed_roles(meeting) == ()
