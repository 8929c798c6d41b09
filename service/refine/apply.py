"""An edit and a standing plan give the plan that stands next.

Owns: what each edit does, and what it may not do. Must not know: storage, pages, how a practice is worded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.checks import CheckContext
from service.checks.ledger import deferring
from service.plan.intents import DeferredIntent
from service.plan.items import Behaviour, Indicator, Item, PolicyAsk, Ritual
from service.plan.parts import PlanParts
from service.plan.plan import Plan
from service.refine.edits import (
    Accept,
    AddItem,
    BringBack,
    Direction,
    Edit,
    EditFields,
    Lock,
    Merge,
    Move,
    Reject,
    Swap,
    Unlock,
    UsePractice,
)
from service.refine.errors import EditRefused, ItemLocked, NoSuchItem
from service.refine.lists import added, item_with, items_of, kind_of, moved, removed, replaced
from service.refine.marks import Mark, Review, SetAside, Standing
from service.refine.restate import parts_in, restated, with_parts
from service.refine.words import edited

STAGE = "a person"


@dataclass(frozen=True, slots=True)
class Worded:
    """An item as it was just worded, with what measures it."""

    item: Behaviour | Ritual | PolicyAsk
    indicators: tuple[Indicator, ...]


#: Words a practice for an intent of the plan: (intent id, practice id) to an item.
Word = Callable[[str, str], Worded]


@dataclass(frozen=True, slots=True)
class Tools:
    """What edits need besides the plan: the checks' context, somebody to word a practice, the author's name."""

    context: CheckContext
    word: Word
    author: str


def apply(standing: Standing, edit: Edit, tools: Tools) -> Standing:
    """The plan and its marks after the edit; ids of items stay.

    Raises:
        EditRefused: it cannot be made; the message says why and nothing changes.
    """
    if not isinstance(edit, Unlock | AddItem | BringBack) and standing.marks.of(edit.item_id).locked:
        raise ItemLocked(f"“{item_with(standing.plan, edit.item_id).title}” is locked; unlock it first.")
    if isinstance(edit, Lock | Unlock | Accept):
        return _marked(standing, edit)
    changed = _content(standing, edit, tools)
    return Standing(restated(changed.plan, tools.context), changed.marks)


def put(standing: Standing, item_id: str, new: Worded, tools: Tools) -> Standing:
    """The plan with a whole other item at this one's place, under this one's id: a person took a proposal.

    Words that a person wrote give way, since a person says so; they stay in the version before.
    """
    _unlocked(standing.marks.of(item_id), item_with(standing.plan, item_id))
    changed = _put(standing, item_id, new)
    return Standing(restated(changed.plan, tools.context), changed.marks)


def join(standing: Standing, new: Worded, tools: Tools) -> Standing:
    """The plan with a further item."""
    plan = _measured(added(standing.plan, new.item), new.indicators)
    return Standing(restated(plan, tools.context), standing.marks)


def _content(standing: Standing, edit: Edit, tools: Tools) -> Standing:
    match edit:
        case EditFields():
            return _edit_fields(standing, edit, tools)
        case Reject():
            return _set_aside(standing, edit.item_id, edit.reason, tools.author)
        case BringBack():
            return _bring_back(standing, edit.item_id)
        case Swap():
            return _swap(standing, edit.item_id)
        case Merge():
            return _merge(standing, edit, tools.author)
        case Move():
            step = -1 if edit.to is Direction.up else 1
            return Standing(moved(standing.plan, edit.item_id, step), standing.marks)
        case UsePractice():
            item = item_with(standing.plan, edit.item_id)
            _nothing_by_hand(standing.marks.of(item.id), item)
            return _put(standing, edit.item_id, tools.word(item.intent_ids[0], edit.practice_id))
        case AddItem():
            new = tools.word(edit.intent_id, edit.practice_id)
            return Standing(_measured(added(standing.plan, new.item), new.indicators), standing.marks)
    raise EditRefused(f"There is no edit {edit.op}.")


def _marked(standing: Standing, edit: Lock | Unlock | Accept) -> Standing:
    item_with(standing.plan, edit.item_id)
    mark = standing.marks.of(edit.item_id)
    if isinstance(edit, Accept):
        return _with_mark(standing, edit.item_id, mark.model_copy(update={"review": Review.accepted}))
    return _with_mark(standing, edit.item_id, mark.model_copy(update={"locked": isinstance(edit, Lock)}))


def _with_mark(standing: Standing, item_id: str, mark: Mark) -> Standing:
    marks = standing.marks.model_copy(update={"items": {**standing.marks.items, item_id: mark}})
    return Standing(standing.plan, marks)


def _unlocked(mark: Mark, item: Item) -> None:
    if mark.locked:
        raise ItemLocked(f"“{item.title}” is locked; unlock it first.")


def _edit_fields(standing: Standing, edit: EditFields, tools: Tools) -> Standing:
    item = item_with(standing.plan, edit.item_id)
    new, changed = edited(item, edit, tools.author, tools.context.lexicons)
    if not changed:
        raise EditRefused("Nothing was changed.")
    mark = standing.marks.of(edit.item_id)
    written = tuple(dict.fromkeys((*mark.hand_written, *changed)))
    plan = replaced(standing.plan, edit.item_id, new)
    return _with_mark(Standing(plan, standing.marks), edit.item_id, mark.model_copy(update={"hand_written": written}))


def _set_aside(standing: Standing, item_id: str, reason: str, author: str) -> Standing:
    plan, item = standing.plan, item_with(standing.plan, item_id)
    after = with_parts(plan, _deferred(removed(plan, item_id), item, reason))
    kept = {one.id for one in after.indicators if not one.item_ids or set(one.item_ids) - {item_id}}
    own = tuple(one for one in plan.indicators if one.id not in kept or set(one.item_ids) == {item_id})
    aside = SetAside(
        kind=kind_of(item),
        behaviour=item if isinstance(item, Behaviour) else None,
        ritual=item if isinstance(item, Ritual) else None,
        policy=item if isinstance(item, PolicyAsk) else None,
        indicators=own,
        reason=reason,
        author=author,
    )
    marks = standing.marks.model_copy(update={"set_aside": (*standing.marks.set_aside, aside)})
    return Standing(after, marks)


def _deferred(plan: Plan, item: Item, reason: str) -> PlanParts:
    """The plan's parts; an intent that lost its last item waits, with the reason."""
    parts = parts_in(plan)
    bare = [one for one in parts.intents if one.id in item.intent_ids and not parts.serving(one.id)]
    moved_out = [
        DeferredIntent(
            intent=one.model_copy(update={"wave": 2, "reason_first": None}),
            reason=f"Its last item, “{item.title}”, was set aside: {reason}",
            waits_for="an item that the teams concerned agree on",
        )
        for one in bare
    ]
    return deferring(parts, moved_out, STAGE)


