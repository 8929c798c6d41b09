"""Indicators and questions held against the document.

Owns: what is mended in an indicator or a question and when it goes. Must not know: items' wording,
the order of stages.
"""

from __future__ import annotations

from service.checks.c01_grounding import inexact
from service.checks.facts import FactKind, KnownFacts, facts_in
from service.checks.fields import texts_of
from service.checks.g1_no_invention import Unsourced, is_proposal, unvouched
from service.checks.g2_safety import instructs_reader, names_person, person_indicator
from service.checks.intent_truth import note
from service.checks.ledger import items_in
from service.checks.site import Site
from service.plan.items import Indicator
from service.plan.parts import Note, PlanParts
from service.plan.plan import Question
from service.plan.provenance import FieldSource, Provenance

UNKNOWN = "unknown, collect by day 15"


def blame(unsourced: Unsourced) -> str:
    """The fact and its field, for a note."""
    kind, text = unsourced.fact.kind.value, unsourced.fact.text
    return f"the {kind} '{text}' in {unsourced.field.path} is in no source"


def grounded_indicators(parts: PlanParts, site: Site) -> PlanParts:
    """Indicators that count no persons and state no figure without a source."""
    notes: list[Note] = []
    forms = {item.id: site.forms.get(item.practice_id or "") for item in items_in(parts)}
    kept = []
    for indicator in parts.indicators:
        own = [form for key in indicator.item_ids if (form := forms.get(key)) is not None]
        result = _grounded_indicator(indicator, own, site, notes)
        if result is not None:
            kept.append(result)
    return parts.model_copy(update={"indicators": tuple(kept), "notes": (*parts.notes, *notes)})


def _grounded_indicator(indicator: Indicator, own: list[KnownFacts], site: Site, notes: list[Note]) -> Indicator | None:
    hidden = next(filter(None, (instructs_reader(field.text) for field in texts_of(indicator))), None)
    if words := person_indicator(indicator) or hidden:
        reason = f"{indicator.name}: '{words}' counts persons or instructs the reader"
        notes.append(note(indicator.id, "dropped", reason))
        return None
    mended = _targets_checked(indicator, site)
    found = list(unvouched(mended, mended.sources, site.known))
    bad = [u for u in found if not any(form.hold(u.fact) for form in own) and not is_proposal(u)]
    if any(u.field.path != "baseline" for u in bad):
        notes.append(note(indicator.id, "dropped", f"{indicator.name}: {blame(bad[0])}"))
        return None
    if bad:
        mended = mended.model_copy(update={"baseline": UNKNOWN})
        found = list(unvouched(mended, mended.sources, site.known))
    if mended != indicator:
        notes.append(note(indicator.id, "repaired", f"{indicator.name}: figure or quote without a source removed"))
    marks = dict.fromkeys(u.field.path for u in found if u not in bad)
    sources = tuple(FieldSource(field=path, provenance=Provenance.proposed) for path in marks)
    return mended.model_copy(update={"sources": (*mended.sources, *sources)}) if sources else mended


def _targets_checked(indicator: Indicator, site: Site) -> Indicator:
    """No quote that is not exact, and no target without a quote that holds its figures."""
    quote = indicator.quote if indicator.quote and not inexact(indicator.quote, site.document) else None
    quoted = KnownFacts.of(quote.text if quote else "")
    sound = quote is not None and all(quoted.hold(fact) for fact in facts_in(indicator.target or ""))
    return indicator.model_copy(update={"quote": quote, "target": indicator.target if sound else None})


def grounded_questions(parts: PlanParts, site: Site) -> PlanParts:
    """Questions with exact quotes that name no person and no figure of their own."""
    kept: list[Question] = []
    notes: list[Note] = []
    for question in parts.questions:
        fault = _question_fault(question, site)
        if fault:
            notes.append(note(question.id, "dropped", f"question: {fault}"))
            continue
        quotes = tuple(quote for quote in question.quotes if not inexact(quote, site.document))
        if quotes != question.quotes:
            notes.append(note(question.id, "quote removed", "the words do not stand in the document"))
        kept.append(question.model_copy(update={"quotes": quotes}))
    return parts.model_copy(update={"questions": tuple(kept), "notes": (*parts.notes, *notes)})


def _question_fault(question: Question, site: Site) -> str | None:
    """A name or figure that is not the document's, a person, or an instruction; worded numbers are free."""
    for field in texts_of(question):
        if words := instructs_reader(field.text) or names_person(field.text):
            return f"'{words}' names a person or instructs the reader"
        for fact in facts_in(field.text):
            if not site.known.hold(fact) and not (fact.kind is FactKind.number and fact.text[0].isalpha()):
                return f"'{fact.text}' is not in the document"
    return None
