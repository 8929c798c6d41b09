"""Standard forms: a plan holds few items that any other document's plan could hold word for word.

Owns: which of them go, and that every intent is acted on by a team. Must not know: how an item is
flagged, engines, storage. Items of intents that have others go first, then those that fit least; an intent that loses
all waits, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpora.budgets import Budgets
from corpora.records import Practice, RoleClass
from service.checks.ledger import deferring, items_in, without_items
from service.plan.intents import PROPOSAL, DeferredIntent, Intent
from service.plan.items import BehaviourDraft, Flag, ItemDraft
from service.plan.parts import Note, PlanParts

STAGE = "standard"


def few_standard_forms(parts: PlanParts, budgets: Budgets) -> PlanParts:
    """The parts with at most so many items flagged as a standard form, and a note for each that goes."""
    flagged = [item for item in items_in(parts) if Flag.standard_form in item.flags]
    gone: list[ItemDraft] = []
    while len(flagged) - len(gone) > budgets.max_standard_forms:
        left = [item for item in flagged if item not in gone]
        gone.append(min(left, key=lambda item: (_alone(item, parts, gone), item.confidence, item.id)))
    return _without(parts, gone, "it binds too little of the document")


def acted_on(parts: PlanParts, practices: Mapping[str, Practice]) -> PlanParts:
    """The parts without intents for which no team does anything: a meeting, a question or a leader's plain act alone.

    A plain act is one that an intent's kind alone calls for, so that it could stand in any plan.
    """
    served = {
        intent_id for item in parts.behaviours if not _plain_act(item, practices) for intent_id in item.intent_ids
    }
    gone = [item for item in items_in(parts) if served.isdisjoint(item.intent_ids)]
    return _without(parts, gone, "no act of a team stands beside it")


def _plain_act(item: BehaviourDraft, practices: Mapping[str, Practice]) -> bool:
    practice = practices.get(item.practice_id or "")
    return practice is not None and practice.plain and practice.led


def _without(parts: PlanParts, gone: Sequence[ItemDraft], why: str) -> PlanParts:
    """The parts without these items, with a note for each; an intent that loses all waits."""
    if not gone:
        return parts
    notes = tuple(Note(item_id=item.id, stage=STAGE, action="dropped", reason=f"{item.title}: {why}") for item in gone)
    fewer = without_items(parts, {item.id for item in gone}).model_copy(update={"notes": (*parts.notes, *notes)})
    lost = [intent for intent in parts.intents if parts.serving(intent.id) and not fewer.serving(intent.id)]
    return deferring(fewer, [_waiting(intent) for intent in lost], STAGE)


def _waiting(intent: Intent) -> DeferredIntent:
    """Its wait, in words that can be read aloud."""
    return DeferredIntent(
        intent=intent.model_copy(update={"wave": max(2, intent.wave), "reason_first": None}),
        reason="What we could propose for it now would fit any document; those concerned know better.",
        waits_for=PROPOSAL,
    )


def _alone(item: ItemDraft, parts: PlanParts, gone: list[ItemDraft]) -> bool:
    """Whether an intent would have nothing that a team does without it; a leader's act stands beside such."""
    others = [
        one
        for one in parts.behaviours
        if one is not item and one not in gone and one.role_class is not RoleClass.leader
    ]
    served = {intent_id for one in others for intent_id in one.intent_ids}
    return not set(item.intent_ids) <= served
