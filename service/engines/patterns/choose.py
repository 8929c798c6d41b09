"""Which candidate forms become items: one plan's worth, within people's hours, without repeats.

A routine that the document states itself goes before them all, with at most one behaviour of the library beside it.

Owns: the choice over all intents. Must not know: wording, documents, storage. The load formula is
that of the check C8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpora.budgets import Budgets
from corpora.records import BehaviourForm, Kind, Practice, RoleClass
from service.checks.c08_load import hours_of
from service.plan.proposals import Candidate, IntentBrief

#: A form further below the best of its kind than this is off the intent.
RELATIVE_FLOOR = 0.45
#: Of the best forms by meaning a strict reader found a third fitting, of those above 0.8 a half, and three in four of
#: those that the intent's own verb and object call for (`evals/datasets/deeds`): a further behaviour has to be likely.
LEAST_FIT = 0.75
#: An intent's first behaviour may fit less well than any further one: without it the intent would not start.
LEAST_FIRST_FIT = 0.45
LEAST_FIRST_BY_MEANING = 0.70
#: The plan's first ritual gives people a place to meet, a leader's own act keeps it from being done to teams.
LEAST_RITUAL_FIT = LEAST_LEADER_FIT = 0.50
SAME_CAPABILITY = 0.05
SAME_CADENCE = 0.02
HOURS = 0.10
TECHNICAL = 0.08
LEADER_LIFT = 0.15
MOST_BEHAVIOURS_EACH = {1: 4, 2: 4, 3: 3}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The forms for one intent and, for each, the one that could take its place.

    `own` says that the document's own routine is in, `own_alternative` what could take its place.
    """

    items: tuple[Candidate, ...]
    alternatives: tuple[Candidate | None, ...]
    own: bool = False
    own_alternative: Candidate | None = None


@dataclass(slots=True)
class _Plan:
    """What is taken so far, by intent, and the hours a week that each role class has left."""

    budgets: Budgets
    picked: list[list[Candidate]]
    left: dict[RoleClass, float] = field(default_factory=dict)
    own: dict[int, BehaviourForm] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = dict(self.budgets.hours_per_week)

    def used(self) -> list[Practice]:
        return [candidate.practice for items in self.picked for candidate in items]

    def count(self, kind: Kind) -> int:
        own = len(self.own) if kind is Kind.behaviour else 0
        return own + sum(practice.kind is kind for practice in self.used())

    def led(self) -> bool:
        own = any(form.role_class is RoleClass.leader for form in self.own.values())
        return own or any(practice.led for practice in self.used())

    def begins(self, index: int) -> bool:
        """Whether an intent has nothing yet."""
        return index not in self.own and not self.picked[index]

    def served(self, index: int) -> bool:
        """Whether an intent has the document's own routine and the one behaviour of the library beside it."""
        return index in self.own and any(c.practice.kind is Kind.behaviour for c in self.picked[index])

    def admit(self, index: int, form: BehaviourForm) -> None:
        """Takes the document's own routine in, where people have the hours for it."""
        asked = hours_of(form)
        if all(hours.high <= self.left[role] + 1e-9 for role, hours in asked.items()):
            self.own[index] = form
            for role, hours in asked.items():
                self.left[role] -= hours.high

    def fits(self, practice: Practice) -> bool:
        return all(hours.high <= self.left[role] + 1e-9 for role, hours in hours_of(practice.form).items())

    def take(self, index: int, candidate: Candidate) -> None:
        self.picked[index].append(candidate)
        for role, hours in hours_of(candidate.practice.form).items():
            self.left[role] -= hours.high


def choose(
    briefs: Sequence[IntentBrief], budgets: Budgets, own: Sequence[BehaviourForm | None] = ()
) -> tuple[Chosen, ...]:
    """Forms for each brief in order; a practice serves once in a plan, and where it serves best.

    `own` holds for each brief the routine that the document states, or None.
    """
    plan = _Plan(budgets, [[] for _ in briefs])
    for index, form in enumerate(own):
        if form is not None:
            plan.admit(index, form)
    for turn, kind in enumerate(_rounds(len(briefs))):
        _fill(kind, briefs, plan, waiting=frozenset(plan.own) if turn == 0 else frozenset())
    used = plan.used()
    return tuple(
        _with_alternatives(brief, items, used, n in plan.own)
        for n, (brief, items) in enumerate(zip(briefs, plan.picked, strict=True))
    )


