"""The whole plan on one page of Markdown."""

from __future__ import annotations

from service.export.markdown import to_markdown
from service.plan.plan import Plan


def test_the_page_holds_every_item_question_and_step(full: Plan):
    page = to_markdown(full).lower()
    wanted = [
        *(item.title for item in (*full.behaviours, *full.rituals)),
        *(ask.question for ask in full.policy_asks),
        *(question.text for question in full.questions_for_leadership),
        *(step.title for step in full.rollout),
    ]
    assert [words for words in wanted if words.lower() not in page] == []


def test_the_page_says_for_each_intent_where_it_stands(full: Plan):
    page = to_markdown(full)
    assert all(intent.quotes[0].text in page for intent in full.intents)
    assert all(intent.reason_first in page for intent in full.intents if intent.reason_first)


def test_what_waits_is_told_with_reason_and_condition(full: Plan):
    page = to_markdown(full)
    (deferred,) = full.deferred_intents
    assert deferred.reason in page
    assert deferred.waits_for[1:] in page


def test_it_says_who_wrote_the_words(full: Plan):
    assert "No language model wrote this plan" in to_markdown(full)
    model = full.model_copy(update={"engine": full.engine.model_copy(update={"name": "model", "model": "some-model"})})
    assert "some-model" in to_markdown(model)


def test_a_plan_without_intent_is_told_with_near_misses_and_numbered_questions(nothing: Plan):
    page = to_markdown(nothing)
    assert page.startswith("# No strategic intent found")
    assert nothing.near_misses[0].quote.text in page
    assert "\n1. " in page


def test_the_page_ends_with_one_line_break(full: Plan):
    page = to_markdown(full)
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
