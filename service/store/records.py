"""What the repositories hand out: frozen records, never rows.

Owns: their shapes. Must not know: tables, sessions, the web.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class PlanState(StrEnum):
    """Where a plan stands."""

    queued = "queued"
    making = "making"
    ready = "ready"
    no_strategic_intent = "no_strategic_intent"
    failed = "failed"
    erased = "erased"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self not in (PlanState.queued, PlanState.making)


class JobState(StrEnum):
    """Where a job stands."""

    queued = "queued"
    running = "running"
    done = "done"
    failed = "failed"


class JobKind(StrEnum):
    """What a job does."""

    ingest = "ingest"
    plan = "plan"
    compare = "compare"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document's newest version; `indexed_with` is None until its vectors can be searched."""

    id: str
    version_id: str
    version: int
    text_id: str
    title: str
    filename: str
    sha256: str
    size: int
    media_type: str
    language: str
    words: int
    parser_version: str
    indexed_with: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan without its content; `current` is the number of its newest version, None before the first."""

    id: str
    document_id: str | None
    text_id: str | None
    title: str
    engine: str
    state: PlanState
    problem: str | None
    current: int | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of a plan's content, as JSON of `service.plan.plan.Plan`, and of `service.refine.marks.Marks`.

    Its quotes stand in the text `text_id`; None where that was erased.
    """

    plan_id: str
    number: int
    parent: int | None
    author: str
    reason: str
    content: str
    marks: str
    created_at: datetime
    text_id: str | None = None


@dataclass(frozen=True, slots=True)
class VersionNote:
    """Who made a version, when and why, without its content."""

    number: int
    parent: int | None
    author: str
    reason: str
    created_at: datetime


class ProposalState(StrEnum):
    """What became of a proposal."""

    open = "open"
    taken = "taken"
    declined = "declined"


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """A whole item beside a plan's own (`item_id`, or a further one); `content` is JSON of an item and its measures."""

    id: str
    plan_id: str
    item_id: str | None
    source: str
    content: str
    remark: str
    author: str
    state: ProposalState
    answer: str | None
    created_at: datetime
    settled_at: datetime | None
    text_id: str | None = None


class RevisionState(StrEnum):
    """How far the comparison of two versions of a document is."""

    comparing = "comparing"
    compared = "compared"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """A plan's document beside a newer version; `content` is JSON of `service.refine.changes.Comparison`."""

    id: str
    plan_id: str
    old_text_id: str
    new_text_id: str
    state: RevisionState
    problem: str | None
    content: str | None
    author: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A canonical text and the version of the document it was read in."""

    text_id: str
    document_id: str
    version: int
    title: str
    filename: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """What happened to a plan, numbered from 1."""

    number: int
    kind: str
    data: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class JobRecord:
    """Long work: what it does, to what, and how far it is."""

    id: str
    workspace_id: str
    kind: JobKind
    document_id: str | None
    plan_id: str | None
    state: JobState
    stage: str | None
    problem: str | None
    created_at: datetime
    updated_at: datetime