def _bring_back(standing: Standing, item_id: str) -> Standing:
    aside = next((one for one in standing.marks.set_aside if one.item.id == item_id), None)
    if aside is None:
        raise NoSuchItem(f"No item {item_id} was set aside.")
    plan = _awake(standing.plan, aside.item.intent_ids)
    if not {intent.id for intent in plan.intents} & set(aside.item.intent_ids):
        raise EditRefused(
            f"The strategy no longer says what “{aside.item.title}” served. Add its practice under another intent."
        )
    plan = _measured(added(plan, aside.item), aside.indicators)
    left = tuple(one for one in standing.marks.set_aside if one is not aside)
    return Standing(plan, standing.marks.model_copy(update={"set_aside": left}))


def _awake(plan: Plan, intent_ids: tuple[str, ...]) -> Plan:
    """The plan with these intents active again where they wait."""
    back = [d.intent.model_copy(update={"wave": 1}) for d in plan.deferred_intents if d.intent.id in intent_ids]
    names = {intent.id for intent in back}
    waiting = tuple(d for d in plan.deferred_intents if d.intent.id not in names)
    return plan.model_copy(update={"intents": (*plan.intents, *back), "deferred_intents": waiting})


def _measured(plan: Plan, indicators: tuple[Indicator, ...]) -> Plan:
    known = {one.id for one in plan.indicators}
    fresh = tuple(one for one in indicators if one.id not in known)
    return plan.model_copy(update={"indicators": (*plan.indicators, *fresh)})


