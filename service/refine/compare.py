"""What differs between two items or two plans, word by word.

Owns: the comparison. Must not know: storage, pages. Only prose is compared; sums follow from it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from corpora.records import Kind
from service.checks.fields import texts_of
from service.plan.items import Item, ItemDraft
from service.plan.plan import Plan
from service.refine.lists import items_of, kind_of

#: Share of common words below which two texts are shown one after the other.
ALIKE = 0.6
_TOKEN = re.compile(r"\s+|[^\s]+")


class Part(StrEnum):
    """Whether words stayed, went or came."""

    same = "same"
    gone = "gone"
    new = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words of one part."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose words differ; the pieces read through give both."""

    path: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that came, went or changed between two plans; `fields` is empty unless it changed."""

    kind: Kind
    item_id: str
    title: str
    part: Part
    fields: tuple[FieldChange, ...] = ()


def item_changes(old: ItemDraft, new: ItemDraft) -> tuple[FieldChange, ...]:
    """Fields of prose that differ, in the order of the new item; a field of one alone counts as empty in the other."""
    before = {field.path: field.text for field in texts_of(old)}
    after = {field.path: field.text for field in texts_of(new)}
    paths = dict.fromkeys((*after, *before))
    return tuple(
        FieldChange(path, word_changes(before.get(path, ""), after.get(path, "")))
        for path in paths
        if before.get(path, "") != after.get(path, "")
    )


def word_changes(old: str, new: str) -> tuple[Piece, ...]:
    """The words that stayed, went and came, in reading order."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:  # crumbs of common words help nobody: the old words whole, then the new ones
        return tuple(Piece(part, text) for part, text in ((Part.gone, old), (Part.new, new)) if text)
    pieces: list[Piece] = []
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            pieces.append(Piece(Part.same, "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece(Part.gone, "".join(before[a:b])))
        if c < d:
            pieces.append(Piece(Part.new, "".join(after[c:d])))
    return tuple(pieces)


def plan_changes(old: Plan, new: Plan) -> tuple[ItemChange, ...]:
    """Items that changed, came or went, in the order of the new plan, those that went last."""
    before = {item.id: item for item in items_of(old)}
    after = {item.id: item for item in items_of(new)}
    found = [_change(before.get(key), item) for key, item in after.items()]
    went = [ItemChange(kind_of(item), key, item.title, Part.gone) for key, item in before.items() if key not in after]
    return tuple(change for change in (*found, *went) if change is not None)


def _change(old: Item | None, new: Item) -> ItemChange | None:
    if old is None:
        return ItemChange(kind_of(new), new.id, new.title, Part.new)
    fields = item_changes(old, new)
    return ItemChange(kind_of(new), new.id, new.title, Part.same, fields) if fields else None
