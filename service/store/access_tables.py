"""The tables of access: accounts, who belongs to which workspace, secrets, invitations, the audit log, counted calls.

Owns: their columns; `tables` owns the rest. Must not know: queries, the web. An account and a count belong
to the whole server; everything else carries `workspace_id`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables import Tables


def _workspace() -> Mapped[str]:
    return mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), index=True)


class AccountRow(Tables):
    """A person who can sign in; `address` is the mail address in small letters."""

    __tablename__ = "accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str]
    created_at: Mapped[datetime]


class MembershipRow(Tables):
    """What a person may do in a workspace."""

    __tablename__ = "memberships"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str]
    created_at: Mapped[datetime]


class CredentialRow(Tables):
    """The digest of a secret that opens a workspace: a one-time entry, a session or a key.

    Without an account it is local mode's; a person's key has an id, a label and the most it may do.
    """

    __tablename__ = "credentials"
    digest: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    kind: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    key_id: Mapped[str | None] = mapped_column(unique=True)
    label: Mapped[str | None]
    role: Mapped[str | None]


class JoiningRow(Tables):
    """An invitation into a workspace; of its link only the digest is kept. Accepted once."""

    __tablename__ = "joinings"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    digest: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str]
    role: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class AuditRow(Tables):
    """Who saw, changed or exported what. Ids and acts, never a document's words: erasing must leave none."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("audit_entries_of_workspace", "workspace_id", "number"),
        Index("audit_entries_lately", "workspace_id", "account_id", "at"),
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    account_id: Mapped[str | None]
    name: Mapped[str]
    via: Mapped[str]
    act: Mapped[str]
    what: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    note: Mapped[str]


class CountRow(Tables):
    """How often something was asked in a stretch of time; `bucket` is a digest of what and by whom."""

    __tablename__ = "counts"
    bucket: Mapped[str] = mapped_column(primary_key=True)
    stretch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)
