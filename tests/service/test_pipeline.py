"""The whole way from the bytes of a document to a plan, on the eight sample strategies."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from corpora.load import load_budgets, load_strategies
from corpora.records import Kind, StateSource
from retrieval.parse import parse_bytes
from service.export.formats import render_plan
from service.pipeline import ingest, make_plan
from service.plan.items import Behaviour, IndicatorKind
from service.plan.plan import Plan, QuestionKind, Status
from tests.service.harbour import STRATEGY, engine, planned

ROOT = Path(__file__).parents[2]
SAMPLES = {strategy.id for strategy in load_strategies()}
NEWSLETTER = "aldersound-ferries-newsletter"
READY = sorted(SAMPLES - {NEWSLETTER})
SCHEMA = Draft202012Validator(Plan.model_json_schema(mode="serialization"))
BUDGETS = load_budgets()
FRESH = """
import sys
from pathlib import Path
from retrieval.onnx_export import default_cache_dir
from service.pipeline import build_workshop
from tests.service.harbour import STRATEGY, planned
sys.stdout.write(planned(STRATEGY.encode(), "harbour.md", build_workshop(default_cache_dir()))[1].model_dump_json())
"""


@dataclass(frozen=True, slots=True)
class Made:
    text: str
    plan: Plan
    words: str

    @property
    def items(self):
        return (*self.plan.behaviours, *self.plan.rituals, *self.plan.policy_asks)


@pytest.fixture(scope="session")
def plan_of(sample_plan):
    @cache
    def make(name: str) -> Made:
        text, plan = sample_plan(name)
        return Made(text, plan, "\n".join(render_plan(plan, form) for form in ("md", "brief", "roles", "kit")))

    return make


@pytest.fixture(params=READY)
def made(request, plan_of) -> Made:
    return plan_of(request.param)


@pytest.fixture(params=sorted(SAMPLES))
def any_plan(request, plan_of) -> Made:
    return plan_of(request.param)


def quotes_in(value: object):
    """Every record of the dumped plan that claims to stand at a place of the document."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys() and "sentence_ids" in value:
            yield value
        for each in value.values():
            yield from quotes_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from quotes_in(each)


def test_every_quote_is_exact(any_plan):
    found = list(quotes_in(any_plan.plan.model_dump(mode="json")))
    assert found
    assert [q for q in found if any_plan.text[q["start"] : q["end"]] != q["text"]] == []


def test_a_plan_is_valid_by_its_own_published_schema(any_plan):
    assert [error.message for error in SCHEMA.iter_errors(json.loads(any_plan.plan.model_dump_json()))] == []


def test_a_plan_reads_back_to_itself(any_plan):
    assert Plan.model_validate_json(any_plan.plan.model_dump_json()) == any_plan.plan


def test_a_strategy_gets_a_plan(made):
    assert made.plan.status is Status.ready
    assert 1 <= len(made.plan.intents) <= BUDGETS.max_intents_first_window
    assert made.plan.behaviours


def test_every_active_intent_has_an_item_and_a_reason(made):
    served = {name for item in made.items for name in item.intent_ids}
    assert {intent.id for intent in made.plan.intents} <= served
    assert all(intent.reason_first for intent in made.plan.intents)


def test_every_item_serves_an_active_intent(made):
    active = {intent.id for intent in made.plan.intents}
    assert all(active & set(item.intent_ids) for item in made.items)


def test_every_deferred_intent_says_why_and_what_it_waits_for(made):
    assert made.plan.deferred_intents
    assert all(d.reason and d.waits_for and d.intent.wave >= 2 for d in made.plan.deferred_intents)


def test_no_intent_stands_in_the_ledger_twice(made):
    ids = [intent.id for intent in (*made.plan.intents, *(d.intent for d in made.plan.deferred_intents))]
    assert len(ids) == len(set(ids))


def test_a_plan_stays_within_its_budgets(made):
    assert len(made.plan.behaviours) <= BUDGETS.max_behaviours
    assert len(made.plan.rituals) <= BUDGETS.max_rituals
    assert made.plan.load
    assert [row for row in made.plan.load if row.hours_high > row.budget_hours + 1e-6] == []


def test_no_practice_serves_twice(made):
    used = Counter(item.practice_id for item in made.items if item.practice_id is not None)
    assert [practice for practice, count in used.items() if count > 1] == []


def test_no_slot_is_left_open_and_no_word_is_doubled(made):
    assert re.findall(r"\{[a-z]+\|[^{}]*\}", made.words + made.plan.model_dump_json()) == []
    assert re.findall(r"(?i)\b(?:the the|a a|an an|of of|to to|a the|the a|the an)\b", made.words) == []


def test_a_from_state_said_to_be_the_documents_stands_in_it(made):
    stated = [b.shift for b in made.plan.behaviours if b.shift.from_source is StateSource.document]
    assert all(shift.from_state.lower() in made.text.lower() for shift in stated)


def test_an_items_alternative_is_no_item_of_the_plan(made):
    used = {item.practice_id for item in made.items}
    assert {item.alternative.practice_id for item in made.items if item.alternative}.isdisjoint(used)


