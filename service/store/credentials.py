"""Secrets that open a workspace: one-time entries, sessions and keys. Only their digests are kept.

Owns: making, checking and spending them. Must not know: cookies, headers.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.store.database import Database, now
from service.store.tables import CredentialRow


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


class CredentialRepository:
    """Secrets of all workspaces: which one a secret opens is what is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def issue(self, kind: Credential, workspace_id: str, *, only: bool = False) -> str:
        """A new secret; with `only`, older ones of its kind no longer open this workspace."""
        secret = secrets.token_urlsafe(32)
        with self._database.writing() as session:
            if only:
                session.execute(
                    delete(CredentialRow).where(
                        CredentialRow.workspace_id == workspace_id, CredentialRow.kind == kind.value
                    )
                )
            session.add(_row(secret, kind, workspace_id))
        return secret

    def opens(self, secret: str, kind: Credential) -> str | None:
        """The workspace that the secret opens, or None."""
        with self._database.reading() as session:
            found = _find(session, secret, kind)
        return found.workspace_id if found else None

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
    """The secrets are 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
