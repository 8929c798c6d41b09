"""C7 Sustainability: somebody in the line keeps it alive, somebody notices, and it can end.

Owns: what an item needs to outlive the programme. Must not know: stages.
"""

from __future__ import annotations

import re

from corpora.lexicons import Lexicons
from service.checks.context import CheckContext
from service.checks.hollow import hollow
from service.checks.scoring import ItemScore, by_faults, folded_score
from service.checks.wording import found
from service.plan.items import BehaviourDraft, RitualDraft
from service.plan.plan import CriterionScore, Plan

MAX_REVIEW_DAYS = 120
MAX_OPS_SHARE = 0.3
_EMPTY = re.compile(r"^(?:none|never|unknown|tbd|n/?a|-+|—|not applicable)\.?$", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:when|if|once|after|until|unless|as soon as|should|where|by|at|with|two|three|four)\b", re.IGNORECASE
)


def owned_by_ops(item: BehaviourDraft | RitualDraft, lexicons: Lexicons) -> bool:
    """Whether Product Ops, and not the line, keeps the item alive."""
    return found(lexicons.ops_owners, item.owner) is not None


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """Items by owner, reinforcement, review, end condition and rotation; too much kept by Product Ops costs 1."""
    items: tuple[BehaviourDraft | RitualDraft, ...] = (*plan.behaviours, *plan.rituals)
    ops = sum(owned_by_ops(item, context.lexicons) for item in items)
    score = folded_score("C7", [_score(item) for item in items], "each item has an owner, a witness and an end")
    if score.score is None or ops <= MAX_OPS_SHARE * len(items):
        return score
    reason = f"Product Ops owns {ops} of {len(items)} items; {score.reason}"
    return score.model_copy(update={"score": max(1.0, score.score - 1), "reason": reason})


def _says_nothing(text: str) -> bool:
    return len(text.strip()) < 3 or bool(_EMPTY.match(text.strip())) or hollow(text)


def _score(item: BehaviourDraft | RitualDraft) -> ItemScore:
    wanted = {
        "owner": item.owner,
        "who notices": item.reinforcement.who,
        "when it is noticed": item.reinforcement.when,
        "end condition": item.sunset,
    }
    faults = [f"no {name}" for name, text in wanted.items() if _says_nothing(text)]
    if not faults and not _CONDITION.search(item.sunset):
        faults.append(f"the end '{item.sunset}' names no condition")
    if item.review_days > MAX_REVIEW_DAYS:
        faults.append(f"reviewed only after {item.review_days} days")
    if isinstance(item, RitualDraft) and _EMPTY.match(item.rotation.strip() or "-"):
        faults.append("nobody else ever facilitates")
    return by_faults(item.id, item.title, faults)
