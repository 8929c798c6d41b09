import re

import pytest

from service.export.formats import FORMATS


def test_the_start_page_offers_an_upload_and_samples(client, services):
    page = client.get("/").text
    assert 'type="file"' in page
    assert all(f"/samples/{sample.id}" in page for sample in services.samples)


def test_one_click_on_a_sample_leads_to_its_plan(client, follow):
    progress = client.post("/samples/marrowdale-hospitals")
    plan_id = progress.url.path.rsplit("/", 1)[-1]
    follow(plan_id)
    page = client.get(f"/plans/{plan_id}").text
    assert "Waiting to start" in progress.text
    assert "<blockquote>" in page
    assert "First time" in page


def test_words_of_a_document_are_escaped(client, follow):
    text = "# <script>alert(1)</script>\n\nWe will let every crew <b>decide</b> on its own timetable from May.\n"
    answer = client.post("/upload", files={"file": ("a.txt", text.encode())})
    plan_id = answer.url.path.rsplit("/", 1)[-1]
    follow(plan_id)
    page = client.get(f"/plans/{plan_id}").text
    assert not re.search(r"<script>alert|<b>decide", page)


def test_a_refused_upload_is_a_page_with_the_reason(client):
    answer = client.post("/upload", files={"file": ("a.md", b"")}, headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_pages_run_no_script_of_others_and_none_inline(client):
    page = client.get("/")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert re.findall(r"<script[^>]*>", page.text) == ['<script src="/static/upload.js" defer>']


def ready(client, follow, memo):
    answer = client.post("/upload", files=memo)
    plan_id = answer.url.path.rsplit("/", 1)[-1]
    follow(plan_id)
    return plan_id


def test_a_first_visit_says_what_to_do(client):
    assert "Nothing here yet" in client.get("/").text


def test_a_plan_can_be_seen_in_its_document_and_carried_away_in_every_format(client, follow, memo):
    plan_id = ready(client, follow, memo)
    xray = client.get(f"/plans/{plan_id}/xray").text
    assert re.search(r"<mark [^>]*>[^<]*cancelled sailings", xray)
    for form in FORMATS:
        when = "?start=2027-01-04&zone=Europe/Paris" if form.needs_calendar else ""
        answer = client.get(f"/plans/{plan_id}/export/{form.name}{when}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == form.media_type
        assert form.suffix in answer.headers["content-disposition"]
        assert answer.content


@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("/plans/none", 404, id="plan"),
        pytest.param("/plans/none/xray", 404, id="X-ray"),
        pytest.param("/plans/none/export/md", 404, id="export"),
        pytest.param("/practices/none", 404, id="practice"),
    ],
)
def test_what_is_not_there_is_a_page_that_says_what_to_do(client, address, status):
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert "What to do next" in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("ics", 422, id="no day"),
        pytest.param("ics?start=2027-01-04&zone=Nowhere", 422, id="unknown zone"),
        pytest.param("ics?start=soon", 422, id="no date"),
        pytest.param("odt", 404, id="unknown format"),
    ],
)
def test_an_export_that_cannot_be_made_says_why(client, follow, memo, query, status):
    plan_id = ready(client, follow, memo)
    answer = client.get(f"/plans/{plan_id}/export/{query}", headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert 'role="alert"' in answer.text


def test_of_several_files_each_gets_its_plan_or_its_reason(client, memo):
    answer = client.post("/upload", files=[("file", memo["file"]), ("file", ("empty.md", b""))])
    assert answer.status_code == 200
    assert len(re.findall(r'href="/plans/plan-', answer.text)) == 1
    assert "empty.md" in answer.text
    assert 'role="alert"' in answer.text


def test_the_same_document_can_be_planned_again_from_the_start_page(client, uploaded):
    answer = client.post(f"/documents/{uploaded['id']}/plans")
    assert answer.url.path.startswith("/plans/plan-")


def test_practices_are_searched_filtered_and_shown(client, workshop):
    wanted = workshop.library.practices[3]
    found = client.get("/practices", params={"q": wanted.serves[0], "kind": "", "capability": ""}).text
    some = client.get("/practices", params={"kind": "policy"}).text
    shown = client.get(f"/practices/{wanted.id}").text
    assert f"/practices/{wanted.id}" in found
    assert some.count('<span class="kind">Decision for leaders') == some.count('<span class="kind">')
    assert wanted.source.author.split()[0] in shown
    assert not re.search(r"\{\w+\|", shown)


def test_pages_are_for_those_who_are_signed_in(stranger):
    for address in ("/", "/practices", "/practices/intent-brief", "/plans/x", "/plans/x/xray", "/plans/x/export/md"):
        answer = stranger.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 401
