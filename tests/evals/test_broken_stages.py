"""A stage broken on purpose turns the run red and names the right criterion; the sound plan stays green."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.gates import ExitCode, Rule
from service.plan.items import Behaviour
from service.plan.plan import Plan
from tests.evals.small_run import SmallBench, report, run


def each(change: Callable[[Behaviour], Behaviour]) -> Callable[[Plan], Plan]:
    return lambda plan: plan.model_copy(update={"behaviours": tuple(change(item) for item in plan.behaviours)})


def bent_quote(plan: Plan) -> Plan:
    """A grounding stage that lets a word of a quote be changed."""
    first = plan.intents[0]
    quote = first.quotes[0]
    bent = quote.model_copy(update={"text": quote.text.replace("shared", "signed")})
    return plan.model_copy(update={"intents": (first.model_copy(update={"quotes": (bent,)}), *plan.intents[1:])})


def no_trigger(item: Behaviour) -> Behaviour:
    """An engine that words acts without their moment."""
    return item.model_copy(update={"trigger": "As appropriate"})


def invented_number(item: Behaviour) -> Behaviour:
    """A wording stage that promises a figure the document does not hold."""
    return item.model_copy(update={"mechanism": f"{item.mechanism}, which cuts waiting by 42% in 2031"})


def overloaded(item: Behaviour) -> Behaviour:
    """A balance stage that no longer looks at hours."""
    costs = tuple(cost.model_copy(update={"minutes": cost.minutes * 40}) for cost in item.time_cost)
    return item.model_copy(update={"time_cost": costs})


def orphaned(item: Behaviour) -> Behaviour:
    """A binding stage that loses owner, witness and end."""
    witness = item.reinforcement.model_copy(update={"who": "", "when": "", "how": ""})
    return item.model_copy(update={"owner": "", "sunset": "", "reinforcement": witness})


def unserved(plan: Plan) -> Plan:
    """A drafting stage that forgets an intent."""
    kept = tuple(item for item in plan.behaviours if "int-2" not in item.intent_ids)
    return plan.model_copy(update={"behaviours": kept, "rituals": (), "indicators": ()})


BROKEN = {
    "a bent quote": (bent_quote, {"quotes exact", "quotes in the file", "C1"}),
    "no trigger": (each(no_trigger), {"C4"}),
    "an invented number": (each(invented_number), {"nothing invented", "G1"}),
    "an overloaded role": (each(overloaded), {"load", "C8"}),
    "no owner, no end": (each(orphaned), {"C7"}),
    "a forgotten intent": (unserved, {"intents served"}),
}


def test_the_sound_plan_passes_every_gate(tmp_path: Path) -> None:
    result = report(run(tmp_path))
    assert result.verdict.findings == ()
    assert result.verdict.ending is ExitCode.passed


@pytest.mark.parametrize(("breaks", "named"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_stage_turns_the_run_red_and_names_the_criterion(
    breaks: Callable[[Plan], Plan], named: set[str], tmp_path: Path
) -> None:
    before = run(tmp_path)
    verdict = report(run(tmp_path, SmallBench(breaks)), before).verdict
    assert verdict.ending.code == 1
    assert named <= {finding.measure for finding in verdict.findings}
    assert all(name in verdict.headline for name in named)


@pytest.mark.parametrize(("breaks", "named"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_stage_leaves_at_most_two_other_criteria_below_their_gate(
    breaks: Callable[[Plan], Plan], named: set[str], tmp_path: Path
) -> None:
    findings = report(run(tmp_path, SmallBench(breaks))).verdict.findings
    assert len({f.measure for f in findings if f.rule is Rule.threshold} - named) <= 2


def test_a_broken_act_is_blamed_first(tmp_path: Path) -> None:
    only_first = each(lambda item: invented_number(item) if item.id == "beh-0" else item)
    findings = report(run(tmp_path, SmallBench(only_first))).verdict.findings
    assert {finding.where[0] for finding in findings} == {"beh-0"}
