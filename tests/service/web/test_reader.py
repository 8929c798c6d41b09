from retrieval.parse import parse_bytes
from service.web.contexts import reader
from service.web.contexts.marks import Mark, Marker
from service.web.contexts.reader import groups_of, parts_of

MEMO = """# Aims

### Far down

We will listen.

- First point of the list
- Second point of the list

## Money

We fund teams.
"""


def grouped(text, *marks):
    document = parse_bytes(text.encode(), "memo.md")
    return groups_of(document, Marker(document.text, marks)), document


def shown(groups):
    return [piece.text for group in groups for line in group.lines for piece in line.pieces]


def test_list_items_that_follow_each_other_are_one_list():
    groups, _ = grouped(MEMO)
    assert [len(group.lines) for group in groups if group.kind == "list_item"] == [2]


def test_no_heading_level_is_skipped_on_the_way_down():
    groups, _ = grouped(MEMO)
    assert [group.lines[0].level for group in groups if group.kind == "heading"] == [3, 4, 4]


def test_a_short_document_is_shown_whole():
    groups, document = grouped(MEMO)
    assert shown(groups) == [block.span.of(document.text) for block in document.blocks]


def test_a_long_document_keeps_what_is_near_a_mark_and_counts_the_rest():
    body = "\n\n".join(f"Paragraph {number} " + "with many words " * 40 + "." for number in range(300))
    document = parse_bytes(f"# Long\n\n{body}\n".encode(), "long.md")
    assert len(document.text) > reader.WHOLE_TEXT
    marks = [Mark(document.blocks[150].span, 1, True)]
    groups = groups_of(document, Marker(document.text, marks))
    left_out = sum(group.left_out for group in groups)
    assert sum(len(group.lines) for group in groups) + left_out == len(document.blocks)
    assert [document.blocks[at].span.of(document.text) in shown(groups) for at in (148, 150, 152)] == [True] * 3
    assert left_out > 280


def test_sections_count_the_words_under_them():
    document = parse_bytes(b"# A\n\nOne two.\n\n# B\n\nThree.\n\n# C\n\nFour five six.\n", "m.md")
    assert [(part.title, part.words) for part in parts_of(document)] == [("A", 2), ("B", 1), ("C", 3)]