def _rounds(count: int) -> Iterator[Kind]:
    """Each intent's first behaviour, then rituals, then further behaviours, then policy asks."""
    yield Kind.behaviour
    yield Kind.ritual
    yield from [Kind.behaviour] * (MOST_BEHAVIOURS_EACH.get(count, 2) - 1)
    yield Kind.policy


def _fill(kind: Kind, briefs: Sequence[IntentBrief], plan: _Plan, waiting: frozenset[int]) -> None:
    """One item of this kind for each intent at most; of all pairs of intent and form the best goes first.

    So a form that two intents want goes to the one it serves better, whichever comes first in the plan. Intents that
    are `waiting` get none in this round.
    """
    full = {n for n in plan.own if plan.served(n)} if kind is Kind.behaviour else set()
    left = set(range(len(briefs))) - waiting - full
    most = {Kind.behaviour: plan.budgets.max_behaviours, Kind.ritual: plan.budgets.max_rituals}.get(kind)
    while left and (most is None or plan.count(kind) < most):
        offers = {n: offer for n in sorted(left) if (offer := _best(briefs[n], kind, plan, plan.begins(n)))}
        if not offers:
            return
        first = max(offers, key=lambda n: (round(offers[n].fit, 6), -n))
        plan.take(first, offers[first])
        left.remove(first)


def _best(brief: IntentBrief, kind: Kind, plan: _Plan, first: bool) -> Candidate | None:
    of_kind = [c for c in brief.candidates if c.practice.kind is kind]
    least = _least(kind, first, plan)
    floor = max(least, RELATIVE_FLOOR * max((c.fit for c in of_kind), default=0.0))
    used = plan.used()
    wants_leader = kind is Kind.behaviour and not first and not plan.led()
    pool = [
        c
        for c in of_kind
        if c.fit >= (LEAST_LEADER_FIT if wants_leader and c.practice.led else _floor(c, kind, first, floor))
        and c.practice not in used
        and plan.fits(c.practice)
    ]
    pool = [c for c in pool if not c.plain or (wants_leader if c.practice.led else first)]
    return max(pool, key=lambda c: (round(_worth(c, used, wants_leader), 6), -c.practice.number), default=None)


def _least(kind: Kind, first: bool, plan: _Plan) -> float:
    """The fit below which a form of this kind is not taken."""
    if kind is Kind.ritual and not plan.count(Kind.ritual):
        return LEAST_RITUAL_FIT
    return LEAST_FIRST_FIT if kind is Kind.behaviour and first else LEAST_FIT


def _floor(candidate: Candidate, kind: Kind, first: bool, floor: float) -> float:
    """What the intent's own verb or kind calls for may come first below the fit that a match by meaning has to have."""
    by_meaning = first and kind is Kind.behaviour and not candidate.practice.deeds
    return max(floor, LEAST_FIRST_BY_MEANING) if by_meaning else floor


def _worth(candidate: Candidate, used: Sequence[Practice], wants_leader: bool) -> float:
    practice = candidate.practice
    same_capability = sum(p.capability == practice.capability and p.kind is practice.kind for p in used)
    same_cadence = sum(_cadence(p) == _cadence(practice) for p in used)
    hours = max((h.high for h in hours_of(practice.form).values()), default=0.0)
    lift = LEADER_LIFT if wants_leader and practice.led else 0.0
    cost = SAME_CAPABILITY * same_capability + SAME_CADENCE * min(same_cadence, 3) + TECHNICAL * practice.technical
    return candidate.fit + lift - cost - HOURS * hours


def _cadence(practice: Practice) -> str:
    cadence = getattr(practice.form, "cadence", None)
    return cadence.period.value if cadence is not None else practice.id


def _with_alternatives(brief: IntentBrief, items: Sequence[Candidate], used: Sequence[Practice], own: bool) -> Chosen:
    """Each item's alternative: the best form of its kind that the plan does not use, each given once."""
    spare = [c for c in brief.candidates if c.practice not in used]
    behaviours = (c for c in spare if c.practice.kind is Kind.behaviour)
    other = next(behaviours, None) if own else None
    spare = [c for c in spare if c is not other]
    alternatives: list[Candidate | None] = []
    for item in items:
        found = next((c for c in spare if c.practice.kind is item.practice.kind), None)
        alternatives.append(found)
        if found is not None:
            spare.remove(found)
    return Chosen(tuple(items), tuple(alternatives), own, other)
