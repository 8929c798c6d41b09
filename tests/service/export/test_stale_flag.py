"""An item whose words changed in the document says so wherever a plan is carried."""

from __future__ import annotations

import io

import docx
import pytest

from service.export.docx import to_docx
from service.export.formats import render_plan
from service.plan.items import Flag
from tests.service import planmaker

STALE = "changed in a newer version of the document"


@pytest.fixture
def stale_plan():
    flags = {"flags": (Flag.stale,)}
    items = (planmaker.behaviour(0, **flags), planmaker.ritual(0, **flags), planmaker.ask(0, **flags))
    return planmaker.plan(planmaker.parts(*items))


def test_the_markdown_flags_every_stale_item(stale_plan):
    assert render_plan(stale_plan, "md").count(STALE) == 3


def test_the_word_file_flags_every_stale_item(stale_plan):
    document = docx.Document(io.BytesIO(to_docx(stale_plan)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert sum(STALE in text for text in cells) == 3


def test_issues_say_it_too(stale_plan):
    assert render_plan(stale_plan, "jira").count(STALE) >= 3
