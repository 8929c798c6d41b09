import pytest

from retrieval.documents import BlockKind
from retrieval.parse import parse_bytes
from retrieval.parse.errors import EncryptedDocument, ScannedDocument, TruncatedDocument
from tests.fixtures import make_documents as make


@pytest.fixture
def plan(reading):
    return reading(parse_bytes(make.strategy_pdf(), "plan.pdf"))


def test_larger_type_becomes_headings_with_levels(plan):
    headings = [(block.span.of(plan.document.text), block.depth) for block in plan.document.blocks if block.depth]
    assert headings[:2] == [("Serving people first", 1), ("Where we go", 2)]


def test_running_heads_and_page_numbers_are_gone(plan):
    assert "Example Council" not in plan.document.text
    assert not any(words in ("1", "2", "3") for words in plan.document.text.split("\n\n"))


def test_a_paragraph_cut_by_a_page_break_is_one_block_on_its_first_page(plan):
    block = plan.block(
        "We must stop funding projects and start funding teams that stay with their service for years, so that each of "
        "them learns from its users. This changes how money is given."
    )
    assert (block.kind, block.location.page) == (BlockKind.paragraph, 1)


def test_a_word_hyphenated_at_a_line_end_is_rejoined(plan):
    assert "Our government teams own the services" in plan.document.text


def test_bullets_are_items_without_their_marks_and_with_their_wrapped_lines(plan):
    assert plan.words(BlockKind.list_item) == [
        "Teams publish what they learn every month.",
        "Leaders remove one obstacle a week and tell everyone which one it was.",
    ]


def test_captions_are_no_passages(plan):
    assert plan.words(BlockKind.caption) == ["Figure 1: Calls by year"]


def test_the_place_names_page_and_headings(plan):
    block = plan.block("Fewer people call us for help. Figures are open.")
    assert block.location.words() == "page 2, Serving people first › How we know"


def test_columns_are_read_one_after_the_other(reading):
    page = reading(parse_bytes(make.two_column_pdf(), "columns.pdf"))
    assert page.words(BlockKind.paragraph) == [
        "We will give each team one clear outcome to work for and the freedom to choose how it gets there.",
        "Leaders will meet the teams every two weeks and listen to what stands in their way before they decide.",
    ]


def test_a_ruled_table_is_read_row_by_row(reading):
    page = reading(parse_bytes(make.table_pdf(), "table.pdf"))
    assert page.words(BlockKind.table_row) == [
        "Goal: Answer people faster; Measure: Calls a week below 100",
        "Goal: Share what we learn; Measure: Notes that are open to all",
    ]


def test_the_title_is_the_largest_heading_of_the_first_page(plan):
    assert plan.document.title == "Serving people first"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(make.encrypted_pdf(), EncryptedDocument, id="password"),
        pytest.param(make.scanned_pdf(), ScannedDocument, id="picture"),
        pytest.param(make.strategy_pdf()[:1500], TruncatedDocument, id="cut off"),
        pytest.param(b"%PDF-1.7\nnothing else\n%%EOF", TruncatedDocument, id="nothing inside"),
    ],
)
def test_an_unreadable_pdf_is_refused_with_its_name(data, error):
    with pytest.raises(error, match="“plan"):
        parse_bytes(data, "plan.pdf")


def test_real_strategies_keep_their_structure(shared, reading):
    file = shared / "originals" / "us-federal-data-strategy-2020-framework.pdf"
    plan = reading(parse_bytes(file.read_bytes(), file.name))
    assert "Ethical Governance" in plan.words(BlockKind.heading)
    assert any(
        words.startswith("Exercise Responsibility: Practice effective data")
        for words in plan.words(BlockKind.list_item)
    )
    assert "They serve as motivational" not in plan.document.text
    assert "serve as motivational guidelines" in plan.document.text
