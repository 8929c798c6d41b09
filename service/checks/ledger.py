"""The ledger: nothing strategic is lost, nothing dangles.

Owns: how intents, items and indicators are taken out of a plan in the making so that every id
still resolves and an intent without items is deferred, not dropped. Must not know: why they go.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar, cast

from service.plan.intents import DeferredIntent, Intent
from service.plan.items import Binding, Indicator, IndicatorKind, ItemDraft
from service.plan.parts import Note, PlanParts

BoundT = TypeVar("BoundT", bound=Binding)

#: Later waves start when an earlier one has been reviewed; four at most.
LAST_WAVE = 4


def items_in(parts: PlanParts) -> tuple[ItemDraft, ...]:
    """Behaviours, rituals and policy asks of a plan in the making."""
    return (*parts.behaviours, *parts.rituals, *parts.policy_asks)


def without_items(parts: PlanParts, gone: Collection[str]) -> PlanParts:
    """The parts without these items; indicators that served only them go too."""
    if not gone:
        return parts
    kept = parts.model_copy(
        update={
            "behaviours": tuple(item for item in parts.behaviours if item.id not in gone),
            "rituals": tuple(item for item in parts.rituals if item.id not in gone),
            "policy_asks": tuple(item for item in parts.policy_asks if item.id not in gone),
        }
    )
    return tidied(kept)


def tidied(parts: PlanParts) -> PlanParts:
    """Every id resolves: items serve active intents, indicators measure items of the plan, the rest is cut."""
    active = {intent.id for intent in parts.intents}
    parts = parts.model_copy(
        update={
            name: tuple(bound for item in getattr(parts, name) if (bound := _bound(item, active)))
            for name in ("behaviours", "rituals", "policy_asks")
        }
    )
    item_ids = {item.id for item in items_in(parts)}
    parts = parts.model_copy(update={"indicators": _live_indicators(parts, active, item_ids)})
    indicator_ids = {indicator.id for indicator in parts.indicators}
    parts = each_item(parts, lambda item: _with_indicators(item, indicator_ids))
    ledger = active | {deferred.intent.id for deferred in parts.deferred}
    return parts.model_copy(
        update={
            "questions": tuple(
                question.model_copy(update={"intent_ids": _kept(question.intent_ids, ledger)})
                for question in parts.questions
            ),
            "assumptions": tuple(
                assumption.model_copy(update={"item_ids": _kept(assumption.item_ids, item_ids)})
                for assumption in parts.assumptions
                if not assumption.item_ids or _kept(assumption.item_ids, item_ids)
            ),
        }
    )


def deferring(parts: PlanParts, moved: Collection[DeferredIntent], stage: str) -> PlanParts:
    """The parts with these intents in the ledger of deferred ones, and their items gone."""
    if not moved:
        return parts
    gone = {deferred.intent.id for deferred in moved}
    notes = tuple(
        Note(stage=stage, item_id=deferred.intent.id, action="deferred", reason=deferred.reason) for deferred in moved
    )
    kept = parts.model_copy(
        update={
            "intents": tuple(intent for intent in parts.intents if intent.id not in gone),
            "deferred": (*parts.deferred, *moved),
            "notes": (*parts.notes, *notes),
        }
    )
    return tidied(kept)


def unserved_deferred(parts: PlanParts, stage: str, before: PlanParts) -> PlanParts:
    """Defer every intent whose items were all lost in this stage, with the stage's own reasons."""
    moved = []
    for intent in parts.intents:
        lost = [item.id for item in before.serving(intent.id)]
        if parts.serving(intent.id) or not lost:
            continue
        reasons = [note.reason for note in parts.notes if note.item_id in lost and note.stage == stage]
        moved.append(deferred_for_faults(intent, len(lost), reasons))
    return deferring(parts, moved, stage)


def deferred_for_faults(intent: Intent, count: int, reasons: list[str]) -> DeferredIntent:
    """An intent whose drafted items all failed, with the first reason."""
    why = reasons[0] if reasons else "its items were merged into others"
    drafted = "The one item drafted for it" if count == 1 else f"All {count} items drafted for it"
    return DeferredIntent(
        intent=intent.model_copy(update={"wave": max(2, intent.wave), "reason_first": None}),
        reason=f"{drafted} failed the checks: {why.rstrip('.')}.",
        waits_for=f"a behaviour for “{intent.label}” that passes the checks",
    )


def each_item(parts: PlanParts, change: Callable[[BoundT], BoundT]) -> PlanParts:
    """The parts with every item passed through `change`, which keeps its type."""
    names = ("behaviours", "rituals", "policy_asks")
    return parts.model_copy(
        update={name: tuple(change(cast(BoundT, item)) for item in getattr(parts, name)) for name in names}
    )


def _bound(item: BoundT, active: Collection[str]) -> BoundT | None:
    serves = _kept(item.intent_ids, active)
    if not serves:
        return None
    if serves == item.intent_ids:
        return item
    return item.model_copy(update={"intent_ids": serves})


def _with_indicators(item: BoundT, known: Collection[str]) -> BoundT:
    kept = _kept(item.indicator_ids, known)
    update: dict[str, object] = {} if kept == item.indicator_ids else {"indicator_ids": kept}
    alternative = getattr(item, "alternative", None)
    if alternative is not None:
        other = _kept(alternative.indicator_ids, known)
        if other != alternative.indicator_ids:
            update["alternative"] = alternative.model_copy(update={"indicator_ids": other})
    return item.model_copy(update=update) if update else item


def _live_indicators(parts: PlanParts, active: Collection[str], item_ids: Collection[str]) -> tuple[Indicator, ...]:
    known = {indicator.id for indicator in parts.indicators}
    live = []
    for indicator in parts.indicators:
        serves, measures = _kept(indicator.intent_ids, active), _kept(indicator.item_ids, item_ids)
        orphaned = indicator.item_ids and not measures and indicator.kind is not IndicatorKind.outcome
        if serves and not orphaned:
            live.append(indicator.model_copy(update={"intent_ids": serves, "item_ids": measures}))
    lost = known - {indicator.id for indicator in live}
    return tuple(i.model_copy(update={"guards": None}) if i.guards in lost else i for i in live)


def _kept(ids: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry for entry in ids if entry in known))
