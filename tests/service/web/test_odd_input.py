"""Odd input on every page and form: a clear refusal, never a failure of the server."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

#: Values that broke programs before: empty, control and half characters, too long, numbers out of bounds, paths.
ODD = {
    "empty": "",
    "nul": "a\x00b",
    "long": "ä" * 70_000,
    "huge number": "9" * 30,
    "negative": "-1",
    "not latin": "१२ 🙈\u202e\u2028",
    "path": "../../etc/passwd",
    "markup": "<script>alert(1)</script>{{ 7 * 7 }}",
}
#: Forms whose fields are read by name; others say theirs.
READ_BY_NAME = (
    "version",
    "title",
    "action",
    "period",
    "events_per_month",
    "name",
    "text",
    "roles",
    "meetings",
    "starts",
)
#: What these do with ids that exist has tests of its own; here they would end the others.
ENDING = {
    "/documents/{document_id}/erase",
    "/erase",
    "/samples/{sample_id}",
    "/documents/{document_id}/plans",
    "/upload",
}


@pytest.fixture
def real(client, planned):
    plan = client.get(f"/api/v1/plans/{planned.held['plan_id']}").json()["plan"]
    return {
        "plan_id": planned.held["plan_id"],
        "document_id": planned.held["document"]["id"],
        "item_id": plan["behaviours"][0]["id"],
        "number": "1",
    }


@pytest.fixture
def brave(client):
    """A client that is answered as a browser is, also where the server fails."""
    with TestClient(client.app, base_url=str(client.base_url), raise_server_exceptions=False) as other:
        other.headers.update({"Authorization": client.headers["Authorization"], "Accept": "text/html"})
        yield other


def pages(app):
    """Path, method and named fields of every page."""
    for route in app.routes:
        if isinstance(route, APIRoute) and not route.include_in_schema:
            dependant = route.dependant
            names = [field.alias for field in (*dependant.query_params, *dependant.body_params)]
            for method in sorted(route.methods):
                yield route.path, method, names


def filled(path, known, odd):
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], odd), path)


def sent(method, names, odd):
    """What a request carries: the odd value in every field."""
    if method == "GET":
        return {"params": {name: odd[:5000] for name in names}}
    return {"data": dict.fromkeys((*names, *READ_BY_NAME), odd)}


def is_clear(answer):
    """Whether the answer is a page, a way on, or a refusal that says why."""
    if answer.status_code < 400:
        return bool(answer.is_redirect or answer.text)
    return answer.status_code < 500 and bool(re.search(r'role="alert"|class="fault"|<h1>', answer.text))


def test_every_page_answers_odd_input_with_a_page(client, brave, real):
    bad = []
    for kind, odd in ODD.items():
        in_path = odd[:200].replace("/", "%2F").replace("\x00", "%00").replace("{", "%7B") or "-"
        for path, method, names in pages(client.app):
            for known in ({}, real) if path not in ENDING else ({},):
                address = filled(path, known, in_path)
                answer = brave.request(method, address, follow_redirects=False, **sent(method, names, odd))
                if not is_clear(answer):
                    bad.append((kind, method, path, answer.status_code, answer.text[:200]))
    assert bad == []


BROKEN_JSON = [
    b'{"kind": "\\ud800"}',
    b'{"\\ud800": 1}',
    b'{"kind": "ritual", "name": "a\\u0000b"}',
    b"[" * 5000 + b"]" * 5000,
    b"\xff\xfe",
    b"",
    b"null",
    json.dumps({"form": [[[[1]]]], "serves": {"a": 1}, "name": 10**400}).encode(),
    b'{"name": NaN, "number": 1e999}',
]


@pytest.mark.parametrize("path", ["/api/v1/practices", "/api/v1/plans/none/edits", "/api/v1/documents/none/plans"])
def test_broken_json_is_refused_with_a_problem(client, path):
    for body in BROKEN_JSON:
        answer = client.post(path, content=body, headers={"Content-Type": "application/json", "If-Match": '"v1"'})
        assert 400 <= answer.status_code < 500, body
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


BROKEN_FORMS = [
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\r\n\r\n\xff\x00\r\n--x--"),
    ("multipart/form-data; boundary=x", b"--x\r\n"),
    ("application/x-www-form-urlencoded", b"text=%ED%A0%80&name=%00&word=%FF&%ED%A0%80=1&name=" + b"a" * 100_000),
    ("application/json", b"{}"),
    ("text/plain; charset=nonsense", b"\xff"),
]


def test_broken_forms_get_a_page_that_says_why(brave):
    for path in ("/practices/own/yaml", "/practices/own/new", "/profile", "/upload", "/erase"):
        for kind, body in BROKEN_FORMS:
            answer = brave.post(path, content=body, headers={"Content-Type": kind}, follow_redirects=False)
            assert is_clear(answer), (path, kind, answer.status_code, answer.text[:300])
