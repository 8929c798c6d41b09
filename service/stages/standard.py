"""Standard forms: a plan holds few items that any other document's plan could hold word for word.

Owns: which of them go. Must not know: how an item is flagged, engines, storage. Items of intents that have others go
first, then those that fit least; an intent that loses all waits, with the reason.
"""

from __future__ import annotations

from corpora.budgets import Budgets
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


def _alone(item: ItemDraft, parts: PlanParts, gone: list[ItemDraft]) -> bool:
    """Whether one of its intents would have no behaviour without it."""
    others = [one for one in parts.behaviours if one is not item and one not in gone]
    served = {intent_id for one in others for intent_id in one.intent_ids}
    return not set(item.intent_ids) <= served
