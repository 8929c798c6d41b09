import json
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from service.store.errors import FolderInUse
from service.web.serve import ServerPlan, run_server

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("serving.py")
PATIENCE = 240


def started(folder):
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@contextmanager
def serving(folder):
    process = started(folder)
    try:
        line = process.stdout.readline().strip()
        assert line.startswith("http://"), process.stderr.read()
        yield process, line
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()
        process.stderr.close()


@contextmanager
def talking(folder):
    known = json.loads((folder / "server.json").read_text())
    headers = {"Authorization": f"Bearer {known['key']}"}
    with httpx2.Client(base_url=known["address"], headers=headers, timeout=60) as client:
        yield client


def until(question):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = question()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError("waited in vain")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """One server for all tests that leave it running: its folder, process and printed address."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder) as (process, address):
        yield folder, process, address


def order(client, name, data):
    document = client.post("/api/v1/documents", files={"file": (name, data)}).json()
    return client.post(f"/api/v1/documents/{document['id']}/plans", json={}).json()


@pytest.fixture
def _same_signals():
    """`run_server` takes over SIGTERM; afterwards the tests have theirs back."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("_same_signals")
def test_a_second_server_on_the_folder_is_refused_and_names_the_first(running, workshop):
    folder, process, _ = running
    with pytest.raises(FolderInUse, match=f"process {process.pid}"):
        run_server(ServerPlan(data=folder, port=0), workshop, {}, lambda address: None)


def test_the_address_file_is_for_its_owner_alone(running):
    assert stat.S_IMODE((running[0] / "server.json").stat().st_mode) == 0o600


def test_the_printed_address_opens_once_and_leaves_a_session(running):
    _, _, address = running
    with httpx2.Client(follow_redirects=True) as browser:
        assert "Make a plan" in browser.get(address).text
        assert "token" not in str(browser.get(address).url)
        with httpx2.Client(follow_redirects=True) as thief:
            assert thief.get(address).status_code == 401


def test_the_server_stays_small_and_loads_no_torch_with_the_longest_document(running, shared):
    folder, process, _ = running
    longest = shared / "strategies" / "uk-government-digital-strategy-2012.md"
    with talking(folder) as client:
        job = order(client, longest.name, longest.read_bytes())
        until(lambda: client.get(job["plan"]).json()["state"] not in ("queued", "making"))
    status = Path(f"/proc/{process.pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert "libtorch" not in Path(f"/proc/{process.pid}/maps").read_text()
    assert peak < 900 * 1024


def test_a_plan_survives_a_killed_server_its_events_go_on_and_the_address_file_goes_with_the_server(tmp_path):
    text = (ROOT / "corpora/strategies/marrowdale-hospitals.md").read_bytes()
    with serving(tmp_path) as (process, _), talking(tmp_path) as client:
        job = order(client, "strategy.md", text)
        until(lambda: client.get(f"/api/v1/jobs/{job['id']}").json()["stage"] == "reading")
        process.kill()
        process.wait(60)
    with serving(tmp_path), talking(tmp_path) as client:
        state = until(lambda: (s := client.get(job["plan"]).json()["state"]) not in ("queued", "making") and s)
        seen = client.get(job["events"]).text
        assert state == "ready"
        assert client.get(f"/api/v1/jobs/{job['id']}").json()["state"] == "done"
        assert seen.count('"stage": "reading"') == 2
        assert seen.count("event: done") == 1
        assert client.get(job["plan"]).json()["version"] == 1
    assert not (tmp_path / "server.json").exists()
