"""C6 Transformation, not administration: an item changes how people decide, learn, fund or meet users.

Owns: when an act is only a tool, a template or tidying. Must not know: stages.
"""

from __future__ import annotations

import re

from corpora.lexicons import Lexicons
from service.checks.context import CheckContext
from service.checks.scoring import ItemScore, folded_score
from service.checks.wording import found
from service.plan.items import BehaviourDraft, Flag, RitualDraft
from service.plan.plan import CriterionScore, Plan

MAX_ADMIN_SHARE = 0.1
#: Naming an effect says nothing about who decides, asks or learns; tool work is not redeemed by it.
_EFFECTS = frozenset({"outcome", "outcomes", "result", "results"})
_SETS_UP = re.compile(
    r"\b(?:sets? up|migrat\w+|configur\w+|installs?|renam\w+|tags?|labels?|archiv\w+|tid(?:y|ies)|updates?|maintains?|"
    r"populat\w+|standardi[sz]\w+|creates?|builds?|rolls? out|moves?|cleans?|consolidat\w+|imports?|fills? in)\b",
    re.IGNORECASE,
)


def tool_work(item: BehaviourDraft, lexicons: Lexicons) -> str | None:
    """The tool the act is about, where its to-state names no decision, conversation or user; else None."""
    tool = found(lexicons.tools, item.action)
    return tool if tool and not _transforms(item.shift.to_state, lexicons) else None


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """Behaviours and rituals: tool work is 1, tidying that touches a decision 3, the rest 5."""
    results = [_behaviour(item, context.lexicons) for item in plan.behaviours]
    results += [_ritual(item, context.lexicons) for item in plan.rituals]
    return folded_score("C6", results, "every item changes a decision, a conversation or who meets users")


def _behaviour(item: BehaviourDraft, lexicons: Lexicons) -> ItemScore:
    if tool := tool_work(item, lexicons):
        return ItemScore(item.id, 1.0, f"{item.title}: the act is about '{tool}'")
    tool = found(lexicons.tools, item.action)
    if Flag.technical in item.flags or (tool and _SETS_UP.search(item.action)):
        return ItemScore(item.id, 3.0, f"{item.title}: tidying ('{tool or 'technical'}') that touches a decision")
    return ItemScore(item.id, 5.0)


def _ritual(item: RitualDraft, lexicons: Lexicons) -> ItemScore:
    tool = found(lexicons.tools, item.purpose)
    if tool and not _transforms(item.purpose, lexicons):
        return ItemScore(item.id, 1.0, f"{item.title}: the purpose is '{tool}'")
    return ItemScore(item.id, 5.0)


def _transforms(text: str, lexicons: Lexicons) -> bool:
    return found([word for word in lexicons.transforming if word not in _EFFECTS], text) is not None
