"""An organisation's own practices, each revision a row that is never altered.

Owns: their rows, and which revision is offered. Must not know: how practices are checked, plans, the web.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from corpora.own import FIRST_NUMBER, revised_id
from corpora.records import Practice
from service.store.database import Database, now
from service.store.errors import NotFound
from service.store.tables import OwnPracticeRow

MOST = 200


@dataclass(frozen=True, slots=True)
class OwnPractices:
    """What is offered, and older or removed revisions that plans may rest on."""

    offered: tuple[Practice, ...] = ()
    retired: tuple[Practice, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A practice of one's own that is offered: who wrote this revision and when."""

    practice: Practice
    slug: str
    revision: int
    author: str
    created_at: datetime


class OwnPracticeRepository:
    """Own practices of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def all(self) -> OwnPractices:
        """Every revision, by number."""
        with self._database.reading() as session:
            rows = list(session.scalars(self._mine().order_by(OwnPracticeRow.number, OwnPracticeRow.revision)))
        found = [(row.retired_at is None, Practice.model_validate_json(row.content)) for row in rows]
        return OwnPractices(
            offered=tuple(practice for offered, practice in found if offered),
            retired=tuple(practice for offered, practice in found if not offered),
        )

    def stamp(self) -> tuple[tuple[str, bool], ...]:
        """Ids of all revisions and whether each is offered: the same stamp, the same practices."""
        wanted = select(OwnPracticeRow.id, OwnPracticeRow.retired_at.is_(None)).order_by(OwnPracticeRow.id)
        with self._database.reading() as session:
            rows = session.execute(wanted.where(OwnPracticeRow.workspace_id == self._workspace))
            return tuple((row[0], row[1]) for row in rows)

    def offered(self) -> list[OwnRecord]:
        """What is offered, by number."""
        wanted = self._mine().where(OwnPracticeRow.retired_at.is_(None)).order_by(OwnPracticeRow.number)
        with self._database.reading() as session:
            return [_record(row) for row in session.scalars(wanted)]

    def get(self, practice_id: str) -> OwnRecord:
        """A practice that is offered.

        Raises:
            NotFound: this workspace has none under that id.
        """
        found = next((one for one in self.offered() if one.practice.id == practice_id), None)
        if found is None:
            raise NotFound(
                f"You have no practice {practice_id[:100]!r} of your own; it may have been changed or removed."
            )
        return found

    def next_place(self, slug: str) -> tuple[str, int]:
        """A free slug that begins like `slug`, and the next free number."""
        with self._database.reading() as session:
            slugs = set(
                session.scalars(select(OwnPracticeRow.slug).where(OwnPracticeRow.workspace_id == self._workspace))
            )
            last = session.scalar(
                select(func.max(OwnPracticeRow.number)).where(OwnPracticeRow.workspace_id == self._workspace)
            )
        free, count = slug, 2
        while free in slugs:
            free, count = f"{slug}-no{count}", count + 1
        return free, max(FIRST_NUMBER, (last or 0) + 1)

    def add(self, slug: str, practice: Practice, author: str) -> None:
        """Keep a first revision."""
        with self._database.writing() as session:
            session.add(self._row(slug, 1, practice, author))

    def revise(self, practice_id: str, practice: Practice, author: str) -> None:
        """Offer a new revision; the one before stays for the plans that rest on it.

        Raises:
            NotFound: this workspace offers no such practice.
        """
        with self._database.writing() as session:
            before = session.scalar(self._standing(practice_id).with_for_update())
            if before is None:
                raise NotFound(f"The practice {practice_id[:100]!r} was changed or removed meanwhile.")
            before.retired_at = now()
            session.add(self._row(before.slug, before.revision + 1, practice, author))

    def remove(self, practice_id: str) -> None:
        """Offer it no more.

        Raises:
            NotFound: this workspace offers no such practice.
        """
        with self._database.writing() as session:
            row = session.scalar(self._standing(practice_id).with_for_update())
            if row is None:
                raise NotFound(f"The practice {practice_id[:100]!r} was changed or removed meanwhile.")
            row.retired_at = now()

    def _mine(self) -> Select[OwnPracticeRow]:
        return select(OwnPracticeRow).where(OwnPracticeRow.workspace_id == self._workspace)

    def _standing(self, practice_id: str) -> Select[OwnPracticeRow]:
        return self._mine().where(OwnPracticeRow.id == practice_id, OwnPracticeRow.retired_at.is_(None))

    def _row(self, slug: str, revision: int, practice: Practice, author: str) -> OwnPracticeRow:
        if practice.id != revised_id(slug, revision):
            raise ValueError(f"{practice.id} is not revision {revision} of {slug}")
        return OwnPracticeRow(
            id=practice.id,
            workspace_id=self._workspace,
            slug=slug,
            revision=revision,
            number=practice.number,
            content=practice.model_dump_json(),
            author=author,
            created_at=now(),
            retired_at=None,
        )


def _record(row: OwnPracticeRow) -> OwnRecord:
    return OwnRecord(Practice.model_validate_json(row.content), row.slug, row.revision, row.author, row.created_at)
