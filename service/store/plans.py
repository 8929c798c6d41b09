"""Plans, the versions of their content, and the events readers of a stream are told.

Owns: their rows and the numbering of versions and events. Must not know: how plans are made, the web.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from service.store.database import Database, now
from service.store.errors import Conflict, NotFound, PlanErased, PlanNotReady
from service.store.records import DocumentRecord, PlanEvent, PlanRecord, PlanState, PlanVersion, VersionNote
from service.store.tables import PlanEventRow, PlanRow, PlanVersionRow


class PlanRepository:
    """Plans of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def all(self, document_id: str | None = None) -> list[PlanRecord]:
        """Plans, the latest first; of one document, if given."""
        wanted = select(PlanRow).where(PlanRow.workspace_id == self._workspace)
        if document_id is not None:
            wanted = wanted.where(PlanRow.document_id == document_id)
        with self._database.reading() as session:
            return [_record(row) for row in session.scalars(wanted.order_by(PlanRow.created_at.desc(), PlanRow.id))]

    def get(self, plan_id: str) -> PlanRecord:
        """The plan without its content.

        Raises:
            NotFound: this workspace has no such plan.
        """
        with self._database.reading() as session:
            row = session.scalar(select(PlanRow).where(PlanRow.workspace_id == self._workspace, PlanRow.id == plan_id))
        if row is None:
            raise NotFound(f"There is no plan {plan_id}.")
        return _record(row)

    def add(self, document: DocumentRecord, engine: str) -> PlanRecord:
        """A queued plan for the document's newest text."""
        at = now()
        row = PlanRow(
            id=f"plan-{uuid.uuid4().hex[:16]}",
            workspace_id=self._workspace,
            document_id=document.id,
            text_id=document.text_id,
            title=document.title,
            engine=engine,
            state=PlanState.queued.value,
            problem=None,
            current=None,
            created_at=at,
            updated_at=at,
        )
        with self._database.writing() as session:
            session.add(row)
        return _record(row)

    def set_state(self, plan_id: str, state: PlanState, problem: str | None = None) -> None:
        """Note where the plan stands."""
        with self._database.writing() as session:
            session.execute(
                update(PlanRow)
                .where(
                    PlanRow.workspace_id == self._workspace,
                    PlanRow.id == plan_id,
                    PlanRow.state != PlanState.erased.value,
                )
                .values(state=state.value, problem=problem, updated_at=now())
            )

    def add_version(
        self,
        plan_id: str,
        content: str,
        author: str,
        reason: str,
        marks: str = "{}",
        expected: int | None = None,
        stands_on: int | None = None,
        text_id: str | None = None,
    ) -> PlanVersion:
        """Keep the plan's content as its next version and make it the current one.

        Its parent is the version that stood, or `stands_on` (0: none): an undo stands on what came before what it
        took back. Its quotes stand in the text `text_id`, by default the one that the plan rests on.

        Raises:
            Conflict: `expected` is not the current version's number any more.
            NotFound: this workspace has no such plan.
            PlanErased: its document was erased meanwhile.
        """
        with self._database.writing() as session:
            plan = standing_plan(session, self._workspace, plan_id)
            stood, rests_on = plan.current, plan.text_id
            if expected is not None and stood != expected:
                raise Conflict(
                    f"The plan is at version {stood} by now, and this change was made on {expected}.", stood or 0
                )
            last = session.scalar(select(func.max(PlanVersionRow.number)).where(PlanVersionRow.plan_id == plan_id))
            row = PlanVersionRow(
                id=f"pv-{uuid.uuid4().hex[:16]}",
                workspace_id=self._workspace,
                plan_id=plan_id,
                number=(last or 0) + 1,
                parent=stood if stands_on is None else stands_on or None,
                text_id=text_id or rests_on,
                author=author,
                reason=reason,
                content=content,
                marks=marks,
                created_at=now(),
            )
            session.add(row)
            session.execute(
                update(PlanRow)
                .where(PlanRow.id == plan_id)
                .values(current=row.number, text_id=row.text_id, updated_at=row.created_at)
            )
        return _version(row)

    def version(self, plan_id: str, number: int | None = None) -> PlanVersion:
        """A version of the content, the current one by default.

        Raises:
            NotFound: no such plan or version.
            PlanNotReady: the plan has no content yet.
            PlanErased: its document was erased.
        """
        plan = self.get(plan_id)
        if plan.state is PlanState.erased:
            raise PlanErased
        return self._version(plan, number)

    def tombstone(self, plan_id: str) -> PlanVersion:
        """What stays of a plan whose document was erased: its newest version without words.

        Raises:
            NotFound: no such plan, or it was not erased.
        """
        plan = self.get(plan_id)
        if plan.state is not PlanState.erased:
            raise NotFound(f"The plan {plan_id} was not erased.")
        return self._version(plan, None)

    def _version(self, plan: PlanRecord, number: int | None) -> PlanVersion:
        plan_id = plan.id
        wanted = number or plan.current
        if wanted is None:
            raise PlanNotReady(plan.problem or f"The plan {plan_id} is not written yet; follow its events.")
        with self._database.reading() as session:
            row = session.scalar(
                select(PlanVersionRow).where(
                    PlanVersionRow.workspace_id == self._workspace,
                    PlanVersionRow.plan_id == plan_id,
                    PlanVersionRow.number == wanted,
                )
            )
        if row is None:
            raise NotFound(f"The plan {plan_id} has no version {wanted}.")
        return _version(row)

    def versions(self, plan_id: str) -> list[VersionNote]:
        """Who made each version, the latest first.

        Raises:
            NotFound: this workspace has no such plan.
        """
        self.get(plan_id)
        with self._database.reading() as session:
            rows = session.execute(
                select(
                    PlanVersionRow.number,
                    PlanVersionRow.parent,
                    PlanVersionRow.author,
                    PlanVersionRow.reason,
                    PlanVersionRow.created_at,
                )
                .where(PlanVersionRow.workspace_id == self._workspace, PlanVersionRow.plan_id == plan_id)
                .order_by(PlanVersionRow.number.desc())
            )
            return [VersionNote(*row) for row in rows]

    def tell(self, plan_id: str, kind: str, data: dict[str, Any] | None = None) -> None:
        """Append an event; numbers run from 1 without gaps, also with several writers.

        Raises:
            NotFound: this workspace has no such plan.
            PlanErased: its document was erased meanwhile.
        """
        with self._database.writing() as session:
            standing_plan(session, self._workspace, plan_id)
            last = session.scalar(select(func.max(PlanEventRow.number)).where(PlanEventRow.plan_id == plan_id))
            session.add(
                PlanEventRow(
                    plan_id=plan_id,
                    number=(last or 0) + 1,
                    workspace_id=self._workspace,
                    kind=kind,
                    data=data or {},
                    created_at=now(),
                )
            )

    def told(self, plan_id: str, kind: str) -> dict[str, Any] | None:
        """The data of the latest event of a kind, or None."""
        with self._database.reading() as session:
            return session.scalar(
                select(PlanEventRow.data)
                .where(
                    PlanEventRow.workspace_id == self._workspace,
                    PlanEventRow.plan_id == plan_id,
                    PlanEventRow.kind == kind,
                )
                .order_by(PlanEventRow.number.desc())
                .limit(1)
            )

    def events(self, plan_id: str, after: int = 0) -> list[PlanEvent]:
        """Events numbered above `after`, in order."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(PlanEventRow)
                .where(
                    PlanEventRow.workspace_id == self._workspace,
                    PlanEventRow.plan_id == plan_id,
                    PlanEventRow.number > after,
                )
                .order_by(PlanEventRow.number)
            )
            return [PlanEvent(row.number, row.kind, row.data, row.created_at) for row in rows]


def standing_plan(session: Session, workspace_id: str, plan_id: str) -> PlanRow:
    """The plan's row, locked, for whoever is about to write words beside it.

    Raises:
        NotFound: the workspace has no such plan.
        PlanErased: its document was erased.
    """
    wanted = select(PlanRow).where(PlanRow.workspace_id == workspace_id, PlanRow.id == plan_id)
    row = session.scalar(wanted.with_for_update())
    if row is None:
        raise NotFound(f"There is no plan {plan_id}.")
    if row.state == PlanState.erased.value:
        raise PlanErased
    return row


def _record(row: PlanRow) -> PlanRecord:
    return PlanRecord(
        id=row.id,
        document_id=row.document_id,
        text_id=row.text_id,
        title=row.title,
        engine=row.engine,
        state=PlanState(row.state),
        problem=row.problem,
        current=row.current,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _version(row: PlanVersionRow) -> PlanVersion:
    return PlanVersion(
        row.plan_id, row.number, row.parent, row.author, row.reason, row.content, row.marks, row.created_at, row.text_id
    )
