"""Workspaces: the separate houses that everything belongs to.

Owns: their rows. Must not know: what is in them.
"""

from __future__ import annotations

from sqlalchemy import select

from service.store.database import Database, now
from service.store.tables import WorkspaceRow

#: The one workspace of local mode.
LOCAL = "local"


class WorkspaceRepository:
    """All workspaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure(self, workspace_id: str, name: str) -> None:
        """Make the workspace, if it is not there."""
        with self._database.writing() as session:
            if session.get(WorkspaceRow, workspace_id) is None:
                session.add(WorkspaceRow(id=workspace_id, name=name, created_at=now()))

    def ids(self) -> list[str]:
        """All workspaces, sorted."""
        with self._database.reading() as session:
            return list(session.scalars(select(WorkspaceRow.id).order_by(WorkspaceRow.id)))
