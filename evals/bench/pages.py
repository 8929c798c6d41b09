"""What a visitor of the pages waits for: a full plan's page with eight visitors at once, an edit, and page sizes.

Owns: those cases and their bars. Must not know: how a page is made. The server runs in a process of its own; the
visitors share this machine's processors with it.
"""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from evals.bench.commands import Case, first_address
from evals.bench.measure import stop
from evals.bench.visitor import upload_and_plan

VISITORS, VISITS = 8, 25
EDITS = 20
_PAGE_SECONDS, _EDIT_SECONDS, _PAGE_BYTES = 0.150, 0.100, 300_000
_CHART = re.compile(rb"<svg.*?</svg>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Site:
    """A running server with one plan: its host and port, the key, the plan's id."""

    netloc: str
    key: str
    plan_id: str

    def connect(self) -> http.client.HTTPConnection:
        """A connection that is kept open."""
        return http.client.HTTPConnection(self.netloc, timeout=60)

    def headers(self, **more: str) -> dict[str, str]:
        """What every request carries."""
        return {"Authorization": f"Bearer {self.key}", **more}


def page_cases(document: Path) -> tuple[Case, ...]:
    """The three cases, on a server of their own with a plan of `document`."""
    with _serving(document) as site:
        return _plan_page(site, document.name), _edits(site), _sizes(site)


@contextmanager
def _serving(document: Path) -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "service", "serve", "--port", "0", "--data", folder]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            if not first_address(child):
                raise TimeoutError("the server did not start")
            plan_id = upload_and_plan(Path(folder), document)
            server = json.loads((Path(folder) / "server.json").read_text(encoding="utf-8"))
            yield Site(urlsplit(server["address"]).netloc, server["key"], plan_id)
        finally:
            stop(child)


def _plan_page(site: Site, name: str) -> Case:
    """Each visitor asks again as soon as the page is there; the first pages, which compile templates, do not count."""
    seconds: list[float] = []
    ready = threading.Barrier(VISITORS)

    def visit() -> None:
        connection = site.connect()
        _get(connection, site, f"/plans/{site.plan_id}")
        ready.wait()
        for _ in range(VISITS):
            start = time.perf_counter()
            _get(connection, site, f"/plans/{site.plan_id}")
            seconds.append(time.perf_counter() - start)
        connection.close()

    visitors = [threading.Thread(target=visit) for _ in range(VISITORS)]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    worst = percentile(seconds, 0.95)
    note = f"p95 of {len(seconds)} pages, {VISITORS} visitors at once; median {percentile(seconds, 0.5):.3f} s; {name}"
    whole = len(seconds) == VISITORS * VISITS
    return Case("page of a full plan", worst, passed=whole and worst < _PAGE_SECONDS, note=note)


def _edits(site: Site) -> Case:
    """New words for one item, again and again; the first edit reads texts that later ones remember."""
    connection = site.connect()
    plan = json.loads(_get(connection, site, f"/api/v1/plans/{site.plan_id}"))
    version, item = plan["version"], plan["plan"]["behaviours"][0]
    seconds = []
    for number in range(EDITS + 1):
        words = {"first_time": f"Spend {5 + number % 9} minutes with one colleague on a first case."}
        body = json.dumps({"op": "edit_fields", "item_id": item["id"], "words": words})
        headers = site.headers(**{"Content-Type": "application/json", "If-Match": f'"v{version}"'})
        start = time.perf_counter()
        connection.request("POST", f"/api/v1/plans/{site.plan_id}/edits", body=body, headers=headers)
        answer = connection.getresponse()
        told = json.loads(answer.read())
        seconds.append(time.perf_counter() - start)
        if answer.status != http.client.OK:
            return Case("edit of an item", passed=False, note=f"refused: {told.get('detail', '')[:100]}")
        version = told["number"]
    connection.close()
    worst = percentile(seconds[1:], 0.95)
    return Case(
        "edit of an item",
        worst,
        passed=worst < _EDIT_SECONDS,
        note=f"p95 of {EDITS} edits; the first {seconds[0]:.3f} s",
    )


def _sizes(site: Site) -> Case:
    """The largest page without its charts."""
    connection = site.connect()
    sizes = {}
    for path in pages_of(site.plan_id):
        sizes[path] = len(_CHART.sub(b"", _get(connection, site, path)))
    connection.close()
    largest = max(sizes, key=lambda path: sizes[path])
    note = f"largest of {len(sizes)} pages: {sizes[largest] / 1000:.0f} kB, {largest.replace(site.plan_id, 'ID')}"
    return Case("page size", passed=sizes[largest] <= _PAGE_BYTES, note=note)


def pages_of(plan_id: str) -> tuple[str, ...]:
    """The pages about a plan and around it."""
    own = ("", "/xray", "/versions", "/criteria", "/catchball", "/add")
    return (
        *(f"/plans/{plan_id}{page}" for page in own),
        "/",
        "/practices",
        "/profile",
        "/evaluation",
        "/practices/own",
    )


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def _get(connection: http.client.HTTPConnection, site: Site, path: str) -> bytes:
    connection.request("GET", path, headers=site.headers())
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body
