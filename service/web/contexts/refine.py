"""What the pages of changing a plan show: an item's form, a choice of practices, versions, a conflict.

Owns: those contexts and what stands beside each card of the plan page. Must not know: HTML, requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from corpora.records import Kind, Period, Practice
from service.desk import Proposed
from service.export.words import PERIODS
from service.plan.intents import Intent
from service.plan.items import Behaviour, Item, Ritual
from service.plan.plan import Plan
from service.refine.compare import FieldChange, ItemChange, item_changes
from service.refine.lists import items_of, kind_of
from service.refine.marks import Mark, Marks, SetAside
from service.refine.words import editable
from service.store.catchball import ResponseRecord
from service.store.records import PlanRecord, PlanVersion, ProposalRecord, VersionNote
from service.web.contexts.catchball import disagreements_of
from service.web.contexts.labels import label_of

#: Fields whose words are long: shown in a box of several lines.
_LONG = 70
#: The title heads a proposal; why a practice helps is on its own page.
_NOT_SHOWN = frozenset({"title", "mechanism"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal beside an item: what it would change, word by word.

    `later` says that it is worded from a newer version of the document that is not settled yet.
    """

    record: ProposalRecord
    title: str
    changes: tuple[tuple[str, FieldChange], ...]
    later: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """What stands beside one card: its mark, its proposals, the items it can be united with."""

    mark: Mark
    proposals: tuple[Shown, ...]
    others: tuple[tuple[str, str], ...]
    replies: int = 0


@dataclass(frozen=True, slots=True)
class Refining:
    """What the plan page needs to be changed from: the version it shows and a bench an item.

    `to_settle` counts items whose words changed in a newer version of the document; None where none is open.
    """

    version: int
    can_undo: bool
    benches: Mapping[str, Bench]
    set_aside: tuple[SetAside, ...]
    accepted: int
    total: int
    disagreements: tuple[tuple[str, ResponseRecord], ...]
    profile_effect: tuple[str, ...] = ()
    to_settle: int | None = None


def refining_of(
    version: PlanVersion,
    plan: Plan,
    marks: Marks,
    proposals: Sequence[ProposalRecord],
    responses: Sequence[ResponseRecord],
) -> Refining:
    """The benches of a plan's items, and the disagreements that head its questions."""
    items = items_of(plan)
    settling = marks.revision_id is not None
    benches = {
        item.id: Bench(
            mark=marks.of(item.id),
            proposals=tuple(
                replace(shown_of(one, item), later=settling and one.text_id not in (None, version.text_id))
                for one in proposals
                if one.item_id == item.id
            ),
            others=tuple(
                (other.id, other.title) for other in items if kind_of(other) is kind_of(item) and other.id != item.id
            ),
            replies=sum(one.subject_id == item.id for one in responses),
        )
        for item in items
    }
    accepted = sum(marks.of(item.id).review.value == "accepted" for item in items)
    return Refining(
        version.number,
        version.parent is not None,
        benches,
        marks.set_aside,
        accepted,
        len(items),
        disagreements_of(plan, responses),
        to_settle=sum(marks.of(item.id).to_settle for item in items) if settling else None,
    )


def shown_of(record: ProposalRecord, item: Item) -> Shown:
    """The proposal with its differences from the item."""
    new = Proposed.model_validate_json(record.content).worded().item
    changes = tuple((label_of(one.path), one) for one in item_changes(item, new) if one.path not in _NOT_SHOWN)
    return Shown(record, new.title, changes)


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A field of prose in a form; `fault` says why its words cannot stand."""

    path: str
    label: str
    text: str
    long: bool
    fault: str = ""


@dataclass(frozen=True, slots=True)
class EditPage:
    """An item in a form.

    Attributes:
        record: the plan.
        version: the version that is being changed.
        item: the item as it stands.
        kind: its kind, in words.
        boxes: its fields, with what was typed where it was refused.
        periods: how often it may happen, with words.
        period: the one that holds now, or nothing for a decision.
        often: times a month, for what happens by event.
        fault: why nothing was kept, where no single field is to blame.
    """

    template: ClassVar[str] = "edit.html"
    record: PlanRecord
    version: int
    item: Item
    kind: str
    boxes: tuple[FieldBox, ...]
    periods: tuple[tuple[str, str], ...]
    period: str
    often: str
    fault: str = ""


def edit_page(
    record: PlanRecord,
    version: int,
    item: Item,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> EditPage:
    """The form of an item; `typed` and `faults` where it was refused."""
    typed, faults = typed or {}, faults or {}
    boxes = (("title", item.title), *((one.path, one.text) for one in editable(item)))
    cadence = item.cadence if isinstance(item, Behaviour | Ritual) else None
    often = cadence.events_per_month if cadence else None
    known = {path for path, _ in boxes}
    return EditPage(
        record=record,
        version=version,
        item=item,
        kind=kind_of(item).value,
        boxes=tuple(_box(path, typed.get(path, text), faults.get(path, "")) for path, text in boxes),
        periods=(*((one.value, words) for one, words in PERIODS.items()), (Period.event.value, "whenever it happens")),
        period=typed.get("period", cadence.period.value if cadence else ""),
        often=typed.get("events_per_month", f"{often:g}" if often else ""),
        fault="; ".join(why for path, why in faults.items() if path not in known),
    )


def _box(path: str, text: str, fault: str) -> FieldBox:
    return FieldBox(path, label_of(path), text, len(text) > _LONG, fault)


@dataclass(frozen=True, slots=True)
class PickPage:
    """A choice among practices, for an item or for an intent that gets a further one.

    Attributes:
        record: the plan.
        version: the version that is being changed.
        item: the item whose practice is chosen, or nothing.
        intents: active intents a further item can serve.
        kind: kinds that can be chosen from.
        query: what was searched for.
        found: practices that the plan does not use, best first.
        fault: why the last choice was refused.
    """

    template: ClassVar[str] = "pick.html"
    record: PlanRecord
    version: int
    item: Item | None
    intents: tuple[Intent, ...]
    kind: Kind | None
    query: str
    found: tuple[Practice, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Every version of a plan.

    Attributes:
        record: the plan.
        versions: who made them, when and why, the latest first.
    """

    template: ClassVar[str] = "versions.html"
    record: PlanRecord
    versions: tuple[VersionNote, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two versions beside each other.

    Attributes:
        record: the plan.
        older: number of the older version.
        newer: number of the newer one.
        numbers: all numbers, the latest first.
        changes: items that changed, came or went, with their fields' labels.
    """

    template: ClassVar[str] = "compare.html"
    record: PlanRecord
    older: int
    newer: int
    numbers: tuple[int, ...]
    changes: tuple[tuple[ItemChange, tuple[tuple[str, FieldChange], ...]], ...]


def compare_page(
    record: PlanRecord, older: int, newer: int, numbers: tuple[int, ...], changes: Sequence[ItemChange]
) -> ComparePage:
    """The page of the differences, every field with its plain name."""
    labelled = tuple((one, tuple((label_of(each.path), each) for each in one.fields)) for one in changes)
    return ComparePage(record, older, newer, numbers, labelled)


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Somebody else changed the plan first.

    Attributes:
        record: the plan.
        seen: the version the change was made on.
        now: the version that stands.
        title: of the item concerned.
        texts: label, the words just typed, the words that stand now.
        address: where the change can be made again on what stands now.
    """

    template: ClassVar[str] = "conflict.html"
    record: PlanRecord
    seen: int
    now: int
    title: str
    texts: tuple[tuple[str, str, str], ...] = field(default=())
    address: str = ""
