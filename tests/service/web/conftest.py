"""A whole application on a folder of the test's own: real SQLite, Chroma, embedder and patterns engine."""

import shutil
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from service.passwords import Passwords
from service.web.app import create_app
from tests.service.web.crew import PASSWORD, Crew
from tests.service.web.prepared import at_work, keyed, opened, prepare_empty, prepare_furnished, prepare_planned

MEMO = """# Harbour strategy

## Where we go

We will move from yearly planning to monthly decisions made by the ferry crews together with passengers.
By 2027, we will cut cancelled sailings by half, because islanders depend on them.
Our first priority is to let every crew talk with passengers before a timetable changes.
We will stop funding projects and fund three lasting route teams instead.
"""


@pytest.fixture(scope="session")
def hashed():
    return Passwords().hash(PASSWORD)


@pytest.fixture(scope="session")
def empty(tmp_path_factory, workshop):
    return prepare_empty(tmp_path_factory.mktemp("empty"), workshop)


@pytest.fixture(scope="session")
def planned(tmp_path_factory, workshop):
    """The memo and its plan, there from the start in every test that asks for them."""
    memo = {"file": ("harbour.md", MEMO.encode(), "text/markdown")}
    return prepare_planned(tmp_path_factory.mktemp("planned"), workshop, memo)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory, workshop, hashed):
    """The furnished workspace alpha, there from the start in every test that asks for it."""
    return prepare_furnished(tmp_path_factory.mktemp("furnished"), workshop, hashed)


@pytest.fixture
def house(request, tmp_path, workshop):
    """A house of the test's own, with what it asks for already in it."""
    wanted = next((name for name in ("planned", "furnished") if name in request.fixturenames), "empty")
    shutil.copytree(request.getfixturevalue(wanted).folder, tmp_path / "data")
    with opened(tmp_path / "data", workshop) as house:
        yield house


@pytest.fixture
def services(tmp_path, house, workshop):
    with at_work(house, tmp_path / "data", workshop) as services:
        yield services


@pytest.fixture
def stranger(services):
    with TestClient(create_app(services), base_url="http://127.0.0.1:8321") as client:
        yield client


@pytest.fixture
def client(stranger, services):
    return keyed(services, stranger)


@pytest.fixture
def memo_text():
    return MEMO


@pytest.fixture
def memo():
    return {"file": ("harbour.md", MEMO.encode(), "text/markdown")}


@pytest.fixture
def uploaded(request, client, memo):
    if "planned" in request.fixturenames:
        return request.getfixturevalue("planned").held["document"]
    return client.post("/api/v1/documents", files=memo).json()


def events_of(client, plan_id, after=0):
    """Reads the stream to its end: dicts of id, event and data, as text."""
    headers = {"Last-Event-ID": str(after)}
    with client.stream("GET", f"/api/v1/plans/{plan_id}/events", headers=headers) as response:
        assert response.status_code == 200
        text = "".join(response.iter_text())
    blocks = [block for block in text.replace("\r\n", "\n").split("\n\n") if block and not block.startswith(":")]
    return [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]


@pytest.fixture
def follow(client):
    return lambda plan_id, after=0: events_of(client, plan_id, after)


@pytest.fixture
def crew(services, hashed):
    """Shared mode over the same house, and whoever works in it."""
    shared = replace(services, shared=True)
    return Crew(create_app(shared), shared, hashed)
