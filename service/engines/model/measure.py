"""Indicators of an item: done, from what its card leaves behind; effect, by the model's counting rule.

Owns: Indicator records, their baseline, target and quote. Must not know: models, prompts.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpora.records import IndicatorForm, Practice
from corpora.slots import render_form
from service.engines.model.answers import DraftedIndicator
from service.engines.model.brief_text import DraftContext
from service.engines.model.locate import find_words, quote_of, quote_span, sentences_of
from service.plan.ids import content_id
from service.plan.items import Behaviour, Indicator, IndicatorKind, Item, PolicyAsk, Ritual
from service.plan.provenance import FieldSource, Provenance

UNKNOWN = "unknown, collect by day 15"
#: First words that are no name, so that a title may go on in lower case.
SMALL_WORDS = frozenset(
    ["a", "an", "the", "this", "each", "every", "when", "before", "after", "at", "if", "one", "two", "no", "in", "on"]
)
SCOPE = "the pilot teams, as a whole; never a person"
NO_FIGURE = FieldSource(field="baseline", provenance=Provenance.assumption, note="no figure in the document")


def indicators_of(item: Item, rule: DraftedIndicator | None, context: DraftContext) -> tuple[Indicator, ...]:
    """Whether the item was done, then the effect that the model would see, where this item carries it."""
    found = [] if isinstance(item, PolicyAsk) else [_done(item, context)]
    return (*found, _from_model(rule, item.id, context)) if rule is not None else tuple(found)


def lent_effect(item: Item, practice: Practice, context: DraftContext) -> Indicator:
    """The practice's own leading measure, for an intent whose counting rule was none or unsound."""
    form = render_form(practice.indicators, context.brief.values).leading
    return _indicator(form, IndicatorKind.leading, item.id, context, [NO_FIGURE])


def _done(item: Behaviour | Ritual, context: DraftContext) -> Indicator:
    """The counting rule that the card itself gives: the trace left, over the moments that came."""
    if isinstance(item, Behaviour):
        left, where = item.evidence.artefact, f"what lies {_inner(item.evidence.location)}"
        came = f"times its moment came ({_inner(item.trigger)})"
    else:
        left, where, came = item.outputs[0], "the log of the sessions", "sessions due by then"
    form = IndicatorForm(
        name=item.title,
        numerator=f"times it was done: {_inner(left)}, or a word that there was nothing to do",
        denominator=came,
        source=where,
        counts="a moment at which nothing was to be done, and that was said",
        does_not_count="a trace made up afterwards",
    )
    return _indicator(form, IndicatorKind.adherence, item.id, context, [NO_FIGURE])


def _inner(words: str) -> str:
    """Words as they go on inside a sentence; a name keeps its letter."""
    return words[:1].lower() + words[1:] if words.split()[0].lower() in SMALL_WORDS else words


def _from_model(rule: DraftedIndicator, item_id: str, context: DraftContext) -> Indicator:
    sentences = sentences_of([rule.id] if rule.id else [], context.reading)
    text = context.text
    baseline = find_words(rule.baseline, sentences, text) if rule.baseline else None
    target = find_words(rule.target, sentences, text) if rule.target else None
    span = quote_span(sentences[0], text, rule.target or rule.baseline) if sentences else None
    sources = [FieldSource(field=name, provenance=Provenance.proposed) for name in IndicatorForm.model_fields]
    sources += [] if baseline else [NO_FIGURE]
    for name, at in (("baseline", baseline), ("target", target)):
        if at:
            sources.append(FieldSource(field=name, provenance=Provenance.document, start=at.start, end=at.end))
    return _indicator(
        IndicatorForm.model_validate({name: getattr(rule, name) for name in IndicatorForm.model_fields}),
        IndicatorKind(rule.kind),
        item_id,
        context,
        sources,
    ).model_copy(
        update={
            "baseline": baseline.of(text) if baseline else UNKNOWN,
            "target": target.of(text) if target else None,
            "guards": rule.watch.rstrip(" .") if len(rule.watch) > 2 else None,
            "quote": quote_of(span, sentences[0], text) if span else context.brief.intent.quotes[0],
        }
    )


def _indicator(
    form: IndicatorForm, kind: IndicatorKind, item_id: str, context: DraftContext, sources: Iterable[FieldSource]
) -> Indicator:
    intent = context.brief.intent.id
    return Indicator(
        **form.model_dump(include=set(IndicatorForm.model_fields)),
        id=content_id("m", intent, item_id, kind.value, form.name),
        kind=kind,
        intent_ids=(intent,),
        item_ids=(item_id,),
        scope=SCOPE,
        baseline=UNKNOWN,
        quote=context.brief.intent.quotes[0],
        sources=tuple(sources),
    )
