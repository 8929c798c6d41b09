"""The tables, as SQLAlchemy reads and writes them.

Owns: columns, keys and constraints; `migrations/` brings a database to this shape. Must not know:
dialects, queries, the web. Those of people are in `access_tables`. Every table carries `workspace_id`,
and every query names it.

A document is a lineage of versions (the bytes); a version has one canonical text a parser version; the
newest text's passages are what search sees. A plan keeps every version of its content.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from service.store.errors import UnstorableText

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Attach UTC where the database gave none."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class PlainText(TypeDecorator[str]):
    """Text that every database keeps: no NUL, no half of a surrogate pair."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse what only some databases would keep."""
        if value is not None and _UNSTORABLE.search(value):
            raise UnstorableText("A text holds characters that cannot be kept (NUL or broken Unicode); type it anew.")
        return value


class Tables(DeclarativeBase):
    """All tables. Constraints have names, so that later migrations can alter them on SQLite too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: PlainText, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


def _workspace() -> Mapped[str]:
    return mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), index=True)


class WorkspaceRow(Tables):
    """A separate house for documents and plans."""

    __tablename__ = "workspaces"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]


class DocumentRow(Tables):
    """A strategy document through all its versions."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    created_at: Mapped[datetime]


class DocumentVersionRow(Tables):
    """The bytes of one version, known by their SHA-256; the same bytes come only once to a workspace."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("workspace_id", "sha256"), UniqueConstraint("document_id", "number"))
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    number: Mapped[int]
    sha256: Mapped[str]
    filename: Mapped[str]
    size: Mapped[int]
    created_at: Mapped[datetime]


class CanonicalTextRow(Tables):
    """What one parser version read in the bytes: immutable. `indexed_with` names the embedder of its vectors."""

    __tablename__ = "canonical_texts"
    __table_args__ = (UniqueConstraint("version_id", "parser_version"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    version_id: Mapped[str] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"))
    parser_version: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    language: Mapped[str]
    words: Mapped[int]
    text: Mapped[str]
    blocks: Mapped[list[Any]]
    about: Mapped[dict[str, Any]]
    indexed_with: Mapped[str | None]
    created_at: Mapped[datetime]


class PassageRow(Tables):
    """A passage of a canonical text; `row` is what the full-text index calls it.

    The vector (float32, native order) is kept to the bit: the index rounds what it is given, and a plan
    must not depend on whether its vectors came from there.
    """

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("text_id", "passage_id"), Index("passages_by_id", "workspace_id", "passage_id"))
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace_id: Mapped[str] = _workspace()
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    text_id: Mapped[str] = mapped_column(ForeignKey("canonical_texts.id", ondelete="CASCADE"))
    passage_id: Mapped[str]
    position: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    location: Mapped[dict[str, Any]]
    sentence_ids: Mapped[list[Any]]
    headings: Mapped[str]
    words: Mapped[str]
    vector: Mapped[bytes]
    embedder: Mapped[str]


class PlanRow(Tables):
    """A plan: where it stands and what it was made from. Its content lies in its versions."""

    __tablename__ = "plans"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    text_id: Mapped[str | None] = mapped_column(ForeignKey("canonical_texts.id", ondelete="SET NULL"))
    title: Mapped[str]
    engine: Mapped[str]
    state: Mapped[str]
    problem: Mapped[str | None]
    current: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PlanVersionRow(Tables):
    """The whole content of a plan after one accepted change; never altered, never deleted alone.

    `text_id` is the text that its quotes stand in: a plan moves on when its strategy changes.
    """

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    number: Mapped[int]
    parent: Mapped[int | None]
    text_id: Mapped[str | None] = mapped_column(ForeignKey("canonical_texts.id", ondelete="SET NULL"))
    author: Mapped[str]
    reason: Mapped[str]
    content: Mapped[str]
    marks: Mapped[str]
    created_at: Mapped[datetime]


class ProposalRow(Tables):
    """A whole item lying beside a plan's own; it changes nothing until somebody takes it."""

    __tablename__ = "proposals"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[str | None]
    text_id: Mapped[str | None] = mapped_column(ForeignKey("canonical_texts.id", ondelete="SET NULL"))
    source: Mapped[str]
    content: Mapped[str]
    remark: Mapped[str]
    author: Mapped[str]
    state: Mapped[str]
    answer: Mapped[str | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class RevisionRow(Tables):
    """A plan's document held against a newer version of it; `content` is JSON of the comparison, once it is made."""

    __tablename__ = "revisions"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    old_text_id: Mapped[str] = mapped_column(ForeignKey("canonical_texts.id", ondelete="CASCADE"))
    new_text_id: Mapped[str] = mapped_column(ForeignKey("canonical_texts.id", ondelete="CASCADE"))
    state: Mapped[str]
    problem: Mapped[str | None]
    content: Mapped[str | None]
    author: Mapped[str]
    created_at: Mapped[datetime]


class InvitationRow(Tables):
    """A link by which people without an account reply to a plan; only the digest of its token is kept."""

    __tablename__ = "invitations"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[str]
    label: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ResponseRow(Tables):
    """What somebody said to an intent or an item, and what the lead answered."""

    __tablename__ = "responses"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[str | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    kind: Mapped[str]
    words: Mapped[str]
    author: Mapped[str]
    via: Mapped[str]
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class ProfileRow(Tables):
    """What an organisation tells about itself, as JSON; one a workspace."""

    __tablename__ = "profiles"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[str]
    author: Mapped[str]
    updated_at: Mapped[datetime]


class OwnPracticeRow(Tables):
    """One revision of an organisation's own practice, as JSON; `retired_at` where it is offered no more."""

    __tablename__ = "own_practices"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str]
    revision: Mapped[int]
    number: Mapped[int]
    content: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class PlanEventRow(Tables):
    """What a reader of the stream is told, numbered from 1 without gaps a plan."""

    __tablename__ = "plan_events"
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    workspace_id: Mapped[str] = _workspace()
    kind: Mapped[str]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class JobRow(Tables):
    """Long work as people see it; the durable workflow behind it has the same id."""

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    kind: Mapped[str]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    state: Mapped[str]
    stage: Mapped[str | None]
    problem: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
