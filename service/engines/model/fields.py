"""The worded fields of an item's form: a model's words where it has some, else the practice's own.

Owns: which words a field takes and where each comes from. Must not know: models, prompts, ids, flags.
A field is the document's only where its words stand in a cited sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from corpora.records import (
    BehaviourForm,
    Cadence,
    DecisionRights,
    Participant,
    Period,
    PolicyForm,
    Reinforcement,
    RitualForm,
    StateSource,
    StopDoing,
    TimeCost,
)
from corpora.slots import says_the_same
from service.engines.model.answers import DraftedAsk, DraftedBehaviour, DraftedRitual
from service.engines.model.brief_text import DraftContext
from service.engines.model.locate import find_words
from service.plan.lettering import capital
from service.plan.provenance import FieldSource, Provenance
from service.plan.reading import ReadSentence
from service.plan.stops import reworded

#: Weekly rates from which an item can be judged by a day: every fortnight, every month.
JUDGED, LATEST = ((0.45, 60), (0.2, 75)), 90
#: No leader is asked to decide before the baselines are read.
FIRST_ANSWER = 15
EVENTS_A_MONTH = 2.0
MOST_SIGNS, MOST_OF_A_ROLE = 4, 12
#: Worded fields that stand by themselves; the others become part of a sentence.
SENTENCES = {"first_time", "async_variant", "rotation"}
_PLACE = re.compile(
    r"(?i)(?:in|on|at|beside|under|with|within|inside|among|above|below|next to|where|directly|pinned|kept|posted)\b"
)
_UNTIL = re.compile(r"^until then,?\s+", re.IGNORECASE)


@dataclass
class Sources:
    """Collects the provenance of each field as it is worded."""

    sentences: tuple[ReadSentence, ...]
    text: str
    found: list[FieldSource] = field(default_factory=list)

    def note(self, name: str, words: str, otherwise: Provenance = Provenance.proposed) -> bool:
        """Record where a field's words come from; whether they are the document's."""
        span = find_words(words, self.sentences, self.text)
        at = {"start": span.start, "end": span.end} if span else {}
        self.found.append(FieldSource(field=name, provenance=Provenance.document if span else otherwise, **at))
        return span is not None

    def pick(self, name: str, words: str | None, default: str) -> str:
        """The model's words with their source, or the practice's own, proposed; only a sentence keeps its full stop."""
        said = words if words is None or name in SENTENCES else words.rstrip(" .")
        chosen = said if said and len(said) > 2 else default
        self.note(name, chosen)
        return chosen


def own_fields(form: BehaviourForm | RitualForm | PolicyForm) -> dict[str, Any]:
    """All fields of a form as they are."""
    return {name: getattr(form, name) for name in type(form).model_fields}


def behaviour_fields(
    item: DraftedBehaviour, form: BehaviourForm, own: StopDoing, context: DraftContext, sources: Sources
) -> dict[str, Any]:
    """The fields of a behaviour; `own` is the practice's stop before its slots were filled."""
    actor = item.actor.removeprefix("the ").removeprefix("The ")
    sources.note("actor", actor)
    for name, words in (("trigger", item.trigger), ("action", item.action)):
        sources.note(name, words)
    told = form.reinforcement
    cadence = _cadence(item.period, item.events_per_month, form.cadence, sources)
    return own_fields(form) | {
        "actor": actor,
        "role_class": item.role_class,
        "trigger": item.trigger.rstrip(" ,"),
        "action": item.action.rstrip(" ."),
        "cadence": cadence,
        "evidence": form.evidence.model_copy(
            update={
                "artefact": sources.pick("evidence.artefact", item.artefact, form.evidence.artefact),
                "location": sources.pick("evidence.location", _placed(item.location), form.evidence.location),
            }
        ),
        "owner": sources.pick("owner", actor, form.owner),
        "shift": _shift(item, form, context, sources),
        "stop_doing": _stop(own, form.stop_doing, sources.pick("stop_doing.text", item.stop, form.stop_doing.text)),
        "time_cost": _time_cost(item, form, sources),
        "review_days": min(form.review_days, seen_by(cadence)),
        "first_time": sources.pick("first_time", item.first_time, form.first_time),
        "reinforcement": told.model_copy(
            update={
                "who": sources.pick("reinforcement.who", item.noticed_by, told.who),
                "when": sources.pick("reinforcement.when", item.noticed_when, told.when),
                "how": sources.pick("reinforcement.how", item.noticer_does, told.how),
            }
        ),
        "sunset": sources.pick("sunset", item.ends_when, form.sunset),
    }


def seen_by(cadence: Cadence) -> int:
    """The day by which an item of this rhythm has come often enough to be judged."""
    return next((day for rate, day in JUDGED if cadence.per_week >= rate), LATEST)


def _placed(location: str) -> str:
    """A place after "…, ": "the branch's file" becomes "in the branch's file"."""
    if not location or _PLACE.match(location):
        return location
    return f"in {location}"


def _shift(item: DraftedBehaviour, form: BehaviourForm, context: DraftContext, sources: Sources) -> object:
    """The from-state is the document's wherever in what was shown its words stand."""
    said = item.from_state if len(item.from_state) > 2 else form.shift.from_state
    shown = Sources((*sources.sentences, *context.citable), sources.text, sources.found)
    quoted = shown.note("shift.from_state", said, Provenance.hypothesis)
    source = StateSource.document if quoted else StateSource.hypothesis
    to_state = sources.pick("shift.to_state", item.to_state, form.shift.to_state)
    return form.shift.model_copy(update={"from_state": said, "from_source": source, "to_state": to_state})


