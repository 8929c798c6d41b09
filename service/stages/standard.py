"""Standard forms: a plan holds few items that any other document's plan could hold word for word.

Owns: which of them go, and that a leader's plain act never serves an intent alone. Must not know: how an item is
flagged, engines, storage. Items of intents that have others go first, then those that fit least; an intent that loses
all waits, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpora.budgets import Budgets
from corpora.records import Practice, RoleClass
from service.checks.ledger import items_in, unserved_deferred, without_items
from service.plan.items import Flag, ItemDraft
from service.plan.parts import Note, PlanParts

STAGE = "standard"


def few_standard_forms(parts: PlanParts, budgets: Budgets) -> PlanParts:
    """The parts with at most so many items flagged as a standard form, and a note for each that goes."""
    flagged = [item for item in items_in(parts) if Flag.standard_form in item.flags]
    gone: list[ItemDraft] = []
    while len(flagged) - len(gone) > budgets.max_standard_forms:
        left = [item for item in flagged if item not in gone]
        gone.append(min(left, key=lambda item: (_alone(item, parts, gone), item.confidence, item.id)))
    if not gone:
        return parts
    lost = {item.id for item in gone}
    notes = tuple(
        Note(
            item_id=item.id, stage=STAGE, action="dropped", reason=f"{item.title}: it binds too little of the document"
        )
        for item in gone
    )
    fewer = without_items(parts, lost).model_copy(update={"notes": (*parts.notes, *notes)})
    return unserved_deferred(fewer, STAGE, parts)


def no_lone_acts(parts: PlanParts, practices: Mapping[str, Practice]) -> PlanParts:
    """The parts without intents for which only a leader does something that any intent could ask for."""
    gone = {
        item.id
        for item in parts.behaviours
        if (practice := practices.get(item.practice_id or "")) is not None and practice.plain and practice.led
        if not any(set(item.intent_ids) & set(one.intent_ids) for one in parts.behaviours if one is not item)
    }
    if not gone:
        return parts
    notes = tuple(
        Note(item_id=item.id, stage=STAGE, action="dropped", reason=f"{item.title}: no act of a team stands beside it")
        for item in parts.behaviours
        if item.id in gone
    )
    fewer = without_items(parts, gone).model_copy(update={"notes": (*parts.notes, *notes)})
    return unserved_deferred(fewer, STAGE, parts)


def _alone(item: ItemDraft, parts: PlanParts, gone: list[ItemDraft]) -> bool:
    """Whether an intent would have nothing that a team does without it; a leader's act stands beside such."""
    others = [
        one
        for one in parts.behaviours
        if one is not item and one not in gone and one.role_class is not RoleClass.leader
    ]
    served = {intent_id for one in others for intent_id in one.intent_ids}
    return not set(item.intent_ids) <= served
