"""C5 Strategic fit, by proxy: an item lies nearest to its own intent, not to another strategy's.

Owns: the swap test on committed reference intents. Must not know: how vectors are made, stages.
Unscored without an embedder or without reference intents.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from service.checks.context import CheckContext
from service.checks.scoring import ItemScore, folded_score, items_of
from service.plan.items import BehaviourDraft, Item, RitualDraft
from service.plan.plan import CriterionScore, Plan

#: Share of reference intents that may lie nearer than the item's own before it is anybody's item.
FEW, MANY = 0.05, 0.25


def item_text(item: Item) -> str:
    """What the item does and why, without its title."""
    if isinstance(item, BehaviourDraft):
        return f"{item.trigger}, the {item.actor} {item.action}, because {item.mechanism}"
    if isinstance(item, RitualDraft):
        return f"{item.purpose} Because {item.mechanism}"
    return f"{item.question} {item.decision}. Because {item.mechanism}"


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """5 if nearly no reference intent is nearer than the item's own, 3 if some are, 2 if many are."""
    items = items_of(plan)
    if context.embedder is None or not context.reference_intents or not items or not plan.intents:
        return CriterionScore(criterion="C5", score=None, reason="needs an embedder and intents of other strategies")
    own = context.embedder.embed([intent.statement for intent in plan.intents])
    others = context.embedder.embed(list(context.reference_intents))
    rows = context.embedder.embed([item_text(item) for item in items])
    ids = [intent.id for intent in plan.intents]
    results = [_score(item, row, own, others, ids) for item, row in zip(items, rows, strict=True)]
    return folded_score("C5", results, "each item lies nearest to its own intent")


def _score(
    item: Item, row: NDArray[np.float32], own: NDArray[np.float32], others: NDArray[np.float32], ids: list[str]
) -> ItemScore:
    places = [place for place, key in enumerate(ids) if key in item.intent_ids]
    if not places:
        return ItemScore(item.id, 1.0, f"{item.title}: serves no intent of the plan")
    nearer = float(np.mean(others @ row > np.max(own[places] @ row)))
    score = 5.0 if nearer <= FEW else 3.0 if nearer <= MANY else 2.0
    reason = f"{item.title}: {nearer:.0%} of other strategies' intents lie nearer" if score < 5 else ""
    return ItemScore(item.id, score, reason)
