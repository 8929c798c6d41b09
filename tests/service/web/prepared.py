"""Data folders that the real service filled once, to be copied for every test that begins with what is in them."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.testclient import TestClient

from corpora.load import load_strategies
from service.engines.patterns.engine import PatternsEngine
from service.jobs import Jobs
from service.store.credentials import Credential
from service.store.house import open_house
from service.store.workspaces import LOCAL
from service.web.app import create_app
from service.web.services import Services
from tests.service.web.crew import BASE, SECRET, THEIRS, Crew, furnish


@dataclass(frozen=True)
class Prepared:
    """A folder to copy, never to open; and what is in it, by the names a test uses."""

    folder: Path
    held: dict


@contextmanager
def opened(folder, workshop):
    """The house of a folder."""
    house = open_house(folder, workshop.embedder)
    try:
        yield house
    finally:
        house.close()


@contextmanager
def at_work(house, folder, workshop):
    """The services over an opened house, with its jobs; one at a time in a process."""
    library = workshop.library
    jobs = Jobs(house, workshop, {"patterns": lambda: PatternsEngine(library.version, library.budgets)})
    jobs.open(folder / "jobs.sqlite3")
    try:
        yield Services(house=house, jobs=jobs, workshop=workshop, samples=load_strategies())
    finally:
        jobs.close()


def keyed(services, client):
    """The client with the key of whoever works alone on this computer."""
    client.headers["Authorization"] = f"Bearer {services.house.credentials.issue(Credential.key, LOCAL)}"
    return client


def prepare_empty(folder, workshop):
    """What the service leaves that was started and stopped."""
    with opened(folder, workshop) as house, at_work(house, folder, workshop):
        pass
    return Prepared(folder, {})


def prepare_planned(folder, workshop, memo):
    """A strategy that was uploaded, and its plan: the document, and the plan's id."""
    with (
        opened(folder, workshop) as house,
        at_work(house, folder, workshop) as services,
        TestClient(create_app(services), base_url=BASE) as client,
    ):
        document = keyed(services, client).post("/api/v1/documents", files=memo).json()
        job = client.post(f"/api/v1/documents/{document['id']}/plans", json={"engine": "patterns"}).json()
        client.get(job["events"])  # ends when the plan is written
        assert client.get(job["plan"]).json()["state"] == "ready"
    return Prepared(folder, {"document": document, "plan_id": job["plan_id"]})


def prepare_furnished(folder, workshop, hashed):
    """The workspace alpha of shared mode, furnished: the id of each thing by its kind."""
    with opened(folder, workshop) as house, at_work(house, folder, workshop) as services:
        shared = replace(services, shared=True)
        crew = Crew(create_app(shared), shared, hashed)
        held = furnish(crew, crew.member("alpha", "ops", "ada@alpha.example"), "alpha", THEIRS, SECRET)
    return Prepared(folder, held)
