"""How often something was asked, so that too often can be refused.

Owns: the counts, in the database so that every process and every restart knows them. Must not know: what
is asked, the web. Whom a count is about is kept as a digest only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from service.store.access_tables import CountRow
from service.store.database import Database, now


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in a stretch of `seconds`."""

    name: str
    most: int
    seconds: int


class CountRepository:
    """Counts of the whole server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, limit: Limit, whose: str) -> int:
        """Count one more; gives 0 if it is within the limit, else the seconds until it is again."""
        moment = now()
        stretch = int(moment.timestamp()) // limit.seconds
        ends_at = datetime.fromtimestamp((stretch + 1) * limit.seconds, UTC)
        values = {"bucket": _bucket(limit, whose), "stretch": stretch, "count": 1, "ends_at": ends_at}
        insert = postgresql.insert if self._database.dialect == "postgresql" else sqlite.insert
        one_more = (
            insert(CountRow)
            .values(**values)
            .on_conflict_do_update(index_elements=["bucket", "stretch"], set_={"count": CountRow.count + 1})
            .returning(CountRow.count)
        )
        with self._database.writing() as session:
            session.execute(delete(CountRow).where(CountRow.ends_at < moment))
            count = session.scalar(one_more) or 1
        return 0 if count <= limit.most else max(int((ends_at - moment).total_seconds()), 1)

    def forget(self, limit: Limit, whose: str) -> None:
        """Begin to count anew."""
        with self._database.writing() as session:
            session.execute(delete(CountRow).where(CountRow.bucket == _bucket(limit, whose)))


def _bucket(limit: Limit, whose: str) -> str:
    return hashlib.sha256(f"{limit.name}\n{whose}".encode()).hexdigest()
