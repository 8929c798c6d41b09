"""Whole plans: a routine that the document states itself comes first, in its words, and every format can show it."""

from __future__ import annotations

import pytest

from corpora.load import load_strategies
from service.export.formats import FORMATS, write_plan
from service.export.words import capital
from service.pipeline import _told
from service.plan.articles import with_the
from service.plan.items import Flag
from service.plan.plan import Plan
from service.plan.proposals import IntentBrief
from service.stages.stated import MOST_IN_PLAN
from tests.service.harbour import engine, planned, read
from tests.service.planmaker import intent

#: What the sample strategies state, as it is read aloud.
OWN = {
    "brindle-fenn-deck": [
        "Every month, on a date fixed in advance, every buyer works one Saturday at a Bench",
    ],
    "marrowdale-hospitals": [
        "Every month, on a date fixed in advance, the executive and non-executive directors join the Monday safety "
        "huddle of a different ward, in order to listen and not to inspect",
    ],
    "permits-agency-policy": [
        "Every quarter, on a date fixed in advance, every director spends one morning at a counter or on the telephone "
        "line, serving applicants under guidance",
    ],
    "quillnest-foundation": [
        "Every quarter, on a date fixed in advance, every crew sits in on a real working day in a library",
    ],
    "vantry-bank-memo": [
        "Every quarter, on a date fixed in advance, every member of the executive committee sits beside a lending "
        "officer for one full day, with no deck and no entourage",
    ],
}
SAMPLES = sorted(strategy.id for strategy in load_strategies())


def own(plan: Plan):
    return [item for item in plan.behaviours if Flag.own_routine in item.flags]


def aloud(item) -> str:
    return f"{item.trigger}, {with_the(item.actor)} {item.action}"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_own_routines_of_a_sample_are_these_and_no_others(sample_plan, name):
    _, plan = sample_plan(name)
    assert [aloud(item) for item in own(plan)] == OWN.get(name, [])


@pytest.mark.parametrize("name", sorted(OWN))
def test_an_own_routine_is_the_first_item_of_its_intent_and_passes_every_check(sample_plan, name):
    text, plan = sample_plan(name)
    for item in own(plan):
        mine = [one for one in plan.behaviours if item.intent_ids[0] in one.intent_ids]
        assert mine[0] is item
        assert len(mine) <= 2
        assert item.practice_id is None
        assert item.alternative is not None
        assert item.alternative.practice_id is not None
        assert not any(
            item.id in score.item_ids for score in plan.scores if score.criterion in {"C3", "C4", "C7", "G1", "G2"}
        )
        quoted = " ".join(quote.text for quote in item.quotes)
        assert item.action.split()[-1] in quoted
        for source in item.sources:
            if source.field == "action":
                assert text[source.start : source.end] in quoted


@pytest.mark.parametrize("name", sorted(OWN))
def test_an_own_routine_has_a_counting_rule_and_a_place_in_the_rollout(sample_plan, name):
    _, plan = sample_plan(name)
    for item in own(plan):
        assert any(item.id in one.item_ids and one.name.startswith("Kept: ") for one in plan.indicators)
        assert any(item.title.lower() in action.lower() for step in plan.rollout for action in step.actions)


@pytest.mark.parametrize("form", [one.name for one in FORMATS if not one.needs_calendar])
def test_every_format_takes_an_item_without_a_practice(sample_plan, form):
    _, plan = sample_plan("quillnest-foundation")
    assert write_plan(plan, form)


def test_markdown_says_whose_routine_it_is(sample_plan):
    _, plan = sample_plan("quillnest-foundation")
    page = write_plan(plan, "md").decode()
    assert f"**{own(plan)[0].title}** *(the document's own routine)*" in page
    assert capital(aloud(own(plan)[0])) in page


def test_a_role_card_begins_with_the_first_date_and_not_with_the_rhythm(sample_plan):
    _, plan = sample_plan("quillnest-foundation")
    page = write_plan(plan, "roles").decode()
    assert "**First case:** the first date that is fixed, from day 16." in page
    assert "the next one that comes: every quarter" not in page


def test_a_plan_has_no_more_own_routines_than_two(workshop):
    lines = [
        "The route council shall review the least used sailings every quarter, in the open.",
        "The works office must publish its queue every week, with the oldest request first.",
        "Every harbour master will ride with passengers for one morning each month.",
        "The board will visit one island every month to hear what its people need.",
    ]
    text = "# Plan of the harbour\n\n" + "\n\n".join(f"## Part {n}\n\n{line}" for n, line in enumerate(lines, 1))
    _, plan = planned(text.encode(), "plan.md", workshop)
    assert 1 <= len(own(plan)) <= MOST_IN_PLAN
    sentences = [item.quotes[0].sentence_ids for item in own(plan)]
    assert len(set(sentences)) == len(sentences)


def test_an_engine_that_weighs_by_meaning_is_told_of_no_routine(workshop):
    reading = read("# Plan\n\nThe board will visit one island every month to hear what its people need.\n", workshop)
    words = reading.sentences[-1]
    one = IntentBrief(intent(1).model_copy(update={"quotes": (words.quote(),)}), (), (), {}, {}, ())

    class Weighing:
        weighs_by_meaning = True

    assert _told((one,), engine(workshop), reading, ())[0].routine is not None
    assert _told((one,), Weighing(), reading, ())[0].routine is None


def test_strategies_of_others_state_routines_of_actors_they_name(workshop, shared):
    for path in sorted((shared / "strategies").glob("*.md")):
        reading = read(path.read_text(encoding="utf-8"), workshop)
        for routine in reading.routines:
            assert routine.act_span.of(reading.document.text) in reading.by_id(routine.sentence_id).text
