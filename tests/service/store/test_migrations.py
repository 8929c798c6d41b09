"""What older databases hold goes with them through the steps of the schema."""

from __future__ import annotations

from sqlalchemy import create_engine, text

from service.store.database import Database, sqlite_url
from service.store.dialects import prepare_engine

AT = "2026-01-01 00:00:00"


def test_versions_and_proposals_made_before_rest_on_the_text_of_their_plan(tmp_path):
    engine = create_engine(sqlite_url(tmp_path / "old.sqlite3"))
    prepare_engine(engine)
    database = Database(engine)
    database.migrate("0005")
    with database.writing() as session:
        for statement in (
            f"INSERT INTO workspaces VALUES ('one', 'One', '{AT}')",
            f"INSERT INTO documents VALUES ('doc-1', 'one', '{AT}')",
            f"INSERT INTO document_versions VALUES ('ver-1', 'one', 'doc-1', 1, 'a', 'a.md', 1, '{AT}')",
            "INSERT INTO canonical_texts VALUES "
            f"('txt-1', 'one', 'ver-1', 'p', 'T', 'text/plain', 'en', 1, 'x', '[]', '{{}}', NULL, '{AT}')",
            "INSERT INTO plans VALUES "
            f"('plan-1', 'one', 'doc-1', 'txt-1', 'T', 'patterns', 'ready', NULL, 1, '{AT}', '{AT}')",
            "INSERT INTO plan_versions (id, workspace_id, plan_id, number, author, reason, content, marks, created_at) "
            f"VALUES ('pv-1', 'one', 'plan-1', 1, 'patterns', 'first draft', '{{}}', '{{}}', '{AT}')",
            "INSERT INTO proposals (id, workspace_id, plan_id, source, content, remark, author, state, created_at) "
            f"VALUES ('prop-1', 'one', 'plan-1', 'redraft', '{{}}', 'r', 'You', 'open', '{AT}')",
        ):
            session.execute(text(statement))
    database.migrate()
    with database.reading() as session:
        for table in ("plan_versions", "proposals"):
            assert session.scalar(text(f"SELECT text_id FROM {table}")) == "txt-1"
    database.close()
