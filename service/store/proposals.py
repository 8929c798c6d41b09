"""Proposals: whole items lying beside those of a plan until somebody takes or declines them.

Owns: their rows. Must not know: what taking one does to a plan, the web.
"""

from __future__ import annotations

import uuid

from sqlalchemy import select

from service.store.database import Database, now
from service.store.errors import NotFound
from service.store.plans import standing_plan
from service.store.records import ProposalRecord, ProposalState
from service.store.tables import ProposalRow


class ProposalRepository:
    """Proposals of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def add(
        self,
        plan_id: str,
        item_id: str | None,
        source: str,
        content: str,
        remark: str,
        author: str,
        text_id: str | None = None,
    ) -> ProposalRecord:
        """An open proposal; its quotes stand in the text `text_id`, by default the one that the plan rests on.

        Raises:
            NotFound: this workspace has no such plan.
            PlanErased: its document was erased.
        """
        row = ProposalRow(
            id=f"prop-{uuid.uuid4().hex[:16]}",
            workspace_id=self._workspace,
            plan_id=plan_id,
            item_id=item_id,
            source=source,
            content=content,
            remark=remark,
            author=author,
            state=ProposalState.open.value,
            answer=None,
            created_at=now(),
            settled_at=None,
        )
        with self._database.writing() as session:
            row.text_id = text_id or standing_plan(session, self._workspace, plan_id).text_id
            session.add(row)
        return _record(row)

    def of_plan(self, plan_id: str, *, only_open: bool = False) -> list[ProposalRecord]:
        """Proposals of a plan, the oldest first."""
        wanted = select(ProposalRow).where(ProposalRow.workspace_id == self._workspace, ProposalRow.plan_id == plan_id)
        if only_open:
            wanted = wanted.where(ProposalRow.state == ProposalState.open.value)
        with self._database.reading() as session:
            return [_record(row) for row in session.scalars(wanted.order_by(ProposalRow.created_at, ProposalRow.id))]

    def get(self, plan_id: str, proposal_id: str) -> ProposalRecord:
        """One proposal.

        Raises:
            NotFound: the plan has no such proposal.
        """
        found = next((one for one in self.of_plan(plan_id) if one.id == proposal_id), None)
        if found is None:
            raise NotFound(f"The plan {plan_id} has no proposal {proposal_id}.")
        return found

    def settle(self, plan_id: str, proposal_id: str, state: ProposalState, answer: str | None = None) -> None:
        """Note what became of it.

        Raises:
            NotFound: the plan has no such proposal.
        """
        self.get(plan_id, proposal_id)
        with self._database.writing() as session:
            row = session.scalar(
                select(ProposalRow).where(ProposalRow.workspace_id == self._workspace, ProposalRow.id == proposal_id)
            )
            if row is not None:
                row.state, row.answer, row.settled_at = state.value, answer, now()


def _record(row: ProposalRow) -> ProposalRecord:
    return ProposalRecord(
        id=row.id,
        plan_id=row.plan_id,
        item_id=row.item_id,
        source=row.source,
        content=row.content,
        remark=row.remark,
        author=row.author,
        state=ProposalState(row.state),
        answer=row.answer,
        created_at=row.created_at,
        settled_at=row.settled_at,
        text_id=row.text_id,
    )
