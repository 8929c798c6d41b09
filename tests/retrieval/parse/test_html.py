import pytest

from retrieval.documents import BlockKind
from retrieval.parse import parse_bytes

PAGE = """<!doctype html><html><head><title>Plan | Council</title><meta name="author" content="The Council">
<style>p {color: red}</style></head><body>
<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<main><h1>Plan for people</h1>
<p>We will answer within <b>two</b> days.<br>People wait less.</p>
<script>alert("no")</script>
<h2>How</h2><ul><li>Listen first<ol><li>Every week</li></ol></li><li>Publish results.</li></ul>
<table><tr><th>Measure</th><th>Target</th></tr><tr><td>Calls</td><td>100</td></tr></table>
<blockquote><p>Short is good.</p></blockquote>
<figure><img src="x.png" alt="chart"><figcaption>Calls by year</figcaption></figure>
</main><footer>Copyright and cookies</footer></body></html>"""


@pytest.fixture
def page(reading):
    return reading(parse_bytes(PAGE.encode(), "plan.html"))


def test_only_the_main_content_is_read(page):
    assert not any(words in page.document.text for words in ("Home", "alert", "Copyright", "color", "chart"))


def test_headings_and_title_are_found(page):
    assert page.words(BlockKind.heading) == ["Plan for people", "How"]
    assert page.document.title == "Plan for people"
    assert page.document.metadata == {"author": "The Council"}


def test_a_line_break_is_a_space(page):
    assert page.words(BlockKind.paragraph) == ["We will answer within two days. People wait less."]


def test_nested_lists_keep_their_depth(page):
    assert [page.block(words).depth for words in ("Listen first", "Every week", "Publish results.")] == [1, 2, 1]


def test_tables_quotes_and_captions_keep_their_kind(page):
    assert page.words(BlockKind.table_row) == ["Measure: Calls; Target: 100"]
    assert page.words(BlockKind.block_quote) == ["Short is good."]
    assert page.words(BlockKind.caption) == ["Calls by year"]
