"""From worded fields to bound items: the practice's form fills what the model left out.

Owns: the records of items and where each worded field comes from. Must not know: models, prompts,
what counts as a fault. Quotes are cut from the text by sentence id; a field is the document's only
where its words stand in a cited sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpora.records import (
    BehaviourForm,
    Cadence,
    DecisionRights,
    Participant,
    Period,
    PolicyForm,
    Practice,
    Reinforcement,
    RitualForm,
    StateSource,
    StopDoing,
    TimeCost,
)
from corpora.slots import render, render_form, says_the_same
from retrieval.documents import Span
from service.engines.model.answers import (
    Drafted,
    DraftedAsk,
    DraftedBehaviour,
    DraftedRitual,
)
from service.engines.model.brief_text import DraftContext, form_in_short
from service.engines.model.locate import find_words, is_noun_phrase, quote_of, quote_span, sentences_of
from service.engines.model.own_form import MODELS_OWN, frame_of, stating
from service.engines.model.terms import terms_in, worded
from service.plan.ids import content_id
from service.plan.items import (
    NAMED,
    STATED,
    Behaviour,
    BehaviourDraft,
    FirstCase,
    Flag,
    ItemDraft,
    PolicyAsk,
    PolicyAskDraft,
    Ritual,
    RitualDraft,
)
from service.plan.lettering import capital
from service.plan.proposals import Candidate
from service.plan.provenance import FieldSource, Provenance, Quote
from service.plan.reading import ReadSentence, TermKind
from service.plan.stops import reworded

MAX_QUOTES = 3
#: What an item without a practice counts for, as much as one with a practice that fits well.
OWN_FIT = 0.6
#: Weekly rates from which an item can be judged by a day: every fortnight, every month.
JUDGED, LATEST = ((0.45, 60), (0.2, 75)), 90
#: No leader is asked to decide before the baselines are read.
FIRST_ANSWER = 15
STATED_FIELDS = ("actor", "trigger", "action", "cadence")
EVENTS_A_MONTH = 2.0
MOST_SIGNS, MOST_OF_A_ROLE = 4, 12
#: Worded fields that stand by themselves; the others become part of a sentence.
SENTENCES = {"first_time", "async_variant", "rotation"}
PREFIX = {BehaviourForm: "b", RitualForm: "r", PolicyForm: "p"}
_ROLES = {TermKind.role, TermKind.leader, TermKind.team, TermKind.body, TermKind.partner}
_PLACE = re.compile(
    r"(?i)(?:in|on|at|beside|under|with|within|inside|among|above|below|next to|where|directly|pinned|kept|posted)\b"
)
#: "member of the installer crew", "triage group member": who, then the body.
_OF_A_BODY = re.compile(r"^(?:(.+?) (?:of|from|in|on) (?:the |a |an |one )?(.+)|(.+) (member))$")
_SOMEBODY = {"member", "members", "one", "colleague", "somebody"}
_UNTIL = re.compile(r"^until then,?\s+", re.IGNORECASE)


@dataclass
class _Sources:
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


def bind(item: Drafted, context: DraftContext) -> Behaviour | Ritual | PolicyAsk:
    """The bound item, without indicators or alternative.

    Raises:
        pydantic.ValidationError: The words do not make a whole item.
    """
    frame = frame_of(item, context)
    assert frame is not None  # faults.ItemRules lets no other item through
    practice = frame.practice
    own, form = practice.form, render_form(practice.form, context.brief.values)
    sources = _Sources((*sentences_of(item.ids, context.reading), *context.own), context.text)
    if isinstance(item, DraftedBehaviour) and isinstance(form, BehaviourForm) and isinstance(own, BehaviourForm):
        fields = _behaviour(item, form, own.stop_doing, context, sources)
        return Behaviour(**fields, **_binding(item, frame, context, sources, f"{item.trigger} {item.action}"))
    if isinstance(item, DraftedRitual) and isinstance(form, RitualForm) and isinstance(own, RitualForm):
        fields = _ritual(item, form, own.replaces, sources)
        return Ritual(**fields, **_binding(item, frame, context, sources, item.purpose))
    assert isinstance(item, DraftedAsk)
    assert isinstance(form, PolicyForm)  # faults.ItemRules lets no other pair through
    fields = _policy(item, form, sources)
    return PolicyAsk(**fields, **_binding(item, frame, context, sources, item.question))


def bare(practice: Practice, fit: float, context: DraftContext) -> ItemDraft:
    """A candidate's own form with the document's slot values, as an alternative."""
    form = render_form(practice.form, context.brief.values)
    binding: dict[str, Any] = {
        "id": content_id(PREFIX[type(form)], context.brief.intent.id, practice.id, form_in_short(form)),
        "title": practice.name,
        "intent_ids": (context.brief.intent.id,),
        "practice_id": practice.id,
        "capability": practice.capability,
        "mechanism": render(practice.mechanism, context.brief.values),
        "quotes": context.brief.intent.quotes[:1],
        "terms": terms_in(form_in_short(form), context),
        "flags": (Flag.standard_form, *_technical(practice)),
        "confidence": _confidence(fit, context) / 2,
        "adds_gate": practice.adds_gate,
    }
    if isinstance(form, BehaviourForm):
        return BehaviourDraft(**_own(form), **binding)
    return (
        RitualDraft(**_own(form), **binding)
        if isinstance(form, RitualForm)
        else PolicyAskDraft(**_own(form), **binding)
    )


def cited_quotes(ids: list[str], context: DraftContext) -> tuple[Quote, ...]:
    """The intent's first quote, then one a cited sentence."""
    found = list(context.brief.intent.quotes[:1])
    for sentence in sentences_of(ids, context.reading):
        span = quote_span(sentence, context.text)
        if span and all(span.end <= known.start or known.end <= span.start for known in found):
            found.append(quote_of(span, sentence, context.text))
    return tuple(found[:MAX_QUOTES])


