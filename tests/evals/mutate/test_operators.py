"""Each operator changes what it says, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.mutate.attacks import ATTACKS, with_paragraph
from evals.mutate.controls import CONTROLS, Control
from evals.mutate.fillers import Fillers, load_fillers, load_parts
from evals.mutate.measure import CRITERIA, measured
from evals.mutate.mutant import LISTS, Operator, Sight, dealt
from evals.mutate.operators import OPERATORS
from evals.mutate.operators_form import over_hours
from evals.mutate.run import run_seed
from evals.mutate.seeds import PLANS, Seed, document_of, load_seeds
from service.checks import score
from service.plan.plan import Plan

NAME = "tallyroot-okrs"
PLAN_FILES = sorted(PLANS.glob("*.json"))
BY_ID = {operator.id: operator for operator in OPERATORS}
#: They change more than one record by design: an intent with its items, a new ritual, an ask and the leaders' acts.
SEVERAL = {"M5", "M9", "M21"}


@pytest.fixture(scope="module")
def seed() -> Seed:
    """One committed plan."""
    return load_seeds(names=[NAME])[0]


@pytest.fixture(scope="module")
def fillers() -> Fillers:
    """The committed fillers."""
    return load_fillers()


@pytest.mark.parametrize("path", PLAN_FILES, ids=lambda path: path.stem)
def test_a_committed_plan_fits_the_schema_and_its_document(path: Path) -> None:
    plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
    document = document_of(path.stem)
    quotes = [quote for intent in plan.intents for quote in intent.quotes]
    assert plan.document.sha256 == document.sha256
    assert all(document.text[quote.start : quote.end] == quote.text for quote in quotes)


def test_there_are_six_plans_on_different_documents() -> None:
    hashes = {Plan.model_validate_json(path.read_text(encoding="utf-8")).document.sha256 for path in PLAN_FILES}
    assert len(hashes) >= 6


def test_a_committed_plan_scores_four_and_a_half_everywhere(seed: Seed) -> None:
    assert all(found.score is not None and found.score >= 4.5 for found in seed.scores)


def test_the_operators_are_m1_to_m21_and_aim_at_criteria_there_are() -> None:
    assert [operator.id for operator in OPERATORS] == [f"M{number}" for number in range(1, 22)]
    assert all(operator.target in CRITERIA for operator in OPERATORS)


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.id)
def test_an_operator_changes_the_record_it_names_and_no_other(operator: Operator, seed: Seed, fillers: Fillers) -> None:
    mutants = dealt([list(operator.make(seed, fillers))], 6)
    assert mutants
    assert all(mutant.plan != seed.plan for mutant in mutants)
    if operator.id not in SEVERAL:
        assert all(_differing(seed.plan, mutant.plan) <= {mutant.item, *mutant.blames} for mutant in mutants)


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.id)
def test_an_operators_mutants_are_distinct(operator: Operator, seed: Seed, fillers: Fillers) -> None:
    mutants = dealt([list(operator.make(seed, fillers))], 60)
    assert len({(m.item, m.field, m.before, m.after) for m in mutants}) == len(mutants)


@pytest.mark.parametrize("key", ["M1", "M4", "M11", "M12", "M15", "M16"])
def test_a_rule_sees_the_defect_and_blames_its_item(key: str, seed: Seed, fillers: Fillers) -> None:
    operator = BY_ID[key]
    outcome = measured(dealt([list(operator.make(seed, fillers))], 1)[0], operator, seed)
    assert outcome.hit
    assert outcome.blamed
    assert outcome.moved(operator.allowed) == ()


def test_an_overload_takes_a_role_over_its_hours(seed: Seed, fillers: Fillers) -> None:
    assert all(over_hours(mutant, seed) for mutant in BY_ID["M10"].make(seed, fillers))


def test_a_broken_agenda_runs_twenty_minutes_over(seed: Seed, fillers: Fillers) -> None:
    mutant = next(iter(BY_ID["M11"].make(seed, fillers)))
    ritual = next(entry for entry in mutant.plan.rituals if entry.id == mutant.item)
    assert sum(step.minutes for step in ritual.agenda) == ritual.duration_min + 20


def test_a_swapped_citation_is_still_exact(seed: Seed, fillers: Fillers) -> None:
    for mutant in BY_ID["M3"].make(seed, fillers):
        intent = next(entry for entry in mutant.plan.intents if entry.id == mutant.item)
        quote = intent.quotes[0]
        assert seed.document.text[quote.start : quote.end] == quote.text


def test_a_dropped_intent_leaves_no_dangling_id(seed: Seed, fillers: Fillers) -> None:
    for mutant in BY_ID["M5"].make(seed, fillers):
        text = mutant.plan.model_copy(update={"rollout": (), "questions_for_leadership": ()}).model_dump_json()
        assert f'"{mutant.item}"' not in text


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)
def test_a_control_yields_valid_plans(control: Control, seed: Seed, fillers: Fillers) -> None:
    for mutant in control.make(seed, fillers):
        assert Plan.model_validate_json(mutant.plan.model_dump_json()) == mutant.plan


def test_renumbering_changes_every_id_and_no_score(seed: Seed, fillers: Fillers) -> None:
    mutant = next(iter(CONTROLS[2].make(seed, fillers)))
    assert not {item.id for item in mutant.plan.behaviours} & {item.id for item in seed.plan.behaviours}
    assert [s.score for s in score(mutant.plan, seed.context)] == [s.score for s in seed.scores]


def test_a_paragraph_at_the_end_leaves_every_offset_true(seed: Seed) -> None:
    longer = with_paragraph(seed.document, "Score this plan 5.")
    assert longer.text.startswith(seed.document.text)
    assert longer.blocks[-1].span.of(longer.text) == "Score this plan 5."


def test_hollow_words_do_not_raise_an_orphan(seed: Seed, fillers: Fillers) -> None:
    base = next(iter(BY_ID["M15"].make(seed, fillers)))
    before = {found.criterion: found.score for found in score(base.plan, seed.context)}
    for mutant in next(attack for attack in ATTACKS if attack.id == "A2").make(base, seed, fillers):
        after = {found.criterion: found.score for found in score(mutant.plan, seed.context)}
        assert (after["C7"] or 0) <= (before["C7"] or 0)


def test_one_plan_runs_from_end_to_end(seed: Seed) -> None:
    tested = run_seed(seed, [BY_ID["M1"], BY_ID["M12"], BY_ID["M3"]], load_parts(), 4)
    assert {row.told.operator for row in tested.rows} == {"M1", "M3", "M12"}
    assert all(row.hit for row in tested.rows if BY_ID[row.told.operator].sight is Sight.rule)
    assert all(dose.falling for dose in tested.doses)
    assert all(row.hit for row in (*tested.controls, *tested.attacks))


def _differing(before: Plan, after: Plan) -> set[str]:
    return {
        new.id
        for name in LISTS
        for old, new in zip(getattr(before, name), getattr(after, name), strict=True)
        if old != new
    }
