from __future__ import annotations

import itertools

import pytest

from corpora.records import Cadence, Participant, Period, RoleClass, StopDoing, TimeCost
from service.plan.items import IndicatorKind
from service.plan.parts import PlanParts
from service.stages.balance import balance
from tests.service.planmaker import (
    BUDGETS,
    FASTER,
    FUNDING,
    LISTEN,
    NEWS,
    SHARED,
    ask,
    behaviour,
    indicator,
    intent,
    parts,
    ritual,
)

FIVE = tuple(intent(number, words) for number, words in enumerate((SHARED, LISTEN, FASTER, NEWS, FUNDING), start=1))
HEAVY = (TimeCost(role_class=RoleClass.lead, minutes=240),)


def heavy(number: int, intents: tuple[str, ...] = ("int-1",), minutes: int = 90, role: RoleClass = RoleClass.lead):
    cost = (TimeCost(role_class=role, minutes=minutes),)
    return behaviour(number, intents, time_cost=cost, role_class=role, cadence=Cadence(period=Period.weekly))


def test_a_light_plan_keeps_all_its_items():
    made = parts(behaviour(0), behaviour(1), ritual(0))
    after = balance(made, BUDGETS)
    assert len(after.behaviours) + len(after.rituals) == 3


def test_load_is_a_range_with_its_assumption():
    item = behaviour(0, time_cost=(TimeCost(role_class=RoleClass.lead, minutes=180, prep_minutes=60),))
    load = balance(parts(item), BUDGETS).load[0]
    assert (load.role_class, load.hours_low, load.hours_high) == (RoleClass.lead, 0.5, 2.0)
    assert "half the estimated rate" in load.assumption


def test_minutes_saved_are_reported_and_not_subtracted():
    load = balance(parts(heavy(0, minutes=60)), BUDGETS).load[0]
    assert (load.hours_high, load.saved_hours) == (1.0, 0.25)


def test_what_goes_over_a_budget_is_dropped_with_role_and_hours():
    after = balance(parts(heavy(0, minutes=90), heavy(1, minutes=90)), BUDGETS)
    note = next(note for note in after.notes if note.action == "dropped")
    assert note.item_id == "beh-1"
    assert "team leads for 1.50 h" in note.reason
    assert "2.0 h" in note.reason


def test_an_intent_is_deferred_when_none_of_its_items_fits():
    made = parts(heavy(0, minutes=110), heavy(1, ("int-2",)), intents=FIVE[:2])
    after = balance(made, BUDGETS)
    assert [one.id for one in after.intents] == ["int-1"]
    assert "“Calls one consenting resident”" in after.deferred[0].reason
    assert "team leads" in after.deferred[0].reason
    assert after.deferred[0].intent.wave == 2


def test_an_intent_falls_back_on_its_lighter_item():
    made = parts(
        heavy(0, minutes=110), heavy(1, ("int-2",)), behaviour(2, ("int-2",), confidence=0.1), intents=FIVE[:2]
    )
    assert [one.id for one in balance(made, BUDGETS).behaviours] == ["beh-0", "beh-2"]


def test_at_most_three_intents_start_and_the_others_say_what_they_wait_for():
    made = parts(*(behaviour(number, (f"int-{number + 1}",)) for number in range(5)), intents=FIVE)
    after = balance(made, BUDGETS)
    assert [one.id for one in after.intents] == ["int-1", "int-2", "int-3"]
    assert len({entry.reason for entry in after.deferred}) == 2
    assert len({entry.waits_for for entry in after.deferred}) == 2


def test_an_intent_without_any_item_is_deferred():
    after = balance(parts(behaviour(0), intents=FIVE[:2]), BUDGETS)
    assert [entry.intent.id for entry in after.deferred] == ["int-2"]


def test_no_intent_takes_all_the_room():
    own = [behaviour(number, ("int-1",)) for number in range(6)]
    tight = BUDGETS.model_copy(update={"max_behaviours": 4})
    after = balance(parts(*own, behaviour(6, ("int-2",)), intents=FIVE[:2]), tight)
    assert any("int-2" in item.intent_ids for item in after.behaviours)


def test_a_role_meets_at_most_three_new_items_in_its_first_thirty_days():
    after = balance(parts(*map(behaviour, range(7))), BUDGETS)
    assert sum(item.starts_day <= 30 for item in after.behaviours) == 3
    assert {item.starts_day for item in after.behaviours} == {16, 31}


def test_a_leaders_behaviour_starts_in_the_first_thirty_days():
    leading = behaviour(6, role_class=RoleClass.leader, confidence=0.01)
    after = balance(parts(*map(behaviour, range(6)), leading), BUDGETS)
    assert next(item for item in after.behaviours if item.id == "beh-6").starts_day <= 30


def test_an_item_that_starts_late_is_not_pulled_forward():
    assert balance(parts(behaviour(0, starts_day=61)), BUDGETS).behaviours[0].starts_day == 61


def test_six_indicators_are_kept_with_adherence_and_effect_for_each_intent():
    items = [behaviour(number, (f"int-{number + 1}",)) for number in range(3)]
    measures = tuple(indicator(kind, item.id, item.intent_ids) for item in items for kind in IndicatorKind)
    after = balance(parts(*items, intents=FIVE[:3], indicators=measures), BUDGETS)
    kinds = {(one.intent_ids[0], one.kind) for one in after.indicators}
    wanted = itertools.product(("int-1", "int-2", "int-3"), (IndicatorKind.adherence, IndicatorKind.outcome))
    assert kinds == set(wanted)


