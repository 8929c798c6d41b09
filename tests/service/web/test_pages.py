import re


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
