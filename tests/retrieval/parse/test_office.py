import pytest

from retrieval.documents import BlockKind
from retrieval.parse import parse_bytes
from tests.fixtures import make_documents as make


@pytest.fixture
def word(reading):
    return reading(parse_bytes(make.strategy_docx(), "plan.docx"))


@pytest.fixture
def deck(reading):
    return reading(parse_bytes(make.strategy_pptx(), "plan.pptx"))


def test_word_headings_keep_their_levels(word):
    assert [(word.block(words).depth, words) for words in word.words(BlockKind.heading)] == [
        (1, "Plan for Open Services"),
        (1, "Our goals"),
        (2, "Measures"),
    ]


def test_word_lists_keep_their_depth(word):
    assert word.block("Answer people within two days").depth == 1
    assert word.block("Measure it every week").depth == 2
    assert word.block("Close the old portal").kind is BlockKind.list_item


def test_word_tables_become_rows_named_by_their_header(word):
    assert word.words(BlockKind.table_row) == [
        "Measure: Calls a week; Target: Below 100",
        "Measure: Trust; Target: 80%",
    ]


def test_word_places_are_heading_paths(word):
    assert word.block("Measure: Trust; Target: 80%").location.words() == "Our goals › Measures"


def test_word_quotes_and_title_are_kept(word):
    assert word.words(BlockKind.block_quote) == ["Simple is hard."]
    assert word.document.title == "Plan for Open Services"


def test_slide_titles_are_headings_with_slide_numbers(deck):
    block = deck.block("Our focus")
    assert (block.kind, block.location.slide) == (BlockKind.heading, 2)


def test_slide_bullets_keep_their_depth(deck):
    assert deck.block("We will answer people within two days").depth == 1
    assert deck.block("Measured every week").depth == 2


def test_speaker_notes_are_notes_of_their_slide(deck):
    block = deck.block("Say that the board agreed to this in May.")
    assert (block.kind, block.location.words()) == (BlockKind.notes, "slide 2, Plan for Open Services › Our focus")


def test_slide_tables_become_rows(deck):
    assert deck.words(BlockKind.table_row) == ["Measure: Calls a week; Target: Below 100"]


def test_a_real_deck_without_title_placeholders_gets_its_titles_from_the_largest_type(shared, reading):
    file = shared / "originals" / "esdc-product-management-mindset-2022.pptx"
    deck = reading(parse_bytes(file.read_bytes(), file.name))
    assert deck.document.title == "How product management can help you make great decisions"
    assert {"Anti-fragile", "Commit to learning", "Focus on the green path"} <= set(deck.words(BlockKind.heading))
