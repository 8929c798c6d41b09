"""Defects of form: a missing field, a vague word, a sum that breaks.

Owns: M1, M2, M7, M10, M11, M15, M16, M19. Must not know: checks.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpora.records import AgendaStep, Cadence, Period, Reinforcement, RoleClass, StateSource
from evals.mutate.fillers import Fillers
from evals.mutate.mutant import Mutant, changed, mutant
from evals.mutate.seeds import Seed
from service.plan.items import Behaviour, Ritual
from service.plan.plan import Plan
from service.plan.provenance import FieldSource, Provenance

TIMES, OVERRUN = 4, 20
SUPPOSED = FieldSource(field="shift.from_state", provenance=Provenance.hypothesis)
WEEKS_A_MONTH = 52 / 12
LONGEST_MEETING, LONGEST_ACT, MOST_EVENTS = 240, 480, 60.0


def drop_trigger(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M1: no trigger, or words that read well and name no event."""
    for item in seed.plan.behaviours:
        for words in fillers.no_trigger:
            yield mutant("M1", "C4", seed, item, {"trigger": words}, ("trigger", item.trigger, words))


def vague_cadence(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M2: a vague word of time where the sentence says when or how often."""
    for item in seed.plan.behaviours:
        for words in fillers.vague_time:
            after = f"{item.action}, {words}"
            yield mutant("M2", "C4", seed, item, {"action": after}, ("action", item.action, after))
    for ritual in seed.plan.rituals:
        for words in fillers.vague_time:
            after = f"{ritual.purpose}, {words}"
            yield mutant("M2", "C4", seed, ritual, {"purpose": after}, ("purpose", ritual.purpose, after))


def vague_act(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M7: an attitude in place of the observable verb; trigger and artefact stay."""
    for item in seed.plan.behaviours:
        for verb in fillers.attitudes:
            after = f"{verb} {item.action.split(' ', 1)[1]}"
            yield mutant("M7", "C3", seed, item, {"action": after}, ("action", item.action, after))


def overload(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M10: four times as long or as often, where that takes a role over its hours a week (else it is no defect)."""
    del fillers
    for item in acts_of(seed.plan):
        for made in (_longer(seed, item), _more_often(seed, item)):
            if made and over_hours(made, seed):
                yield made


def broken_agenda(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M11: one step runs twenty minutes longer than the meeting allows."""
    del fillers
    for item in seed.plan.rituals:
        for place, step in enumerate(item.agenda):
            longer = step.model_copy(update={"minutes": step.minutes + OVERRUN})
            agenda = (*item.agenda[:place], longer, *item.agenda[place + 1 :])
            told = (f"agenda.{place}.minutes", str(step.minutes), str(longer.minutes))
            yield mutant("M11", "C8", seed, item, {"agenda": agenda}, told)


def orphan(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M15: nobody owns it, nobody notices, nothing ends it."""
    del fillers
    nobody = Reinforcement.model_construct(who="", when="", how="")
    for item in acts_of(seed.plan):
        update: dict[str, object] = {"owner": "", "reinforcement": nobody, "sunset": ""}
        yield mutant("M15", "C7", seed, item, update, ("owner, reinforcement, sunset", item.owner, ""))


def no_stop(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M16: nothing ends, and the from-state is the to-state with a 'not'."""
    del fillers
    for item in seed.plan.behaviours:
        supposed = {"from_state": f"not: {item.shift.to_state}", "from_source": StateSource.hypothesis}
        shift = item.shift.model_copy(update=supposed)
        sources = (*(s for s in item.sources if s.field != "shift.from_state"), SUPPOSED)
        stop = item.stop_doing.model_copy(update={"text": "", "minutes_saved": 0})
        told = ("stop_doing, shift", item.stop_doing.text, "")
        yield mutant("M16", "C10", seed, item, {"shift": shift, "stop_doing": stop, "sources": sources}, told)
    for ritual in seed.plan.rituals:
        stop = ritual.replaces.model_copy(update={"text": "", "minutes_saved": 0})
        yield mutant("M16", "C10", seed, ritual, {"replaces": stop}, ("replaces", ritual.replaces.text, ""))


def jargon_wrap(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M19: the same act, in some seventy words of buzz."""
    for item in seed.plan.behaviours:
        for words in fillers.jargon:
            after = words.replace("{action}", item.action)
            yield mutant("M19", "C11", seed, item, {"action": after}, ("action", item.action, after))


def over_hours(made: Mutant, seed: Seed) -> bool:
    """Whether the plan asks a role class for more than its hours, added up here without the checks' code."""
    asked: dict[RoleClass, float] = {}
    for item in acts_of(made.plan):
        for role_class, minutes in _minutes(item).items():
            asked[role_class] = asked.get(role_class, 0.0) + minutes / 60 * item.cadence.per_week
    limits = seed.context.budgets.hours_per_week
    return any(hours > limits[role_class] for role_class, hours in asked.items())


def acts_of(plan: Plan) -> tuple[Behaviour | Ritual, ...]:
    """Behaviours and rituals: what costs hours and needs an owner."""
    return (*plan.behaviours, *plan.rituals)


def _minutes(item: Behaviour | Ritual) -> dict[RoleClass, int]:
    found: dict[RoleClass, int] = {}
    if isinstance(item, Behaviour):
        asked = [(cost.role_class, cost.minutes + cost.prep_minutes) for cost in item.time_cost]
    else:
        asked = [(person.role_class, item.duration_min + person.prep_minutes) for person in item.participants]
    for role_class, minutes in asked:
        found[role_class] = max(found.get(role_class, 0), minutes)
    return found


def _longer(seed: Seed, item: Behaviour | Ritual) -> Mutant | None:
    if isinstance(item, Behaviour):
        costs = tuple(c.model_copy(update={"minutes": min(LONGEST_ACT, c.minutes * TIMES)}) for c in item.time_cost)
        told = ("time_cost", str(item.time_cost[0].minutes), str(costs[0].minutes))
        return mutant("M10", "C8", seed, item, {"time_cost": costs}, told)
    if item.duration_min * TIMES > LONGEST_MEETING:
        return None
    agenda = tuple(AgendaStep(step=step.step, minutes=step.minutes * TIMES) for step in item.agenda)
    duration = item.duration_min * TIMES
    told = ("duration_min, agenda", str(item.duration_min), str(duration))
    return mutant("M10", "C8", seed, item, {"duration_min": duration, "agenda": agenda}, told)


def _more_often(seed: Seed, item: Behaviour | Ritual) -> Mutant | None:
    monthly = item.cadence.per_week * WEEKS_A_MONTH * TIMES
    if not 0 < monthly <= MOST_EVENTS:
        return None
    cadence = Cadence(period=Period.event, events_per_month=round(monthly, 2))
    before, after = f"{monthly / TIMES:.2f} a month", f"{monthly:.2f} a month"
    often = item.model_copy(update={"cadence": cadence})
    return Mutant("M10", seed.name, item.id, "cadence", before, after, "C8", changed(seed.plan, item.id, often))
