"""Wordings that bind outright."""

from __future__ import annotations

import pytest

from service.reader.explicit import WORDINGS


@pytest.mark.parametrize(
    "text",
    [
        "We have decided to sail at night.",
        "Our main goal is to sail at night.",
        "The strategy aims at fewer cancelled sailings.",
        "Crews will now publish their own timetables.",
        "Crews publish timetables rather than waiting for the office.",
        "The trust is moving to monthly decisions.",
        "Crews should be empowered to change a timetable.",
    ],
)
def test_a_binding_wording_is_known(text):
    assert any(wording.search(text) for wording in WORDINGS)


def test_a_plain_account_binds_nobody():
    assert not any(wording.search("Islanders wait at the pier in the rain.") for wording in WORDINGS)