def _stop(own: StopDoing, filled: StopDoing, words: str) -> StopDoing:
    """The practice's minutes go with the practice's words; a model's words have only minutes of their own."""
    same = words == filled.text or says_the_same(own.text, words)
    return filled.model_copy(update={"text": words}) if same else reworded(filled, words)


def _cadence(period: Period, events: float | None, own: Cadence, sources: Sources) -> Cadence:
    sources.found.append(FieldSource(field="cadence", provenance=Provenance.proposed))
    if period is Period.once:
        return own
    if period is not Period.event:
        return Cadence(period=period)
    return Cadence(period=period, events_per_month=min(max(events or own.events_per_month or EVENTS_A_MONTH, 0.1), 60))


def _time_cost(item: DraftedBehaviour, form: BehaviourForm, sources: Sources) -> tuple[TimeCost, ...]:
    """The actor's minutes alone: those of other roles in the practice belong to the practice's own story."""
    sources.found.append(FieldSource(field="time_cost", provenance=Provenance.proposed))
    minutes = min(item.minutes, 480) if item.minutes > 0 else form.time_cost[0].minutes
    return (TimeCost(role_class=item.role_class, minutes=minutes),)


def ritual_fields(item: DraftedRitual, form: RitualForm, own: StopDoing, sources: Sources) -> dict[str, Any]:
    """The fields of a ritual; `own` is what the practice replaces, before its slots were filled."""
    sources.note("purpose", item.purpose)
    sources.found += [
        FieldSource(field=name, provenance=Provenance.proposed) for name in ("agenda", "duration_min", "participants")
    ]
    rights = form.decision_rights
    decider = sources.pick("decision_rights.decider", item.decider.removeprefix("the "), rights.decider)
    scope = sources.pick("decision_rights.scope", item.decides, rights.scope)
    beyond = sources.pick("decision_rights.beyond", item.beyond, rights.beyond)
    return own_fields(form) | {
        "purpose": item.purpose,
        "cadence": _cadence(item.period, None, form.cadence, sources),
        "duration_min": sum(step.minutes for step in item.agenda),
        "participants": _participants(item, form),
        "facilitator": sources.pick("facilitator", item.facilitator, form.facilitator),
        "rotation": sources.pick("rotation", _taken_over(item, decider), form.rotation),
        "owner": decider if item.participants else form.owner,
        "inputs": tuple(item.inputs or form.inputs),
        "agenda": tuple(step.model_dump() for step in item.agenda),
        "outputs": tuple(item.outputs or form.outputs),
        "decision_rights": DecisionRights(decider=decider, scope=scope, beyond=beyond),
        "replaces": _stop(own, form.replaces, sources.pick("replaces.text", item.replaces, form.replaces.text)),
        "health_check": tuple((item.health or form.health_check)[:MOST_SIGNS]),
        "failure_signal": sources.pick("failure_signal", item.failure_signal, form.failure_signal),
        "sunset": sources.pick("sunset", item.ends_when, form.sunset),
        "async_variant": sources.pick("async_variant", item.without_meeting, form.async_variant),
        "reinforcement": _shown_after(item, form, decider),
    }


def _shown_after(item: DraftedRitual, form: RitualForm, decider: str) -> Reinforcement:
    """Who decides shows what came out; the practice's own follow-up tells of the practice's own session."""
    if not item.outputs:
        return form.reinforcement
    how = f"shows those concerned what came out: {item.outputs[0].rstrip(' .')}"
    return Reinforcement(who=decider, when="on the day after each session", how=how)


def _taken_over(item: DraftedRitual, decider: str) -> str:
    """Those who come, save who decides, take turns; empty where the practice's own people come."""
    roles = [one.role.removeprefix("the ").removeprefix("The ") for one in item.participants]
    others = [role for role in dict.fromkeys(roles) if role not in (decider, item.facilitator)]
    return f"By day 60 those who come run it in turn, first the {others[0]}" if others else ""


def _participants(item: DraftedRitual, form: RitualForm) -> tuple[Participant, ...]:
    """The model's people, each with the preparation that the form gives their class; else the form's own."""
    if not item.participants:
        return form.participants
    prepare = {one.role_class: one.prep_minutes for one in reversed(form.participants)}
    return tuple(
        Participant(
            role=one.role.removeprefix("the ").removeprefix("The "),
            role_class=one.role_class,
            count=min(max(one.count, 1), MOST_OF_A_ROLE),
            reason=one.reason.rstrip(" ."),
            prep_minutes=prepare.get(one.role_class, 0),
        )
        for one in item.participants
    )


def policy_fields(item: DraftedAsk, form: PolicyForm, sources: Sources) -> dict[str, Any]:
    """The fields of a policy ask."""
    sources.found.append(FieldSource(field="needed_by_day", provenance=Provenance.proposed))
    fields = ("question", "decision", "cost_of_not_deciding", "interim")
    said = {name: getattr(item, name) for name in fields}
    said["interim"] = capital(_UNTIL.sub("", said["interim"]))
    for name, words in said.items():
        sources.note(name, words)
    return own_fields(form) | {
        **said,
        "needed_by_day": min(max(item.needed_by_day, FIRST_ANSWER), LATEST),
        "decider": sources.pick("decider", item.decider.removeprefix("the "), form.decider),
        "forum": sources.pick("forum", item.forum, form.forum),
        "options": tuple(item.options),
    }
