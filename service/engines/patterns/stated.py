"""A behaviour made of the document's own routine: its sentence gives actor, act and rhythm, its class the rest.

Owns: that joining, and what is said of each field's origin. Must not know: how routines are read, choice, checks.
What the document does not say is marked as proposed or supposed, field by field.
"""

from __future__ import annotations

from corpora.records import (
    Artefact,
    IndicatorForm,
    Period,
    Reinforcement,
    RoleClass,
    Shift,
    StateSource,
    StopDoing,
    TimeCost,
)
from corpora.slots import render
from service.engines.patterns.measures import counting_rule
from service.plan.articles import with_the
from service.plan.ids import content_id
from service.plan.intents import Intent
from service.plan.items import Behaviour, BoundTerm, Flag, Indicator, IndicatorKind
from service.plan.proposals import IntentBrief
from service.plan.provenance import FieldSource, Provenance
from service.plan.routine import ActorKind, Routine

CONFIDENCE = 0.9
REVIEW_DAYS = {Period.quarterly: 100, Period.yearly: 120}
REVIEW_AFTER = 60
ROLE_CLASSES = {
    ActorKind.leader: RoleClass.leader,
    ActorKind.body: RoleClass.leader,
    ActorKind.lead: RoleClass.lead,
    ActorKind.authors: RoleClass.lead,
    ActorKind.team: RoleClass.contributor,
    ActorKind.contributor: RoleClass.contributor,
}
#: Fields that the act's class proposes and no document gives.
PROPOSED = ("evidence", "owner", "first_time", "reinforcement", "sunset", "mechanism", "review_days", "shift.to_state")
AGREE = "the document does not say; agree it with those concerned"


def stated_behaviour(brief: IntentBrief, routine: Routine) -> Behaviour:
    """The behaviour, without an alternative."""
    act, values = routine.act, _values(routine)
    return Behaviour(
        id=content_id("b", "stated", routine.action, routine.actor, brief.intent.id),
        title=routine.title,
        intent_ids=(brief.intent.id,),
        practice_id=None,
        capability=act.capability,
        mechanism=act.mechanism,
        quotes=brief.intent.quotes[:2],
        terms=_terms(brief, routine),
        sources=_sources(routine),
        flags=_flags(routine),
        confidence=CONFIDENCE,
        actor=routine.actor,
        role_class=ROLE_CLASSES[routine.actor_kind],
        trigger=routine.rhythm.moment,
        action=routine.action,
        cadence=routine.rhythm.cadence,
        evidence=Artefact(
            artefact=render(act.artefact, values), location=act.location, minutes_after=act.minutes_after
        ),
        owner=_owner(routine),
        shift=Shift(from_state=act.from_state, from_source=StateSource.hypothesis, to_state=act.to_state),
        stop_doing=StopDoing(text=act.stop, minutes_saved=act.minutes_saved),
        time_cost=(
            TimeCost(
                role_class=ROLE_CLASSES[routine.actor_kind],
                minutes=routine.minutes or act.minutes,
                prep_minutes=act.prep_minutes,
            ),
        ),
        barrier=act.barrier,
        technique=act.technique,
        first_time=act.first_time,
        reinforcement=Reinforcement(
            who=act.noticed_by, when=render(act.noticed_when, values), how=render(act.noticed_how, values)
        ),
        review_days=REVIEW_DAYS.get(routine.rhythm.cadence.period, REVIEW_AFTER),
        sunset=act.sunset,
    )


def _values(routine: Routine) -> dict[str, str]:
    return {"occasion": routine.rhythm.unit, **({"thing": routine.thing} if routine.thing else {})}


def stated_indicators(item: Behaviour, routine: Routine, intent: Intent) -> tuple[Indicator, ...]:
    """Whether the routine was kept, by its own rhythm; whether it moves something; what may get worse."""
    act = routine.act
    guards = f"{act.counter.name} ({act.counter.numerator})"
    rules = (
        (IndicatorKind.adherence, _kept(routine), None),
        (IndicatorKind.leading, act.leading, guards),
        (IndicatorKind.counter, act.counter, None),
    )
    return tuple(
        counting_rule(content_id("m", kind.value, item.id, form.name), kind, form, item.id, intent, watched)
        for kind, form, watched in rules
    )


