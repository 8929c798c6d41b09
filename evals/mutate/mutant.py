"""What a mutation is, and how one item of a plan is changed.

Owns: Mutant, Operator, Sight and the replacing of items. Must not know: single operators, checks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpora.records import Frozen
from evals.mutate.fillers import Fillers
from evals.mutate.seeds import Seed
from retrieval.documents import Document
from service.plan.items import Behaviour, Indicator, PolicyAsk, Ritual
from service.plan.plan import Plan

LISTS = ("intents", "behaviours", "rituals", "policy_asks", "indicators")


class Sight(StrEnum):
    """Who can see the defect: a rule always, a rule in part (a judge for the rest), or only a judge."""

    rule = "rule"
    part = "rule in part"
    judge = "judge"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A plan with one defect: which operator, where, and what stood there before.

    `item` is the id the defect belongs to; `blames` are ids that a check may rightly name.
    `document` is set where the document was changed too.
    """

    operator: str
    seed: str
    item: str
    field: str
    before: str
    after: str
    target: str
    plan: Plan
    blames: tuple[str, ...] = ()
    document: Document | None = None

    @property
    def rightly_blamed(self) -> frozenset[str]:
        """Ids that a check may name for this defect."""
        return frozenset(self.blames or (self.item,))


@dataclass(frozen=True, slots=True)
class Operator:
    """A kind of defect: its number and name, the criterion it must lower, who can see it, side effects allowed.

    `whole` says that the target is scored once a plan, so a fall of 1 is a hit instead of 2 on the item.
    """

    id: str
    name: str
    target: str
    sight: Sight
    make: Callable[[Seed, Fillers], Iterable[Mutant]]
    allowed: frozenset[str] = frozenset()
    whole: bool = False


def changed(plan: Plan, old_id: str, new: Frozen) -> Plan:
    """The plan with the record of this id replaced; nothing is validated, so a defect may be one of form."""
    update = {
        name: tuple(new if entry.id == old_id else entry for entry in getattr(plan, name))
        for name in LISTS
        if any(entry.id == old_id for entry in getattr(plan, name))
    }
    return plan.model_copy(update=update)


def without(plan: Plan, gone: Iterable[str]) -> Plan:
    """The plan without the records of these ids."""
    ids = set(gone)
    return plan.model_copy(
        update={name: tuple(entry for entry in getattr(plan, name) if entry.id not in ids) for name in LISTS}
    )


def mutant(
    operator: str,
    target: str,
    seed: Seed,
    item: Behaviour | Ritual | PolicyAsk | Indicator,
    update: dict[str, object],
    told: tuple[str, str, str],
    blames: Sequence[str] = (),
) -> Mutant:
    """A mutant in which one record has other fields; `told` is field, before and after for the reader."""
    spoilt = changed(seed.plan, item.id, item.model_copy(update=update))
    return Mutant(operator, seed.name, item.id, *told, target, spoilt, tuple(blames))


def dealt(groups: Sequence[Sequence[Mutant]], limit: int) -> tuple[Mutant, ...]:
    """At most `limit` distinct mutants, taken in turn from each plan so that no plan weighs more than it must.

    Within a plan they come in an order that mixes items and fillers, the same at each run.
    """
    piles = [sorted(_distinct(group), key=_shuffled) for group in groups]
    taken: list[Mutant] = []
    while len(taken) < limit and any(piles):
        taken += [pile.pop(0) for pile in piles if pile]
    return tuple(taken[:limit])


def _distinct(group: Iterable[Mutant]) -> Iterable[Mutant]:
    return {(m.item, m.field, m.before, m.after): m for m in group}.values()


def _shuffled(made: Mutant) -> str:
    return hashlib.sha256(f"{made.item}|{made.field}|{made.before}|{made.after}".encode()).hexdigest()
