"""What the API answers with.

Owns: the response models and how records become them. Must not know: routes, tables.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from corpora.records import CapabilityId, Kind, Practice
from retrieval.documents import Hit, Passage
from service.plan.plan import Plan
from service.refine.marks import Marks
from service.store.records import DocumentRecord, JobKind, JobRecord, JobState, PlanRecord, PlanState

API = "/api/v1"


class View(BaseModel):
    """Frozen, and strict about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentView(View):
    """A document's newest version. `searchable` turns true when its passages are indexed."""

    id: str = Field(examples=["doc-0f3a9c51d2e84b67"])
    title: str = Field(examples=["Digital strategy 2027"])
    filename: str = Field(examples=["strategy.pdf"])
    version: int = Field(examples=[1])
    sha256: str
    size: int = Field(description="bytes", examples=[48213])
    media_type: str = Field(examples=["application/pdf"])
    language: str = Field(examples=["en"])
    words: int = Field(examples=[2310])
    searchable: bool
    created_at: datetime

    @classmethod
    def of(cls, record: DocumentRecord) -> Self:
        """The view of a record."""
        return cls(
            id=record.id,
            title=record.title,
            filename=record.filename,
            version=record.version,
            sha256=record.sha256,
            size=record.size,
            media_type=record.media_type,
            language=record.language,
            words=record.words,
            searchable=record.indexed_with is not None,
            created_at=record.created_at,
        )


class PassageView(View):
    """Whole sentences of one section; `start` and `end` are code points of the canonical text."""

    id: str
    text: str
    start: int
    end: int
    page: int | None
    slide: int | None
    heading_path: tuple[str, ...]
    place: str = Field(description="for people", examples=["page 3, Objectives"])

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """The view of a passage."""
        location = passage.location
        return cls(
            id=passage.id,
            text=passage.text,
            start=passage.span.start,
            end=passage.span.end,
            page=location.page,
            slide=location.slide,
            heading_path=location.heading_path,
            place=location.words(),
        )


class HitView(View):
    """A passage found, with its rank by meaning and by words (null where that list lacks it)."""

    passage: PassageView
    score: float
    meaning_rank: int | None
    words_rank: int | None

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """The view of a hit."""
        return cls(
            passage=PassageView.of(hit.passage),
            score=hit.score,
            meaning_rank=hit.dense_rank,
            words_rank=hit.lexical_rank,
        )


class JobView(View):
    """Long work and how far it is; follow `events` for a plan."""

    id: str = Field(examples=["job-5b1de0c2a9f34e70"])
    kind: JobKind
    state: JobState
    stage: str | None = Field(examples=["drafting"])
    problem: str | None = None
    document_id: str | None
    plan_id: str | None
    plan: str | None = Field(description="address of the plan")
    events: str | None = Field(description="address of the plan's stream of events")
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, job: JobRecord) -> Self:
        """The view of a job."""
        plan = f"{API}/plans/{job.plan_id}" if job.plan_id else None
        return cls(
            id=job.id,
            kind=job.kind,
            state=job.state,
            stage=job.stage,
            problem=job.problem,
            document_id=job.document_id,
            plan_id=job.plan_id,
            plan=plan,
            events=f"{plan}/events" if plan else None,
            created_at=job.created_at,
            updated_at=job.updated_at,
        )


class PlanSummary(View):
    """Where a plan stands, without its content."""

    id: str = Field(examples=["plan-7c2a41e09d5b4f18"])
    title: str
    document_id: str | None
    engine: str = Field(examples=["patterns"])
    state: PlanState
    problem: str | None
    version: int | None = Field(description="number of the newest version; null before the first")
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, record: PlanRecord) -> Self:
        """The summary of a record."""
        return cls(
            id=record.id,
            title=record.title,
            document_id=record.document_id,
            engine=record.engine,
            state=record.state,
            problem=record.problem,
            version=record.current,
            created_at=record.created_at,
            updated_at=record.updated_at,
        )


class PlanView(PlanSummary):
    """A plan and what people noted on its items.

    `plan` follows the schema at `/api/v1/schema/plan.json`; both are null until it is written.
    """

    plan: Plan | None = None
    marks: Marks | None = None


class PlanOrder(View):
    """Which engine is to write the plan."""

    engine: str = Field(default="patterns", description="patterns (no model) or model, where one is set up")


class PracticeSummary(View):
    """An entry of the practice library, in short."""

    id: str
    name: str
    kind: Kind
    capability: CapabilityId
    purpose: str

    @classmethod
    def of(cls, practice: Practice) -> Self:
        """The summary of a practice."""
        return cls(
            id=practice.id,
            name=practice.name,
            kind=practice.kind,
            capability=practice.capability,
            purpose=practice.purpose,
        )


class Health(View):
    """Whether the server lives, or is ready; `checks` says which part is not."""

    status: str = Field(examples=["ok"])
    checks: dict[str, bool] = Field(default_factory=dict)
