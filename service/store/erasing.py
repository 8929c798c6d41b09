"""Erasing in SQL: which rows go with a document or a workspace, and what stays of a plan.

Owns: those deletions, and the tombstones that take the place of plans' contents. Must not know: files, vectors,
the web.
"""

from __future__ import annotations

from pydantic import ValidationError
from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from service.plan.plan import Plan
from service.plan.tombstone import Tombstone, tombstone_of
from service.store.access_tables import AuditRow, CredentialRow
from service.store.database import now
from service.store.records import PlanState
from service.store.tables import DocumentRow, DocumentVersionRow, PlanRow, PlanVersionRow, Tables

#: What stands where a plan's title and its versions' reasons stood.
TITLE = "Plan of an erased document"
REASON = "words erased with the document"
#: Tables about a plan that are not emptied: its versions become tombstones instead.
KEPT_WITH_PLANS = frozenset({"plan_versions"})
#: Tables that say who may enter and who did; they outlive what lies inside.
DOORS = frozenset({"credentials", "memberships", "audit_entries"})
#: What stands in the log where a key's label stood.
A_KEY = "a program with a key"


def erase_document(session: Session, workspace_id: str, document_id: str) -> list[str]:
    """Delete a document and all that holds its words; its plans become tombstones.

    Gives the SHA-256 of its originals.
    """
    mine = (DocumentVersionRow.workspace_id == workspace_id, DocumentVersionRow.document_id == document_id)
    originals = list(session.scalars(select(DocumentVersionRow.sha256).where(*mine)))
    plans = list(
        session.scalars(
            select(PlanRow)
            .where(PlanRow.workspace_id == workspace_id, PlanRow.document_id == document_id)
            .with_for_update()
        )
    )
    for plan in plans:
        _empty(session, plan)
    session.flush()
    session.execute(delete(DocumentRow).where(DocumentRow.workspace_id == workspace_id, DocumentRow.id == document_id))
    return originals


def erase_workspace(session: Session, workspace_id: str) -> list[str]:
    """Delete everything that lies in a workspace, its persons' keys and invitations too.

    Its people and their sessions stay, and the log without what people typed. Gives the SHA-256 of its originals.
    """
    originals = list(
        session.scalars(select(DocumentVersionRow.sha256).where(DocumentVersionRow.workspace_id == workspace_id))
    )
    for table in reversed(Tables.metadata.sorted_tables):
        if "workspace_id" in table.columns and table.name not in DOORS:
            session.execute(delete(table).where(table.columns["workspace_id"] == workspace_id))
    _close_keys(session, workspace_id)
    return originals


def tables_of_plans() -> tuple[Table, ...]:
    """Tables whose rows about a plan are deleted with its document."""
    return tuple(
        table
        for table in Tables.metadata.sorted_tables
        if "plan_id" in table.columns and table.name not in KEPT_WITH_PLANS
    )


def _close_keys(session: Session, workspace_id: str) -> None:
    """Keys of persons end, and the log forgets their labels and whatever else it noted in words."""
    session.execute(
        delete(CredentialRow).where(CredentialRow.workspace_id == workspace_id, CredentialRow.key_id.is_not(None))
    )
    mine = AuditRow.workspace_id == workspace_id
    session.execute(update(AuditRow).where(mine, AuditRow.note != "").values(note=""))
    session.execute(update(AuditRow).where(mine, AuditRow.via == "key").values(name=A_KEY))


def _empty(session: Session, plan: PlanRow) -> None:
    """A plan that was never written goes; one that was keeps its versions' numbers, authors, times and structure."""
    if plan.current is None:
        session.delete(plan)
        return
    for table in tables_of_plans():
        session.execute(delete(table).where(table.columns["plan_id"] == plan.id))
    for version in session.scalars(select(PlanVersionRow).where(PlanVersionRow.plan_id == plan.id)):
        version.content, version.marks, version.reason = _structure(version.content), "{}", REASON
    session.execute(
        update(PlanRow)
        .where(PlanRow.id == plan.id)
        .values(
            document_id=None,
            text_id=None,
            title=TITLE,
            problem=None,
            state=PlanState.erased.value,
            updated_at=now(),
        )
    )


def _structure(content: str) -> str:
    """The tombstone of a content; one that cannot be read any more leaves an empty one."""
    try:
        stone = tombstone_of(Plan.model_validate_json(content))
    except ValidationError:
        stone = Tombstone(
            engine="unknown", library_version="unknown", intents=0, deferred=0, indicators=0, questions=0, items=()
        )
    return stone.model_dump_json()
