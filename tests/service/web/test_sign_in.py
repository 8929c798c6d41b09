"""Signing in and out: sessions, their cookies and forms, guesses, the way back."""

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from service.people import Role
from service.store.credentials import Credential
from service.store.workspaces import LOCAL
from service.web.app import create_app
from service.web.duty import PLANS
from service.web.signing import GUESSES_HERE, own_path
from tests.service.web.crew import PASSWORD

ADDRESS = "ada@alpha.example"


@pytest.fixture
def ada(crew):
    """Has an account, and is not signed in."""
    crew.member("alpha", "ops", ADDRESS)
    return crew.stranger()


def typed(browser, path="/sign-in", **fields):
    """The form of a page, filled in and sent."""
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', browser.get(path).text))
    return browser.post(path.split("?")[0], data=hidden | fields, follow_redirects=False)


def test_a_stranger_is_led_to_the_form_and_afterwards_to_the_page_they_wanted(ada):
    answer = ada.get("/profile?kept=true", follow_redirects=False)
    assert answer.status_code == 303
    entered = typed(ada, answer.headers["location"], address=ADDRESS, password=PASSWORD)
    assert entered.headers["location"] == "/profile?kept=true"
    assert ada.get("/profile").status_code == 200


def test_a_program_without_a_key_is_told_so_and_not_led_anywhere(ada):
    assert ada.get("/api/v1/plans", follow_redirects=False).status_code == 401


def test_the_cookie_is_for_the_browser_alone_and_changes_at_sign_in(ada):
    ada.get("/sign-in")
    before = ada.cookies["throughline"]
    cookie = typed(ada, address=ADDRESS, password=PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "Secure" not in cookie
    assert ada.cookies["throughline"] != before


def test_over_https_the_cookie_is_for_https_and_this_host_alone(crew):
    crew.member("alpha", "ops", ADDRESS)
    guarded = TestClient(create_app(replace(crew.services, https=True)), base_url="https://127.0.0.1:8321")
    answer = typed(guarded, address=ADDRESS, password=PASSWORD)
    assert answer.headers["set-cookie"].startswith("__Host-throughline=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]
    assert guarded.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("address", "password"),
    [(ADDRESS, "seven quiet heron"), ("nobody@alpha.example", PASSWORD), ("no address", ""), ("", "x" * 200)],
    ids=["password", "address", "both", "empty"],
)
def test_a_wrong_sign_in_says_nothing_about_which_part_is_wrong(ada, address, password):
    answer = typed(ada, address=address, password=password)
    assert answer.status_code in (401, 422)
    if answer.status_code == 401:
        assert "Address and password do not belong together" in answer.text
    assert ada.get("/account", follow_redirects=False).status_code == 303


def test_the_password_of_nobody_costs_the_same_work(crew, ada):
    worked = []
    passwords = crew.services.passwords
    hasher = passwords._hasher

    class Counting:
        def verify(self, kept, password):
            worked.append(kept.split("$")[3])
            return hasher.verify(kept, password)

        def hash(self, password):
            return hasher.hash(password)

    passwords._hasher = Counting()
    typed(ada, address=ADDRESS, password="not the password")
    typed(ada, address="nobody@alpha.example", password="not the password")
    assert len(worked) == 2
    assert worked[0] == worked[1]


def test_too_many_guesses_are_refused_also_with_the_right_password(crew, ada):
    for _ in range(GUESSES_HERE.most):
        typed(ada, address=ADDRESS, password="not the password")
    answer = typed(ada, address=ADDRESS, password=PASSWORD)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    crew.services.house.counts.forget(GUESSES_HERE, f"testclient {ADDRESS}")
    assert typed(ada, address=ADDRESS, password=PASSWORD).status_code == 303


@pytest.mark.parametrize(
    "said", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "", "x"]
)
def test_nobody_is_sent_to_another_site(said):
    assert own_path(said) == "/"


def test_an_address_here_is_kept():
    assert own_path("/plans/plan-1?x=1") == "/plans/plan-1?x=1"


def test_a_form_of_a_session_that_has_ended_says_so_and_what_to_do(crew):
    person = crew.member("alpha", "ops", ADDRESS)
    crew.services.house.credentials.end_sessions(crew.ids[ADDRESS])
    answer = person.post("/profile", data={"organisation": "Us"})
    assert answer.status_code == 401
    assert "Your session has ended" in answer.text


@pytest.mark.parametrize("token", [None, "", "0" * 32], ids=["missing", "empty", "wrong"])
@pytest.mark.parametrize("path", ["/sign-out", "/profile", "/samples/vantry-bank-memo", "/account/password", "/keys"])
def test_a_form_without_the_token_of_its_session_is_refused(crew, path, token):
    person = crew.member("alpha", "ops", ADDRESS)
    del person.headers["X-Form-Token"]
    answer = person.post(path, data={} if token is None else {"form_token": token}, follow_redirects=False)
    assert answer.status_code == 403
    assert "another site sent it" in answer.text
    assert person.get("/account").status_code == 200


