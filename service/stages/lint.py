"""Reads every item as an editor would: mends slips, cuts vague words, takes out what cannot be mended.

Owns: the order of the wording rules and what follows from each. Must not know: the document,
budgets, engines. The rules themselves belong to the checks C3, C4, C8, C11 and C12.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from corpora.lexicons import Lexicons
from service.checks.c03_concreteness import banned_verb, observable_action, unfilled, vague_actor
from service.checks.c04_repeatability import is_a_moment, mended_trigger, without_vague_time
from service.checks.c08_load import agenda_gap
from service.checks.c11_clarity import MAX_WORDS, one_sentence, slips_repaired
from service.checks.c12_coherence import alike, undoes
from service.checks.fields import texts_of, with_texts
from service.checks.ledger import each_item, items_in, tidied, unserved_deferred, without_items
from service.checks.wording import word_count, words
from service.plan.items import BehaviourDraft, Indicator, ItemDraft, RitualDraft
from service.plan.parts import Note, PlanParts
from service.plan.reading import Reading

STAGE = "lint"
#: The document's own words are never mended.
VERBATIM = frozenset({"first_case.text", "target"})
#: Fields whose vague words are cut; elsewhere "often" and the like may be part of a sign to look for.
TIMED = frozenset({"trigger", "action", "first_time", "purpose", "sunset", "reinforcement.when", "rotation"})
LISTS = ("behaviours", "rituals", "policy_asks")


def lint(parts: PlanParts, reading: Reading, lexicons: Lexicons) -> PlanParts:
    """Mend or take out badly worded items, unite items alike, and end contradictions.

    Args:
        parts: The grounded parts.
        reading: The document as read; its words decide nothing here yet, but quotes stay untouched.
        lexicons: The word lists.

    Returns:
        The parts with a note for each change. An intent whose items all went is deferred.
    """
    del reading
    before = parts
    parts = _worded(parts, lexicons)
    parts = _united(parts)
    parts = _consistent(parts)
    parts = _distinct_alternatives(parts)
    parts = _indicators_worded(parts, lexicons)
    return unserved_deferred(tidied(parts), STAGE, before)


def _note(item_id: str, action: str, reason: str) -> Note:
    return Note(stage=STAGE, item_id=item_id, action=action, reason=reason)


def _noted(parts: PlanParts, notes: list[Note]) -> PlanParts:
    """The parts with the notes that are not there already, so a second run adds none."""
    fresh = tuple(note for note in dict.fromkeys(notes) if note not in parts.notes)
    return parts.model_copy(update={"notes": (*parts.notes, *fresh)})


# One item ------------------------------------------------------------------------------------


def _worded(parts: PlanParts, lexicons: Lexicons) -> PlanParts:
    notes: list[Note] = []
    kept: dict[str, ItemDraft] = {}
    for item in items_in(parts):
        mended, fault = _edited(item, lexicons)
        if fault:
            notes.append(_note(item.id, "dropped", f"{item.title}: {fault}"))
            continue
        notes += _changes(item, mended)
        kept[item.id] = _alternative_edited(mended, lexicons, notes)
    lists = {name: tuple(kept[i.id] for i in getattr(parts, name) if i.id in kept) for name in LISTS}
    return tidied(_noted(parts.model_copy(update=lists), notes))


def _edited(item: ItemDraft, lexicons: Lexicons) -> tuple[ItemDraft, str | None]:
    """The item mended as far as grammar allows, and what is still wrong with it."""
    changes = {field.path: slips_repaired(field.text) for field in texts_of(item) if field.path not in VERBATIM}
    for path in TIMED & changes.keys():
        changes[path] = without_vague_time(changes[path], lexicons)
    if isinstance(item, BehaviourDraft):
        changes["trigger"] = mended_trigger(changes["trigger"])
        if banned_verb(changes["action"], lexicons) or changes["action"].startswith(("makes sure", "sees to it")):
            changes["action"] = observable_action(changes["action"], lexicons) or changes["action"]
    mended = with_texts(item, changes)
    return mended, _fault(mended, lexicons)


def _fault(item: ItemDraft, lexicons: Lexicons) -> str | None:
    for field in texts_of(item):
        if left := unfilled(field.text, lexicons):
            return f"'{left}' in {field.path} is a gap nobody filled"
        if not words(field.text):
            return f"{field.path} says nothing once vague words are cut"
    if isinstance(item, BehaviourDraft):
        return _behaviour_fault(item, lexicons)
    decider = item.decision_rights.decider if isinstance(item, RitualDraft) else item.decider
    if vague_actor(decider, lexicons):
        return f"the decider '{decider}' is nobody in particular"
    if isinstance(item, RitualDraft) and agenda_gap(item):
        return f"the agenda misses the {item.duration_min} minutes by {agenda_gap(item)}"
    return None


def _behaviour_fault(item: BehaviourDraft, lexicons: Lexicons) -> str | None:
    if vague_actor(item.actor, lexicons):
        return f"the actor '{item.actor}' is nobody in particular"
    if not is_a_moment(item.trigger, lexicons):
        return f"the trigger '{item.trigger}' names no moment"
    if verb := banned_verb(item.action, lexicons):
        return f"nobody can see anyone '{verb}'"
    return None if len(words(item.action)) > 1 else f"the action '{item.action}' has no object"


def _changes(before: ItemDraft, after: ItemDraft) -> list[Note]:
    old: Mapping[str, str] = {field.path: field.text for field in texts_of(before)}
    notes = [
        _note(after.id, "repaired", f"{field.path}: '{old[field.path]}' became '{field.text}'")
        for field in texts_of(after)
        if old.get(field.path) != field.text
    ]
    if isinstance(after, BehaviourDraft) and (count := word_count(one_sentence(after))) > MAX_WORDS:
        notes.append(_note(after.id, "flagged", f"{after.title}: {count} words in one sentence, {MAX_WORDS} are plain"))
    return notes


def _alternative_edited(item: ItemDraft, lexicons: Lexicons, notes: list[Note]) -> ItemDraft:
    other: ItemDraft | None = getattr(item, "alternative", None)
    if other is None:
        return item
    mended, fault = _edited(other, lexicons)
    if fault:
        notes.append(_note(item.id, "alternative removed", f"{other.title}: {fault}"))
    return item.model_copy(update={"alternative": None if fault else mended})


# Items against each other --------------------------------------------------------------------


def _strength(parts: PlanParts) -> dict[str, tuple[float, float, int]]:
    """Sort key by item id, strongest first: weight of the intent, confidence, place in the plan."""
    weight = {intent.id: intent.importance for intent in parts.intents}
    return {
        item.id: (-max(weight.get(key, 0.0) for key in item.intent_ids), -item.confidence, place)
        for place, item in enumerate(items_in(parts))
    }


def _united(parts: PlanParts) -> PlanParts:
    """Of two items alike the stronger stays and takes over the other's intents, quotes and indicators."""
    strength = _strength(parts)
    kept: list[ItemDraft] = []
    stands_for: dict[str, str] = {}
    notes: list[Note] = []
    for item in sorted(items_in(parts), key=lambda item: strength[item.id]):
        twin = next((place for place, other in enumerate(kept) if alike(other, item)), None)
        if twin is None:
            kept.append(item)
            continue
        stands_for[item.id] = kept[twin].id
        notes.append(_note(item.id, "merged", f"'{item.title}' asks for the same as '{kept[twin].title}'"))
        kept[twin] = _joined(kept[twin], item)
    if not stands_for:
        return parts
    by_id = {item.id: item for item in kept}
    lists = {name: tuple(by_id[i.id] for i in getattr(parts, name) if i.id in by_id) for name in LISTS}
    moved = parts.model_copy(update={**lists, "indicators": _moved_indicators(parts, stands_for, by_id)})
    linked = _indicators_linked(moved)
    assumptions = tuple(
        assumption.model_copy(update={"item_ids": _renamed(assumption.item_ids, stands_for)})
        for assumption in parts.assumptions
    )
    return tidied(_noted(linked.model_copy(update={"assumptions": assumptions}), notes))


