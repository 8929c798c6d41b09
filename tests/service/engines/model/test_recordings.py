from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.parse import parse_bytes
from service.engines.model.engine import ModelEngine, ModelSettings
from service.engines.model.recordings import RecordingModel, ReplayMiss, ReplayModel
from service.engines.patterns.engine import PatternsEngine
from service.errors import ThroughlineError
from service.llm import ModelRequest, ScriptedModel
from service.pipeline import ingest, make_plan
from service.plan.items import Flag
from service.plan.plan import Status
from tests.service.engines.model.answering import drafts

ROOT = Path(__file__).parents[4]
RECORDINGS = ROOT / "evals" / "datasets" / "recordings"
SAMPLES = {path.stem: path for path in (ROOT / "corpora" / "strategies").glob("*.md")}
RECORDED = sorted(name for name in SAMPLES if (RECORDINGS / name / "model.json").exists())

REQUEST = ModelRequest("find-intents", "Be exact.", "List them.\nLine two\nLine three", {"title": "X"}, 100)


@pytest.fixture
def recorded(tmp_path):
    model = RecordingModel(ScriptedModel(['{"a": 1}']), tmp_path)
    return tmp_path, model.ask(REQUEST)


def test_a_recorded_answer_is_replayed(recorded):
    folder, answer = recorded
    assert ReplayModel(folder).ask(REQUEST) == answer
    assert ReplayModel(folder).name == "scripted"


def test_what_is_recorded_is_not_asked_again(recorded):
    folder, answer = recorded
    assert RecordingModel(ScriptedModel([]), folder).ask(REQUEST) == answer


def test_a_miss_shows_what_changed_and_how_to_record(recorded):
    folder, _ = recorded
    changed = replace(REQUEST, user="List them.\nLine 2\nLine three")
    with pytest.raises(ReplayMiss) as missed:
        ReplayModel(folder, "record --into {folder}").ask(changed)
    assert "-Line two\n+Line 2" in str(missed.value)
    assert f"record --into {folder}" in str(missed.value)


def test_a_miss_by_schema_alone_says_so(recorded):
    folder, _ = recorded
    with pytest.raises(ReplayMiss, match="schema"):
        ReplayModel(folder).ask(replace(REQUEST, schema={"title": "Y"}))


def test_a_miss_of_an_unknown_purpose_says_so(recorded):
    folder, _ = recorded
    with pytest.raises(ReplayMiss, match="Nothing was recorded for this purpose"):
        ReplayModel(folder).ask(replace(REQUEST, purpose="draft-items"))


def test_an_empty_folder_says_how_to_record(tmp_path):
    with pytest.raises(ReplayMiss, match="holds no recording"):
        ReplayModel(tmp_path)


def test_two_models_do_not_share_a_folder(recorded):
    folder, _ = recorded
    with pytest.raises(ThroughlineError, match="another model"):
        RecordingModel(ScriptedModel([], name="other"), folder)


def test_a_whole_draft_replays_without_a_model(build, forms_engine, briefs, reading, items_answer, tmp_path):
    recording = RecordingModel(ScriptedModel(lambda request: drafts(items_answer, items_answer)), tmp_path)
    settings = ModelSettings()
    first = ModelEngine(recording, forms_engine, settings).draft(briefs, reading, lambda draft: None)
    again = ModelEngine(ReplayModel(tmp_path), forms_engine, settings).draft(briefs, reading, lambda draft: None)
    assert first == again


@pytest.fixture(scope="module", params=RECORDED)
def replayed(request, workshop):
    """The text of a sample strategy and the plan of its recorded answers; a prompt without one raises ReplayMiss."""
    name = request.param
    document = parse_bytes(SAMPLES[name].read_bytes(), f"{name}.md")
    patterns = PatternsEngine(workshop.library.version, workshop.library.budgets)
    engine = ModelEngine(ReplayModel(RECORDINGS / name), patterns, ModelSettings(), workshop.lexicons)
    return document.text, make_plan(ingest(document, workshop.embedder), workshop, engine)


def items_of(plan):
    return (*plan.behaviours, *plan.rituals, *plan.policy_asks)


def test_a_replayed_plan_is_ready(replayed):
    _, plan = replayed
    assert plan.status is Status.ready


def test_quotes_of_a_replayed_plan_are_exact(replayed):
    text, plan = replayed
    owners = (*plan.intents, *(each.intent for each in plan.deferred_intents), *items_of(plan))
    quotes = [quote for owner in owners for quote in owner.quotes]
    quotes += [each.quote for each in plan.indicators if each.quote]
    assert quotes
    assert [quote.text for quote in quotes] == [text[quote.start : quote.end] for quote in quotes]


def test_every_active_intent_of_a_replayed_plan_is_served(replayed):
    _, plan = replayed
    served = {name for item in items_of(plan) for name in item.intent_ids}
    assert {intent.id for intent in plan.intents} <= served


def test_items_of_a_replayed_plan_are_the_models(replayed):
    _, plan = replayed
    own = [item for item in items_of(plan) if Flag.fallback not in item.flags]
    assert len(own) > len(items_of(plan)) / 2
