"""Indicators of an item: the model's counting rules, else the practice's own.

Owns: Indicator records, their baseline, target and quote. Must not know: models, prompts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpora.records import IndicatorForm, Practice
from corpora.slots import render_form
from service.engines.model.answers import DraftedIndicator
from service.engines.model.brief_text import DraftContext
from service.engines.model.locate import find_words, quote_of, quote_span, sentences_of
from service.plan.ids import content_id
from service.plan.items import Indicator, IndicatorKind
from service.plan.provenance import FieldSource, Provenance

UNKNOWN = "unknown, collect by day 15"
SCOPE = "the pilot teams, as a whole; never a person"
NO_FIGURE = FieldSource(field="baseline", provenance=Provenance.assumption, note="no figure in the document")
_OWN = (IndicatorKind.adherence, IndicatorKind.leading, IndicatorKind.counter)


def indicators_of(
    item_id: str, practice: Practice, drafted: Sequence[DraftedIndicator], context: DraftContext
) -> tuple[Indicator, ...]:
    """Adherence, leading and counter always; an outcome only where the model cites one.

    `drafted` holds this item's sound rules.
    """
    worded = {rule.kind: rule for rule in reversed(drafted)}
    found = [_from_model(rule, item_id, context) for rule in worded.values()]
    own = render_form(practice.indicators, context.brief.values)
    found += [_from_form(getattr(own, kind.value), kind, item_id, context) for kind in _OWN if kind not in worded]
    order = list(IndicatorKind)
    return _guarded(sorted(found, key=lambda each: order.index(each.kind)))


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
        rule.kind,
        item_id,
        context,
        sources,
    ).model_copy(
        update={
            "baseline": baseline.of(text) if baseline else UNKNOWN,
            "target": target.of(text) if target else None,
            "quote": quote_of(span, sentences[0], text) if span else context.brief.intent.quotes[0],
        }
    )


def _from_form(form: IndicatorForm, kind: IndicatorKind, item_id: str, context: DraftContext) -> Indicator:
    return _indicator(form, kind, item_id, context, [NO_FIGURE])


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


def _guarded(found: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """A counter-measure names the leading indicator it guards against."""
    leading = next((each.name for each in found if each.kind is IndicatorKind.leading), None)
    return tuple(
        each.model_copy(update={"guards": leading}) if each.kind is IndicatorKind.counter else each for each in found
    )
