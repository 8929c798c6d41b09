import json
import threading

import pytest

from service.engines.model.budget import Budget, BudgetExceeded
from service.engines.model.engine import ModelEngine, ModelSettings
from service.engines.model.recordings import ReplayMiss
from service.llm import ModelRequest, ScriptedModel
from service.plan.items import Flag


def test_drafts_are_emitted_as_they_finish_and_returned_in_order(build, briefs, reading, items_answer):
    second_is_heard = threading.Event()

    def script(request):
        if "[s1] The Harbour" in request.user.split("Evidence")[0]:
            assert second_is_heard.wait(10)
        return json.dumps(items_answer)

    heard = []

    def emit(draft):
        heard.append(draft.intent_id)
        second_is_heard.set()

    engine, _ = build(script)
    drafts = engine.draft(briefs, reading, emit)
    assert heard == ["i-s2", "i-s1"]
    assert [draft.intent_id for draft in drafts] == ["i-s1", "i-s2"]


def test_info_counts_tokens_and_names_every_prompt(build, briefs, reading, items_answer):
    engine, model = build([json.dumps(items_answer)])
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
    engine, model = build(lambda request: json.dumps(items_answer), parallel=1, max_tokens=3000)
    drafts = engine.draft(briefs, reading, lambda draft: None)
    assert len(model.requests) == 1
    assert drafts[0].fallback is None
    assert "tokens are spent" in drafts[1].fallback
    assert all(Flag.fallback in each.item.flags for each in drafts[1].proposals)


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
