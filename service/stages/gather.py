"""Gives a plan without a ritual the one meeting it can always hold: over what its own behaviours left behind.

Owns: when there is one, who sits in it and when it starts. Must not know: its words (`corpora/gathering.yaml`),
engines, the document. It comes after balance, so that it names nothing that has been dropped, and stays out where
people's weeks have no room for it. Where the organisation's own meetings are known, one of them gives up the part
that this one takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpora.budgets import Budgets
from corpora.gathering import Gathering
from corpora.records import Cadence, DecisionRights, Participant, Period, Reinforcement, RoleClass, StopDoing
from corpora.slots import render
from service.checks.ledger import items_in
from service.checks.named_load import carried, loaded
from service.plan.ids import content_id
from service.plan.items import Behaviour, Flag, Ritual
from service.plan.parts import PlanParts
from service.plan.profile import Meeting
from service.plan.proposed_roles import proposed
from service.plan.provenance import FieldSource, Provenance
from service.plan.roles import role_key, role_name
from service.tailoring.meetings import ENDS_NOTE, giving_a_part, replacement

#: Fewer behaviours, or fewer roles, than this need no meeting of their own.
FEWEST = 2
MOST_NAMED = 3
STARTS, REVIEWED = 31, 90
OFTEN = frozenset({Period.daily, Period.weekly, Period.fortnightly})
SPONSOR = "sponsor"
COUNTS = {4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}
#: No document gives any field of the meeting: all are proposed.
OURS = (
    "purpose", "mechanism", "cadence", "duration_min", "agenda", "inputs", "outputs", "replaces", "review_days",
    "decision_rights", "participants", "facilitator", "rotation", "owner", "health_check", "failure_signal",
    "reinforcement", "sunset", "async_variant",
)  # fmt: skip


def gather(
    parts: PlanParts,
    gathering: Gathering,
    budgets: Budgets,
    meetings: Sequence[Meeting] = (),
    settle: Callable[[PlanParts], PlanParts] = lambda parts: parts,
) -> PlanParts:
    """The parts with the meeting, where they hold no ritual, behaviours enough, and hours are left for it.

    `meetings` are the organisation's own, which the plan may touch; `settle` puts the meeting into its words.
    """
    if parts.rituals or len(parts.behaviours) < FEWEST:
        return parts
    if len(_people(_acting(parts), _leader(parts), gathering)) < FEWEST:  # one role alone does not meet
        return parts
    for cadence in _cadences(parts.behaviours):
        meeting = _making_room(_meeting(parts, gathering, cadence), gathering, meetings)
        with_it = loaded(settle(parts.model_copy(update={"rituals": (meeting,)})), budgets)
        if not _too_much(with_it, budgets):
            return with_it
    return parts


def _too_much(parts: PlanParts, budgets: Budgets) -> bool:
    by_class = any(row.hours_high > row.budget_hours + 1e-9 for row in parts.load)
    limits = ((role.hours.high, role.limit(budgets.hours_per_week)) for role in carried(items_in(parts)))
    return by_class or any(limit is not None and hours > limit[1] + 1e-9 for hours, limit in limits)


def _meeting(parts: PlanParts, gathering: Gathering, cadence: Cadence) -> Ritual:
    acting, leader = _acting(parts), _leader(parts)
    values = {"items": _named(parts.behaviours), "leader": leader}
    roles = _proposed_roles(parts, acting, leader)
    return Ritual(
        id=content_id("r", "gathering", *(item.id for item in parts.behaviours)),
        title=gathering.title,
        intent_ids=tuple(intent.id for intent in parts.intents),
        practice_id=None,
        capability=gathering.capability,
        mechanism=gathering.mechanism,
        quotes=tuple(intent.quotes[0] for intent in parts.intents),
        sources=(*(FieldSource(field=name, provenance=Provenance.proposed) for name in OURS), *roles),
        flags=(Flag.role_proposed,) if roles else (),
        confidence=min(item.confidence for item in parts.behaviours),
        starts_day=STARTS,
        purpose=render(gathering.purpose, values),
        cadence=cadence,
        duration_min=gathering.duration_min,
        participants=_people(acting, leader, gathering),
        facilitator=acting[0][0],
        rotation=gathering.rotation,
        owner=acting[0][0],
        inputs=tuple(render(line, values) for line in gathering.inputs),
        agenda=tuple(step.model_copy(update={"step": render(step.step, values)}) for step in gathering.agenda),
        outputs=gathering.outputs,
        decision_rights=DecisionRights(decider=leader, scope=gathering.scope, beyond=gathering.beyond),
        replaces=StopDoing(text=render(gathering.replaces, {}), minutes_saved=gathering.minutes_saved),
        health_check=gathering.health_check,
        failure_signal=gathering.failure_signal,
        reinforcement=Reinforcement(
            who=gathering.noticed_by, when=gathering.noticed_when, how=render(gathering.noticed_how, values)
        ),
        review_days=REVIEWED,
        sunset=gathering.sunset,
        async_variant=render(gathering.async_variant, values),
    )


def _making_room(ritual: Ritual, gathering: Gathering, meetings: Sequence[Meeting]) -> Ritual:
    """The meeting, and the real one that gives up a part for it, or a whole session if that is no longer."""
    real = giving_a_part(ritual, meetings)
    if real is None:
        return ritual
    session = replacement(ritual, real)
    part = StopDoing(text=render(gathering.replaces, {"meeting": session.text}), minutes_saved=gathering.minutes_saved)
    ends = part if (session.minutes_saved or 0) > gathering.minutes_saved else session
    told = FieldSource(field="replaces", provenance=Provenance.profile, note=ENDS_NOTE)
    kept = tuple(source for source in ritual.sources if source.field != told.field)
    return ritual.model_copy(update={"replaces": ends, "sources": (*kept, told)})


def _acting(parts: PlanParts) -> list[tuple[str, RoleClass]]:
    """Roles of which one person acts, leaders last, each once; where only whole bodies act, those."""
    single = [item for item in parts.behaviours if not _of_many(item)] or list(parts.behaviours)
    found: dict[str, tuple[str, RoleClass]] = {}
    for item in sorted(single, key=lambda item: item.role_class is RoleClass.leader):
        name = role_name(item.actor)
        found.setdefault(role_key(name), (name, item.role_class))
    return list(found.values())


def _of_many(item: Behaviour) -> bool:
    """Whether the document's own routine speaks of a body or of all in a role: nobody who could take one seat."""
    return Flag.own_routine in item.flags


