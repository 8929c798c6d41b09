"""What kind of organisation the document shows, with the words that show it."""

from __future__ import annotations

import pytest

from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences
from service.plan.reading import TraitKind
from service.reader.traits import find_traits


def traits(text: str):
    return find_traits(split_sentences(parse_bytes(text.encode(), "plan.md")))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Maintainers and contributors decide together.", TraitKind.volunteers),
        ("Most of the work is done by suppliers.", TraitKind.suppliers),
        ("Patients wait for weeks.", TraitKind.vulnerable_users),
        ("Every idea needs a business case.", TraitKind.project_funding),
        ("The pier opens by March 2027.", TraitKind.fixed_dates),
        ("The regulator reads every report.", TraitKind.regulated),
        ("Crews become autonomous.", TraitKind.speed),
    ],
)
def test_a_word_shows_a_trait(text, kind):
    assert kind in {trait.kind for trait in traits(text)}


def test_a_trait_is_shown_at_most_three_times_at_its_exact_words():
    text = "\n\n".join(["Suppliers build our ships."] * 5)
    found = traits(text)
    assert len(found) == 3
    assert {text[t.span.start : t.span.end].lower() for t in found} == {"suppliers"}


def test_a_plain_text_shows_no_trait():
    assert traits("Boats are blue and the pier is long.") == ()
