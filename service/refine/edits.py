"""The edits a person can make, as data: one record each, told apart by `op`.

Owns: their fields and bounds. Must not know: how they are applied, storage, pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from corpora.records import Frozen, Period, Slug

ItemId = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=600)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1200)]


class Direction(StrEnum):
    """Where an item moves among those of its kind."""

    up = "up"
    down = "down"


class EditFields(Frozen):
    """New words for fields of an item, by path ('action', 'shift.to_state', 'agenda.2.step')."""

    op: Literal["edit_fields"] = "edit_fields"
    item_id: ItemId
    words: Annotated[Mapping[str, Words], Field(max_length=120)] = Field(default_factory=dict)
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=90)] | None = None
    period: Period | None = None
    events_per_month: float | None = Field(default=None, gt=0, le=60)
    starts_day: int | None = Field(default=None, ge=1, le=90)
    review_days: int | None = Field(default=None, ge=14, le=120)


class Lock(Frozen):
    """Nothing may change the item until it is unlocked."""

    op: Literal["lock"] = "lock"
    item_id: ItemId


class Unlock(Frozen):
    """The item may change again."""

    op: Literal["unlock"] = "unlock"
    item_id: ItemId


class Accept(Frozen):
    """The item is taken as it is."""

    op: Literal["accept"] = "accept"
    item_id: ItemId


class Reject(Frozen):
    """The item leaves the plan and is kept aside, with the reason."""

    op: Literal["reject"] = "reject"
    item_id: ItemId
    reason: Remark


class BringBack(Frozen):
    """An item that was set aside stands in the plan again."""

    op: Literal["bring_back"] = "bring_back"
    item_id: ItemId


class Swap(Frozen):
    """The item's alternative takes its place, and the item becomes the alternative."""

    op: Literal["swap"] = "swap"
    item_id: ItemId


class Merge(Frozen):
    """The item takes over what another of its kind serves; the other is set aside."""

    op: Literal["merge"] = "merge"
    item_id: ItemId
    other_id: ItemId


class Move(Frozen):
    """The item changes places with its neighbour of the same kind."""

    op: Literal["move"] = "move"
    item_id: ItemId
    to: Direction


class UsePractice(Frozen):
    """The item is worded anew from another practice of its kind."""

    op: Literal["use_practice"] = "use_practice"
    item_id: ItemId
    practice_id: Slug


class AddItem(Frozen):
    """A practice is worded for an active intent and joins the plan."""

    op: Literal["add_item"] = "add_item"
    intent_id: ItemId
    practice_id: Slug


Edit = Annotated[
    EditFields | Lock | Unlock | Accept | Reject | BringBack | Swap | Merge | Move | UsePractice | AddItem,
    Field(discriminator="op"),
]
