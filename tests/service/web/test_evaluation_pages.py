"""The evaluation pages."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from corpora.rubric import load_rubric
from service.web.app import create_app


@pytest.fixture
def plan_id(planned):
    return planned.held["plan_id"]


def test_a_plans_criteria_are_explained_by_the_rubrics_anchors_without_a_total(client, plan_id):
    page = html.unescape(client.get(f"/plans/{plan_id}/criteria").text)
    rubric = load_rubric()
    assert [one.name for one in rubric if f">{one.name} <" not in page] == []
    assert rubric[0].anchors[5] in page
    assert "(nearest)" in page
    assert "there is no total" in page
    assert "C13" not in page


def test_the_latest_report_is_shown_in_plain_words(client):
    page = client.get("/evaluation").text
    assert "Every quote is exact" in page
    assert "no total" in page


def test_without_a_report_the_page_says_what_to_do(client, services, tmp_path):
    bare = create_app(replace(services, evaluation=tmp_path / "none.json"))
    with TestClient(bare, base_url="http://127.0.0.1:8321", headers=client.headers) as other:
        page = other.get("/evaluation").text
    assert "No evaluation was run here yet." in page
    assert "python -m evals run" in page


def test_strangers_see_neither(stranger):
    assert stranger.get("/evaluation").status_code == 401
