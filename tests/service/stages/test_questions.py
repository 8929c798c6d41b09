"""At most five questions, each only a leader can answer, and what the plan supposes."""

from __future__ import annotations

import pytest

from corpora.records import RoleClass, Shift, StateSource, TimeCost
from service.plan.intents import DeferredIntent
from service.plan.items import Flag
from service.plan.plan import QuestionKind
from service.plan.proposed_roles import proposed
from service.stages.intents import make_intents
from service.stages.questions import MANY_WAITING, MOST, ask
from tests.service.harbour import engine, read
from tests.service.planmaker import LISTEN, behaviour, intent, parts, question, reading, ritual

LEADER = {
    "role_class": RoleClass.leader,
    "actor": "sponsor",
    "time_cost": (TimeCost(role_class=RoleClass.leader, minutes=10),),
}
GAPS = """# Harbour plan

We will fund three priorities and give each one a lasting route team.
The five priorities of the harbour must be known to every crew by 2027.
We will decide faster without lowering the safety of any passenger.
We will significantly improve the service for every islander we serve.
Perhaps the trust might open a second pier on the northern island.
"""


def deferred(count: int) -> tuple[DeferredIntent, ...]:
    return tuple(
        DeferredIntent(
            intent=intent(2, LISTEN, id=f"int-late-{n}", wave=2), reason="It waits.", waits_for="room after day 90"
        )
        for n in range(count)
    )


@pytest.fixture(scope="module")
def gaps(workshop):
    found = read(GAPS, workshop)
    return make_intents(engine(workshop).find_intents(found), found), found


def kinds(asked) -> list[QuestionKind]:
    return [question.kind for question in asked.questions]


def test_a_contradiction_is_asked_about_with_both_places(gaps):
    intents, found = gaps
    asked = ask(parts(behaviour(0, **LEADER), intents=intents), found)
    one = next(q for q in asked.questions if q.kind is QuestionKind.contradiction)
    assert len(one.quotes) == 2
    assert all(found.document.text[q.start : q.end] == q.text for q in one.quotes)


def test_a_tension_in_an_intent_is_asked_about(gaps):
    intents, found = gaps
    assert QuestionKind.tension in kinds(ask(parts(intents=intents), found))


def test_there_are_never_more_than_five_questions_and_none_twice(gaps):
    intents, found = gaps
    put = tuple(question(f"Who pays for pier {n}?", id=f"que-{n}") for n in range(4))
    asked = ask(parts(intents=intents, questions=(*put, put[0])), found).questions
    assert len(asked) == MOST
    assert len({q.id for q in asked}) == MOST


def test_questions_that_an_engine_put_come_first(gaps):
    intents, found = gaps
    put = question("Who pays for the pier?")
    assert ask(parts(intents=intents, questions=(put,)), found).questions[0] == put


def test_a_plan_without_a_leaders_own_act_asks_for_one():
    intents = (intent(1), intent(2, LISTEN), intent(3))
    assert QuestionKind.leadership in kinds(ask(parts(behaviour(0), intents=intents), reading()))


def test_a_plan_with_a_leaders_early_act_does_not_ask_for_one():
    intents = (intent(1), intent(2, LISTEN), intent(3))
    assert QuestionKind.leadership not in kinds(ask(parts(behaviour(0, **LEADER), intents=intents), reading()))


def test_an_intent_whose_words_name_nobody_asks_who_answers_for_it():
    (asked,) = [q for q in ask(parts(behaviour(0, **LEADER)), reading()).questions if q.kind is QuestionKind.ownership]
    assert asked.quotes[0].text in reading().document.text
    assert intent(1).label in asked.text


def test_many_waiting_commitments_make_their_order_a_question():
    few = ask(parts(behaviour(0), deferred=deferred(MANY_WAITING - 1)), reading())
    many = ask(parts(behaviour(0), deferred=deferred(MANY_WAITING)), reading())
    assert QuestionKind.order not in kinds(few)
    (asked,) = [q for q in many.questions if q.kind is QuestionKind.order]
    assert f"{MANY_WAITING + 1} commitments" in asked.text
    assert len(asked.quotes) == 2


def test_a_document_with_one_or_two_intents_is_asked_for_the_rest():
    assert QuestionKind.missing in kinds(ask(parts(behaviour(0, **LEADER)), reading()))


def test_estimates_are_stated_as_an_assumption_with_a_check():
    made = ask(parts(behaviour(0)), reading())
    first = made.assumptions[0]
    assert first.item_ids == ("beh-0",)
    assert first.check


def test_proposed_roles_are_named_as_an_assumption():
    flagged = behaviour(0, flags=(Flag.role_proposed,))
    texts = [a.text for a in ask(parts(flagged), reading()).assumptions]
    assert any("service manager" in text for text in texts)
    assert not any("service manager" in a.text for a in ask(parts(behaviour(0)), reading()).assumptions)


def test_proposed_roles_of_a_ritual_are_named_with_them_and_each_once():
    manager = behaviour(0, flags=(Flag.role_proposed,))
    seats = ("participants.0.role", "participants.1.role", "decision_rights.decider")
    meeting = ritual(0, flags=(Flag.role_proposed,), sources=tuple(map(proposed, seats)))
    (told,) = (a for a in ask(parts(manager, meeting), reading()).assumptions if "does not name" in a.text)
    assert told.text == "The document does not name these roles, so they are proposed: service manager, sponsor."
    assert told.item_ids == (manager.id, meeting.id)


def test_supposed_states_are_an_assumption_and_quoted_ones_are_not():
    quoted = Shift(from_state="answers first", from_source=StateSource.document, to_state="problems first")
    supposed = Shift(from_state="answers first", from_source=StateSource.hypothesis, to_state="problems first")
    both = ask(parts(behaviour(0, shift=quoted), behaviour(1, shift=supposed)), reading()).assumptions
    assert any(a.item_ids == ("beh-1",) for a in both)


def test_a_plan_without_items_supposes_nothing():
    assert ask(parts(), reading()).assumptions == ()
