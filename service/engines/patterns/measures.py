"""Indicators for a drafted item: the practice's counting rules and the document's own targets.

Owns: which indicators an item brings and how they are tied to words. Must not know: choice, checks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpora.records import IndicatorForm, Practice
from corpora.slots import render, render_form
from service.plan.ids import content_id
from service.plan.intents import Intent
from service.plan.items import Indicator, IndicatorKind
from service.plan.proposals import IntentBrief
from service.plan.provenance import FieldSource, Provenance, Quote
from service.plan.reading import Reading

UNKNOWN = "unknown, collect by day 15"
TARGETED = re.compile(
    r"(?i)\d\s?%|[<>≤≥]\s?\d|\bP\d\d\b|\bby (?:the end of )?(?:\w+ )?(?:19|20)\d\d|\b(?:at least|at most|under|within|below) \d"
)
#: Words that only announce a list, or a row whose sense lies in its columns.
LEADS_IN = re.compile(r":\s*$|\?\s*$|; [^:;|]{2,40}: .*; [^:;|]{2,40}: | \| ")


def item_indicators(practice: Practice, item_id: str, brief: IntentBrief) -> tuple[Indicator, ...]:
    """Adherence, leading and counter-measure of one item, each tied to the intent's first quote."""
    forms = practice.indicators
    counter = render(f"{forms.counter.name} ({forms.counter.numerator})", brief.values)
    return (
        _indicator(IndicatorKind.adherence, forms.adherence, item_id, brief, None),
        _indicator(IndicatorKind.leading, forms.leading, item_id, brief, counter),
        _indicator(IndicatorKind.counter, forms.counter, item_id, brief, None),
    )


def _indicator(
    kind: IndicatorKind, form: IndicatorForm, item_id: str, brief: IntentBrief, guards: str | None
) -> Indicator:
    worded = render_form(form, brief.values)
    key = content_id("m", kind.value, item_id, form.name)
    return counting_rule(key, kind, worded, item_id, brief.intent, guards)


def counting_rule(
    key: str, kind: IndicatorKind, form: IndicatorForm, item_id: str, intent: Intent, guards: str | None
) -> Indicator:
    """A worded counting rule as an indicator of one item, tied to the intent's first quote; its baseline is unknown."""
    return Indicator(
        **dict(form),
        id=key,
        kind=kind,
        intent_ids=(intent.id,),
        item_ids=(item_id,),
        scope="the pilot teams, as a whole; never a person",
        baseline=UNKNOWN,
        quote=intent.quotes[0],
        guards=guards,
        sources=(FieldSource(field="baseline", provenance=Provenance.assumption, note="no figure in the document"),),
    )


def outcome_indicator(
    brief: IntentBrief, reading: Reading, item_ids: Sequence[str], told: Collection[str] = ()
) -> Indicator | None:
    """The document's own measure or target for the intent, quoted; None where it names none, or one of `told`."""
    quote = _measured_quote(brief, reading)
    if quote is None or quote.text in told:
        return None
    has_target = bool(TARGETED.search(quote.text))
    return Indicator(
        id=content_id("m", "outcome", brief.intent.id, quote.text),
        kind=IndicatorKind.outcome,
        name=yardstick(quote.text),
        numerator="the latest reading of what the quoted words name",
        denominator="the reading at the start of the plan",
        source="whoever reports this figure to the leadership today; name them by day 15",
        counts="readings taken the same way each time, over the whole scope the document gives",
        does_not_count="single good cases, forecasts, and readings after the definition changed",
        intent_ids=(brief.intent.id,),
        item_ids=tuple(item_ids),
        scope="the scope of the quoted words",
        baseline=given_baseline(quote.text) or UNKNOWN,
        target=quote.text if has_target else None,
        quote=quote,
        sources=(FieldSource(field="name", provenance=Provenance.document, start=quote.start, end=quote.end),),
    )


#: Today's figure beside the one to reach: "from 58 % to 95 %", "(today 72, …". A year is no figure.
TODAY = re.compile(
    r"(?i)\b(?:(?:up|down) from|from|today|currently|now(?: at)?|at present)\b:?\s+(?:(?:is|are|at|about|around|only|some|the)\s+){0,2}"
    r"(?!(?:19|20)\d\d\b)[£$€]?\d[\d.,]*\d?(?:\s?%|\s(?:per ?cent|percent|million|billion|thousand)\b)?"
    r"(?:\s(?:working |calendar )?(?:days?|hours?|minutes?|weeks?|months?|years?)\b)?"
)


def given_baseline(words: str) -> str | None:
    """Today's figure in the words that give it, where the document states one beside its target; else None."""
    found = TODAY.search(words)
    rest = words[: found.start()] + words[found.end() :] if found else ""
    return f"{found.group().rstrip('.,')}, says the document" if found and re.search(r"\d", rest) else None


def yardstick(words: str) -> str:
    """The name of an indicator that the document's own words define."""
    short = words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"
    return f"The document's own yardstick: “{short}”"


def _measured_quote(brief: IntentBrief, reading: Reading) -> Quote | None:
    for quote in brief.intent.quotes:
        if TARGETED.search(quote.text) and not LEADS_IN.search(quote.text):
            return quote
    sections = {quote.location.heading_path for quote in brief.intent.quotes}
    for evidence in brief.evidence:
        sentence = reading.by_id(evidence.sentence_id)
        if sentence.location.heading_path not in sections:  # a figure from elsewhere may be about another matter
            continue
        fitting = 6 <= len(sentence.text.split()) <= 60 and sentence.commitment >= 0.35
        if (
            fitting
            and not sentence.reasons_against
            and not LEADS_IN.search(sentence.text)
            and TARGETED.search(sentence.text)
        ):
            return sentence.quote()
    return None
