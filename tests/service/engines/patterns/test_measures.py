"""Today's figure is the document's own, in its words, or unknown."""

from __future__ import annotations

import pytest

from service.engines.patterns.measures import given_baseline


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Cut the median from 19 working days to 5 by 2027", "from 19 working days, says the document"),
        (
            "confirmed date kept in 95 % of orders by 2027 (today 72, and that is with a trick)",
            "today 72, says the document",
        ),
        ("Raise take-up to 80% by 2026, up from 54%", "up from 54%, says the document"),
        ("At least 40% of contacts will take place outside by 2030", None),
        ("We will move 25 services from 2026 on", None),
        ("Fewer complaints from 12 regions", None),
        ("Answer within two days, currently nobody does", None),
    ],
)
def test_a_baseline_is_read_only_where_a_figure_of_today_stands_beside_the_one_to_reach(words, expected):
    assert given_baseline(words) == expected
