"""Runs migrations on the connection the database lends; there is no other way in.

Owns: what alembic compares and on which connection. Must not know: addresses of databases.
"""

from __future__ import annotations

from alembic import context

from service.store.access_tables import AccountRow  # with it, all tables are known

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=AccountRow.metadata, render_as_batch=True)
context.run_migrations()
