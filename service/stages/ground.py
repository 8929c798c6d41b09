"""Holds every word of a draft against the document: what has no ground is mended, flagged or taken out.

Owns: the order of the grounding rules and what follows from each. Must not know: engines, lists of
words, budgets. The rules themselves belong to the checks C1, C12, G1 and G2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpora.records import Practice, StateSource
from corpora.slots import render
from retrieval.documents import Document
from service.checks.c01_grounding import false_case, false_quote, false_source, false_term, inexact
from service.checks.c12_coherence import adds_approval, wants_speed
from service.checks.facts import FactKind, KnownFacts, facts_in
from service.checks.fields import TextField, texts_of, with_texts
from service.checks.g1_no_invention import (
    WORDS_IN_SOURCE,
    Unsourced,
    from_state_is_quoted,
    is_proposal,
    practice_facts,
    unvouched,
)
from service.checks.g2_safety import instructs_reader, names_person, person_indicator, unsafe
from service.checks.ledger import items_in, tidied, unserved_deferred
from service.checks.wording import folded, sentences, share_within
from service.plan.intents import DeferredIntent, Intent, State
from service.plan.items import BehaviourDraft, Indicator, ItemDraft
from service.plan.parts import Note, PlanParts
from service.plan.plan import Question
from service.plan.provenance import FieldSource, Provenance, Quote
from service.plan.reading import Reading, TraitKind

STAGE = "ground"
LABEL_WORDS = 12
#: Longer texts from which one sentence may be cut without harm; other fields are one clause each.
TRIMMABLE = frozenset({"mechanism", "first_time", "async_variant", "sunset", "failure_signal"})
#: Fields that may fall back to the library's own words; trigger, action and purpose may not.
REPLACEABLE = TRIMMABLE | {"evidence.location", "reinforcement.how", "reinforcement.when", "rotation"}
UNKNOWN = "unknown, collect by day 15"
LISTS = ("behaviours", "rituals", "policy_asks")


@dataclass(frozen=True, slots=True)
class _Site:
    """What the rules look at: the document, its facts, the library and its facts, the quotes of each intent."""

    document: Document
    known: KnownFacts
    practices: Mapping[str, Practice]
    forms: Mapping[str, KnownFacts]
    quotes: Mapping[str, tuple[Quote, ...]]
    speedy: frozenset[str]
    speed_trait: bool


def ground(parts: PlanParts, reading: Reading, practices: Mapping[str, Practice]) -> PlanParts:
    """Keep only what the document, the library or a flag vouches for.

    Args:
        parts: All that the engines proposed.
        reading: The document as read; offsets are into its canonical text.
        practices: The library by id; a fact of an item's own practice form is `proposed`.

    Returns:
        The parts with exact quotes and sources, repaired texts, unsound items gone, and a note
        for each change. An intent without a true quote goes; one whose items all went is deferred.
    """
    intents, notes = _true_intents(parts.intents, reading.document)
    ledger, more = _true_deferred(parts.deferred, reading.document)
    before = tidied(
        parts.model_copy(update={"intents": intents, "deferred": ledger, "notes": (*parts.notes, *notes, *more)})
    )
    site = _site(before, reading, practices)
    items: dict[str, ItemDraft] = {}
    for item in items_in(before):
        kept, made = _grounded(item, site)
        before = before.model_copy(update={"notes": (*before.notes, *made)})
        if kept is not None:
            items[item.id] = kept
    lists = {name: tuple(items[i.id] for i in getattr(before, name) if i.id in items) for name in LISTS}
    grounded = tidied(_grounded_indicators(before.model_copy(update=lists), site))
    return unserved_deferred(_grounded_questions(grounded, site), STAGE, before)


def _note(item_id: str, action: str, reason: str) -> Note:
    return Note(stage=STAGE, item_id=item_id, action=action, reason=reason)


def _site(parts: PlanParts, reading: Reading, practices: Mapping[str, Practice]) -> _Site:
    quotes = {intent.id: intent.quotes for intent in parts.intents}
    spans = [trait.span for trait in reading.traits if trait.kind is TraitKind.speed]
    speedy = {
        intent.id
        for intent in parts.intents
        if wants_speed((intent.statement, *(quote.text for quote in intent.quotes)))
        or any(span.start < quote.end and quote.start < span.end for span in spans for quote in intent.quotes)
    }
    used = {draft.practice_id for item in items_in(parts) for draft in (item, _alternative(item)) if draft}
    forms = {key: practices[key] for key in used if key is not None and key in practices}
    return _Site(
        document=reading.document,
        known=KnownFacts.of(reading.document.text),
        practices=forms,
        forms={key: practice_facts(practice) for key, practice in forms.items()},
        quotes=quotes,
        speedy=frozenset(speedy),
        speed_trait=bool(spans),
    )


# Intents -------------------------------------------------------------------------------------


def _true_intents(intents: Iterable[Intent], document: Document) -> tuple[tuple[Intent, ...], tuple[Note, ...]]:
    kept: list[Intent] = []
    notes: list[Note] = []
    known = KnownFacts.of(document.text)
    for intent in intents:
        result = _true_intent(intent, document, known, notes)
        if result is not None:
            kept.append(result)
    return tuple(kept), tuple(notes)


def _true_deferred(
    deferred: Iterable[DeferredIntent], document: Document
) -> tuple[tuple[DeferredIntent, ...], tuple[Note, ...]]:
    entries = {entry.intent.id: entry for entry in deferred}
    intents, notes = _true_intents((entry.intent for entry in entries.values()), document)
    return tuple(entries[intent.id].model_copy(update={"intent": intent}) for intent in intents), notes


def _true_intent(intent: Intent, document: Document, known: KnownFacts, notes: list[Note]) -> Intent | None:
    quotes = _true_quotes(intent.id, intent.quotes, document, notes)
    if not quotes:
        notes.append(_note(intent.id, "dropped", "no exact quote of the document carries it"))
        return None
    spoken = " ".join((intent.statement, *(quote.text for quote in quotes)))
    if words := instructs_reader(spoken):
        notes.append(_note(intent.id, "dropped", f"'{words}' instructs the reader; it is no aim of the organisation"))
        return None
    update: dict[str, object] = {"quotes": quotes, "label": _label(intent, quotes)}
    if any(not known.hold(fact) for fact in facts_in(intent.statement)):
        update["statement"] = quotes[0].text
    for name in ("from_state", "to_state"):
        update[name] = _state(getattr(intent, name), quotes, document, known)
    changed = intent.model_copy(update=update)
    mended = [name for name in update if name != "quotes" and getattr(changed, name) != getattr(intent, name)]
    notes += [_note(intent.id, "repaired", f"{name} held words that the document does not") for name in mended]
    return changed


def _label(intent: Intent, quotes: tuple[Quote, ...]) -> str:
    if any(folded(intent.label) in folded(quote.text) for quote in quotes):
        return intent.label
    return " ".join(quotes[0].text.split()[:LABEL_WORDS]).rstrip(",;:.")


def _state(state: State | None, quotes: tuple[Quote, ...], document: Document, known: KnownFacts) -> State | None:
    if state is None or any(not known.hold(fact) for fact in facts_in(state.text)):
        return None
    if state.source is StateSource.hypothesis or folded(state.text).casefold() in folded(document.text).casefold():
        return state
    quoted = any(share_within(state.text, quote.text) >= WORDS_IN_SOURCE for quote in quotes)
    return state if quoted else state.model_copy(update={"source": StateSource.hypothesis})


def _true_quotes(owner: str, quotes: tuple[Quote, ...], document: Document, notes: list[Note]) -> tuple[Quote, ...]:
    faults = [false_quote(quote, document) for quote in quotes]
    notes += [_note(owner, "quote removed", fault) for fault in faults if fault]
    return tuple(quote for quote, fault in zip(quotes, faults, strict=True) if not fault)


# Items ---------------------------------------------------------------------------------------


def _grounded(item: ItemDraft, site: _Site) -> tuple[ItemDraft | None, tuple[Note, ...]]:
    """The item and its alternative after every rule; None where it has to go, with the reason."""
    notes: list[Note] = []
    kept = _grounded_draft(item, site, notes)
    if kept is None:
        return None, tuple(notes[-1:])
    other = _alternative(item)
    if other is not None:
        unheard: list[Note] = []
        better = _grounded_draft(other, site, unheard)
        if better is None:
            notes.append(_note(item.id, "alternative removed", unheard[-1].reason))
        kept = kept.model_copy(update={"alternative": better})
    return kept, tuple(notes)


def _grounded_draft(item: ItemDraft, site: _Site, notes: list[Note]) -> ItemDraft | None:
    fault = _unfit(item, site)
    if fault:
        notes.append(_note(item.id, "dropped", f"{item.title}: {fault}"))
        return None
    return _sourced(_placed(item, site.document, notes), site, notes)


def _unfit(item: ItemDraft, site: _Site) -> str | None:
    """Why the item may not be in a plan at all, or None."""
    fields = texts_of(item)
    if words := unsafe(fields):
        return f"'{words}' measures, ranks or names a person"
    if words := next((found for field in fields if (found := instructs_reader(field.text))), None):
        return f"'{words}' instructs the reader, not the team"
    against = site.speedy.intersection(item.intent_ids) or (site.speed_trait and item.adds_gate)
    if against and (words := adds_approval(item)):
        return f"it adds an approval ('{words}') where the document asks for speed or autonomy"
    return None


def _placed(item: ItemDraft, document: Document, notes: list[Note]) -> ItemDraft:
    """The item with only those quotes, terms, cases and sources that stand where they say."""
    update: dict[str, object] = {
        "quotes": _true_quotes(item.id, item.quotes, document, notes),
        "terms": tuple(term for term in item.terms if not false_term(term, document)),
        "first_lines": tuple(term for term in item.first_lines if not false_term(term, document)),
        "sources": tuple(source for source in item.sources if not false_source(source, item, document)),
    }
    if item.first_case is not None and false_case(item.first_case, document):
        update["first_case"] = None
    changed = item.model_copy(update=update)
    lost = [n for n in ("terms", "first_lines", "sources", "first_case") if getattr(changed, n) != getattr(item, n)]
    notes += [_note(item.id, "repaired", f"{item.title}: {name} named a place that holds other words") for name in lost]
    return changed


def _sourced(item: ItemDraft, site: _Site, notes: list[Note]) -> ItemDraft | None:
    """The item with every fact sourced or flagged; None where a fact can be neither."""
    item = _state_marked(item, site, notes)
    own = site.forms.get(item.practice_id or "")
    for _ in range(2):  # a field that falls back to the library's words brings the library's facts
        found = list(unvouched(item, item.sources, site.known))
        bad = [u for u in found if not (own and own.hold(u.fact)) and not is_proposal(u)]
        item = _flagged(item, [u.field.path for u in found if u not in bad])
        if not bad:
            return item
        repaired = _repaired(item, bad, site)
        if repaired is None:
            break
        notes += [_note(item.id, "repaired", f"{item.title}: {_blame(u)}") for u in bad]
        item = repaired
    notes.append(_note(item.id, "dropped", f"{item.title}: {_blame(bad[0])}"))
    return None


def _state_marked(item: ItemDraft, site: _Site, notes: list[Note]) -> ItemDraft:
    """A from-state that the document does not hold becomes a hypothesis."""
    if not isinstance(item, BehaviourDraft) or item.shift.from_source is not StateSource.document:
        return item
    quotes = [*item.quotes, *(quote for key in item.intent_ids for quote in site.quotes.get(key, ()))]
    if from_state_is_quoted(item, quotes, site.document):
        return item
    notes.append(_note(item.id, "flagged", f"{item.title}: the document does not say the from-state; now a hypothesis"))
    sources = tuple(source for source in item.sources if source.field != "shift.from_state")
    mark = FieldSource(field="shift.from_state", provenance=Provenance.hypothesis)
    shift = item.shift.model_copy(update={"from_source": StateSource.hypothesis})
    return item.model_copy(update={"shift": shift, "sources": (*sources, mark)})


def _repaired(item: ItemDraft, bad: list[Unsourced], site: _Site) -> ItemDraft | None:
    """The item without the sentences, or the fields, that hold the bad facts; None where that cannot be."""
    changes: dict[str, str] = {}
    for path in dict.fromkeys(u.field.path for u in bad):
        if path.startswith("first_case"):
            item = item.model_copy(update={"first_case": None})
            continue
        text = _trimmed(path, bad) or _library_words(path, site.practices.get(item.practice_id or ""))
        if text is None or path not in REPLACEABLE:
            return None
        changes[path] = text
    return with_texts(item, changes)


def _trimmed(path: str, bad: list[Unsourced]) -> str | None:
    """The field's sentences that hold none of the bad facts, if any is left."""
    facts = [u.fact.text for u in bad if u.field.path == path]
    text = next(u.field.text for u in bad if u.field.path == path)
    kept = [sentence for sentence in sentences(text) if not any(fact in sentence for fact in facts)]
    return " ".join(kept) or None if path in TRIMMABLE else None


