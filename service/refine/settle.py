"""What a person settles after a strategy changed, as data, and the plan that follows from it.

Owns: the settlements, what is left to settle, the plan once everything is settled. Must not know: storage,
pages, how an item is worded. Until the last thing is settled the plan rests on its old text, whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from corpora.records import Frozen, Slug
from service.checks import CheckContext
from service.plan.intents import DeferredIntent, Intent
from service.plan.items import Behaviour, Indicator, Item, PolicyAsk, Ritual
from service.plan.plan import Plan, Question
from service.refine.apply import Worded
from service.refine.carry import Carrier, source_document
from service.refine.changes import Comparison, Fate
from service.refine.edits import ItemId, Remark
from service.refine.errors import EditRefused, NoSuchItem
from service.refine.lists import LISTS, item_with, items_of, kind_of
from service.refine.marks import Mark, Marks, Newcomer, SetAside, Settled, Standing, Way
from service.refine.restate import restated
from service.refine.staleness import Turn, flagged
from service.stages.questions import MOST

Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)]
#: An intent that nothing serves yet waits for this.
WAITS_FOR = "an item that the teams concerned agree on"
SECOND_WAVE = 2


class KeepItem(Frozen):
    """The item stays as it is, on the new words; where its intent is gone, under another one and with a reason."""

    op: Literal["keep_item"] = "keep_item"
    item_id: ItemId
    reason: Said = ""
    under: ItemId | None = None


class KeepItems(Frozen):
    """Several items stay as they are, on the new words: one change of one passage often touches them all."""

    op: Literal["keep_items"] = "keep_items"
    item_ids: Annotated[tuple[ItemId, ...], Field(min_length=1, max_length=60)]
    reason: Said = ""


class RedraftItem(Frozen):
    """The item stays, and another draft, worded from the new version, lies beside it as a proposal."""

    op: Literal["redraft_item"] = "redraft_item"
    item_id: ItemId
    remark: Said = ""


class SetAsideItem(Frozen):
    """The item leaves the plan and is kept aside, with the reason."""

    op: Literal["set_aside_item"] = "set_aside_item"
    item_id: ItemId
    reason: Remark


class LetWait(Frozen):
    """A new intent joins the ledger and waits."""

    op: Literal["let_wait"] = "let_wait"
    intent_id: ItemId
    reason: Said = ""


class BringIn(Frozen):
    """A new intent starts now, with a practice worded for it."""

    op: Literal["bring_in"] = "bring_in"
    intent_id: ItemId
    practice_id: Slug


Settlement = Annotated[KeepItem | KeepItems | RedraftItem | SetAsideItem | LetWait | BringIn, Field(discriminator="op")]


@dataclass(frozen=True, slots=True)
class Left:
    """What a person still has to settle: items by id, new intents by id."""

    item_ids: tuple[str, ...]
    intent_ids: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many things that are."""
        return len(self.item_ids) + len(self.intent_ids)


def left_in(standing: Standing, comparison: Comparison) -> Left:
    """What is not settled yet."""
    marks = standing.marks
    known = {one.intent_id for one in marks.newcomers}
    return Left(
        item_ids=tuple(item.id for item in items_of(standing.plan) if marks.of(item.id).to_settle),
        intent_ids=tuple(one.intent_id for one in comparison.of_fate(Fate.new) if one.intent_id not in known),
    )


def kept(standing: Standing, item_id: str, settled: Settled, comparison: Comparison) -> Standing:
    """The standing plan with the person's decision noted on a stale item.

    Raises:
        EditRefused: it is not stale, or its intent is gone and no reason or no other intent was given.
    """
    item, mark = item_with(standing.plan, item_id), standing.marks.of(item_id)
    if mark.stale is None:
        raise EditRefused(f"“{item.title}” rests on words that did not change; there is nothing to settle.")
    if mark.stale.gone:
        _check_gone(item, settled, standing, comparison)
    new = mark.model_copy(update={"stale": mark.stale.model_copy(update={"settled": settled})})
    marks = standing.marks.model_copy(update={"items": {**standing.marks.items, item_id: new}})
    return Standing(flagged(standing.plan, marks), marks)


def _check_gone(item: Item, settled: Settled, standing: Standing, comparison: Comparison) -> None:
    if settled.way is Way.redraft:
        raise EditRefused(
            f"The new version no longer says what “{item.title}” serves, so nothing can be worded from it. "
            "Keep the item under another intent, or set it aside."
        )
    if len(settled.reason) < 3:
        raise EditRefused(f"Say why “{item.title}” stays although the strategy no longer says it.")
    if settled.under not in {intent.id for intent in homes(standing, comparison)}:
        raise EditRefused(f"Choose an intent of the new version that “{item.title}” serves from now on.")


def homes(standing: Standing, comparison: Comparison) -> tuple[Intent, ...]:
    """Intents of the new version that an item can serve: active ones that stand, and new ones with an item."""
    starting = {one.intent_id for one in standing.marks.newcomers if one.item}
    active = {intent.id for intent in standing.plan.intents} | starting
    return tuple(m.became for m in comparison.matches if m.became is not None and m.intent_id in active)


def welcomed(standing: Standing, intent_id: str, made: Worded | None, reason: str, author: str) -> Standing:
    """The standing plan with a new intent settled: with an item, or to wait."""
    item = made.item if made else None
    newcomer = Newcomer(
        intent_id=intent_id,
        author=author,
        reason=reason,
        behaviour=item if isinstance(item, Behaviour) else None,
        ritual=item if isinstance(item, Ritual) else None,
        policy=item if isinstance(item, PolicyAsk) else None,
        indicators=made.indicators if made else (),
    )
    others = tuple(one for one in standing.marks.newcomers if one.intent_id != intent_id)
    return Standing(standing.plan, standing.marks.model_copy(update={"newcomers": (*others, newcomer)}))


