import pytest

from retrieval.documents import Span
from service.engines.model.groups import section_groups
from service.engines.model.locate import find_words, is_noun_phrase, quote_span
from tests.service.harbour import read as read_text

LONG = "We will " + ", ".join(f"open the pier of village number {word}" for word in "abcdefghijkl") + " in time."


def test_words_are_found_through_typographic_marks(read):
    reading = read({"A": ("The team’s work – and its – pace will  change soon.",)})
    span = find_words("the team's work - and its - pace will change", reading.sentences, reading.document.text)
    assert span.of(reading.document.text) == "The team’s work – and its – pace will  change"


@pytest.mark.parametrize("words", ["the team", "eam will", "", "…"])
def test_words_that_do_not_stand_there_are_not_found(read, words):
    reading = read({"A": ("A team will change.",)})
    assert find_words(words, reading.sentences, reading.document.text) is None


def test_a_long_sentence_gives_leading_clauses_of_sixty_words_at_most(read):
    reading = read({"A": (LONG,)})
    span = quote_span(reading.sentences[0], reading.document.text)
    assert LONG.startswith(span.of(reading.document.text))
    assert 6 <= len(span.of(reading.document.text).split()) <= 60


def test_a_short_sentence_is_no_quote(read):
    reading = read({"A": ("Nail funnels.",)})
    assert quote_span(reading.sentences[0], reading.document.text) is None


def test_a_short_document_is_one_group(reading):
    assert len(section_groups(reading, 1800)) == 1


def test_groups_hold_whole_sections_in_order(read):
    reading = read({name: ("word " * 30, "word " * 30) for name in "ABCDE"})
    groups = section_groups(reading, 130)
    assert [[sentence.heading for sentence in group.sentences] for group in groups] == [
        ["A", "A", "B", "B"],
        ["C", "C", "D", "D"],
        ["E", "E"],
    ]


def test_a_section_longer_than_a_group_is_split(read):
    reading = read({"A": ("word " * 30,) * 5})
    assert [len(group.sentences) for group in section_groups(reading, 65)] == [2, 2, 1]


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("the waiting time of passengers", True),
        ("ferry teams", True),
        ("wait three weeks for an answer", False),
        ("stop handing over requirements", False),
    ],
)
def test_a_case_is_a_thing_one_can_begin_on_or_a_statement(workshop, words, thing):
    text = (
        "Service managers must read the waiting time of passengers. The ferry teams wait three weeks for an answer.\n\n"
        "The trust will stop handing over requirements to crews.\n"
    )
    reading = read_text(text, workshop)
    start = reading.document.text.index(words)
    assert is_noun_phrase(Span(start, start + len(words)), reading) is thing


def test_a_span_takes_in_the_mark_that_opens_its_quotation(workshop):
    reading = read_text("Reduce “hard” dependencies between the crews of one route by next May.\n", workshop)
    span = find_words("“hard” dependencies between the crews", reading.sentences, reading.document.text)
    assert span.of(reading.document.text) == "“hard” dependencies between the crews"
