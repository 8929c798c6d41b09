"""A whole application on a fresh folder: real SQLite, Chroma, embedder and patterns engine."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from corpora.load import load_strategies
from service.engines.patterns.engine import PatternsEngine
from service.jobs import Jobs
from service.store.credentials import Credential
from service.store.house import open_house
from service.store.workspaces import LOCAL
from service.web.app import create_app
from service.web.services import Services
from tests.service.web.crew import PASSWORD, Crew

MEMO = """# Harbour strategy

## Where we go

We will move from yearly planning to monthly decisions made by the ferry crews together with passengers.
By 2027, we will cut cancelled sailings by half, because islanders depend on them.
Our first priority is to let every crew talk with passengers before a timetable changes.
We will stop funding projects and fund three lasting route teams instead.
"""


@pytest.fixture
def house(tmp_path, workshop):
    house = open_house(tmp_path / "data", workshop.embedder)
    yield house
    house.close()


@pytest.fixture
def services(tmp_path, house, workshop):
    library = workshop.library
    jobs = Jobs(house, workshop, {"patterns": lambda: PatternsEngine(library.version, library.budgets)})
    jobs.open(tmp_path / "data" / "jobs.sqlite3")
    yield Services(house=house, jobs=jobs, workshop=workshop, samples=load_strategies())
    jobs.close()


@pytest.fixture
def stranger(services):
    with TestClient(create_app(services), base_url="http://127.0.0.1:8321") as client:
        yield client


@pytest.fixture
def client(stranger, services):
    stranger.headers["Authorization"] = f"Bearer {services.house.credentials.issue(Credential.key, LOCAL)}"
    return stranger


@pytest.fixture
def memo_text():
    return MEMO


@pytest.fixture
def memo():
    return {"file": ("harbour.md", MEMO.encode(), "text/markdown")}


@pytest.fixture
def uploaded(client, memo):
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
def crew(services):
    """Shared mode over the same house, and whoever works in it."""
    shared = replace(services, shared=True)
    return Crew(create_app(shared), shared, shared.passwords.hash(PASSWORD))