def _own(form: BehaviourForm | RitualForm | PolicyForm) -> dict[str, Any]:
    return {name: getattr(form, name) for name in type(form).model_fields}


def _behaviour(
    item: DraftedBehaviour, form: BehaviourForm, own: StopDoing, context: DraftContext, sources: _Sources
) -> dict[str, Any]:
    actor = item.actor.removeprefix("the ").removeprefix("The ")
    sources.note("actor", actor)
    for name, words in (("trigger", item.trigger), ("action", item.action)):
        sources.note(name, words)
    told = form.reinforcement
    cadence = _cadence(item.period, item.events_per_month, form.cadence, sources)
    return _own(form) | {
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


def _shift(item: DraftedBehaviour, form: BehaviourForm, context: DraftContext, sources: _Sources) -> object:
    """The from-state is the document's wherever in what was shown its words stand."""
    said = item.from_state if len(item.from_state) > 2 else form.shift.from_state
    shown = _Sources((*sources.sentences, *context.citable), sources.text, sources.found)
    quoted = shown.note("shift.from_state", said, Provenance.hypothesis)
    source = StateSource.document if quoted else StateSource.hypothesis
    to_state = sources.pick("shift.to_state", item.to_state, form.shift.to_state)
    return form.shift.model_copy(update={"from_state": said, "from_source": source, "to_state": to_state})


def _stop(own: StopDoing, filled: StopDoing, words: str) -> StopDoing:
    """The practice's minutes go with the practice's words; a model's words have only minutes of their own."""
    same = words == filled.text or says_the_same(own.text, words)
    return filled.model_copy(update={"text": words}) if same else reworded(filled, words)


def _cadence(period: Period, events: float | None, own: Cadence, sources: _Sources) -> Cadence:
    sources.found.append(FieldSource(field="cadence", provenance=Provenance.proposed))
    if period is Period.once:
        return own
    if period is not Period.event:
        return Cadence(period=period)
    return Cadence(period=period, events_per_month=min(max(events or own.events_per_month or EVENTS_A_MONTH, 0.1), 60))


def _time_cost(item: DraftedBehaviour, form: BehaviourForm, sources: _Sources) -> tuple[TimeCost, ...]:
    """The actor's minutes alone: those of other roles in the practice belong to the practice's own story."""
    sources.found.append(FieldSource(field="time_cost", provenance=Provenance.proposed))
    minutes = min(item.minutes, 480) if item.minutes > 0 else form.time_cost[0].minutes
    return (TimeCost(role_class=item.role_class, minutes=minutes),)


def _ritual(item: DraftedRitual, form: RitualForm, own: StopDoing, sources: _Sources) -> dict[str, Any]:
    sources.note("purpose", item.purpose)
    sources.found += [
        FieldSource(field=name, provenance=Provenance.proposed) for name in ("agenda", "duration_min", "participants")
    ]
    rights = form.decision_rights
    decider = sources.pick("decision_rights.decider", item.decider.removeprefix("the "), rights.decider)
    scope = sources.pick("decision_rights.scope", item.decides, rights.scope)
    beyond = sources.pick("decision_rights.beyond", item.beyond, rights.beyond)
    return _own(form) | {
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


def _policy(item: DraftedAsk, form: PolicyForm, sources: _Sources) -> dict[str, Any]:
    sources.found.append(FieldSource(field="needed_by_day", provenance=Provenance.proposed))
    fields = ("question", "decision", "cost_of_not_deciding", "interim")
    said = {name: getattr(item, name) for name in fields}
    said["interim"] = capital(_UNTIL.sub("", said["interim"]))
    for name, words in said.items():
        sources.note(name, words)
    return _own(form) | {
        **said,
        "needed_by_day": min(max(item.needed_by_day, FIRST_ANSWER), LATEST),
        "decider": sources.pick("decider", item.decider.removeprefix("the "), form.decider),
        "forum": sources.pick("forum", item.forum, form.forum),
        "options": tuple(item.options),
    }


def _binding(item: Drafted, frame: Candidate, context: DraftContext, sources: _Sources, core: str) -> Mapping[str, Any]:
    practice = frame.practice
    form = PREFIX[type(practice.form)]
    mechanism = item.because if len(item.because) > 2 else render(practice.mechanism, context.brief.values)
    sources.note("title", item.title)
    stated = None if item.practice else stating(item, context)
    return {
        "id": content_id(form, context.brief.intent.id, item.practice or "own", core),
        "title": item.title or practice.name,
        "intent_ids": (context.brief.intent.id,),
        "practice_id": item.practice or None,
        "capability": practice.capability,
        "mechanism": mechanism.removeprefix("because ").strip(),
        "quotes": cited_quotes(item.ids, context),
        "terms": terms_in(worded(item), context),
        "sources": _told_by(stated, sources) if stated else (*sources.found, *_form_source(item)),
        "flags": (*_standing(item, practice, stated), *_proposed_role(item, context)),
        "first_case": _first_case(item, context),
        "confidence": _confidence(frame.fit if item.practice else OWN_FIT, context),
        "adds_gate": bool(item.practice) and practice.adds_gate,
    }


def _told_by(sentence: ReadSentence, sources: _Sources) -> tuple[FieldSource, ...]:
    """The sources, actor, act and rhythm being the sentence's own."""
    span = sentence.sentence.span
    stated = [
        FieldSource(field=name, provenance=Provenance.document, start=span.start, end=span.end)
        for name in STATED_FIELDS
    ]
    return (*(source for source in sources.found if source.field not in STATED_FIELDS), *stated)


def _form_source(item: Drafted) -> tuple[FieldSource, ...]:
    """That no practice lends the form, where that is so."""
    if item.practice:
        return ()
    return (FieldSource(field="practice_id", provenance=Provenance.proposed, note=MODELS_OWN),)


def _standing(item: Drafted, practice: Practice, stated: ReadSentence | None) -> tuple[Flag, ...]:
    if stated is not None:
        return (Flag.own_routine,)
    return _technical(practice) if item.practice else ()


def _technical(practice: Practice) -> tuple[Flag, ...]:
    return (Flag.technical,) if practice.technical else ()


def _proposed_role(item: Drafted, context: DraftContext) -> tuple[Flag, ...]:
    """A role that the document does not name, in the singular or the plural, nor as somebody of a body it names."""
    role = (item.actor if isinstance(item, DraftedBehaviour) else item.decider).lower().removeprefix("the ")
    inside = _OF_A_BODY.match(role)
    parts = [part for part in inside.groups() if part and part not in _SOMEBODY] if inside else [role]
    return () if all(_named(part, context) for part in parts) else (Flag.role_proposed,)


def _named(role: str, context: DraftContext) -> bool:
    named = {term.text.lower() for term in context.reading.terms if term.kind in _ROLES}
    if role in named:
        return True
    return any(find_words(words, context.reading.sentences, context.text) for words in (role, f"{role}s"))


def _first_case(item: Drafted, context: DraftContext) -> FirstCase | None:
    """Only a case whose words stand in the evidence; else the document's own case, where the evidence names it."""
    said = item.first_case if isinstance(item, DraftedBehaviour) else None
    span = find_words(said, context.citable, context.text) if said else None
    if span is None and (term := context.brief.value_terms.get("case")) and _shown(term.span, context):
        span = term.span
    if span is None:
        return None
    clause = not is_noun_phrase(span, context.reading)
    why = STATED if clause else NAMED
    return FirstCase(text=span.of(context.text), why=why, start=span.start, end=span.end, clause=clause)


def _shown(span: Span, context: DraftContext) -> bool:
    """Whether a place lies in a sentence of the evidence; a case from elsewhere may mean something else there."""
    return any(each.sentence.span.start <= span.start and span.end <= each.sentence.span.end for each in context.near)


def _confidence(fit: float, context: DraftContext) -> float:
    """A fifth from the practice's fit, the rest from the intent's: the model worded the item anew."""
    return round(min(max(0.2 * fit + 0.8 * context.brief.intent.confidence, 0.0), 0.95), 3)
