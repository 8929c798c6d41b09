"""The database: opened, migrated, and lent out in transactions.

Owns: the engine, the sessions, running migrations at start. Must not know: what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from service.store.dialects import WRITES, prepare_engine, wipe_deleted

_MIGRATIONS = Path(__file__).with_name("migrations")


class Database:
    """Sessions over one engine; threads may share it. Close it when done."""

    def __init__(self, engine: Engine) -> None:
        """Use `open_database`."""
        self._engine = engine
        self._writing = engine.execution_options(**{WRITES: True})

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all kept at the end, or none if an error leaves the block."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    def answers(self) -> bool:
        """Whether a trivial query succeeds (raises the driver's error if the database is gone)."""
        with self.reading() as session:
            return bool(session.scalar(text("SELECT 1")))

    def wipe_deleted(self) -> None:
        """Overwrite what deleted rows left behind.

        Raises:
            service.store.errors.StillRead: somebody reads all the time, so old pages cannot be dropped yet.
        """
        wipe_deleted(self._engine)

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to the shape of a revision, the newest by default; does nothing when they have it."""
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self._writing.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            connection.commit()

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def sqlite_url(path: Path) -> str:
    """The address of a database file."""
    return f"sqlite:///{path}"


def open_database(url: str, *, migrate: bool = True) -> Database:
    """Open and migrate (unless somebody else just did): `sqlite:///FILE`, or `postgresql+psycopg://…`."""
    engine = create_engine(url, hide_parameters=True)  # an error's message must not carry people's words
    prepare_engine(engine)
    database = Database(engine)
    if migrate:
        database.migrate()
    return database


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
