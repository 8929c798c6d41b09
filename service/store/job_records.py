"""Jobs as people see them.

Owns: their rows. Must not know: how durable work runs (see `service.jobs`).
"""

from __future__ import annotations

import uuid

from sqlalchemy import select, update

from service.store.database import Database, now
from service.store.errors import NotFound
from service.store.records import JobKind, JobRecord, JobState
from service.store.tables import JobRow


class JobRepository:
    """Jobs of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def add(self, kind: JobKind, document_id: str, plan_id: str | None = None) -> JobRecord:
        """A queued job."""
        at = now()
        row = JobRow(
            id=f"job-{uuid.uuid4().hex[:16]}",
            workspace_id=self._workspace,
            kind=kind.value,
            document_id=document_id,
            plan_id=plan_id,
            state=JobState.queued.value,
            stage=None,
            problem=None,
            created_at=at,
            updated_at=at,
        )
        with self._database.writing() as session:
            session.add(row)
        return _record(row)

    def get(self, job_id: str) -> JobRecord:
        """The job.

        Raises:
            NotFound: this workspace has no such job.
        """
        with self._database.reading() as session:
            row = session.scalar(select(JobRow).where(JobRow.workspace_id == self._workspace, JobRow.id == job_id))
        if row is None:
            raise NotFound(f"There is no job {job_id}.")
        return _record(row)

    def waiting(self) -> list[JobRecord]:
        """Jobs that have not ended."""
        open_states = (JobState.queued.value, JobState.running.value)
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow)
                .where(JobRow.workspace_id == self._workspace, JobRow.state.in_(open_states))
                .order_by(JobRow.created_at)
            )
            return [_record(row) for row in rows]

    def update(self, job_id: str, state: JobState, stage: str | None = None, problem: str | None = None) -> None:
        """Note how far the job is."""
        with self._database.writing() as session:
            session.execute(
                update(JobRow)
                .where(JobRow.workspace_id == self._workspace, JobRow.id == job_id)
                .values(state=state.value, stage=stage, problem=problem, updated_at=now())
            )


def _record(row: JobRow) -> JobRecord:
    return JobRecord(
        id=row.id,
        workspace_id=row.workspace_id,
        kind=JobKind(row.kind),
        document_id=row.document_id,
        plan_id=row.plan_id,
        state=JobState(row.state),
        stage=row.stage,
        problem=row.problem,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
