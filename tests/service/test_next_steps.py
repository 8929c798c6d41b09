"""What waits is told with the one behaviour it would begin with, checked as every item is."""

from __future__ import annotations

from collections import Counter

import pytest

from corpora.load import load_strategies
from retrieval.parse import parse_bytes
from service.checks.facts import KnownFacts, facts_in
from service.checks.fields import texts_of
from service.export.formats import write_plan
from service.export.markdown import to_markdown
from service.next_steps import MOST, MOST_OF_ONE, waiting
from service.pipeline import ingest, make_plan
from service.plan.profile import Profile
from tests.service.harbour import engine

SAMPLES = sorted(strategy.id for strategy in load_strategies() if "newsletter" not in strategy.id)


def steps(plan):
    return [deferred.next_step for deferred in plan.deferred_intents if deferred.next_step is not None]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_step_is_a_practice_that_nothing_else_in_the_plan_uses_or_says_something_else(sample_plan, workshop, name):
    _, plan = sample_plan(name)
    called = {practice.id for practice in workshop.library.deeds}
    used = Counter([*(one.practice_id for one in plan.behaviours), *(one.practice_id for one in steps(plan))])
    assert [key for key, count in used.items() if key is not None and key not in called and count > 1] == []
    assert all(count <= MOST_OF_ONE for key, count in used.items() if key in called)
    assert len({one.text for one in steps(plan)}) == len(steps(plan))
    assert {one.practice_id for one in steps(plan)} <= set(workshop.library.by_id())


@pytest.mark.parametrize("name", SAMPLES)
def test_no_number_of_a_step_is_invented(sample_plan, workshop, name):
    text, plan = sample_plan(name)
    known = KnownFacts.of(text)
    forms = workshop.library.by_id()
    for step in steps(plan):
        own = KnownFacts.of(". ".join(field.text for field in texts_of(forms[step.practice_id])))
        assert [f for f in facts_in(step.text) if not known.hold(f) and not own.hold(f)] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_step_is_one_whole_sentence_without_an_open_slot(sample_plan, name):
    for step in steps(sample_plan(name)[1]):
        assert step.text.endswith(".")
        assert step.text[0].isupper()
        assert "{" not in step.text
        assert step.actor in step.text


def test_what_holds_as_it_stands_gets_no_step(sample_plan):
    _, plan = sample_plan("permits-agency-policy")
    holding = [deferred for deferred in plan.deferred_intents if deferred.holds]
    assert holding
    assert [deferred.next_step for deferred in holding] == [None] * len(holding)


def test_only_the_nearest_waves_are_looked_at(sample_plan):
    _, plan = sample_plan("quillnest-foundation")
    first = {deferred.intent.id for deferred in waiting(plan)}
    assert len(first) <= MOST
    assert {d.intent.id for d in plan.deferred_intents if d.next_step is not None} <= first


def test_the_plan_shows_the_step_with_what_it_waits_for(sample_plan):
    _, plan = sample_plan("marrowdale-hospitals")
    page = to_markdown(plan)
    step = steps(plan)[0]
    assert f"Would begin with *{step.title}*: {step.words()}" in page


def test_the_word_file_shows_it_too(sample_plan):
    import io

    from docx import Document

    _, plan = sample_plan("marrowdale-hospitals")
    tables = Document(io.BytesIO(write_plan(plan, "docx"))).tables
    cells = "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    assert steps(plan)[0].words() in cells


def test_a_profile_puts_its_roles_into_steps_and_keeps_them_out_of_no_go_areas(workshop):
    text = next(one.text for one in load_strategies() if one.id == "tallyroot-okrs")
    ingested = ingest(parse_bytes(text.encode(), "memo.md"), workshop.embedder)
    plain = steps(make_plan(ingested, workshop, engine(workshop)))
    asked = next(step for step in plain if step.actor == "product manager")
    roles = Profile(roles={"product manager": "service lead"})
    mapped = steps(make_plan(ingested, workshop, engine(workshop), profile=roles))
    assert "service lead" in next(step for step in mapped if step.practice_id == asked.practice_id).text
    assert "what they leave out" in asked.text
    closed = Profile(no_go=("what they leave out",))
    left = steps(make_plan(ingested, workshop, engine(workshop), profile=closed))
    assert asked.practice_id not in {step.practice_id for step in left}