def _library_words(path: str, practice: Practice | None) -> str | None:
    if practice is None:
        return None
    texts = {field.path: field.text for field in (*texts_of(practice.form), TextField("mechanism", practice.mechanism))}
    return render(texts[path], {}) if path in texts else None


def _flagged(item: ItemDraft, paths: Iterable[str]) -> ItemDraft:
    marks = tuple(FieldSource(field=path, provenance=Provenance.proposed) for path in dict.fromkeys(paths))
    return item.model_copy(update={"sources": (*item.sources, *marks)}) if marks else item


def _blame(unsourced: Unsourced) -> str:
    kind, text = unsourced.fact.kind.value, unsourced.fact.text
    return f"the {kind} '{text}' in {unsourced.field.path} is in no source"


def _alternative(item: ItemDraft) -> ItemDraft | None:
    other: ItemDraft | None = getattr(item, "alternative", None)
    return other


# Indicators and questions --------------------------------------------------------------------


def _grounded_indicators(parts: PlanParts, site: _Site) -> PlanParts:
    notes: list[Note] = []
    forms = {item.id: site.forms.get(item.practice_id or "") for item in items_in(parts)}
    kept = []
    for indicator in parts.indicators:
        own = [form for key in indicator.item_ids if (form := forms.get(key)) is not None]
        result = _grounded_indicator(indicator, own, site, notes)
        if result is not None:
            kept.append(result)
    return parts.model_copy(update={"indicators": tuple(kept), "notes": (*parts.notes, *notes)})


