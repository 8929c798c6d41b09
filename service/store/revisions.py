"""Revisions: a plan's document held against a newer version of it.

Owns: their rows. Must not know: how two versions are compared, what a person settles, the web. Whether a
revision is open is said by the plan's current version, whose marks name it; an undo thus takes it back too.
"""

from __future__ import annotations

import uuid

from sqlalchemy import select, update

from service.store.database import Database, now
from service.store.errors import NotFound
from service.store.plans import standing_plan
from service.store.records import RevisionRecord, RevisionState
from service.store.tables import RevisionRow


class RevisionRepository:
    """Revisions of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def add(self, plan_id: str, old_text_id: str, new_text_id: str, author: str) -> RevisionRecord:
        """A revision that is still to be compared.

        Raises:
            NotFound: this workspace has no such plan.
            PlanErased: its document was erased.
        """
        row = RevisionRow(
            id=f"rev-{uuid.uuid4().hex[:16]}",
            workspace_id=self._workspace,
            plan_id=plan_id,
            old_text_id=old_text_id,
            new_text_id=new_text_id,
            state=RevisionState.comparing.value,
            problem=None,
            content=None,
            author=author,
            created_at=now(),
        )
        with self._database.writing() as session:
            standing_plan(session, self._workspace, plan_id)
            session.add(row)
        return _record(row)

    def latest(self, plan_id: str) -> RevisionRecord | None:
        """The newest revision of a plan, or None."""
        wanted = (
            select(RevisionRow)
            .where(RevisionRow.workspace_id == self._workspace, RevisionRow.plan_id == plan_id)
            .order_by(RevisionRow.created_at.desc(), RevisionRow.id)
            .limit(1)
        )
        with self._database.reading() as session:
            row = session.scalar(wanted)
        return _record(row) if row is not None else None

    def get(self, plan_id: str, revision_id: str) -> RevisionRecord:
        """One revision.

        Raises:
            NotFound: the plan has no such revision.
        """
        wanted = select(RevisionRow).where(
            RevisionRow.workspace_id == self._workspace,
            RevisionRow.plan_id == plan_id,
            RevisionRow.id == revision_id,
        )
        with self._database.reading() as session:
            row = session.scalar(wanted)
        if row is None:
            raise NotFound(f"The plan {plan_id} has no revision {revision_id}.")
        return _record(row)

    def keep(self, revision_id: str, content: str) -> None:
        """Keep the comparison; the plan is still to be marked."""
        self._set(revision_id, {"content": content})

    def compared(self, revision_id: str) -> None:
        """Note that the comparison is kept and the plan marked."""
        self._set(revision_id, {"state": RevisionState.compared.value})

    def failed(self, revision_id: str, problem: str) -> None:
        """Note why the two could not be compared."""
        self._set(revision_id, {"state": RevisionState.failed.value, "problem": problem})

    def _set(self, revision_id: str, values: dict[str, str | None]) -> None:
        with self._database.writing() as session:
            session.execute(
                update(RevisionRow)
                .where(RevisionRow.workspace_id == self._workspace, RevisionRow.id == revision_id)
                .values(**values)
            )


def _record(row: RevisionRow) -> RevisionRecord:
    return RevisionRecord(
        id=row.id,
        plan_id=row.plan_id,
        old_text_id=row.old_text_id,
        new_text_id=row.new_text_id,
        state=RevisionState(row.state),
        problem=row.problem,
        content=row.content,
        author=row.author,
        created_at=row.created_at,
    )
