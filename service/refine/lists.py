"""Finding, replacing and ordering items in a plan's three lists.

Owns: that an item stays in the list of its kind and keeps its place. Must not know: why it changes.
"""

from __future__ import annotations

from corpora.records import Kind
from service.plan.items import Behaviour, Item, PolicyAsk, Ritual
from service.plan.plan import Plan
from service.refine.errors import EditRefused, NoSuchItem

LISTS = {Kind.behaviour: "behaviours", Kind.ritual: "rituals", Kind.policy: "policy_asks"}


def items_of(plan: Plan) -> tuple[Item, ...]:
    """Behaviours, rituals and policy asks, in the plan's order."""
    return (*plan.behaviours, *plan.rituals, *plan.policy_asks)


def kind_of(item: Item) -> Kind:
    """Which of the three types the item is."""
    if isinstance(item, Behaviour):
        return Kind.behaviour
    return Kind.ritual if isinstance(item, Ritual) else Kind.policy


def item_with(plan: Plan, item_id: str) -> Item:
    """The item with this id.

    Raises:
        NoSuchItem: the plan holds none; it may have been set aside.
    """
    found = next((item for item in items_of(plan) if item.id == item_id), None)
    if found is None:
        raise NoSuchItem(f"The plan holds no item {item_id}; it may have been set aside.")
    return found


def replaced(plan: Plan, item_id: str, new: Item) -> Plan:
    """The plan with `new` at the place of the item."""
    kind = kind_of(item_with(plan, item_id))
    if kind is not kind_of(new):
        raise EditRefused(f"A {kind.value} can only be replaced by a {kind.value}.")
    name = LISTS[kind]
    return plan.model_copy(update={name: tuple(new if one.id == item_id else one for one in getattr(plan, name))})


def removed(plan: Plan, item_id: str) -> Plan:
    """The plan without the item."""
    name = LISTS[kind_of(item_with(plan, item_id))]
    return plan.model_copy(update={name: tuple(one for one in getattr(plan, name) if one.id != item_id)})


def added(plan: Plan, item: Behaviour | Ritual | PolicyAsk) -> Plan:
    """The plan with the item at the end of its list.

    Raises:
        EditRefused: it stands there already.
    """
    if any(one.id == item.id for one in items_of(plan)):
        raise EditRefused(f"The plan already holds “{item.title}” for this intent.")
    name = LISTS[kind_of(item)]
    return plan.model_copy(update={name: (*getattr(plan, name), item)})


def moved(plan: Plan, item_id: str, step: int) -> Plan:
    """The plan with the item one place up (-1) or down (1) among those of its kind; at the edge it stays."""
    name = LISTS[kind_of(item_with(plan, item_id))]
    items = list(getattr(plan, name))
    at = next(place for place, one in enumerate(items) if one.id == item_id)
    to = at + step
    if 0 <= to < len(items):
        items[at], items[to] = items[to], items[at]
    return plan.model_copy(update={name: tuple(items)})