def _leader(parts: PlanParts) -> str:
    """A leader who acts in the plan, else the sponsor."""
    leaders = (item for item in parts.behaviours if item.role_class is RoleClass.leader and not _of_many(item))
    return next((role_name(item.actor) for item in leaders), SPONSOR)


def _people(acting: list[tuple[str, RoleClass]], leader: str, gathering: Gathering) -> tuple[Participant, ...]:
    key = role_key(leader)
    seats = [
        Participant(role=name, role_class=role_class, count=1, reason=gathering.brings)
        for name, role_class in acting
        if role_key(name) != key
    ]
    decides = Participant(role=leader, role_class=RoleClass.leader, count=1, reason=gathering.decides)
    return (*seats, decides)


def _proposed_roles(parts: PlanParts, acting: list[tuple[str, RoleClass]], leader: str) -> tuple[FieldSource, ...]:
    """A mark for each seat of a role that a behaviour only proposes, and for a sponsor whom nothing names."""
    ours = {role_key(item.actor) for item in parts.behaviours if Flag.role_proposed in item.flags}
    ours |= {role_key(SPONSOR)} if leader == SPONSOR else set()
    key = role_key(leader)
    seats = [*(name for name, _ in acting if role_key(name) != key), leader]
    paths = [f"participants.{place}.role" for place, name in enumerate(seats) if role_key(name) in ours]
    paths += ["facilitator", "owner"] if role_key(acting[0][0]) in ours else []
    paths += ["decision_rights.decider"] if key in ours else []
    return tuple(map(proposed, paths))


def _named(behaviours: tuple[Behaviour, ...]) -> str:
    """Their names, or where there are many how many they are."""
    if len(behaviours) > MOST_NAMED:
        return f"the plan's {COUNTS[len(behaviours)]} behaviours"
    names = [f"'{item.title}'" for item in behaviours]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _cadences(behaviours: tuple[Behaviour, ...]) -> tuple[Cadence, ...]:
    """Every second week where one of them happens as often; every month else, and where weeks have no room for more."""
    often = any(item.cadence.period in OFTEN for item in behaviours)
    monthly = Cadence(period=Period.monthly)
    return (Cadence(period=Period.fortnightly), monthly) if often else (monthly,)
