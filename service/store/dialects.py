"""The differences between SQLite and Postgres, all of them.

Owns: connection settings, the full-text index, the full-text query, the wiping of deleted words. Must
not know: repositories, documents, the web.
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Engine, TextClause, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from retrieval.memory_store import match_expression
from service.store.errors import StillRead

#: Execution option of a connection that is going to write.
WRITES = "throughline_writes"
#: Name of the full-text index, and the prefix of the tables SQLite keeps for it.
WORDS = "passage_words"

#: Each try waits for readers as long as `busy_timeout` says.
_TRIES = 3
_PAUSE_SECONDS = 0.2

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA secure_delete=ON",
)

#: A heading's word counts half of one in the text.
_SQLITE_WORDS = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5("
    "headings, words, content='passages', content_rowid='row', tokenize='porter unicode61')",
    f"INSERT INTO {WORDS}({WORDS}, rank) VALUES ('rank', 'bm25(0.5, 1.0)')",
    f"CREATE TRIGGER {WORDS}_added AFTER INSERT ON passages BEGIN "
    f"INSERT INTO {WORDS}(rowid, headings, words) VALUES (new.row, new.headings, new.words); END",
    f"CREATE TRIGGER {WORDS}_gone AFTER DELETE ON passages BEGIN "
    f"INSERT INTO {WORDS}({WORDS}, rowid, headings, words) VALUES ('delete', old.row, old.headings, old.words); END",
)
_TEXT = "to_tsvector('english', passages.words)"
_HEADINGS = "to_tsvector('english', passages.headings)"
_POSTGRES_VECTOR = f"setweight({_TEXT}, 'A') || setweight({_HEADINGS}, 'B')"
_POSTGRES_WORDS = (f"CREATE INDEX {WORDS} ON passages USING gin (({_POSTGRES_VECTOR}))",)

_SQLITE_QUERY = f"""
SELECT passages.passage_id FROM {WORDS} JOIN passages ON passages.row = {WORDS}.rowid
WHERE {WORDS} MATCH :words AND passages.workspace_id = :workspace
  AND (:document IS NULL OR passages.document_id = :document)
GROUP BY passages.passage_id ORDER BY min({WORDS}.rank), min(passages.row) LIMIT :limit
"""
_POSTGRES_QUERY = f"""
SELECT passages.passage_id FROM passages, websearch_to_tsquery('english', :words) AS wanted
WHERE ({_POSTGRES_VECTOR}) @@ wanted AND passages.workspace_id = :workspace
  AND (CAST(:document AS text) IS NULL OR passages.document_id = :document)
GROUP BY passages.passage_id
ORDER BY max(ts_rank('{{0,0,0.5,1}}', {_POSTGRES_VECTOR}, wanted)) DESC, min(passages.row) LIMIT :limit
"""


def prepare_engine(engine: Engine) -> None:
    """Set up every new connection: write-ahead log, foreign keys and patience on SQLite; nothing on Postgres."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)


def _settle(connection: DBAPIConnection, record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, never by the driver
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: a reader that turns writer half way is refused by SQLite."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def words_index_statements(dialect: str) -> tuple[str, ...]:
    """What creates the full-text index."""
    return _SQLITE_WORDS if dialect == "sqlite" else _POSTGRES_WORDS


def lexical_statement(dialect: str) -> TextClause:
    """Passage ids best first; parameters words, workspace, document (or None), limit."""
    return text(_SQLITE_QUERY if dialect == "sqlite" else _POSTGRES_QUERY)


def lexical_words(dialect: str, query: str) -> str:
    """`query` as the full-text index wants it: any of its words, none read as an operator; empty if it has none."""
    expression = match_expression(query)
    return expression if dialect == "sqlite" else expression.replace(" OR ", " or ")


def wipe_deleted(engine: Engine) -> None:
    """Overwrite the bytes of deleted rows, in the full-text index and the log too (SQLite; Postgres vacuums itself).

    The file is written anew: pages that were split or united keep bytes that `secure_delete` does not reach.

    Raises:
        StillRead: readers held the old log for as long as it was tried.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect().execution_options(**_writes()) as connection, connection.begin():
        connection.exec_driver_sql(f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')")
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        _drop_log(cursor)
        cursor.close()
    finally:
        raw.close()


def _drop_log(cursor: DBAPICursor) -> None:
    """Bring the log into the file and cut it to nothing; readers are waited for."""
    for _ in range(_TRIES):
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()
        if busy is not None and not busy[0]:
            return
        time.sleep(_PAUSE_SECONDS)
    raise StillRead("The words are deleted, but readers still hold the database's log; erase again in a minute.")


def _writes() -> dict[str, Any]:
    return {WRITES: True}
