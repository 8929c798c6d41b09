"""The audit log of a workspace: who saw, changed and exported what.

Owns: its rows; nothing here alters one. Must not know: the web, what a plan is called. An entry holds ids
and acts, no words of documents, so that erasing a document leaves none behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from service.store.access_tables import AuditRow
from service.store.database import Database, now

#: Seeing the same thing again within this time is one entry.
SAME_VISIT = timedelta(minutes=15)


class Act(StrEnum):
    """What somebody did."""

    saw = "saw"
    changed = "changed"
    exported = "exported"
    refused = "refused"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done: by whom (`via` session or key), what (the route's name) and to what."""

    account_id: str | None
    name: str
    via: str
    act: Act
    what: str
    subject_kind: str = ""
    subject_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A deed in the log; numbers rise with time."""

    number: int
    at: datetime
    deed: Deed


class AuditRepository:
    """The log of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def note(self, deed: Deed) -> None:
        """Write it down; what was seen a moment ago is not written again."""
        if deed.act is Act.saw and self._seen_lately(deed):
            return
        row = AuditRow(
            workspace_id=self._workspace,
            at=now(),
            account_id=deed.account_id,
            name=deed.name,
            via=deed.via,
            act=deed.act.value,
            what=deed.what,
            subject_kind=deed.subject_kind,
            subject_id=deed.subject_id,
            note=deed.note,
        )
        with self._database.writing() as session:
            session.add(row)

    def latest(self, limit: int, before: int | None = None, account_id: str | None = None) -> list[Entry]:
        """Entries, the latest first: those numbered below `before`, of one person if given."""
        wanted = select(AuditRow).where(AuditRow.workspace_id == self._workspace)
        if before is not None:
            wanted = wanted.where(AuditRow.number < before)
        if account_id is not None:
            wanted = wanted.where(AuditRow.account_id == account_id)
        with self._database.reading() as session:
            rows = session.scalars(wanted.order_by(AuditRow.number.desc()).limit(limit))
            return [Entry(row.number, row.at, _deed(row)) for row in rows]

    def _seen_lately(self, deed: Deed) -> bool:
        wanted = select(AuditRow.number).where(
            AuditRow.workspace_id == self._workspace,
            AuditRow.at > now() - SAME_VISIT,
            AuditRow.account_id == deed.account_id,
            AuditRow.via == deed.via,
            AuditRow.act == Act.saw.value,
            AuditRow.what == deed.what,
            AuditRow.subject_id == deed.subject_id,
        )
        with self._database.reading() as session:
            return session.scalar(wanted.order_by(AuditRow.number.desc()).limit(1)) is not None


def _deed(row: AuditRow) -> Deed:
    return Deed(row.account_id, row.name, row.via, Act(row.act), row.what, row.subject_kind, row.subject_id, row.note)
