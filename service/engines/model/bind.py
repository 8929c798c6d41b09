"""From a drafted item to a bound one: quotes, terms, sources, flags and a first case around its worded fields.

Owns: the records of items. Must not know: models, prompts, what counts as a fault. Quotes are cut from the text by
sentence id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpora.records import (
    BehaviourForm,
    PolicyForm,
    Practice,
    RitualForm,
)
from corpora.slots import render, render_form
from retrieval.documents import Span
from service.engines.model.answers import (
    Drafted,
    DraftedAsk,
    DraftedBehaviour,
    DraftedRitual,
)
from service.engines.model.brief_text import DraftContext, form_in_short
from service.engines.model.fields import Sources, behaviour_fields, own_fields, policy_fields, ritual_fields
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
from service.plan.proposals import Candidate
from service.plan.provenance import FieldSource, Provenance, Quote
from service.plan.reading import ReadSentence, TermKind

MAX_QUOTES = 3
#: What an item without a practice counts for, as much as one with a practice that fits well.
OWN_FIT = 0.6
STATED_FIELDS = ("actor", "trigger", "action", "cadence")
PREFIX = {BehaviourForm: "b", RitualForm: "r", PolicyForm: "p"}
_ROLES = {TermKind.role, TermKind.leader, TermKind.team, TermKind.body, TermKind.partner}
#: "member of the installer crew", "triage group member": who, then the body.
_OF_A_BODY = re.compile(r"^(?:(.+?) (?:of|from|in|on) (?:the |a |an |one )?(.+)|(.+) (member))$")
_SOMEBODY = {"member", "members", "one", "colleague", "somebody"}


def bind(item: Drafted, context: DraftContext) -> Behaviour | Ritual | PolicyAsk:
    """The bound item, without indicators or alternative.

    Raises:
        pydantic.ValidationError: The words do not make a whole item.
    """
    frame = frame_of(item, context)
    assert frame is not None  # faults.ItemRules lets no other item through
    practice = frame.practice
    own, form = practice.form, render_form(practice.form, context.brief.values)
    sources = Sources((*sentences_of(item.ids, context.reading), *context.own), context.text)
    if isinstance(item, DraftedBehaviour) and isinstance(form, BehaviourForm) and isinstance(own, BehaviourForm):
        fields = behaviour_fields(item, form, own.stop_doing, context, sources)
        return Behaviour(**fields, **_binding(item, frame, context, sources, f"{item.trigger} {item.action}"))
    if isinstance(item, DraftedRitual) and isinstance(form, RitualForm) and isinstance(own, RitualForm):
        fields = ritual_fields(item, form, own.replaces, sources)
        return Ritual(**fields, **_binding(item, frame, context, sources, item.purpose))
    assert isinstance(item, DraftedAsk)
    assert isinstance(form, PolicyForm)  # faults.ItemRules lets no other pair through
    fields = policy_fields(item, form, sources)
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
        return BehaviourDraft(**own_fields(form), **binding)
    return (
        RitualDraft(**own_fields(form), **binding)
        if isinstance(form, RitualForm)
        else PolicyAskDraft(**own_fields(form), **binding)
    )


def cited_quotes(ids: list[str], context: DraftContext) -> tuple[Quote, ...]:
    """The intent's first quote, then one a cited sentence."""
    found = list(context.brief.intent.quotes[:1])
    for sentence in sentences_of(ids, context.reading):
        span = quote_span(sentence, context.text)
        if span and all(span.end <= known.start or known.end <= span.start for known in found):
            found.append(quote_of(span, sentence, context.text))
    return tuple(found[:MAX_QUOTES])


def _binding(item: Drafted, frame: Candidate, context: DraftContext, sources: Sources, core: str) -> Mapping[str, Any]:
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


def _told_by(sentence: ReadSentence, sources: Sources) -> tuple[FieldSource, ...]:
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