def _joined(keeper: ItemDraft, weaker: ItemDraft) -> ItemDraft:
    return keeper.model_copy(
        update={
            "intent_ids": tuple(dict.fromkeys((*keeper.intent_ids, *weaker.intent_ids))),
            "quotes": tuple(dict.fromkeys((*keeper.quotes, *weaker.quotes))),
        }
    )


def _moved_indicators(
    parts: PlanParts, stands_for: Mapping[str, str], by_id: Mapping[str, ItemDraft]
) -> tuple[Indicator, ...]:
    """Indicators of merged items measure the keeper; one of the same kind that the keeper has already goes."""
    seen: dict[tuple[object, str, tuple[str, ...]], int] = {}
    kept: list[Indicator] = []
    for indicator in sorted(parts.indicators, key=lambda one: any(key in stands_for for key in one.item_ids)):
        items = _renamed(indicator.item_ids, stands_for)
        key = (indicator.kind, indicator.name.casefold(), items)
        serves = [intent for item in items if item in by_id for intent in by_id[item].intent_ids]
        own = tuple(dict.fromkeys((*indicator.intent_ids, *(serves if items != indicator.item_ids else ()))))
        if key in seen:
            first = kept[seen[key]]
            union = tuple(dict.fromkeys((*first.intent_ids, *own)))
            kept[seen[key]] = first.model_copy(update={"intent_ids": union})
            continue
        seen[key] = len(kept)
        kept.append(indicator.model_copy(update={"item_ids": items, "intent_ids": own}))
    order = {indicator.id: place for place, indicator in enumerate(parts.indicators)}
    return tuple(sorted(kept, key=lambda indicator: order[indicator.id]))


