import pytest

from retrieval.documents import Span
from service.web.contexts.marks import Mark, Marker

TEXT = "We will stop projects. We will fund teams for good."


def marked(*spans):
    return Marker(TEXT, [Mark(Span(start, end), number, number == 1) for number, (start, end) in enumerate(spans, 1)])


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param((), id="none"),
        pytest.param(((0, 22),), id="one"),
        pytest.param(((0, 22), (8, 40)), id="overlapping"),
        pytest.param(((0, 51), (8, 12)), id="nested"),
        pytest.param(((3, 10), (3, 10)), id="the same twice"),
    ],
)
def test_the_pieces_together_are_the_text(spans):
    assert "".join(piece.text for piece in marked(*spans).cut(Span(0, len(TEXT)))) == TEXT


def test_a_marked_piece_holds_the_exact_words():
    pieces = marked((3, 21)).cut(Span(0, len(TEXT)))
    assert [piece.text for piece in pieces if piece.numbers] == [TEXT[3:21]]


def test_words_under_two_marks_name_both():
    pieces = marked((0, 22), (8, 40)).cut(Span(0, len(TEXT)))
    assert [piece.numbers for piece in pieces] == [(1,), (1, 2), (2,), ()]


def test_the_number_of_an_intent_comes_once_where_its_words_end():
    pieces = marked((0, 22), (8, 40)).cut(Span(0, len(TEXT)))
    assert [piece.ends for piece in pieces] == [(), (1,), (2,), ()]


def test_each_mark_has_one_place_to_go_to():
    pieces = marked((0, 51), (8, 12)).cut(Span(0, len(TEXT)))
    assert [piece.anchor for piece in pieces if piece.anchor] == ["at-0", "at-8"]


def test_a_mark_that_begins_before_a_long_one_is_still_found():
    marker = marked((0, 51), (2, 4), (5, 7), (8, 9))
    assert 1 in {mark.number for mark in marker.within(Span(30, 40))}
