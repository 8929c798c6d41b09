import threading
from dataclasses import replace

import pytest

from service.engines.model.brief_text import WHOLE_WORDS
from service.engines.model.budget import Budget, BudgetExceeded
from service.engines.model.engine import ModelEngine, ModelSettings
from service.engines.model.recordings import ReplayMiss
from service.llm import ModelRequest, ScriptedModel
from service.plan.items import Flag
from tests.service.engines.model.answering import drafts


def test_a_short_document_is_asked_for_once_and_a_long_one_intent_by_intent(build, briefs, reading, items_answer):
    engine, model = build([drafts(items_answer, second_answer(items_answer))])
    assert [draft.fallback for draft in engine.draft(briefs, reading, lambda draft: None)] == [None, None]
    assert len(model.requests) == 1
    assert "[s3] We may explore" in model.requests[0].user
    engine, model = build(lambda request: drafts(uncited(items_answer)))
    engine.draft(briefs, long(reading), lambda draft: None)
    assert len(model.requests) == 2
    assert all("[s3] We may explore" not in request.user for request in model.requests)
    assert all("It also names: " in request.user for request in model.requests)


def test_an_answer_for_all_intents_that_cannot_be_read_is_asked_for_intent_by_intent(
    build, briefs, reading, items_answer
):
    one, two = drafts(uncited(items_answer)), drafts(uncited(items_answer)).replace('"A"', '"B"')
    engine, model = build(["{", "[]", one, two])
    found = engine.draft(briefs, reading, lambda draft: None)
    assert [draft.fallback for draft in found] == [None, None]
    assert ["B (shift)" in request.user for request in model.requests] == [True, True, False, True]


def long(reading):
    """The same reading of a document that says it is long."""
    document = replace(reading.document, text=reading.document.text + "word " * WHOLE_WORDS)
    return replace(reading, document=document)


def uncited(items_answer):
    """The same items on no sentence but the intent's own."""
    behaviours = [{**each, "ids": []} for each in items_answer["behaviours"]]
    return {**items_answer, "behaviours": behaviours, "ritual": {**items_answer["ritual"], "ids": []}}


def second_answer(items_answer):
    """The same items of other practices."""
    one, two = items_answer["behaviours"]
    return {
        **items_answer,
        "behaviours": [{**one, "practice": "reading-first"}, {**two, "practice": "one-voice"}],
        "ritual": {**items_answer["ritual"], "practice": "problem-walk"},
        "policy_ask": {**items_answer["policy_ask"], "practice": "money-for-problems"},
    }


def test_drafts_of_a_long_document_are_emitted_as_they_finish_and_returned_in_order(
    build, briefs, reading, items_answer
):
    second_is_heard = threading.Event()

    def script(request):
        if "Stated in s1." in request.user:
            assert second_is_heard.wait(10)
        return drafts(uncited(items_answer))

    heard = []

    def emit(draft):
        heard.append(draft.intent_id)
        second_is_heard.set()

    engine, _ = build(script)
    found = engine.draft(briefs, long(reading), emit)
    assert heard == ["i-s2", "i-s1"]
    assert [draft.intent_id for draft in found] == ["i-s1", "i-s2"]


def test_info_counts_tokens_and_names_every_prompt(build, briefs, reading, items_answer):
    engine, model = build([drafts(items_answer)])
    engine.draft(briefs[:1], reading, lambda draft: None)
    info = engine.info()
    assert info.name == "model"
    assert info.model == "scripted"
    assert info.library_version == "library-1"
    assert info.input_tokens == (len(model.requests[0].system) + len(model.requests[0].user)) // 4
    assert set(info.prompt_hashes) == {
        "find_intents.system",
        "find_intents",
        "draft_items.system",
        "draft_items",
        "repair",
    }


def test_a_spent_budget_leaves_the_rest_to_the_other_engine(build, briefs, reading, items_answer):
    engine, model = build(lambda request: drafts(uncited(items_answer)), parallel=1, max_tokens=2600)
    found = engine.draft(briefs, long(reading), lambda draft: None)
    assert len(model.requests) == 1
    assert found[0].fallback is None
    assert "tokens are spent" in found[1].fallback
    assert all(Flag.fallback in each.item.flags for each in found[1].proposals)


def test_the_time_of_a_plan_ends(reading):
    ticks = iter([0.0, 5.0, 11.0])
    budget = Budget(1000, 10.0, lambda: next(ticks))
    request = ModelRequest("test", "", "", {}, 10)
    budget.admit(request)
    budget.admit(request)
    with pytest.raises(BudgetExceeded, match="10 seconds"):
        budget.admit(request)


def test_a_replay_miss_is_loud_and_never_falls_back(forms_engine, briefs, reading):
    def script(request):
        raise ReplayMiss("nothing recorded")

    engine = ModelEngine(ScriptedModel(script), forms_engine, ModelSettings())
    with pytest.raises(ReplayMiss):
        engine.draft(briefs, reading, lambda draft: None)
    with pytest.raises(ReplayMiss):
        engine.find_intents(reading)


def test_the_other_engine_drafts_all_briefs_at_once_in_the_callers_thread(build, forms_engine, briefs, reading):
    engine, _ = build(["no"] * 4)
    engine.draft(briefs, reading, lambda draft: None)
    assert forms_engine.drafted == ["i-s1", "i-s2"]