def _kept(routine: Routine) -> IndicatorForm:
    unit = routine.rhythm.unit
    since = "that came up since the start" if unit == "occasion" else "since the start"
    return IndicatorForm(
        name=f"Kept: {routine.title[:1].lower()}{routine.title[1:]}",
        numerator=f"{unit}s that left {routine.act.trace}",
        denominator=f"{unit}s {since}",
        source=f"what lies {routine.act.location}",
        counts="a trace that can be shown",
        does_not_count="what was announced or planned and left no trace",
    )


def _owner(routine: Routine) -> str:
    """Who keeps it alive, as far as the actor tells."""
    actor, kind = with_the(routine.actor), routine.actor_kind
    each = routine.actor.startswith(("every ", "each ", "all "))
    if kind is ActorKind.team and not routine.plural:
        return f"lead of {actor}"
    if kind in {ActorKind.team, ActorKind.body} and routine.plural:
        return f"lead of one of {actor}, named by day 15" if not each else "lead of one of them, named by day 15"
    if kind is ActorKind.body:
        return f"chair of {actor}"
    if each:
        return "one of those who do it, named by day 15"
    return f"one of {actor}, named by day 15" if routine.plural else routine.actor


def _terms(brief: IntentBrief, routine: Routine) -> tuple[BoundTerm, ...]:
    quote, label = brief.intent.quotes[0], brief.intent.label
    at = quote.text.find(label)
    start = quote.start + at
    topic = [BoundTerm(kind="topic", text=label, start=start, end=start + len(label))] if at >= 0 else []
    return tuple([*topic, *_actor_term(routine)])


def _actor_term(routine: Routine) -> list[BoundTerm]:
    span = routine.actor_span
    kind = routine.actor_kind.value if routine.actor_kind in {ActorKind.body, ActorKind.team} else "role"
    return [BoundTerm(kind=kind, text=routine.actor_said, start=span.start, end=span.end)] if span else []


def _sources(routine: Routine) -> tuple[FieldSource, ...]:
    rhythm, when = routine.rhythm, routine.rhythm_span
    sources = [
        FieldSource(
            field="action", provenance=Provenance.document, start=routine.act_span.start, end=routine.act_span.end
        ),
        FieldSource(field="trigger", provenance=Provenance.document, start=when.start, end=when.end),
        _origin("cadence", not rhythm.estimated, routine),
        _actor_source(routine),
        FieldSource(field="shift.from_state", provenance=Provenance.hypothesis),
        FieldSource(field="stop_doing", provenance=Provenance.hypothesis, note=AGREE),
        *(FieldSource(field=name, provenance=Provenance.proposed, note=AGREE) for name in PROPOSED),
    ]
    if routine.minutes is None:
        sources.append(FieldSource(field="time_cost", provenance=Provenance.proposed, note="an estimate to agree"))
    return tuple(sources)


def _origin(field: str, given: bool, routine: Routine) -> FieldSource:
    if given:
        span = routine.rhythm_span
        return FieldSource(field=field, provenance=Provenance.document, start=span.start, end=span.end)
    return FieldSource(
        field=field, provenance=Provenance.proposed, note="the document gives the occasion, not how often it comes"
    )


def _actor_source(routine: Routine) -> FieldSource:
    span = routine.actor_span
    if span is None:
        return FieldSource(
            field="actor", provenance=Provenance.proposed, note="the document says “we”; name who of you it is"
        )
    return FieldSource(field="actor", provenance=Provenance.document, start=span.start, end=span.end)


def _flags(routine: Routine) -> tuple[Flag, ...]:
    proposed = (Flag.role_proposed,) if routine.actor_span is None else ()
    return (Flag.own_routine, *proposed)
