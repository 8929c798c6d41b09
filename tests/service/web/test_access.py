import pytest

from service.store.credentials import Credential
from service.store.workspaces import LOCAL


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/documents"),
        ("GET", "/api/v1/documents/doc-x"),
        ("GET", "/api/v1/plans"),
        ("GET", "/api/v1/plans/plan-x/events"),
        ("GET", "/api/v1/jobs/job-x"),
        ("GET", "/api/v1/practices"),
        ("POST", "/upload"),
        ("DELETE", "/api/v1/documents/doc-x"),
    ],
)
def test_nothing_of_a_workspace_is_shown_to_a_stranger(stranger, method, path):
    assert stranger.request(method, path).status_code == 401


def test_health_and_schema_are_open_to_all(stranger):
    assert [stranger.get(path).status_code for path in ("/healthz", "/readyz", "/api/v1/schema/plan.json")] == [200] * 3


def test_another_host_name_is_refused(client):
    answer = client.get("/healthz", headers={"Host": "evil.example"})
    assert answer.status_code == 421


def test_a_page_of_another_site_cannot_send_a_form(client, memo):
    answer = client.post("/api/v1/documents", files=memo, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403


def test_a_token_opens_the_start_page_once(stranger, services):
    token = services.house.credentials.issue(Credential.entry, LOCAL)
    first = stranger.get("/", params={"token": token}, follow_redirects=False)
    cookie = first.headers["set-cookie"]
    stranger.cookies.clear()
    second = stranger.get("/", params={"token": token}, headers={"Accept": "text/html"})
    assert first.status_code == 303
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert second.status_code == 401
    assert "already used" in second.text


def test_a_key_does_not_serve_as_a_session_nor_a_session_as_a_key(stranger, services):
    key = services.house.credentials.issue(Credential.key, LOCAL)
    session = services.house.credentials.issue(Credential.session, LOCAL)
    assert stranger.get("/api/v1/plans", headers={"Cookie": f"throughline={key}"}).status_code == 401
    assert stranger.get("/api/v1/plans", headers={"Authorization": f"Bearer {session}"}).status_code == 401


def test_a_key_of_one_workspace_does_not_reach_into_another(client, uploaded, services):
    services.house.workspaces.ensure("other", "Another house")
    other = {"Authorization": f"Bearer {services.house.credentials.issue(Credential.key, 'other')}"}
    job = client.post(f"/api/v1/documents/{uploaded['id']}/plans", json={}).json()
    paths = [f"documents/{uploaded['id']}", f"jobs/{job['id']}", f"plans/{job['plan_id']}"]
    paths += [f"documents/{uploaded['id']}/{part}" for part in ("text", "passages", "search?q=sailings")]
    paths += [f"plans/{job['plan_id']}/events"]
    assert [client.get(f"/api/v1/{path}", headers=other).status_code for path in paths] == [404] * len(paths)
    assert client.get("/api/v1/documents", headers=other).json() == []