def new_intent(comparison: Comparison, intent_id: str) -> Intent:
    """A new intent of the comparison.

    Raises:
        NoSuchItem: there is none with this id.
    """
    match = comparison.match(intent_id)
    if match is None or match.fate is not Fate.new or match.became is None:
        raise NoSuchItem(f"The new version brings no new intent {intent_id}.")
    return match.became


def on_new_words(plan: Plan, comparison: Comparison) -> Plan:
    """The plan with its intents as the new version words them, for wording items from it; gone ones left out."""
    found = [(intent, comparison.match(intent.id)) for intent in plan.intents]
    became = (match.became for _, match in found if match is not None and match.became is not None)
    return plan.model_copy(update={"intents": tuple(became)})


def moved(standing: Standing, turn: Turn, context: CheckContext, author: str) -> Standing:
    """The plan on the new text, once everything is settled; `context` holds the new document."""
    plan, marks = standing.plan, standing.marks
    ledger = {**_ledger(plan, turn), **{one.intent_id: _newcomer(one, turn) for one in marks.newcomers}}
    carrier = Carrier(turn, ledger, author)
    under = {key: mark.stale.settled.under for key, mark in marks.items.items() if mark.stale and mark.stale.settled}
    chosen = {key: name for key, name in under.items() if name}
    new = _with_intents(plan, ledger, marks, set(chosen.values()))
    lists = {
        name: tuple(carrier.item(one, chosen.get(one.id)) for one in getattr(plan, name)) for name in LISTS.values()
    }
    indicators = (carrier.indicator(one, chosen) for one in plan.indicators)
    new = new.model_copy(
        update={
            **lists,
            "document": source_document(plan, turn),
            "holds": turn.comparison.holds,
            "indicators": tuple(one for one in indicators if one is not None),
            "questions_for_leadership": _questions(plan, turn, carrier),
        }
    )
    for one in marks.newcomers:
        new = _joined(new, one)
    after = Marks(
        items={key: _settled(mark) for key, mark in marks.items.items()},
        set_aside=tuple(_aside(one, carrier) for one in marks.set_aside),
    )
    return Standing(restated(flagged(new, after), context), after)


def _ledger(plan: Plan, turn: Turn) -> dict[str, Intent]:
    """The plan's intents that stand in the new version, on its words, in the plan's waves."""
    found = {}
    for intent in (*plan.intents, *(entry.intent for entry in plan.deferred_intents)):
        match = turn.comparison.match(intent.id)
        if match is not None and match.became is not None:
            order = {"wave": intent.wave, "reason_first": intent.reason_first}
            found[intent.id] = match.became.model_copy(update=order)
    return found


def _newcomer(one: Newcomer, turn: Turn) -> Intent:
    intent = new_intent(turn.comparison, one.intent_id)
    return intent.model_copy(update={"wave": 1 if one.item else SECOND_WAVE, "reason_first": None})


def _with_intents(plan: Plan, ledger: dict[str, Intent], marks: Marks, homes: set[str]) -> Plan:
    """The plan with the ledger on the new text: what is gone leaves it, what is new joins it."""
    fresh = {one.intent_id: one for one in marks.newcomers}
    active = [ledger[intent.id] for intent in plan.intents if intent.id in ledger]
    active += [ledger[key] for key, one in fresh.items() if one.item]
    waiting = [
        entry.model_copy(update={"intent": ledger[entry.intent.id]})
        for entry in plan.deferred_intents
        if entry.intent.id in ledger and entry.intent.id not in homes
    ]
    active += [ledger[entry.intent.id] for entry in plan.deferred_intents if entry.intent.id in homes]
    waiting += [
        DeferredIntent(intent=ledger[key], reason=one.reason or "It is new in the document.", waits_for=WAITS_FOR)
        for key, one in fresh.items()
        if not one.item
    ]
    return plan.model_copy(update={"intents": tuple(active), "deferred_intents": tuple(waiting)})


def _joined(plan: Plan, one: Newcomer) -> Plan:
    """The plan with a newcomer's item and what measures it."""
    if one.item is None:
        return plan
    name = LISTS[kind_of(one.item)]
    known = {each.id for each in plan.indicators}
    fresh: tuple[Indicator, ...] = tuple(each for each in one.indicators if each.id not in known)
    return plan.model_copy(update={name: (*getattr(plan, name), one.item), "indicators": (*plan.indicators, *fresh)})


def _questions(plan: Plan, turn: Turn, carrier: Carrier) -> tuple[Question, ...]:
    """Those that reading the new version raises; a model's own questions go first where their words stand."""
    put = (carrier.question(one) for one in plan.questions_for_leadership if plan.engine.name == "model")
    found = {one.id: one for one in (*put, *turn.comparison.questions) if one is not None}
    return tuple(found.values())[:MOST]


def _settled(mark: Mark) -> Mark:
    stale = mark.stale
    because = stale.settled.reason if stale and stale.gone and stale.settled else mark.kept_because
    return mark.model_copy(update={"stale": None, "kept_because": because})


def _aside(one: SetAside, carrier: Carrier) -> SetAside:
    """An item lying aside, on the new text if what it served still stands; else as it lay."""
    if not any(key in carrier.intents for key in one.item.intent_ids):
        return one
    return one.model_copy(
        update={
            "behaviour": carrier.item(one.behaviour) if one.behaviour else None,
            "ritual": carrier.item(one.ritual) if one.ritual else None,
            "policy": carrier.item(one.policy) if one.policy else None,
            "indicators": tuple(found for each in one.indicators if (found := carrier.indicator(each, {})) is not None),
        }
    )
