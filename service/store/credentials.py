"""Secrets that open a workspace: one-time entries, sessions and keys. Only their digests are kept.

Owns: making, checking and spending them. Must not know: cookies, headers, what a role may do.

A secret without an account belongs to local mode; one with an account belongs to that person.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from service.people import Role
from service.store.access_tables import AccountRow, CredentialRow
from service.store.database import Database, now
from service.store.errors import NotFound


class Credential(StrEnum):
    """What a secret is for."""

    entry = "entry"
    session = "session"
    key = "key"


#: How long each kind opens the door; None is for ever.
LIVES: dict[Credential, timedelta | None] = {
    Credential.entry: timedelta(days=1),
    Credential.session: timedelta(days=30),
    Credential.key: None,
}
#: A person's session is shorter than that of whoever sits at the computer itself.
PERSONAL_SESSION = timedelta(days=7)
#: By these letters a scanner of leaked secrets knows a key.
KEY_PREFIX = "tlk_"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a secret opens: a workspace, for an account (None: local mode), a key at most with a role."""

    workspace_id: str
    account_id: str | None
    role: Role | None
    label: str | None


@dataclass(frozen=True, slots=True)
class KeyNote:
    """A key as people see it; the secret itself is shown once, when it is made."""

    id: str
    label: str
    role: Role
    owner: str
    created_at: datetime


class CredentialRepository:
    """Secrets of all workspaces: which one a secret opens is what is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def issue(self, kind: Credential, workspace_id: str, *, only: bool = False) -> str:
        """A new secret of local mode; with `only`, older ones of its kind no longer open this workspace."""
        secret = secrets.token_urlsafe(32)
        with self._database.writing() as session:
            if only:
                session.execute(
                    delete(CredentialRow).where(
                        CredentialRow.workspace_id == workspace_id,
                        CredentialRow.kind == kind.value,
                        CredentialRow.account_id.is_(None),
                    )
                )
            session.add(_row(secret, kind, workspace_id))
        return secret

    def opens(self, secret: str, kind: Credential) -> str | None:
        """The workspace that the secret opens, or None."""
        found = self.opened(secret, kind)
        return found.workspace_id if found else None

    def opened(self, secret: str, kind: Credential) -> Opened | None:
        """What the secret opens, or None."""
        with self._database.reading() as session:
            found = _find(session, secret, kind)
        if found is None:
            return None
        return Opened(found.workspace_id, found.account_id, Role(found.role) if found.role else None, found.label)

    def exchange(self, entry: str) -> str | None:
        """Spend a one-time entry for a session; None if it was spent before or never was."""
        with self._database.writing() as session:
            found = _find(session, entry, Credential.entry)
            if found is None:
                return None
            secret = secrets.token_urlsafe(32)
            session.delete(found)
            session.add(_row(secret, Credential.session, found.workspace_id))
        return secret

    def begin_session(self, account_id: str, workspace_id: str, replaces: str | None = None) -> str:
        """A new session of a person; the secret it `replaces` opens nothing any more, whoever knew it."""
        secret = secrets.token_urlsafe(32)
        row = _row(secret, Credential.session, workspace_id)
        row.account_id, row.expires_at = account_id, row.created_at + PERSONAL_SESSION
        with self._database.writing() as session:
            if replaces:
                session.execute(delete(CredentialRow).where(CredentialRow.digest == _digest(replaces)))
            session.execute(delete(CredentialRow).where(CredentialRow.expires_at < now()))
            session.add(row)
        return secret

    def end_session(self, secret: str) -> None:
        """The session opens nothing any more."""
        self._delete(CredentialRow.digest == _digest(secret), CredentialRow.kind == Credential.session.value)

    def end_sessions(self, account_id: str) -> None:
        """All sessions of a person end."""
        self._delete(CredentialRow.account_id == account_id, CredentialRow.kind == Credential.session.value)

    def add_key(self, workspace_id: str, account_id: str, label: str, role: Role) -> str:
        """A person's key to one workspace; the secret is to be shown once."""
        secret = KEY_PREFIX + secrets.token_urlsafe(32)
        row = _row(secret, Credential.key, workspace_id)
        row.account_id, row.label, row.role = account_id, label, role.value
        row.key_id = f"key-{uuid.uuid4().hex[:16]}"
        with self._database.writing() as session:
            session.add(row)
        return secret

    def keys(self, workspace_id: str) -> list[KeyNote]:
        """All persons' keys to a workspace, the latest first."""
        wanted = (
            select(CredentialRow, AccountRow.name)
            .join(AccountRow, AccountRow.id == CredentialRow.account_id)
            .where(CredentialRow.workspace_id == workspace_id, CredentialRow.kind == Credential.key.value)
            .order_by(CredentialRow.created_at.desc(), CredentialRow.key_id)
        )
        with self._database.reading() as session:
            rows = session.execute(wanted).all()
        return [
            KeyNote(row.key_id or "", row.label or "", Role(row.role or Role.viewer), owner, row.created_at)
            for row, owner in rows
        ]

    def revoke_key(self, workspace_id: str, key_id: str) -> str:
        """The key opens nothing any more; gives its label.

        Raises:
            NotFound: this workspace has no such key.
        """
        with self._database.writing() as session:
            row = session.scalar(
                select(CredentialRow).where(CredentialRow.workspace_id == workspace_id, CredentialRow.key_id == key_id)
            )
            if row is None:
                raise NotFound("There is no such key.")
            session.delete(row)
            return row.label or ""

    def _delete(self, *which: ColumnElement[bool]) -> None:
        with self._database.writing() as session:
            session.execute(delete(CredentialRow).where(*which))


def _find(session: Session, secret: str, kind: Credential) -> CredentialRow | None:
    found = session.scalar(
        select(CredentialRow).where(CredentialRow.digest == _digest(secret), CredentialRow.kind == kind.value)
    )
    return found if found is not None and not _over(found.expires_at) else None


def _over(moment: datetime | None) -> bool:
    return moment is not None and moment < now()


def _row(secret: str, kind: Credential, workspace_id: str) -> CredentialRow:
    at, life = now(), LIVES[kind]
    return CredentialRow(
        digest=_digest(secret),
        workspace_id=workspace_id,
        kind=kind.value,
        created_at=at,
        expires_at=at + life if life else None,
    )


def _digest(secret: str) -> str:
    """The secrets are 256 random bits, so a plain hash is enough, and looking it up gives no time to measure."""
    return hashlib.sha256(secret.encode()).hexdigest()
