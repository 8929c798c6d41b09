"""Which candidate forms become items: one plan's worth, without repeats, leaders included.

Owns: the choice over all intents. Must not know: wording, documents, storage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpora.records import BehaviourForm, Kind, Practice, RoleClass
from service.plan.proposals import Candidate, IntentBrief

#: Behaviours for each of one, two or three intents; at most 8 in a plan (domain brief 2.3).
SHARES: dict[int, tuple[int, ...]] = {1: (4,), 2: (4, 4), 3: (3, 3, 2)}
RELATIVE_FLOOR = 0.72
SAME_CAPABILITY = 0.05
SAME_CADENCE = 0.03
TECHNICAL = 0.08
LEADER_LIFT = 0.15


@dataclass(frozen=True, slots=True)
class Chosen:
    """The forms for one intent and, for each, the one that could take its place."""

    items: tuple[Candidate, ...]
    alternatives: tuple[Candidate | None, ...]


def choose(briefs: Sequence[IntentBrief]) -> tuple[Chosen, ...]:
    """Forms for each brief in order: behaviours, one ritual, one policy ask; a practice serves once."""
    shares = SHARES.get(len(briefs), tuple(2 for _ in briefs))
    used: list[Practice] = []
    picked: list[list[Candidate]] = [[] for _ in briefs]
    for index, brief in enumerate(briefs):
        for kind, count in ((Kind.behaviour, shares[index]), (Kind.ritual, 1), (Kind.policy, 1)):
            found = _pick(brief, kind, count, used, leader=index == 0 and kind is Kind.behaviour)
            picked[index] += found
            used += [candidate.practice for candidate in found]
    return tuple(_with_alternatives(brief, items, used) for brief, items in zip(briefs, picked, strict=True))


def _pick(brief: IntentBrief, kind: Kind, count: int, used: Sequence[Practice], *, leader: bool) -> list[Candidate]:
    pool = [c for c in brief.candidates if c.practice.kind is kind and c.practice not in used]
    floor = RELATIVE_FLOOR * max((c.fit for c in pool), default=0.0)
    pool = [c for c in pool if c.fit >= floor]
    chosen: list[Candidate] = []
    while pool and len(chosen) < count:
        taken = [*used, *(c.practice for c in chosen)]
        wants_leader = leader and len(chosen) == count - 1 and not any(_is_leaders(c.practice) for c in chosen)
        best = max(pool, key=lambda c: (round(_worth(c, taken, wants_leader), 6), -c.practice.number))
        chosen.append(best)
        pool.remove(best)
    return chosen


def _worth(candidate: Candidate, taken: Sequence[Practice], wants_leader: bool) -> float:
    practice = candidate.practice
    same_capability = sum(p.capability == practice.capability and p.kind is practice.kind for p in taken)
    same_cadence = sum(_cadence(p) == _cadence(practice) for p in taken)
    lift = LEADER_LIFT if wants_leader and _is_leaders(practice) else 0.0
    cost = SAME_CAPABILITY * same_capability + SAME_CADENCE * min(same_cadence, 3) + TECHNICAL * practice.technical
    return candidate.fit + lift - cost


def _is_leaders(practice: Practice) -> bool:
    return isinstance(practice.form, BehaviourForm) and practice.form.role_class is RoleClass.leader


def _cadence(practice: Practice) -> str:
    cadence = getattr(practice.form, "cadence", None)
    return cadence.period.value if cadence is not None else practice.id


def _with_alternatives(brief: IntentBrief, items: Sequence[Candidate], used: Sequence[Practice]) -> Chosen:
    """Each item's alternative: the best form of its kind that the plan does not use, each given once."""
    spare = [c for c in brief.candidates if c.practice not in used]
    alternatives: list[Candidate | None] = []
    for item in items:
        found = next((c for c in spare if c.practice.kind is item.practice.kind), None)
        alternatives.append(found)
        if found is not None:
            spare.remove(found)
    return Chosen(tuple(items), tuple(alternatives))