def test_every_indicator_watches_what_the_plan_holds(made):
    known = {item.id for item in made.items}
    assert made.plan.indicators
    assert all(set(indicator.item_ids) <= known for indicator in made.plan.indicators)
    counted = {name for item in made.items for name in item.indicator_ids}
    assert counted <= {indicator.id for indicator in made.plan.indicators}


def test_a_target_is_only_ever_quoted(made):
    targets = [i for i in made.plan.indicators if i.target]
    assert all(i.kind is IndicatorKind.outcome and i.target in made.text for i in targets)


def test_the_first_ninety_days_start_every_item_and_lie_in_order(made):
    started = {name for step in made.plan.rollout for name in step.item_ids}
    assert {item.id for item in (*made.plan.behaviours, *made.plan.rituals)} <= started
    days = [step.from_day for step in made.plan.rollout]
    assert days == sorted(days)
    assert all(step.from_day <= step.to_day <= 90 + 1 for step in made.plan.rollout)


def test_at_most_five_questions_reach_the_leaders(made):
    assert len(made.plan.questions_for_leadership) <= 5


def test_every_deterministic_score_is_given_with_a_reason(made):
    assert made.plan.scores
    assert all(score.reason for score in made.plan.scores)


def test_every_capability_is_demanded_by_an_active_intent(made):
    active = {intent.id for intent in made.plan.intents}
    assert made.plan.capabilities
    assert all(set(demand.intent_ids) <= active for demand in made.plan.capabilities)


def test_a_newsletter_gets_no_plan_but_near_misses_and_three_questions(plan_of):
    plan = plan_of(NEWSLETTER).plan
    assert plan.status is Status.no_strategic_intent
    assert (plan.intents, plan.deferred_intents, plan.behaviours, plan.rituals, plan.indicators) == ((), (), (), (), ())
    assert plan.near_misses
    assert [q.kind for q in plan.questions_for_leadership] == [QuestionKind.missing] * 3


def test_plans_of_unlike_documents_differ_in_their_behaviours(plan_of):
    used = [frozenset(b.practice_id for b in plan_of(name).plan.behaviours) for name in READY]
    assert len(set(used)) == len(used)


def test_the_first_behaviour_of_a_stated_shift_carries_the_documents_from_and_to(workshop):
    moving = "We will move from business requirements handed over in lists to problem statements shared with crews."
    _, plan = planned(f"# Harbour plan\n\n{moving}\n\n".encode() + STRATEGY.encode(), "moving.md", workshop)
    shift = next(intent for intent in plan.intents if intent.from_state)
    first = next(b for b in plan.behaviours if b.intent_ids == (shift.id,))
    assert isinstance(first, Behaviour)
    assert first.shift.from_source is StateSource.document
    assert first.shift.from_state.lower() in shift.from_state.text.lower()


def test_the_same_document_gives_the_same_bytes_here_and_in_a_fresh_process(workshop):
    here = [planned(STRATEGY.encode(), "harbour.md", workshop)[1].model_dump_json() for _ in range(2)]
    env = {**os.environ, "PYTHONHASHSEED": "4242", "PYTHONPATH": str(ROOT)}
    there = subprocess.run([sys.executable, "-c", FRESH], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert here[0] == here[1] == there.stdout


def test_a_plan_tells_each_stage_as_it_begins(workshop):
    seen, drafts = [], []
    document = parse_bytes(STRATEGY.encode(), "harbour.md")
    made = make_plan(
        ingest(document, workshop.embedder), workshop, engine(workshop), emit=drafts.append, progress=seen.append
    )
    assert seen == ["reading", "intents", "drafting", "checking"]
    assert {intent.id for intent in made.intents} <= {draft.intent_id for draft in drafts}


def test_kinds_of_practices_keep_to_their_lists(made, workshop):
    kinds = workshop.library.by_id()
    assert all(kinds[b.practice_id].kind is Kind.behaviour for b in made.plan.behaviours if b.practice_id)
    assert all(kinds[r.practice_id].kind is Kind.ritual for r in made.plan.rituals if r.practice_id)


class Fussy:
    """The patterns engine, but without any item for the first intents it is asked about."""

    def __init__(self, workshop):
        self._engine = engine(workshop)
        self.asked = []

    def __getattr__(self, name):
        return getattr(self._engine, name)

    def draft(self, briefs, reading, emit):
        self.asked.append([brief.intent.id for brief in briefs])
        made = self._engine.draft(briefs, reading, emit)
        return tuple(replace(one, proposals=()) for one in made) if len(self.asked) == 1 else made


def test_where_the_first_intents_find_no_item_the_next_ones_of_the_ledger_start(workshop):
    text = next(strategy.text for strategy in load_strategies() if strategy.id == "permits-agency-policy")
    fussy = Fussy(workshop)
    plan = make_plan(ingest(parse_bytes(text.encode(), "policy.md"), workshop.embedder), workshop, fussy)
    first, later = fussy.asked[0], [name for asked in fussy.asked[1:] for name in asked]
    assert plan.intents
    assert {intent.id for intent in plan.intents} <= set(later)
    assert not set(first) & set(later)
    waiting = {deferred.intent.id: deferred.reason for deferred in plan.deferred_intents}
    assert all(name in waiting for name in first)
