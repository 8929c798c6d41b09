import pytest

from retrieval.documents import Span
from retrieval.parse import parse_bytes
from retrieval.sentences import sentence_spans, split_sentences


def split(text):
    return [span.of(text) for span in sentence_spans(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["We act.", "Then we learn!", "Do we?", "Yes."], id="plain"),
        pytest.param(
            ["Use tools (e.g. Salesforce, Jira) and i.e. Confluence for it.", "Then stop."], id="e.g. and i.e."
        ),
        pytest.param(
            ["The U.S. Government leads.", "It serves the U.S.", "The rest follows."], id="initials of countries"
        ),
        pytest.param(["Growth of 3.5 per cent, version 2.0 and No. 5 count.", "See Fig. 2 for more."], id="numbers"),
        pytest.param(["J. Smith and Dr. Jones agreed.", "They left."], id="names"),
        pytest.param(["“We will act.”", "“Now,” he said."], id="quotes"),
        pytest.param(["We test (see below. It helps) a lot.", "(This stands alone.)", "Good."], id="brackets"),
        pytest.param(["We buy books, pens, etc.", "The rest is free."], id="etc"),
        pytest.param(["Open data.gov.uk first.", "Then Node.js 1.2 runs."], id="names with dots"),
        pytest.param(["Acme Inc. builds it.", "iOS follows."], id="company and small first letter"),
        pytest.param(["1. We act."], id="number at the start"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    assert split(" ".join(sentences)) == sentences


def test_no_sentence_crosses_a_block_and_headings_have_none():
    document = parse_bytes(b"# Goals. Now\n\nWe act\n\n- One\n- Two. Three.\n", "a.md")
    assert [sentence.text for sentence in split_sentences(document)] == ["We act", "One", "Two.", "Three."]


def test_a_table_row_without_a_full_stop_is_one_sentence():
    document = parse_bytes(b"|A|B|\n|-|-|\n|Speed|Team: one|\n", "a.md")
    assert [sentence.text for sentence in split_sentences(document)] == ["A: Speed; B: Team: one"]
