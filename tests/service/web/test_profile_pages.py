"""An organisation tells about itself in a form, and its plans change."""

from __future__ import annotations

import html

import pytest

from service.plan.profile import Profile
from service.store.credentials import Credential
from service.web.contexts.profile import profile_in, told_by

TYPED = {
    "organisation": "Harbour Trust",
    "starts": "2027-01-18",
    "roles": "team lead = Route manager\nleader = Harbour director",
    "meetings": "Portfolio status, Tuesdays 60 min, leads",
    "funding_gates": "2027-03-11 Investment board, Finance director",
    "partners": "Corvex, ticketing licence until 2028-03-31",
    "pilot_teams": "Northern route",
    "no_go": "chatbot",
}
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
BEGIN:VEVENT
UID:1
SUMMARY:Crew briefing
DTSTART:20260105T090000Z
DTEND:20260105T093000Z
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def browser(client):
    client.headers["Accept"] = "text/html"
    return client


def test_what_was_typed_is_read_and_shown_again_as_it_was_told():
    profile = profile_in(TYPED)
    assert profile.roles["team lead"] == "Route manager"
    assert profile.meetings[0].minutes == 60
    assert (profile.funding_gates[0].decider, str(profile.partners[0].ends)) == ("Finance director", "2028-03-31")
    assert profile_in(told_by(profile), before=profile) == profile
    assert profile_in({}) == Profile()


def test_a_calendar_file_brings_its_recurring_meetings(browser):
    files = {"calendar": ("team.ics", CALENDAR.encode(), "text/calendar")}
    page = browser.post("/profile", data=TYPED, files=files)
    assert "Kept." in page.text
    assert "Crew briefing" in page.text


@pytest.mark.parametrize(
    ("box", "words", "why"),
    [
        ("roles", "just a name", "role = name with you"),
        ("funding_gates", "next spring", "2027-03-11"),
        ("starts", "Monday", "date"),
        ("pilot_teams", "Dr Miller", "names a person"),
        ("organisation", "x" * 200, "80"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_reason_beside_its_box(browser, box, words, why):
    page = browser.post("/profile", data=TYPED | {box: words})
    assert page.status_code == 422
    shown = html.unescape(page.text)
    assert words in shown
    assert why in shown.split(f'id="{box}-fault"')[1].split("</p>")[0]
    assert "Harbour Trust" in shown or box == "organisation"
    assert 'value="Harbour Trust"' not in browser.get("/profile").text, "nothing was kept"


def test_a_plan_made_afterwards_uses_the_profile_and_says_what_it_changed(browser, uploaded, follow, services):
    def plan():
        job = browser.post(f"/api/v1/documents/{uploaded['id']}/plans", json={"engine": "patterns"}).json()
        follow(job["plan_id"])
        return browser.get(f"/api/v1/plans/{job['plan_id']}", headers={"Accept": "application/json"}).json()

    before = plan()
    browser.post("/profile", data=TYPED)
    after = plan()
    assert after["plan"]["id"] != before["plan"]["id"]
    assert after["plan"]["pilot_teams"] == ["Northern route"]
    assert "Northern route" in " ".join(after["plan"]["rollout"][0]["actions"])
    assert "profile changed here" in browser.get(f"/plans/{after['id']}").text
    assert "profile changed here" not in browser.get(f"/plans/{before['id']}").text


def test_no_other_workspace_sees_the_profile(browser, services):
    browser.post("/profile", data=TYPED)
    services.house.workspaces.ensure("other", "Another house")
    key = services.house.credentials.issue(Credential.key, "other")
    assert "Harbour Trust" not in browser.get("/profile", headers={"Authorization": f"Bearer {key}"}).text
