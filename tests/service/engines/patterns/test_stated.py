"""The document's own routine as a behaviour: its words, its rhythm, and honest marks on all that is added."""

from __future__ import annotations

import pytest

from corpora.load import load_act_classes
from corpora.records import Cadence, Kind, Period, RoleClass, StateSource
from retrieval.documents import Span
from service.checks.c08_load import hours_of
from service.engines.patterns.choose import choose
from service.engines.patterns.stated import stated_behaviour, stated_indicators
from service.plan.items import Flag, IndicatorKind
from service.plan.proposals import IntentBrief
from service.plan.provenance import Provenance
from service.plan.routine import ActorKind, Rhythm, Routine
from tests.service.engines.patterns.test_choose import all_practices, brief
from tests.service.planmaker import BUDGETS, SHARED, intent

ACTS = {act.id: act for act in load_act_classes()}
QUARTER = Rhythm("Every quarter, on a date fixed in advance", Cadence(period=Period.quarterly), "quarter")
INCIDENT = Rhythm("After each incident", Cadence(period=Period.event, events_per_month=2), "occasion", estimated=True)


def routine(act="visit", **change) -> Routine:
    words = {
        "sentence_id": "s1",
        "act": ACTS[act],
        "actor": "directors",
        "actor_kind": ActorKind.leader,
        "actor_said": "Directors",
        "actor_span": Span(0, 9),
        "plural": True,
        "rhythm": QUARTER,
        "rhythm_span": Span(30, 39),
        "action": "spend one morning at a counter",
        "title": "Spend one morning at a counter",
        "act_span": Span(16, 50),
        "minutes": 240,
        "thing": "a counter",
    }
    return Routine(**{**words, **change})


def told(**change) -> IntentBrief:
    return IntentBrief(intent(1, SHARED), (), (), {}, {}, (), routine(**change))


def provenance(item, field):
    return [source.provenance for source in item.sources if source.field == field]


def test_actor_act_and_rhythm_are_the_documents():
    item = stated_behaviour(told(), routine())
    assert (item.trigger, item.actor, item.action) == (QUARTER.moment, "directors", "spend one morning at a counter")
    assert item.practice_id is None
    assert item.cadence == QUARTER.cadence
    assert item.time_cost[0].minutes == 240
    assert Flag.own_routine in item.flags
    assert Flag.role_proposed not in item.flags
    for field in ("trigger", "actor", "action", "cadence"):
        assert provenance(item, field) == [Provenance.document]


@pytest.mark.parametrize("act", ACTS)
def test_all_that_the_class_adds_is_marked(act):
    item = stated_behaviour(told(), routine(act))
    assert item.shift.from_source is StateSource.hypothesis
    assert provenance(item, "shift.from_state") == [Provenance.hypothesis]
    assert provenance(item, "stop_doing") == [Provenance.hypothesis]
    for field in ("evidence", "owner", "reinforcement", "first_time", "sunset", "mechanism"):
        assert provenance(item, field) == [Provenance.proposed]


def test_the_documents_own_noun_stands_in_the_evidence():
    assert ", from a counter: what was seen" in stated_behaviour(told(), routine()).evidence.artefact
    assert "from the visit: what" in stated_behaviour(told(), routine(thing=None)).evidence.artefact


def test_a_rate_that_the_document_does_not_give_is_an_estimate():
    item = stated_behaviour(told(), routine("review", rhythm=INCIDENT, minutes=None))
    assert provenance(item, "cadence") == [Provenance.proposed]
    assert provenance(item, "time_cost") == [Provenance.proposed]


def test_we_is_a_proposed_role():
    said = routine(actor="authors of this strategy", actor_kind=ActorKind.authors, actor_span=None)
    item = stated_behaviour(told(), said)
    assert Flag.role_proposed in item.flags
    assert provenance(item, "actor") == [Provenance.proposed]


@pytest.mark.parametrize(
    ("change", "owner"),
    [
        ({}, "one of the directors, named by day 15"),
        ({"actor": "every director", "plural": False}, "one of those who do it, named by day 15"),
        ({"actor": "Service Forum", "actor_kind": ActorKind.body, "plural": False}, "chair of the Service Forum"),
        ({"actor": "every crew", "actor_kind": ActorKind.team, "plural": False}, "lead of every crew"),
        ({"actor": "teams", "actor_kind": ActorKind.team}, "lead of one of the teams, named by day 15"),
        ({"actor": "duty manager", "actor_kind": ActorKind.lead, "plural": False}, "duty manager"),
    ],
)
def test_somebody_in_the_line_keeps_it_alive(change, owner):
    assert stated_behaviour(told(), routine(**change)).owner == owner


def test_it_is_counted_by_its_own_rhythm_from_an_unknown_baseline():
    item = stated_behaviour(told(), routine())
    rules = stated_indicators(item, routine(), intent(1, SHARED))
    assert [rule.kind for rule in rules] == [IndicatorKind.adherence, IndicatorKind.leading, IndicatorKind.counter]
    assert rules[0].numerator.startswith("quarters that left ")
    assert rules[0].denominator == "quarters since the start"
    assert {rule.baseline for rule in rules} == {"unknown, collect by day 15"}
    assert all(rule.item_ids == (item.id,) for rule in rules)


def own_form(**change):
    return stated_behaviour(told(**change), routine(**change))


def test_an_own_routine_goes_first_with_at_most_one_behaviour_of_the_library_beside_it():
    briefs = [brief(n, all_practices()) for n in (1, 2, 3)]
    chosen = choose(briefs, BUDGETS, [own_form(), None, None])
    assert [choice.own for choice in chosen] == [True, False, False]
    kinds = [candidate.practice.kind for candidate in chosen[0].items]
    assert kinds.count(Kind.behaviour) <= 1
    assert chosen[0].own_alternative is not None
    assert chosen[0].own_alternative.practice not in [c.practice for choice in chosen for c in choice.items]


def test_own_routines_count_towards_hours_and_numbers():
    briefs = [brief(n, all_practices()) for n in (1, 2, 3)]
    form = own_form()
    chosen = choose(briefs, BUDGETS, [form, None, None])
    items = [candidate.practice for choice in chosen for candidate in choice.items]
    behaviours = [practice for practice in items if practice.kind is Kind.behaviour]
    assert len(behaviours) + 1 <= BUDGETS.max_behaviours
    spent = (
        sum(
            hours_of(one.form).get(RoleClass.leader, hours_of(form)[RoleClass.leader]).high
            for one in items
            if RoleClass.leader in hours_of(one.form)
        )
        + hours_of(form)[RoleClass.leader].high
    )
    assert spent <= BUDGETS.hours_per_week[RoleClass.leader] + 1e-6


def test_a_routine_for_which_nobody_has_the_hours_is_left_out():
    daily = Rhythm("Every day, at a fixed hour", Cadence(period=Period.daily), "day")
    chosen = choose([brief(1, all_practices())], BUDGETS, [own_form(rhythm=daily)])
    assert chosen[0].own is False
    assert chosen[0].items[0].practice.kind is Kind.behaviour


def test_without_own_routines_the_choice_is_as_before():
    briefs = [brief(n, all_practices()) for n in (1, 2)]
    assert choose(briefs, BUDGETS) == choose(briefs, BUDGETS, [None, None])
