"""Holds every word of a draft against the document: what has no ground is mended, flagged or taken out.

Owns: the order of the grounding rules and what follows from each. Must not know: engines, lists of
words, budgets. The rules themselves belong to the checks C1, C12, G1 and G2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpora.records import Practice, StateSource
from corpora.slots import render
from service.checks.c01_grounding import false_case, false_source, false_term
from service.checks.c12_coherence import adds_approval, wants_speed
from service.checks.facts import KnownFacts
from service.checks.fields import TextField, texts_of, with_texts
from service.checks.g1_no_invention import (
    Unsourced,
    from_state_is_quoted,
    is_proposal,
    practice_facts,
    unvouched,
)
from service.checks.g2_safety import instructs_reader, unsafe
from service.checks.indicator_truth import blame, grounded_indicators, grounded_questions
from service.checks.intent_truth import note, true_deferred, true_intents, true_quotes
from service.checks.ledger import items_in, tidied, unserved_deferred
from service.checks.quotations import invented_quotation
from service.checks.site import Site
from service.checks.wording import sentences
from service.plan.items import BehaviourDraft, ItemDraft
from service.plan.parts import Note, PlanParts
from service.plan.provenance import FieldSource, Provenance
from service.plan.reading import Reading, TraitKind

STAGE = "ground"
LABEL_WORDS = 12
#: Longer texts from which one sentence may be cut without harm; other fields are one clause each.
TRIMMABLE = frozenset({"mechanism", "first_time", "async_variant", "sunset", "failure_signal"})
#: Fields that may fall back to the library's own words; trigger, action and purpose may not.
REPLACEABLE = TRIMMABLE | {"evidence.location", "reinforcement.how", "reinforcement.when", "rotation"}
UNKNOWN = "unknown, collect by day 15"
LISTS = ("behaviours", "rituals", "policy_asks")


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
    intents, notes = true_intents(parts.intents, reading.document)
    ledger, more = true_deferred(parts.deferred, reading.document)
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
    grounded = tidied(grounded_indicators(before.model_copy(update=lists), site))
    return unserved_deferred(grounded_questions(grounded, site), STAGE, before)


def _site(parts: PlanParts, reading: Reading, practices: Mapping[str, Practice]) -> Site:
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
    return Site(
        document=reading.document,
        known=KnownFacts.of(reading.document.text),
        practices=forms,
        forms={key: practice_facts(practice) for key, practice in forms.items()},
        quotes=quotes,
        speedy=frozenset(speedy),
        speed_trait=bool(spans),
    )


# Items ---------------------------------------------------------------------------------------


def _grounded(item: ItemDraft, site: Site) -> tuple[ItemDraft | None, tuple[Note, ...]]:
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
            notes.append(note(item.id, "alternative removed", unheard[-1].reason))
        kept = kept.model_copy(update={"alternative": better})
    return kept, tuple(notes)


def _grounded_draft(item: ItemDraft, site: Site, notes: list[Note]) -> ItemDraft | None:
    fault = _unfit(item, site)
    if fault:
        notes.append(note(item.id, "dropped", f"{item.title}: {fault}"))
        return None
    return _sourced(_placed(item, site, notes), site, notes)


def _unfit(item: ItemDraft, site: Site) -> str | None:
    """Why the item may not be in a plan at all, or None."""
    fields = texts_of(item)
    if words := unsafe(fields):
        return f"'{words}' measures, ranks or names a person"
    if words := next((found for field in fields if (found := instructs_reader(field.text))), None):
        return f"'{words}' instructs the reader, not the team"
    own = site.practices.get(item.practice_id or "")
    lasting = (field.text for field in fields if not field.path.startswith("first_case"))
    if words := invented_quotation(lasting, site.document, own):
        return f"it quotes “{words}”, which stands neither in the document nor in the practice"
    against = site.speedy.intersection(item.intent_ids) or (site.speed_trait and item.adds_gate)
    if against and (words := adds_approval(item)):
        return f"it adds an approval ('{words}') where the document asks for speed or autonomy"
    return None


def _placed(item: ItemDraft, site: Site, notes: list[Note]) -> ItemDraft:
    """The item with only those quotes, terms, cases and sources that stand where they say."""
    document = site.document
    update: dict[str, object] = {
        "quotes": true_quotes(item.id, item.quotes, document, notes),
        "terms": tuple(term for term in item.terms if not false_term(term, document)),
        "first_lines": tuple(term for term in item.first_lines if not false_term(term, document)),
        "sources": tuple(source for source in item.sources if not false_source(source, item, document)),
    }
    case = item.first_case
    if case is not None and (false_case(case, document) or invented_quotation((case.text, case.why), document, None)):
        update["first_case"] = None
    changed = item.model_copy(update=update)
    lost = [n for n in ("terms", "first_lines", "sources", "first_case") if getattr(changed, n) != getattr(item, n)]
    notes += [note(item.id, "repaired", f"{item.title}: {name} named a place that holds other words") for name in lost]
    return changed


def _sourced(item: ItemDraft, site: Site, notes: list[Note]) -> ItemDraft | None:
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
        notes += [note(item.id, "repaired", f"{item.title}: {blame(u)}") for u in bad]
        item = repaired
    notes.append(note(item.id, "dropped", f"{item.title}: {blame(bad[0])}"))
    return None


def _state_marked(item: ItemDraft, site: Site, notes: list[Note]) -> ItemDraft:
    """A from-state that the document does not hold becomes a hypothesis."""
    if not isinstance(item, BehaviourDraft) or item.shift.from_source is not StateSource.document:
        return item
    quotes = [*item.quotes, *(quote for key in item.intent_ids for quote in site.quotes.get(key, ()))]
    if from_state_is_quoted(item, quotes, site.document):
        return item
    notes.append(note(item.id, "flagged", f"{item.title}: the document does not say the from-state; now a hypothesis"))
    sources = tuple(source for source in item.sources if source.field != "shift.from_state")
    mark = FieldSource(field="shift.from_state", provenance=Provenance.hypothesis)
    shift = item.shift.model_copy(update={"from_source": StateSource.hypothesis})
    return item.model_copy(update={"shift": shift, "sources": (*sources, mark)})


def _repaired(item: ItemDraft, bad: list[Unsourced], site: Site) -> ItemDraft | None:
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


def _alternative(item: ItemDraft) -> ItemDraft | None:
    other: ItemDraft | None = getattr(item, "alternative", None)
    return other
