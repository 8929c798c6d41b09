import os

import pytest

from retrieval.documents import Block, BlockKind, Document, Location, Span
from service.store.database import open_database, sqlite_url
from service.store.documents import DocumentRepository, Upload
from service.store.workspaces import WorkspaceRepository

#: Set to a `postgresql+psycopg://` address of an empty database to run these tests on Postgres too.
POSTGRES = os.environ.get("THROUGHLINE_TEST_POSTGRES")


def written(lines, sha="a"):
    """A document of one paragraph a line, under one heading."""
    text, blocks = "Aims\n", [Block(BlockKind.heading, Span(0, 4), Location(), 1)]
    for line in lines:
        start = len(text)
        text += f"{line}\n"
        blocks.append(Block(BlockKind.paragraph, Span(start, start + len(line)), Location(heading_path=("Aims",))))
    return Document("Aims", sha * 64, "text/plain", "en", "test/1", text, tuple(blocks))


@pytest.fixture
def document():
    return written


@pytest.fixture(params=["sqlite", "postgres"])
def database(request, tmp_path):
    if request.param == "postgres" and POSTGRES is None:
        pytest.skip("THROUGHLINE_TEST_POSTGRES names no server")
    found = open_database(POSTGRES if request.param == "postgres" else sqlite_url(tmp_path / "test.sqlite3"))
    workspaces = WorkspaceRepository(found)
    for name in ("one", "two"):
        workspaces.ensure(name, name)
    yield found
    if request.param == "postgres":
        clear(found)
    found.close()


def clear(database):
    from sqlalchemy import delete

    from service.store.access_tables import AccountRow, CountRow
    from service.store.tables import WorkspaceRow

    with database.writing() as session:
        for table in (WorkspaceRow, AccountRow, CountRow):
            session.execute(delete(table))


@pytest.fixture
def documents(database):
    return DocumentRepository(database, "one")


@pytest.fixture
def kept(documents, document):
    found = document(["We will answer every letter in two days.", "Boats run late on Mondays."])
    return documents.add(Upload("aims.txt", 10, found))
