"""What the pages about erasing show: what would go, what went, and what stays of a plan.

Owns: those pages and the words for a tombstone. Must not know: HTML, requests, how erasing is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from corpora.records import Kind, Practice
from service.export.words import PERIODS
from service.plan.tombstone import Stone, Tombstone
from service.store.records import DocumentRecord, PlanRecord, VersionNote

#: What has to be typed before everything is erased.
WORD = "erase"
_KINDS = {Kind.behaviour: "Behaviour", Kind.ritual: "Ritual", Kind.policy: "Decision"}


@dataclass(frozen=True, slots=True)
class ErasePage:
    """The question before a document is erased.

    Attributes:
        document: the document.
        plans: its plans.
        replies: how many replies of leaders and teams go with them.
    """

    template: ClassVar[str] = "erase.html"
    document: DocumentRecord
    plans: tuple[PlanRecord, ...]
    replies: int


@dataclass(frozen=True, slots=True)
class EraseAllPage:
    """The question before everything is erased.

    Attributes:
        documents: how many documents there are.
        plans: how many plans.
        word: what has to be typed.
        fault: why nothing was erased.
    """

    template: ClassVar[str] = "erase_all.html"
    documents: int
    plans: int
    word: str = WORD
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ErasedPage:
    """What was erased.

    Attributes:
        everything: whether all of the workspace went, or one document.
    """

    template: ClassVar[str] = "erased.html"
    everything: bool


@dataclass(frozen=True, slots=True)
class StoneLine:
    """An item of an erased plan in the library's words: its kind, its practice, its measure of time."""

    kind: str
    practice_id: str | None
    practice: str
    time: str


@dataclass(frozen=True, slots=True)
class TombstonePage:
    """A plan whose document was erased.

    Attributes:
        record: the plan; its title says that the document was erased.
        stone: what stays of its content.
        lines: its items.
        versions: who made its versions and when, the latest first.
    """

    template: ClassVar[str] = "tombstone.html"
    record: PlanRecord
    stone: Tombstone
    lines: tuple[StoneLine, ...]
    versions: tuple[VersionNote, ...]


def tombstone_page(
    record: PlanRecord, stone: Tombstone, versions: list[VersionNote], practices: Mapping[str, Practice]
) -> TombstonePage:
    """The page of an erased plan."""
    return TombstonePage(record, stone, tuple(_line(one, practices) for one in stone.items), tuple(versions))


def _line(one: Stone, practices: Mapping[str, Practice]) -> StoneLine:
    practice = practices.get(one.practice_id or "")
    often = PERIODS.get(one.period, "whenever it happens") if one.period else ""
    minutes = f"{one.minutes} minutes" if one.minutes else ""
    return StoneLine(
        kind=_KINDS[one.kind],
        practice_id=practice.id if practice else None,
        practice=practice.name if practice else "written by hand, or a practice that is gone",
        time=", ".join(part for part in (often, minutes) if part),
    )