def _swap(standing: Standing, item_id: str) -> Standing:
    item = item_with(standing.plan, item_id)
    if item.alternative is None:
        raise EditRefused(f"“{item.title}” has no alternative; choose another practice instead.")
    _nothing_by_hand(standing.marks.of(item_id), item)
    own = item.model_dump(exclude={"alternative"})
    other = item.alternative.model_dump()
    ids = {"id": item.id, "intent_ids": item.intent_ids, "starts_day": item.starts_day}
    kept = {"id": item.alternative.id, "indicator_ids": ()}
    new = type(item).model_validate({**other, **ids, "alternative": {**own, **kept}})
    plan = replaced(_unmeasured(standing.plan, item_id), item_id, new)
    return _with_mark(Standing(plan, standing.marks), item_id, _fresh_mark(standing, item_id))


def _put(standing: Standing, item_id: str, new: Worded) -> Standing:
    old = item_with(standing.plan, item_id)
    if kind_of(old) is not kind_of(new.item):
        raise EditRefused(f"A {kind_of(old).value} can only be replaced by a {kind_of(old).value}.")
    indicators = tuple(
        one.model_copy(update={"item_ids": tuple(item_id if key == new.item.id else key for key in one.item_ids)})
        for one in new.indicators
    )
    names = tuple(one.id for one in indicators)
    item = new.item.model_copy(
        update={"id": item_id, "starts_day": old.starts_day, "indicator_ids": names or old.indicator_ids}
    )
    base = _unmeasured(standing.plan, item_id) if indicators else standing.plan
    plan = _measured(replaced(base, item_id, item), indicators)
    return _with_mark(Standing(plan, standing.marks), item_id, _fresh_mark(standing, item_id))


def _fresh_mark(standing: Standing, item_id: str) -> Mark:
    """Nothing noted on the new form yet; that its words changed in the document still has to be settled."""
    return Mark(stale=standing.marks.of(item_id).stale)


def _nothing_by_hand(mark: Mark, item: Item) -> None:
    """What a person wrote is not overwritten by another form: the person takes the item out first."""
    if mark.hand_written:
        raise EditRefused(
            f"“{item.title}” holds words a person wrote. Ask for another draft, which stands beside it, "
            "or set the item aside and add another."
        )


def _unmeasured(plan: Plan, item_id: str) -> Plan:
    """The plan without indicators that measured this item alone."""
    kept = tuple(one for one in plan.indicators if set(one.item_ids) != {item_id})
    return plan.model_copy(update={"indicators": kept})


def _merge(standing: Standing, edit: Merge, author: str) -> Standing:
    plan = standing.plan
    item, other = item_with(plan, edit.item_id), item_with(plan, edit.other_id)
    if edit.item_id == edit.other_id or kind_of(item) is not kind_of(other):
        raise EditRefused("Choose another item of the same kind to unite with this one.")
    _unlocked(standing.marks.of(other.id), other)
    quotes = tuple({(q.start, q.end): q for q in (*item.quotes, *other.quotes)}.values())
    terms = tuple({(t.start, t.end): t for t in (*item.terms, *other.terms)}.values())
    new = item.model_copy(
        update={
            "intent_ids": tuple(dict.fromkeys((*item.intent_ids, *other.intent_ids))),
            "quotes": quotes,
            "terms": terms,
        }
    )
    after = _set_aside(Standing(replaced(plan, item.id, new), standing.marks), other.id, _united(item), author)
    return after


def _united(item: Item) -> str:
    return f"united with “{item.title}”"


def titles(plan: Plan) -> dict[str, str]:
    """Item id to title."""
    return {item.id: item.title for item in items_of(plan)}
