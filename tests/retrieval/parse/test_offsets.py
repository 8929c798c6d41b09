import unicodedata

import pytest

from retrieval.documents import BlockKind
from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences
from tests.fixtures import make_documents as make

HARD = (
    "# Cafe\u0301 plan 📦\n\n* ﬁrst\u200b we  act\n\n> “Zürich.” And we go on. U.S. teams too!\n\n"
    "| a | b |\n|-|-|\n| 1. x | y |\n"
)
FILES = [
    pytest.param(make.strategy_pdf(), "a.pdf", id="pdf"),
    pytest.param(make.strategy_docx(), "a.docx", id="docx"),
    pytest.param(make.strategy_pptx(), "a.pptx", id="pptx"),
    pytest.param(HARD.encode(), "a.md", id="markdown"),
    pytest.param(b"<p>One.<p>Two <b>three</b>. Four", "a.html", id="html"),
]


def check(document):
    assert unicodedata.is_normalized("NFC", document.text)
    at = 0
    for block in document.blocks:
        words = block.span.of(document.text)
        assert block.span.start >= at
        assert words == words.strip()
        assert words
        assert block.kind is BlockKind.code or "\n" not in words
        at = block.span.end
    sentences = split_sentences(document)
    assert [sentence.id for sentence in sentences] == [f"s{number + 1}" for number in range(len(sentences))]
    for sentence in sentences:
        block = document.blocks[sentence.block]
        assert document.text[sentence.span.start : sentence.span.end] == sentence.text
        assert block.span.start <= sentence.span.start < sentence.span.end <= block.span.end


@pytest.mark.parametrize(("data", "name"), FILES)
def test_every_block_and_sentence_is_exactly_where_it_says(data, name):
    check(parse_bytes(data, name))


@pytest.mark.parametrize(("data", "name"), FILES)
def test_the_same_bytes_give_the_same_document(data, name):
    assert parse_bytes(data, name) == parse_bytes(data, name)


def test_real_strategies_hold_the_same_promise(shared):
    for file in sorted([*(shared / "strategies").glob("*.md"), *(shared / "originals").glob("*.p*")]):
        check(parse_bytes(file.read_bytes(), file.name))
