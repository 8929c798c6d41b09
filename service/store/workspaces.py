"""Workspaces: the separate houses that everything belongs to.

Owns: their rows. Must not know: what is in them.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select, update

from service.store.database import Database, now
from service.store.errors import NotFound
from service.store.tables import WorkspaceRow

#: The one workspace of local mode.
LOCAL = "local"
LOCAL_NAME = "This computer"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace by its name."""

    id: str
    name: str


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

    def all(self) -> list[Workspace]:
        """All workspaces by name."""
        with self._database.reading() as session:
            rows = session.scalars(select(WorkspaceRow).order_by(WorkspaceRow.name, WorkspaceRow.id))
            return [Workspace(row.id, row.name) for row in rows]

    def create(self, name: str) -> Workspace:
        """A new, empty workspace."""
        made = Workspace(f"ws-{uuid.uuid4().hex[:16]}", name)
        self.ensure(made.id, made.name)
        return made

    def rename(self, workspace_id: str, name: str) -> None:
        """Call the workspace something else."""
        with self._database.writing() as session:
            session.execute(update(WorkspaceRow).where(WorkspaceRow.id == workspace_id).values(name=name))

    def named(self, name: str) -> Workspace:
        """The workspace with this name, or this id.

        Raises:
            NotFound: there is none, or several have the name.
        """
        found = [one for one in self.all() if name in (one.id, one.name)]
        if len(found) != 1:
            known = "; ".join(f"{one.name} ({one.id})" for one in self.all())
            raise NotFound(f"{len(found) or 'No'} workspaces are called {name[:80]!r}. There are: {known}.")
        return found[0]
