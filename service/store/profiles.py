"""The organisation's profile of a workspace.

Owns: its row. Must not know: what it changes in a plan, forms.
"""

from __future__ import annotations

from sqlalchemy import delete

from service.plan.profile import Profile
from service.store.database import Database, now
from service.store.tables import ProfileRow


class ProfileRepository:
    """The one profile of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def get(self) -> Profile | None:
        """The profile, or None where none was told."""
        with self._database.reading() as session:
            row = session.get(ProfileRow, self._workspace)
        return Profile.model_validate_json(row.content) if row is not None else None

    def put(self, profile: Profile, author: str) -> None:
        """Keep the profile in place of the one before; an empty one is none."""
        with self._database.writing() as session:
            session.execute(delete(ProfileRow).where(ProfileRow.workspace_id == self._workspace))
            if profile != Profile():
                content = profile.model_dump_json()
                session.add(ProfileRow(workspace_id=self._workspace, content=content, author=author, updated_at=now()))
