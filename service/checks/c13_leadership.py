"""C13 Leadership's part: leaders decide something by a day, and one of them acts within a month.

Owns: what an ask needs and whether a leader acts early. Must not know: stages.
"""

from __future__ import annotations

from corpora.lexicons import Lexicons
from corpora.records import RoleClass
from service.checks.c03_concreteness import vague_actor
from service.checks.context import CheckContext
from service.checks.hollow import hollow
from service.checks.scoring import ItemScore, by_faults, folded_score
from service.checks.wording import found, words
from service.plan.items import PolicyAskDraft
from service.plan.plan import CriterionScore, Plan, QuestionKind

PLAN_ID = "plan"
MIN_WORDS = 3


def leader_acts_early(plan: Plan, days: int) -> bool:
    """Whether a leader's behaviour starts in the first days."""
    return any(item.role_class is RoleClass.leader and item.starts_day <= days for item in plan.behaviours)


def asked_why_not(plan: Plan) -> bool:
    """Whether a question to leaders says why none of them acts early."""
    return any(question.kind is QuestionKind.leadership for question in plan.questions_for_leadership)


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """The leader's own act once, and each ask: a missing field costs 2, an empty 'support' is 1."""
    if not plan.behaviours and not plan.policy_asks:
        return CriterionScore(criterion="C13", score=None, reason="the plan asks nobody for anything")
    acts = leader_acts_early(plan, context.budgets.new_items_days)
    if acts:
        own = ItemScore(PLAN_ID, 5.0)
    elif asked_why_not(plan):
        own = ItemScore(PLAN_ID, 4.0, "no leader acts in the first month, and a question asks why")
    else:
        own = ItemScore(PLAN_ID, 1.0 if not plan.policy_asks else 2.0, "no leader acts in the first month")
    asks = [_ask(ask, context.lexicons) for ask in plan.policy_asks]
    scored = folded_score("C13", [own, *asks], "a leader acts early and every ask can be decided")
    return scored.model_copy(update={"item_ids": tuple(key for key in scored.item_ids if key != PLAN_ID)})


def _ask(ask: PolicyAskDraft, lexicons: Lexicons) -> ItemScore:
    if empty := found(lexicons.empty_leadership, f"{ask.decision} {ask.question}"):
        return ItemScore(ask.id, 1.0, f"{ask.title}: '{empty}' asks for nothing that can be seen")
    faults = [f"'{ask.decider}' is nobody in particular"] if _nobody(ask.decider, lexicons) else []
    wanted = {"cost of not deciding": ask.cost_of_not_deciding, "interim": ask.interim, "decision": ask.decision}
    faults += [f"no {name}" for name, text in wanted.items() if len(words(text)) < MIN_WORDS or hollow(text)]
    return by_faults(ask.id, ask.title, faults, step=2.0)


def _nobody(decider: str, lexicons: Lexicons) -> bool:
    return vague_actor(decider, lexicons) or hollow(decider)