def _indicators_linked(parts: PlanParts) -> PlanParts:
    """Each item names the indicators that measure it."""

    def linked(item: ItemDraft) -> ItemDraft:
        measured = (indicator.id for indicator in parts.indicators if item.id in indicator.item_ids)
        ids = tuple(dict.fromkeys((*item.indicator_ids, *measured)))
        return item if ids == item.indicator_ids else item.model_copy(update={"indicator_ids": ids})

    return each_item(parts, linked)


def _renamed(ids: tuple[str, ...], stands_for: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stands_for.get(key, key) for key in ids))


def _consistent(parts: PlanParts) -> PlanParts:
    """Where one item ends what another starts, the weaker goes."""
    strength = _strength(parts)
    kept: list[ItemDraft] = []
    notes: list[Note] = []
    for item in sorted(items_in(parts), key=lambda item: strength[item.id]):
        foe = next((other for other in kept if undoes(other, item) or undoes(item, other)), None)
        if foe is None:
            kept.append(item)
        else:
            notes.append(_note(item.id, "dropped", f"'{item.title}' and '{foe.title}': one ends what the other starts"))
    gone = {item.id for item in items_in(parts)} - {item.id for item in kept}
    return _noted(without_items(parts, gone), notes)


def _distinct_alternatives(parts: PlanParts) -> PlanParts:
    """An alternative that would double another active item is none."""
    notes: list[Note] = []
    everything = items_in(parts)

    def checked(item: ItemDraft) -> ItemDraft:
        other = cast(ItemDraft | None, getattr(item, "alternative", None))
        if other is None:
            return item
        twin = next((active for active in everything if active.id != item.id and alike(active, other)), None)
        if twin is None and not alike(item, other):
            return item
        notes.append(_note(item.id, "alternative removed", f"'{other.title}' would double '{(twin or item).title}'"))
        return item.model_copy(update={"alternative": None})

    return _noted(each_item(parts, checked), notes)


def _indicators_worded(parts: PlanParts, lexicons: Lexicons) -> PlanParts:
    notes: list[Note] = []
    kept = []
    for indicator in parts.indicators:
        gap = next(filter(None, (unfilled(field.text, lexicons) for field in texts_of(indicator))), None)
        if gap:
            notes.append(_note(indicator.id, "dropped", f"{indicator.name}: '{gap}' is a gap nobody filled"))
            continue
        texts = {field.path: slips_repaired(field.text) for field in texts_of(indicator) if field.path not in VERBATIM}
        kept.append(with_texts(indicator, texts))
    return _noted(parts.model_copy(update={"indicators": tuple(kept)}), notes)
