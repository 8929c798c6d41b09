"""What the checks make of a mutant: falls by criterion, the target's own fall, the item blamed.

Owns: the arithmetic of domain brief 6. Must not know: operators, gates, files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evals.mutate.mutant import Mutant, Operator
from evals.mutate.seeds import Seed
from service.checks import CHECKS, CheckContext, score
from service.plan.plan import CriterionScore, Plan

CRITERIA: tuple[str, ...] = tuple(check.criterion for check in CHECKS)
_RUN = {check.criterion: check.run for check in CHECKS}
ITEM_FALL, WHOLE_FALL, WOBBLE = 2.0, 1.0, 0.4
#: Floating sums of scores rounded to two digits.
EPSILON = 1e-6
MOST_BLAMED = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """One mutant measured. `falls` are scores before less scores after (None: not scored in one of both)."""

    mutant: Mutant
    falls: Mapping[str, float | None]
    target_fall: float
    hit: bool
    blamed: bool

    def moved(self, allowed: frozenset[str]) -> tuple[str, ...]:
        """Criteria other than the target that moved by more than the wobble and may not."""
        free = allowed | {self.mutant.target}
        return tuple(key for key, fall in self.falls.items() if key not in free and not still(fall))


def still(fall: float | None) -> bool:
    """Whether a criterion is unmoved; one that can no longer be scored has moved."""
    return fall is not None and abs(fall) <= WOBBLE + EPSILON


def measured(mutant: Mutant, operator: Operator, seed: Seed) -> Outcome:
    """The mutant scored against its seed."""
    after = scores_of(mutant, seed)
    moved = falls(seed.scores, after)
    own = _whole_fall(moved, operator.target) if operator.whole else _item_fall(mutant, operator.target, seed)
    wanted = WHOLE_FALL if operator.whole else ITEM_FALL
    return Outcome(mutant, moved, own, own >= wanted - EPSILON, _blamed(mutant, operator.target, seed, after))


def scores_of(mutant: Mutant, seed: Seed) -> tuple[CriterionScore, ...]:
    """All criteria of a mutant, in its own document if that was changed."""
    return score(mutant.plan, _context(mutant, seed))


def falls(before: Sequence[CriterionScore], after: Sequence[CriterionScore]) -> dict[str, float | None]:
    """Score before less score after, by criterion; 0 where neither is scored."""
    found: dict[str, float | None] = {}
    for old, new in zip(before, after, strict=True):
        if old.score is None or new.score is None:
            found[old.criterion] = 0.0 if old.score is new.score else None
        else:
            found[old.criterion] = round(old.score - new.score, 4)
    return found


def alone(plan: Plan, item_id: str, criterion: str, context: CheckContext) -> float | None:
    """The criterion's score of one item, intent or indicator: of the plan with nothing else to score."""
    return _RUN[criterion](_narrowed(plan, item_id, criterion), context).score


def _item_fall(mutant: Mutant, criterion: str, seed: Seed) -> float:
    before = alone(seed.plan, mutant.item, criterion, seed.context)
    after = alone(mutant.plan, mutant.item, criterion, _context(mutant, seed))
    return 0.0 if before is None or after is None else round(before - after, 4)


def _whole_fall(moved: Mapping[str, float | None], criterion: str) -> float:
    return moved[criterion] or 0.0


def _narrowed(plan: Plan, item_id: str, criterion: str) -> Plan:
    names = ("behaviours", "rituals", "policy_asks", "indicators")
    if any(intent.id == item_id for intent in plan.intents):
        own = tuple(intent for intent in plan.intents if intent.id == item_id)
        rest = {} if criterion == "C9" else dict.fromkeys(names, ())
        return plan.model_copy(update={"intents": own, **rest})
    update = {name: tuple(entry for entry in getattr(plan, name) if entry.id == item_id) for name in names}
    if criterion == "C13":
        update["behaviours"] = plan.behaviours
    return plan.model_copy(update=update)


def _blamed(mutant: Mutant, criterion: str, seed: Seed, after: Sequence[CriterionScore]) -> bool:
    """Whether one of the ids newly named is rightly named, among few."""
    old = next(score for score in seed.scores if score.criterion == criterion)
    new = next(score for score in after if score.criterion == criterion)
    fresh = [key for key in dict.fromkeys(new.item_ids) if key not in old.item_ids]
    return bool(mutant.rightly_blamed.intersection(fresh)) and len(fresh) <= MOST_BLAMED


def _context(mutant: Mutant, seed: Seed) -> CheckContext:
    return seed.context if mutant.document is None else replace(seed.context, document=mutant.document)
