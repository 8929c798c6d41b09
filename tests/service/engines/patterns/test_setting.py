"""A form is offered only where its people can exist."""

from __future__ import annotations

import pytest

from corpora.load import load_practices
from service.engines.patterns.setting import within_setting
from service.plan.proposals import Candidate
from tests.service.engines.patterns.test_choose import brief

PRACTICES = {practice.id: practice for practice in load_practices()}
CITY = "Citizens and residents of all neighbourhoods take part. The public decides with us."
CODE = "Contributors and maintainers of our open source projects welcome newcomers."
SHOP = "We sell software to firms and want to be model citizens in their markets."


def offered(practice_id: str, text: str) -> bool:
    (kept,) = within_setting([brief(1, (Candidate(PRACTICES[practice_id], 0.9),))], text)
    return bool(kept.candidates)


@pytest.mark.parametrize(
    ("practice_id", "text", "stays"),
    [
        ("options-evening", CITY, True),
        ("options-evening", SHOP, False),
        ("walked-in-contribution", CODE, True),
        ("walked-in-contribution", SHOP, False),
        ("decision-log", SHOP, True),
        ("decision-log", "", True),
    ],
)
def test_a_form_stays_where_the_document_shows_its_setting(practice_id, text, stays):
    assert offered(practice_id, text) is stays
