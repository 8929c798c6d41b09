"""What follows from the items: load, the 90 days and the scores, reckoned again after every edit.

Owns: that a changed plan's sums are those of its items. Must not know: edits, storage. Nothing a person
wrote is dropped or deferred here: a role over its budget is shown, not mended.
"""

from __future__ import annotations

from service.checks import CheckContext, score
from service.checks.ledger import tidied
from service.checks.named_load import loaded
from service.plan.parts import PlanParts
from service.plan.plan import Plan
from service.stages.sequence import sequence


def parts_in(plan: Plan) -> PlanParts:
    """The plan's lists, as the stages know them."""
    return PlanParts(
        intents=plan.intents,
        deferred=plan.deferred_intents,
        behaviours=plan.behaviours,
        rituals=plan.rituals,
        policy_asks=plan.policy_asks,
        indicators=plan.indicators,
        questions=plan.questions_for_leadership,
        assumptions=plan.assumptions,
        load=plan.load,
        load_by_role=plan.load_by_role,
        rollout=plan.rollout,
        pilot_teams=plan.pilot_teams,
    )


def with_parts(plan: Plan, parts: PlanParts) -> Plan:
    """The plan with these lists."""
    return plan.model_copy(
        update={
            "intents": parts.intents,
            "deferred_intents": parts.deferred,
            "behaviours": parts.behaviours,
            "rituals": parts.rituals,
            "policy_asks": parts.policy_asks,
            "indicators": parts.indicators,
            "questions_for_leadership": parts.questions,
            "assumptions": parts.assumptions,
            "load": parts.load,
            "load_by_role": parts.load_by_role,
            "rollout": parts.rollout,
        }
    )


def restated(plan: Plan, context: CheckContext) -> Plan:
    """The plan with every id resolved and load, rollout and scores reckoned from its items."""
    parts = tidied(parts_in(plan))
    parts = loaded(parts, context.budgets)
    new = with_parts(plan, sequence(parts))
    active = {intent.id for intent in new.intents}
    demands = tuple(
        demand.model_copy(update={"intent_ids": kept})
        for demand in plan.capabilities
        if (kept := tuple(key for key in demand.intent_ids if key in active))
    )
    new = new.model_copy(update={"capabilities": demands})
    return new.model_copy(update={"scores": score(new, context)})
