"""From scores of items to the score of a criterion.

Owns: 0.7 x mean + 0.3 x minimum (domain brief 5) and how reasons are worded. Must not know:
single criteria, stages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.plan.items import Item
from service.plan.plan import CriterionScore, Plan

MEAN_WEIGHT, MINIMUM_WEIGHT = 0.7, 0.3


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item's score, 1 to 5, and the words of the reason where it is below 5."""

    item_id: str
    score: float
    reason: str = ""


def items_of(plan: Plan) -> tuple[Item, ...]:
    """Behaviours, rituals and policy asks in plan order."""
    return (*plan.behaviours, *plan.rituals, *plan.policy_asks)


def folded_score(criterion: str, scores: Sequence[ItemScore], sound: str) -> CriterionScore:
    """The criterion over its items; the reason names the lowest items. Unscored where there is none.

    Args:
        criterion: The criterion's id.
        scores: One score an item.
        sound: What to say when nothing is wrong.
    """
    if not scores:
        return CriterionScore(criterion=criterion, score=None, reason="the plan has nothing to score here")
    values = [score.score for score in scores]
    total = MEAN_WEIGHT * sum(values) / len(values) + MINIMUM_WEIGHT * min(values)
    faulty = sorted((score for score in scores if score.reason), key=lambda score: score.score)
    reason = "; ".join(score.reason for score in faulty[:4]) or sound
    if len(faulty) > 4:
        reason += f"; and {len(faulty) - 4} more"
    return CriterionScore(
        criterion=criterion, score=round(total, 2), reason=reason, item_ids=tuple(score.item_id for score in faulty)
    )


def by_faults(item_id: str, title: str, faults: Sequence[str], step: float = 1.0) -> ItemScore:
    """5 less `step` for each fault, never below 1."""
    reason = f"{title}: {', '.join(faults)}" if faults else ""
    return ItemScore(item_id, max(1.0, 5.0 - step * len(faults)), reason)