def _grounded_indicator(
    indicator: Indicator, own: list[KnownFacts], site: _Site, notes: list[Note]
) -> Indicator | None:
    words = person_indicator(indicator) or next(
        filter(None, (instructs_reader(f.text) for f in texts_of(indicator))), None
    )
    if words:
        notes.append(
            _note(indicator.id, "dropped", f"{indicator.name}: '{words}' counts persons or instructs the reader")
        )
        return None
    mended = _targets_checked(indicator, site)
    found = list(unvouched(mended, mended.sources, site.known))
    bad = [u for u in found if not any(form.hold(u.fact) for form in own) and not is_proposal(u)]
    if any(u.field.path != "baseline" for u in bad):
        notes.append(_note(indicator.id, "dropped", f"{indicator.name}: {_blame(bad[0])}"))
        return None
    if bad:
        mended = mended.model_copy(update={"baseline": UNKNOWN})
    if mended != indicator:
        notes.append(_note(indicator.id, "repaired", f"{indicator.name}: figure or quote without a source removed"))
    marks = dict.fromkeys(u.field.path for u in found if u not in bad)
    sources = tuple(FieldSource(field=path, provenance=Provenance.proposed) for path in marks)
    return mended.model_copy(update={"sources": (*mended.sources, *sources)}) if sources else mended