def test_the_api_takes_a_cookie_only_with_the_token_and_a_key_without(crew, memo):
    person = crew.member("alpha", "ops", ADDRESS)
    token = person.headers.pop("X-Form-Token")
    assert person.post("/api/v1/documents", files=memo).status_code == 403
    assert person.post("/api/v1/documents", files=memo, headers={"X-Form-Token": token}).status_code == 201
    assert crew.program("alpha", "ops", ADDRESS).post("/api/v1/documents", files=memo).status_code == 200


def test_local_mode_too_refuses_forms_that_are_not_its_own(stranger, services):
    token = services.house.credentials.issue(Credential.entry, LOCAL)
    page = stranger.get("/", params={"token": token}).text
    mine = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    assert stranger.post("/profile", data={"organisation": "Us"}).status_code == 403
    assert stranger.post("/profile", data={"organisation": "Us", "form_token": mine}).status_code == 200


def test_a_form_of_a_stranger_needs_the_cookie_of_its_page(ada):
    assert ada.post("/sign-in", data={"address": ADDRESS, "password": PASSWORD}).status_code == 403


def test_signing_out_ends_the_session_itself(crew):
    person = crew.member("alpha", "ops", ADDRESS)
    secret = person.cookies["throughline"]
    person.post("/sign-out")
    thief = crew.stranger()
    thief.cookies.set("throughline", secret, domain="127.0.0.1", path="/")
    assert thief.get("/account", follow_redirects=False).status_code == 303


def test_another_password_ends_every_other_session_and_renews_this_one(crew):
    here, there = (crew.member("alpha", "ops", ADDRESS) for _ in range(2))
    secret = here.cookies["throughline"]
    answer = here.post("/account/password", data={"current": PASSWORD, "new": "eight loud herons"})
    assert "Your password is changed" in answer.text
    assert here.cookies["throughline"] != secret
    assert there.get("/account", follow_redirects=False).status_code == 303
    fresh = crew.stranger()
    assert typed(fresh, address=ADDRESS, password=PASSWORD).status_code == 401
    assert typed(fresh, address=ADDRESS, password="eight loud herons").status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "why"),
    [
        ("wrong", "eight loud herons", "not your current password"),
        (PASSWORD, "short", "at least 12"),
        (PASSWORD, "aaaaaaaaaaaa", "harder"),
    ],
)
def test_a_password_is_changed_only_by_whoever_knows_it_and_to_a_good_one(crew, current, new, why):
    person = crew.member("alpha", "ops", ADDRESS)
    answer = person.post("/account/password", data={"current": current, "new": new})
    assert answer.status_code == 422
    assert why in answer.text


def test_signing_out_everywhere_ends_all_sessions(crew):
    here, there = (crew.member("alpha", "ops", ADDRESS) for _ in range(2))
    here.post("/sign-out/everywhere")
    assert there.get("/account", follow_redirects=False).status_code == 303


def test_secrets_of_local_mode_open_nothing_in_shared_mode_and_the_other_way_round(crew, services):
    house = services.house
    local = {"Authorization": f"Bearer {house.credentials.issue(Credential.key, LOCAL)}"}
    assert crew.stranger().get("/api/v1/plans", headers=local).status_code == 401
    crew.member("local", "ops", ADDRESS)
    personal = {"Authorization": f"Bearer {house.credentials.add_key('local', crew.ids[ADDRESS], 'x', Role.ops)}"}
    with TestClient(create_app(services), base_url="http://127.0.0.1:8321") as alone:
        assert alone.get("/api/v1/plans", headers=personal).status_code == 401
        assert alone.get("/api/v1/plans", headers=local).status_code == 200


def test_a_one_time_token_of_local_mode_is_not_spent_in_shared_mode(crew, services):
    token = services.house.credentials.issue(Credential.entry, LOCAL)
    answer = crew.stranger().get("/", params={"token": token}, follow_redirects=False)
    assert answer.headers["location"].startswith("/sign-in")
    assert services.house.credentials.opens(token, Credential.entry) == LOCAL


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/people", "/keys", "/audit", "/api/v1/audit", "/join/x"])
def test_local_mode_has_none_of_these_pages(client, path):
    assert client.get(path).status_code == 404


def test_local_mode_shows_nothing_of_people(client):
    text = client.get("/", headers={"Accept": "text/html"}).text
    assert "Make a plan" in text
    assert not re.search("Sign out|People|/account|Audit", text)


def test_pages_of_people_are_kept_by_no_cache_and_framed_by_nobody(crew):
    answer = crew.member("alpha", "viewer", ADDRESS).get("/")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_secrets_and_passwords_are_in_no_log(crew, ada, caplog):
    caplog.set_level("DEBUG")
    typed(ada, address=ADDRESS, password=PASSWORD)
    typed(ada, address=ADDRESS, password="not the password")
    assert ada.cookies["throughline"] not in caplog.text
    assert PASSWORD not in caplog.text
    assert "not the password" not in caplog.text


def test_expensive_calls_are_counted_and_refused_where_there_are_too_many(crew):
    person = crew.member("alpha", "ops", ADDRESS)
    for _ in range(PLANS.most):
        crew.services.house.counts.take(PLANS, crew.ids[ADDRESS])
    answer = person.post("/samples/vantry-bank-memo")
    assert answer.status_code == 429
    assert "too often" in answer.text
