"""An intent has the routines that its own words, or the list right under them, state; a plan has two at most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.documents import Span
from service.plan.intents import IntentKind
from service.plan.proposals import IntentBrief, IntentProposal
from service.stages.intents import make_intents
from service.stages.stated import MOST_IN_PLAN, routines_of, with_routines
from tests.service.harbour import read

PLAN = """# Plan

## Closer to passengers

Every harbour master will ride with passengers for one morning each month.
We will be closer to the passengers whom we carry.

## What the crews will do for their passengers

- publish a weekly note on cancelled sailings
- visit one other harbour every quarter

## Decisions

The route council shall review the least used sailings every quarter, in the open.
The works office must publish its queue every week, with the oldest request first.

The crews will also do the following for the islands:

- The crews will meet with the island schools twice a year.
"""


@pytest.fixture(scope="module")
def reading(workshop):
    return read(PLAN, workshop)


@pytest.fixture(scope="module")
def intent_at(reading):
    def make(words: str):
        start = reading.document.text.index(words)
        proposal = IntentProposal(words, IntentKind.priority, (Span(start, start + len(words)),), 0.9, 0.9)
        return make_intents([proposal], reading)[0]

    return make


def brief(intent) -> IntentBrief:
    return IntentBrief(intent, (), (), {}, {}, ())


def actions(intent, reading):
    return [routine.action for routine in routines_of(intent, reading)]


MASTER = "Every harbour master will ride with passengers for one morning each month."
COUNCIL = "The route council shall review the least used sailings every quarter, in the open."
OFFICE = "The works office must publish its queue every week, with the oldest request first."


def test_the_intents_own_sentence_states_its_routine(intent_at, reading):
    assert actions(intent_at(COUNCIL), reading) == ["reviews the least used sailings, in the open"]


def test_a_neighbouring_sentence_lends_no_routine(intent_at, reading):
    assert actions(intent_at("We will be closer to the passengers whom we carry."), reading) == []


def test_the_list_right_under_a_heading_or_a_colon_belongs_to_it(intent_at, reading):
    under = intent_at("What the crews will do for their passengers")
    assert [routine.act.id for routine in routines_of(under, reading)] == []  # the heading names no actor and "will"
    colon = intent_at("The crews will also do the following for the islands")
    assert actions(colon, reading) == ["meet with the island schools"]


def test_a_document_without_routines_has_none(intent_at, reading):
    assert routines_of(intent_at(COUNCIL), replace(reading, routines=())) == ()


def test_two_routines_are_the_most_of_a_plan_and_earlier_ones_count(intent_at, reading):
    briefs = [
        brief(intent_at(words)) for words in (COUNCIL, OFFICE, "The crews will also do the following for the islands")
    ]
    told = with_routines(briefs, reading)
    assert [one.routine is not None for one in told] == [True, True, False]
    assert MOST_IN_PLAN == 2
    later = with_routines(briefs[2:], reading, frozenset(one.routine.sentence_id for one in told if one.routine))
    assert later[0].routine is None


def test_one_sentence_serves_once(intent_at, reading):
    same = brief(intent_at(COUNCIL))
    told = with_routines([same, same], reading)
    assert [one.routine is not None for one in told] == [True, False]