def _targets_checked(indicator: Indicator, site: _Site) -> Indicator:
    """No quote that is not exact, and no target without a quote that holds its figures."""
    quote = indicator.quote if indicator.quote and not inexact(indicator.quote, site.document) else None
    quoted = KnownFacts.of(quote.text if quote else "")
    sound = quote is not None and all(quoted.hold(fact) for fact in facts_in(indicator.target or ""))
    return indicator.model_copy(update={"quote": quote, "target": indicator.target if sound else None})


def _grounded_questions(parts: PlanParts, site: _Site) -> PlanParts:
    kept: list[Question] = []
    notes: list[Note] = []
    for question in parts.questions:
        fault = _question_fault(question, site)
        if fault:
            notes.append(_note(question.id, "dropped", f"question: {fault}"))
            continue
        quotes = tuple(quote for quote in question.quotes if not inexact(quote, site.document))
        if quotes != question.quotes:
            notes.append(_note(question.id, "quote removed", "the words do not stand in the document"))
        kept.append(question.model_copy(update={"quotes": quotes}))
    return parts.model_copy(update={"questions": tuple(kept), "notes": (*parts.notes, *notes)})


def _question_fault(question: Question, site: _Site) -> str | None:
    """A name or figure that is not the document's, a person, or an instruction; worded numbers are free."""
    for field in texts_of(question):
        if words := instructs_reader(field.text) or names_person(field.text):
            return f"'{words}' names a person or instructs the reader"
        for fact in facts_in(field.text):
            if not site.known.hold(fact) and not (fact.kind is FactKind.number and fact.text[0].isalpha()):
                return f"'{fact.text}' is not in the document"
    return None
