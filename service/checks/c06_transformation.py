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
#: A to-state of which only the records are neater (domain brief, C6).
_RECORDS = (
    "register|list|records?|dashboard|board|table|files?|forms?|log|inventory|catalogue|export|chart|entr(?:y|ies)"
)
_NEATER = re.compile(
    rf"\b(?:{_RECORDS})\b[^.;]{{0,60}}\b(?:is|are) (?:complete|tidy|searchable|standardi[sz]ed|in order)\b|"
    r"\bup[- ]to[- ]date\b|\binstalled\b|\b(?:same|mandatory|required) fields\b|"
    r"\b(?:lies?|is|are|kept|stored|held|filed) in (?:a |one )(?:single )?(?:place|folder|file|format|tool|list)\b|"
    r"\bfollows? the (?:scheme|standard|convention|template|naming)\b|"
    r"\b(?:runs?|updates?|refreshes) (?:overnight|automatically|by itself|itself)\b|"
    r"\bcan be (?:filtered|searched|sorted|exported)\b",
    re.IGNORECASE,
)


def tool_work(item: BehaviourDraft, lexicons: Lexicons) -> str | None:
    """The tool the act is about, where its to-state names no decision, conversation or user; else None."""
    reached = _without_terms(item.shift.to_state, item)
    neat = _NEATER.search(reached)
    tool = found(lexicons.tools, item.action) or (neat.group() if neat else None)
    return tool if tool and not _transforms(reached, lexicons) else None


def _without_terms(text: str, item: BehaviourDraft) -> str:
    """The text without the item's own subject: that records are about customers does not change who meets them."""
    for term in item.terms:
        text = re.sub(re.escape(term.text), " ", text, flags=re.IGNORECASE)
    return text


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
