import pytest

from retrieval.documents import BlockKind
from retrieval.parse import parse_bytes

TEXT = """---
title: "Plan 2027"
year: 2027
nested: {a: [1, 2]}
---

##01 Goals

We **will** move to [open standards](https://example.org) and
stop using `legacy` tools.![logo](x.png)

- First we listen
  1. to people
- [Jump](#goals)

| Goal | Owner |
|------|-------|
| Speed | Platform team |

<table>
<tr><th>When</th><th>What</th></tr>

<tr><td>2027</td><td>All **forms** online</td></tr>
</table>

> Somebody else said this.

```
code stays code
```

**A bold line**

[one](https://a.example) | [two](https://b.example)
"""


@pytest.fixture
def plan(reading):
    return reading(parse_bytes(TEXT.encode(), "plan.md"))


def test_front_matter_gives_title_and_metadata_and_is_not_text(plan):
    assert plan.document.title == "Plan 2027"
    assert plan.document.metadata == {"title": "Plan 2027", "year": "2027"}
    assert "title:" not in plan.document.text


def test_a_heading_without_a_space_is_a_heading(plan):
    assert plan.block("01 Goals").depth == 2


def test_markup_and_images_go_and_link_text_stays_in_one_line(plan):
    assert plan.words(BlockKind.paragraph) == ["We will move to open standards and stop using legacy tools."]


def test_list_items_keep_depth_and_marks_stand_outside(plan):
    inner = plan.block("to people")
    assert inner.depth == 2
    assert plan.document.text[inner.span.start - 3 : inner.span.start] == "1. "


def test_links_into_the_page_are_contents(plan):
    assert plan.words(BlockKind.contents) == ["Jump"]


def test_lines_of_links_are_links(plan):
    assert plan.words(BlockKind.links) == ["one | two"]


def test_tables_in_both_notations_become_rows(plan):
    assert plan.words(BlockKind.table_row) == [
        "Goal: Speed; Owner: Platform team",
        "When: 2027; What: All forms online",
    ]


def test_quotes_and_code_keep_their_kind(plan):
    assert plan.words(BlockKind.block_quote) == ["Somebody else said this."]
    assert plan.words(BlockKind.code) == ["code stays code"]


def test_a_short_bold_line_is_a_heading_below_the_last(plan):
    assert plan.block("A bold line").location.heading_path == ("01 Goals", "A bold line")


def test_list_items_under_a_contents_heading_are_contents(reading):
    plan = reading(parse_bytes(b"# Contents\n\n- Goals 3\n- Measures 5\n\n# Goals\n\n- We act now\n", "plan.md"))
    assert plan.words(BlockKind.contents) == ["Goals 3", "Measures 5"]
    assert plan.words(BlockKind.list_item) == ["We act now"]


def test_a_table_of_lists_becomes_a_heading_and_a_list_for_each_column(reading):
    text = "# Plan\n\n| One year | Five years |\n|---|---|\n|\n- Build it\n- Show it |\n- Share it |\n"
    plan = reading(parse_bytes(text.encode(), "plan.md"))
    assert plan.words(BlockKind.list_item) == ["Build it", "Show it", "Share it"]
    assert plan.block("Share it").location.heading_path == ("Plan", "Five years")


@pytest.mark.parametrize(
    "line", ["**“More products succeed”**", "**We will nail funnels**"], ids=["quoted", "commitment"]
)
def test_a_bold_statement_stays_a_passage(reading, line):
    plan = reading(parse_bytes(f"# Mission\n\n{line}\n".encode(), "plan.md"))
    assert plan.words(BlockKind.paragraph) == [line.strip("*")]


def test_text_taken_from_a_pdf_and_only_named_markdown_is_read_as_plain_text(reading):
    text = "Our plan\n\u00ad Listen to all who use it, every week.\nNext Steps\nWe will act on it now.\n\n3\n"
    plan = reading(parse_bytes(text.encode(), "plan.md"))
    assert plan.words(BlockKind.heading) == ["Our plan", "Next Steps"]
    assert plan.words(BlockKind.paragraph) == ["We will act on it now."]


@pytest.mark.parametrize(
    "title",
    [
        "Goal 4. Enable use of confidential data, while appropriately protecting it in every department",
        "Priority 2: We will answer every letter",
        "Strand b) Better, faster and fairer decisions for all who wait on them",
    ],
)
def test_a_bold_numbered_title_is_a_heading_whatever_it_promises(title):
    before = "# Plan\n\n**Goal 2. Short**\n\nFirst words here."
    text = f"{before}\n\n**{title}**\n\nWhile the city must protect data, it shares.\n"
    document = parse_bytes(text.encode(), "plan.md")
    place = next(b for b in document.blocks if b.span.of(document.text).startswith("While the city"))
    assert place.location.heading_path[-1] == title
