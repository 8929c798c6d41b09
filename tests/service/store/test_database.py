import hashlib

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from service.store.credentials import Credential, CredentialRepository
from service.store.database import open_database, sqlite_url
from service.store.dialects import WORDS
from service.store.tables import Tables


def test_migrations_bring_a_database_to_the_shape_of_the_tables(database):
    def ours(thing, name, kind, reflected, compared):
        return not (name or "").startswith((WORDS, "alembic_"))

    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"include_object": ours})
        assert compare_metadata(context, Tables.metadata) == []


def test_migrating_twice_alters_nothing(database):
    database.migrate()
    assert database.answers()


def test_secrets_of_before_people_could_sign_in_still_open(tmp_path):
    database = open_database(sqlite_url(tmp_path / "old.sqlite3"), migrate=False)
    database.migrate("0004")
    with database.writing() as session:
        session.execute(text("INSERT INTO workspaces VALUES ('one', 'one', '2026-01-01')"))
        digest = hashlib.sha256(b"the key of before").hexdigest()
        row = {"digest": digest, "at": "2026-01-01"}
        session.execute(text("INSERT INTO credentials VALUES (:digest, 'one', 'key', :at, NULL)"), row)
    database.migrate()
    assert CredentialRepository(database).opens("the key of before", Credential.key) == "one"
    database.close()


def test_every_table_names_its_workspace():
    without = [t.name for t in Tables.metadata.sorted_tables if "workspace_id" not in t.columns]
    assert sorted(without) == ["accounts", "counts", "workspaces"]  # these belong to the whole server


def test_an_entry_is_spent_once(database):
    credentials = CredentialRepository(database)
    entry = credentials.issue(Credential.entry, "one")
    session = credentials.exchange(entry)
    assert credentials.opens(session, Credential.session) == "one"
    assert credentials.exchange(entry) is None


def test_a_newer_key_shuts_the_older_out(database):
    credentials = CredentialRepository(database)
    old = credentials.issue(Credential.key, "one", only=True)
    new = credentials.issue(Credential.key, "one", only=True)
    assert credentials.opens(old, Credential.key) is None
    assert credentials.opens(new, Credential.key) == "one"
