"""Schemathesis on the API's own description: whatever is sent, the server never fails and says why it refuses.

Bounded, and the same requests each time. A plan and a document really exist, and a part of the requests is about them.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from types import SimpleNamespace

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from retrieval.parse.limits import DEFAULT_LIMITS
from service.engines.patterns.engine import PatternsEngine
from service.jobs import Jobs
from service.store.credentials import Credential
from service.store.house import open_house
from service.store.workspaces import LOCAL
from service.web.app import create_app
from service.web.services import Services

#: The name under which schemathesis calls an application in process, and ours.
HOSTS = frozenset({"testserver", "127.0.0.1"})
#: The jobs' own threads draw random numbers while requests are made up; these do not depend on them.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
ADDRESS = "http://127.0.0.1:8321"
EXAMPLES = 10
#: Erasing everything would end all else; its own tests try it.
LEFT_OUT = {"DELETE /api/v1/workspace"}
#: Here an id that exists would erase what the other requests are about, or only fill the queue.
UNKNOWN_IDS = {"DELETE /api/v1/documents/{document_id}", "POST /api/v1/documents/{document_id}/plans"}
MEMO = b"# Aims\n\nWe will move from yearly planning to monthly decisions made by crews together with passengers.\n"


def described():
    """The operations of the description; it does not depend on what is served."""
    app = create_app(SimpleNamespace(hosts=frozenset({"127.0.0.1"}), limits=DEFAULT_LIMITS, https=False))
    found = [one.ok().label for one in schemathesis.openapi.from_dict(app.openapi()).get_all_operations()]
    return sorted(set(found) - LEFT_OUT)


@pytest.fixture(scope="module")
def running(workshop, tmp_path_factory):
    """Operations by label, headers with a key, and ids of things that exist."""
    folder = tmp_path_factory.mktemp("described")
    house = open_house(folder, workshop.embedder)
    library = workshop.library
    jobs = Jobs(house, workshop, {"patterns": lambda: PatternsEngine(library.version, library.budgets)})
    jobs.open(folder / "jobs.sqlite3")
    app = create_app(Services(house=house, jobs=jobs, workshop=workshop, hosts=HOSTS))
    headers = {"Authorization": f"Bearer {house.credentials.issue(Credential.key, LOCAL)}"}
    with TestClient(app, base_url=ADDRESS, headers=headers) as client:
        real = real_ids(client)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    yield {one.ok().label: one.ok() for one in schema.get_all_operations()}, headers, real
    jobs.close()
    house.close()


def real_ids(client):
    """A document with a plan, its first item and a job, once the plan is written."""
    document = client.post("/api/v1/documents", files={"file": ("aims.md", MEMO)}).json()["id"]
    job = client.post(f"/api/v1/documents/{document}/plans", json={}).json()
    with client.stream("GET", job["events"]) as stream:
        for _ in stream.iter_lines():
            pass
    plan = client.get(job["plan"]).json()["plan"]
    item = (plan["behaviours"] + plan["rituals"] + plan["policy_asks"])[0]["id"]
    return {"document_id": document, "plan_id": job["plan_id"], "job_id": job["id"], "item_id": item, "number": 1}


def with_real_ids(case, real):
    """Two requests in three are about what exists; which ones depends on the request alone."""
    if case.operation.label in UNKNOWN_IDS or hashlib.sha256(repr(case.path_parameters).encode()).digest()[0] % 3 == 0:
        return case
    for name in set(case.path_parameters or {}) & set(real):
        case.path_parameters[name] = real[name]
    return case


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "odd"])
@pytest.mark.parametrize("label", described())
def test_the_server_never_fails_and_says_why_it_refuses(running, label, mode):
    operations, headers, real = running

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operations[label].as_strategy(generation_mode=mode))
    def asked(case):
        answer = with_real_ids(case, real).call(headers=headers)
        assert answer.status_code < 500, (case.as_curl_command(), answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0].startswith("application/problem+json"), answer.text
            assert answer.json()["detail"]

    with suppress(Unsatisfiable):  # nothing about this request can be odd
        asked()
