import pytest

from retrieval.documents import BlockKind
from retrieval.parse import parse_bytes
from retrieval.parse.errors import UndecodableText

TEXT = """Plan for the “Café” team
========================

We will move every form to the web, because
people ask for it.

OUR GOALS

\u2022 Answer people
  within two days
\u2022 Publish results
- Stop old reports

1.2 Measures and targets

We count calls.

12
"""


@pytest.fixture
def plan(reading):
    return reading(parse_bytes(TEXT.encode(), "plan.txt"))


def test_underlined_capital_and_numbered_lines_are_headings(plan):
    assert plan.words(BlockKind.heading) == ["Plan for the “Café” team", "OUR GOALS", "1.2 Measures and targets"]


def test_hard_wrapped_lines_are_joined(plan):
    assert plan.words(BlockKind.paragraph) == [
        "We will move every form to the web, because people ask for it.",
        "We count calls.",
    ]


def test_bullets_of_all_kinds_are_items(plan):
    assert plan.words(BlockKind.list_item) == ["Answer people within two days", "Publish results", "Stop old reports"]


def test_soft_hyphens_that_serve_as_bullets_and_dashes_are_shown(reading):
    text = "Goals:\n\u00ad Agency\u00adwide rules for all\n\u00ad Open data\n"
    plan = reading(parse_bytes(text.encode(), "plan.txt"))
    assert plan.words(BlockKind.list_item) == ["Agency-wide rules for all", "Open data"]


def test_soft_hyphens_inside_words_only_are_dropped(reading):
    plan = reading(parse_bytes("We share infor\u00admation with all of our teams.".encode(), "plan.txt"))
    assert plan.words(BlockKind.paragraph) == ["We share information with all of our teams."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_common_encodings_give_the_same_text(encoding):
    words = "We will open the “Café” in Zürich – with €5 million – and we will tell people about it.\n"
    assert parse_bytes(words.encode(encoding), "plan.txt").text == words.strip()


def test_latin_1_is_read():
    assert parse_bytes("We will open the café for all people.".encode("latin-1"), "a.txt").text.endswith("people.")


def test_noise_is_refused():
    with pytest.raises(UndecodableText, match="UTF-8"):
        parse_bytes(bytes(range(1, 32)) * 20, "plan.txt")
