"""Signs that join grammar, form and place."""

from __future__ import annotations

import pytest

from retrieval.documents import BlockKind
from service.reader.features import SIGN_NAMES
from service.reader.signs import signs


@pytest.fixture(scope="module")
def held(workshop):
    def names(text: str, heading: str = "", kind: BlockKind = BlockKind.paragraph) -> set[str]:
        grammar = next(iter(workshop.reader.grammar.read([text])))
        return {name for name, value in signs(text, heading, kind, grammar).items() if value}

    return names


@pytest.mark.parametrize(
    ("text", "heading", "kind", "sign"),
    [
        ("Crews should speak with passengers.", "", BlockKind.paragraph, "modal_should"),
        ("Passengers may wait for a boat.", "", BlockKind.paragraph, "modal_may"),
        ("Reduce the waiting time at piers", "Goals", BlockKind.list_item, "listed_deed"),
        ("Reduce the waiting time at piers", "Goals", BlockKind.list_item, "listed_result"),
        ("The board decides in a month.", "Vision", BlockKind.paragraph, "present_vision"),
        ("Boats leave within 5 minutes of the hour.", "Key results", BlockKind.paragraph, "target_result"),
        ("This document describes the piers.", "", BlockKind.paragraph, "about_text"),
        ("Two piers closed some years ago.", "", BlockKind.paragraph, "past_time"),
        ("We build boats that last.", "", BlockKind.paragraph, "starts_we_present"),
    ],
)
def test_a_sign_is_seen_where_it_holds(held, text, heading, kind, sign):
    assert sign in held(text, heading, kind)


def test_every_sentence_has_the_same_signs_in_the_same_order(workshop):
    grammar = next(iter(workshop.reader.grammar.read(["Boats are blue."])))
    assert tuple(signs("Boats are blue.", "", BlockKind.paragraph, grammar)) == SIGN_NAMES
