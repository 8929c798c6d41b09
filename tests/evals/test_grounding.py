"""The second implementation of grounding finds each fault on its own, from JSON alone."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Mapping
from typing import Any

import pytest

from evals import grounding, load_sums
from evals.grounding import bent_quotes, invented, quotes_missing_in_original, unserved
from evals.load_sums import broken_agendas, hours, over_budget
from service.checks.c08_load import totals
from tests.evals.small_run import sound_plan
from tests.service.planmaker import BUDGETS, DOCUMENT

BUDGET = {role.value: limit for role, limit in BUDGETS.hours_per_week.items()}


def plan() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(sound_plan().model_dump_json())
    return loaded


def worded(words: str, *, source: Mapping[str, Any] | None = None, practice: str | None = None) -> dict[str, Any]:
    made = plan()
    made["behaviours"][0] |= {"mechanism": words, "sources": [source] if source else [], "practice_id": practice}
    return made


@pytest.mark.parametrize("module", [grounding, load_sums], ids=["grounding", "load"])
def test_it_shares_no_code_with_the_service(module: object) -> None:
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in names if name.split(".")[0] in {"service", "retrieval", "corpora"}]


def test_a_sound_plan_has_no_fault() -> None:
    made = plan()
    assert bent_quotes(made, DOCUMENT.text) == []
    assert quotes_missing_in_original(made, DOCUMENT.text) == []
    assert invented(made, DOCUMENT.text, {}) == []
    assert unserved(made) == []
    assert over_budget(made, BUDGET) == []
    assert broken_agendas(made) == []


def test_a_changed_word_in_a_quote_is_found_wherever_the_quote_stands() -> None:
    made = plan()
    made["deferred_intents"] = [{"intent": made["intents"][0] | {"id": "int-9"}, "reason": "later"}]
    quote = made["deferred_intents"][0]["intent"]["quotes"][0]
    made["deferred_intents"][0]["intent"]["quotes"] = [quote | {"text": quote["text"].replace("shared", "signed")}]
    assert [flaw.item_id for flaw in bent_quotes(made, DOCUMENT.text)] == ["int-9"]


def test_a_quote_moved_by_one_letter_is_bent() -> None:
    made = plan()
    made["intents"][0]["quotes"][0]["start"] += 1
    assert len(bent_quotes(made, DOCUMENT.text)) == 1


def test_words_that_only_the_parser_made_are_not_in_the_file() -> None:
    assert quotes_missing_in_original(plan(), "Another text altogether.")


def test_markup_between_the_words_of_a_quote_does_not_matter() -> None:
    original = DOCUMENT.text.replace("business requirements", "**business** [requirements](page.html)[^3]")
    assert quotes_missing_in_original(plan(), original) == []


def test_a_row_of_a_table_stands_in_the_file_cell_by_cell() -> None:
    made = plan()
    row = "Role: Finance and Control; Responsible for: funding by outcome"
    made["intents"][0]["quotes"][0]["text"] = row
    table = DOCUMENT.text + "| Role | Responsible for |\n|---|---|\n| Finance and Control | funding by outcome |\n"
    assert quotes_missing_in_original(made, table) == []


@pytest.mark.parametrize(
    "words",
    [
        "cuts waiting by 42%",
        "saves £300 a case",
        "ready in 2031",
        "frees 1,500 hours",
        "as seen at Northern Rail Works",
    ],
    ids=["percentage", "money", "year", "large number", "name"],
)
def test_an_unflagged_claim_is_invented(words: str) -> None:
    assert [flaw.item_id for flaw in invented(worded(words), DOCUMENT.text, {})] == ["beh-0"]


def test_a_flag_the_document_or_the_practice_vouches_for_a_claim() -> None:
    flag = {"field": "mechanism", "provenance": "hypothesis", "start": None, "end": None, "note": None}
    assert invented(worded("cuts waiting by 42%", source=flag), DOCUMENT.text, {}) == []
    assert invented(worded("due by March 2027"), DOCUMENT.text, {}) == []
    assert invented(worded("a 400 word page", practice="page"), DOCUMENT.text, {"page": "Write 400 words."}) == []


def test_a_source_in_the_document_vouches_for_nothing_by_itself() -> None:
    claimed = {"field": "mechanism", "provenance": "document", "start": 0, "end": 9, "note": None}
    assert invented(worded("cuts waiting by 42%", source=claimed), DOCUMENT.text, {})


def test_an_intent_without_an_item_and_an_item_without_an_intent_are_found() -> None:
    made = plan()
    made["intents"][1]["id"] = "int-7"
    assert [flaw.item_id for flaw in unserved(made)] == ["int-7", "beh-1", "rit-0"]


def test_a_ready_plan_without_content_and_an_empty_plan_with_content_are_found() -> None:
    made = plan()
    assert grounding.emptiness(made) == []
    assert len(grounding.emptiness(made | {"status": "no_strategic_intent"})) == 4
    assert [flaw.words for flaw in grounding.emptiness(made | {"behaviours": []})] == ["no behaviours"]


def test_hours_agree_with_the_service_for_classes_that_are_listed() -> None:
    made = sound_plan()
    known = {role.value: found.high for role, found in totals((*made.behaviours, *made.rituals)).items()}
    assert {key: pytest.approx(value) for key, value in known.items() if key != "ops"} == hours(plan())


def test_hours_beyond_the_budget_and_hours_not_shown_are_found() -> None:
    made = plan()
    made["behaviours"][0]["time_cost"][0]["minutes"] = 480
    faults = over_budget(made, BUDGET)
    assert any("allowed" in fault for fault in faults)
    assert any("the plan shows" in fault for fault in faults)


def test_an_agenda_that_runs_over_is_found() -> None:
    made = plan()
    made["rituals"][0]["agenda"][0]["minutes"] += 20
    assert broken_agendas(made) == ["rit-0: steps of 50 minutes in 30"]