def test_indicators_of_dropped_items_go():
    made = parts(heavy(0), heavy(1), indicators=(indicator(IndicatorKind.leading, "beh-1"),))
    assert balance(made, BUDGETS).indicators == ()


MIXES = [
    pytest.param(minutes, period, role, id=f"{minutes}-{period.value}-{role.value}")
    for minutes, period, role in itertools.product((15, 45, 120, 480), (Period.daily, Period.monthly), RoleClass)
]


@pytest.mark.parametrize(("minutes", "period", "role"), MIXES)
def test_load_is_never_above_a_budget_and_no_active_intent_is_empty(minutes: int, period: Period, role: RoleClass):
    made = _mixed(minutes, period, role)
    after = balance(made, BUDGETS)
    assert all(load.hours_high <= load.budget_hours for load in after.load)
    assert all(after.serving(one.id) for one in after.intents)
    assert {one.id for one in made.intents} == {one.id for one in after.intents} | {e.intent.id for e in after.deferred}
    assert len(after.behaviours) <= 8
    assert len(after.rituals) <= 4


@pytest.mark.parametrize(("minutes", "period", "role"), MIXES)
def test_running_it_twice_changes_nothing_more(minutes: int, period: Period, role: RoleClass):
    once = balance(_mixed(minutes, period, role), BUDGETS)
    assert balance(once, BUDGETS) == once


def _mixed(minutes: int, period: Period, role: RoleClass) -> PlanParts:
    cost = (TimeCost(role_class=role, minutes=minutes, prep_minutes=minutes // 4),)
    items = [
        behaviour(n, (f"int-{1 + n % 5}",), time_cost=cost, role_class=role, cadence=Cadence(period=period))
        for n in range(7)
    ]
    rituals = [ritual(n, (f"int-{1 + n % 4}",)) for n in range(5)]
    return parts(*items, *rituals, ask(0), intents=FIVE)


def by_role(after: PlanParts) -> dict[str, tuple[float, float, int]]:
    return {each.role: (each.hours_low, each.hours_high, len(each.item_ids)) for each in after.load_by_role}


def test_the_load_of_each_named_role_stands_beside_that_of_its_class():
    an_hour = (TimeCost(role_class=RoleClass.lead, minutes=60),)
    after = balance(parts(heavy(0, minutes=45), behaviour(1, actor="API Owner", time_cost=an_hour)), BUDGETS)
    assert by_role(after) == {"service manager": (0.75, 0.75, 1), "API Owner": (0.0, 0.5, 1)}
    assert after.load[0].hours_high == 1.25


def test_names_that_mean_the_same_role_are_one():
    names = ("the API Owner", "API owners", "an api owner", "API Owner")
    made = parts(*(behaviour(number, actor=name) for number, name in enumerate(names)))
    assert [(each.role, len(each.item_ids)) for each in balance(made, BUDGETS).load_by_role] == [("API Owner", 4)]


def test_a_seat_in_a_ritual_is_load_of_the_role_that_sits():
    made = by_role(balance(parts(behaviour(0), ritual(0)), BUDGETS))
    assert set(made) == {"service manager", "sponsor", "Product Ops"}
    assert made["service manager"][2] == 2


def test_a_role_that_alone_goes_over_its_limit_gives_up_its_last_ranked_item():
    """Two classes of one name: neither class is over its limit, the one person is."""
    leads = heavy(0, minutes=80, role=RoleClass.lead).model_copy(update={"actor": "API Owner", "confidence": 0.9})
    decides = heavy(1, minutes=70, role=RoleClass.leader).model_copy(update={"actor": "the API owners"})
    after = balance(parts(leads, decides), BUDGETS)
    assert [item.id for item in after.behaviours] == ["beh-0"]
    note = next(note for note in after.notes if note.action == "dropped")
    assert note.item_id == "beh-1"
    assert "the API Owner alone would carry 2.50 h a week, of at most 2.0 h" in note.reason


def test_who_leads_a_ritual_without_a_seat_carries_it_too():
    often = Cadence(period=Period.weekly)
    leading = ritual(0, facilitator="a service owner", cadence=often, participants=(
        Participant(role="sponsor", role_class=RoleClass.leader, count=1, reason="decides"),
        Participant(role="team member", role_class=RoleClass.contributor, count=3, reason="brings the cases"),
    ))  # fmt: skip
    owner = heavy(0, minutes=100).model_copy(update={"actor": "service owner", "confidence": 0.9})
    after = balance(parts(owner, leading), BUDGETS)
    assert after.rituals == ()
    assert "the service owner alone would carry 2.17 h" in after.notes[0].reason


def test_a_class_says_of_how_many_stops_the_time_freed_is_known():
    unknown = StopDoing(text="writing minutes nobody reads", minutes_saved=None)
    load = balance(parts(heavy(0, minutes=30), behaviour(1, stop_doing=unknown)), BUDGETS).load[0]
    assert (load.stops, load.stops_estimated, load.saved_hours) == (2, 1, 0.25)
