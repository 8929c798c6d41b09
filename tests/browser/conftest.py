"""A real server on loopback and a real Chromium; without either every test here is skipped, with the reason.

Each module has its own: the browser's driver keeps an event loop running in this thread until it is closed, and
whatever comes after in the same process (durable jobs, `asyncio.run`) must not meet it.
Screenshots go to `out/screenshots` where THROUGHLINE_SCREENSHOTS is set.
"""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "tests/service/web/serving.py"
SHOTS = ROOT / "out" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_MS = 60_000
SAMPLE = "permits-agency-policy"
#: People of shared mode.
PASSWORD = "seven quiet herons"
OPS, VIEWER = "ada@harbour.example", "vera@harbour.example"


@pytest.fixture(scope="module")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium is installed: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
    assert asyncio._get_running_loop() is None, "the browser's driver left its event loop running"


@pytest.fixture(scope="module")
def address(chromium, tmp_path_factory):
    """Where the server is, with its one-time token."""
    process = subprocess.Popen(
        [sys.executable, str(SERVER), str(tmp_path_factory.mktemp("data"))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        line = process.stdout.readline().strip()
        assert line.startswith("http://127.0.0.1:"), line
        yield line
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


@pytest.fixture(scope="module")
def session(chromium, address):
    """Cookies of a browser that opened the printed address."""
    context = chromium.new_context()
    context.new_page().goto(address)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def opened(chromium, session, address):
    """Opens a page: `opened(path, width=…, scheme=…, script=…)`; errors of its scripts fail the test."""
    contexts, faults = [], []

    def open_page(path, width=1280, scheme="light", script=True):
        context = chromium.new_context(
            base_url=address.split("/?")[0],
            storage_state=session,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="module")
def plan_path(chromium, session, address):
    """The path of a plan made by one click on a sample."""
    context = chromium.new_context(base_url=address.split("/?")[0], storage_state=session)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/")
    page.locator(f'form[action="/samples/{SAMPLE}"] button').click()
    page.get_by_role("heading", name="What starts first, and why").wait_for()
    path = page.evaluate("location.pathname")
    context.close()
    return path


@pytest.fixture
def shoot():
    """Keeps a picture of the page under a name, where pictures are wanted."""

    def keep(page, name, full=False):
        if os.environ.get("THROUGHLINE_SCREENSHOTS"):
            SHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=full)

    return keep


def command(folder, *words):
    told = [sys.executable, "-m", "service", "people", *words, "--data", str(folder)]
    done = subprocess.run(told, input=f"{PASSWORD}\n", text=True, cwd=ROOT, env=environment(), capture_output=True)
    assert done.returncode == 0, done.stderr


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def place(chromium, tmp_path_factory):
    """The address of a server in shared mode, with two accounts and two workspaces."""
    folder = tmp_path_factory.mktemp("shared")
    command(folder, "workspace", "Harbour team", "--renames", "local")
    command(folder, "workspace", "Island team")
    command(folder, "add", OPS, "--name", "Ada Lovelace")
    command(folder, "add", OPS, "--existing", "--workspace", "Island team")
    command(folder, "add", VIEWER, "--name", "Vera Lind", "--role", "viewer")
    process = subprocess.Popen(
        [sys.executable, str(SERVER), str(folder), "shared"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(),
    )
    try:
        line = process.stdout.readline().strip()
        assert line.endswith("/sign-in"), line
        assert "key" not in json.loads((folder / "server.json").read_text(encoding="utf-8"))
        yield line.removesuffix("/sign-in")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


@pytest.fixture
def browse(chromium, place):
    """A browser of its own for a person: `browse(state=…, width=…, scheme=…)`; errors of scripts fail the test."""
    contexts, faults = [], []

    def begin(state=None, width=1280, scheme="light"):
        context = chromium.new_context(
            base_url=place,
            storage_state=state,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        return page

    yield begin
    for context in contexts:
        context.close()
    assert faults == []


def sign_in(page, address):
    page.goto("/")
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="What should people do differently").wait_for()


def in_team(page, name):
    """Go to the workspace, if the page is not there."""
    page.goto("/account")
    go = page.get_by_role("button", name=f"Go to {name}")
    if go.count():
        go.click()
        page.get_by_role("heading", name="What should people do differently").wait_for()
