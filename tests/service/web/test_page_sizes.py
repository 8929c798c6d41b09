"""No page is heavy: without its charts none has more than 300 kB, with a full plan in it."""

from __future__ import annotations

import re

CHART = re.compile(rb"<svg.*?</svg>", re.DOTALL)
MOST_BYTES = 300_000


def test_no_page_about_a_full_plan_is_heavy(client, services, follow):
    text = next(one.text for one in services.samples if one.id == "permits-agency-policy")
    document = client.post("/api/v1/documents", files={"file": ("policy.md", text.encode())}).json()["id"]
    plan = client.post(f"/api/v1/documents/{document}/plans", json={}).json()["plan_id"]
    follow(plan)
    own = [f"/plans/{plan}{page}" for page in ("", "/xray", "/versions", "/criteria", "/catchball", "/add")]
    others = ["/", "/practices", "/practices/own", "/practices/own/new?kind=ritual", "/profile", "/evaluation"]
    answers = {path: client.get(path) for path in (*own, *others)}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    sizes = {path: len(CHART.sub(b"", answer.content)) for path, answer in answers.items()}
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}
