"""Who is served is told from who acts and from what somebody is."""

from __future__ import annotations

import pytest

from service.plan.reading import TermKind
from service.reader.served import served
from tests.service.harbour import read


@pytest.mark.parametrize(
    ("text", "word", "is_served"),
    [
        ("We will carry passengers to every island at night.", "passengers", True),
        ("The crews will speak with customers before they plan a route.", "customers", True),
        ("Passengers will be told why a boat is late.", "passengers", True),
        ("Crews must be model citizens of the islands.", "citizens", False),
        ("The board will act as an intelligent client for the yards.", "client", False),
        ("Learners must reflect on each sailing.", "learners", False),
        ("We will measure the levels and drivers of trust in the harbour.", "drivers", False),
    ],
)
def test_a_word_names_people_who_are_served_only_where_they_receive(workshop, text, word, is_served):
    reading = read(f"# Harbour\n\n{text}\n", workshop)
    term = next(t for t in reading.terms if t.kind is TermKind.user and t.text.lower().endswith(word))
    assert served(term, reading) is is_served
