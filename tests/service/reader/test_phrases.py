"""Labels are verbatim and short; a focus fits after a preposition."""

from __future__ import annotations

import pytest

from corpora.load import load_strategies
from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences
from service.reader.labels import label
from service.reader.phrases import balanced, cut, focus, lower_first, noun_phrase

LONG = (
    "To win back the trust of islanders, the harbour board will publish the waiting times of every pier each week, "
    "because nobody can judge what nobody can see."
)


@pytest.fixture(scope="module")
def grammar(workshop):
    return lambda text: next(iter(workshop.reader.grammar.read([text])))


@pytest.fixture(scope="module")
def sentences(workshop):
    samples = [s for s in load_strategies() if s.id in {"vantry-bank-memo", "brindle-fenn-deck"}]
    documents = [parse_bytes(sample.text.encode(), "sample.md") for sample in samples]
    texts = [s.text for document in documents for s in split_sentences(document) if len(s.text.split()) >= 6]
    return list(zip(texts, workshop.reader.grammar.read(texts), strict=True))


def test_every_label_is_three_to_fifteen_words_or_the_few_more_of_a_clause_that_cannot_be_cut(sentences):
    found = [text[slice(*label(text, grammar))] for text, grammar in sentences]
    assert [words for words in found if not 3 <= len(words.split()) <= 18] == []
    assert sum(len(words.split()) > 15 for words in found) <= len(found) / 20


def test_no_label_begins_or_ends_inside_a_word(sentences):
    for text, grammar in sentences:
        start, end = label(text, grammar)
        assert start == 0 or not (text[start - 1].isalnum() and text[start].isalnum()), text
        assert end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()), text


def test_a_short_sentence_is_its_own_label_but_for_the_we(grammar):
    text = "We fund three lasting route teams."
    assert text[slice(*label(text, grammar(text)))] == "fund three lasting route teams"


def test_a_label_leaves_out_the_clause_that_only_gives_the_purpose(grammar):
    words = LONG[slice(*label(LONG, grammar(LONG)))]
    assert "trust of islanders" not in words
    assert "publish" in words


def test_words_before_a_colon_that_name_the_rest_are_the_label(grammar):
    text = "Smaller sizes of projects: Lines of business will agree on problems before any budget is asked for."
    assert text[slice(*label(text, grammar(text)))] == "Smaller sizes of projects"


@pytest.mark.parametrize("longest", [3, 6, 9])
def test_a_cut_never_has_more_words_than_allowed(longest):
    assert 1 <= len(LONG[: cut(LONG, longest)].split()) <= longest


def test_a_short_text_is_not_cut():
    assert cut("three small words", 5) == len("three small words")


def test_a_focus_is_a_gerund_for_what_somebody_will_do(grammar):
    text = "The board will publish the waiting times of every pier."
    assert focus(text, grammar(text)) == "publishing the waiting times of every pier"


@pytest.mark.parametrize("text", ["We will not sail at night.", "This matters to all of us.", "It rains."])
def test_there_is_no_focus_where_none_is_safe(grammar, text):
    assert focus(text, grammar(text)) is None


def test_every_focus_is_short_and_points_to_nothing_outside_itself(sentences):
    found = [phrase for text, grammar in sentences if (phrase := focus(text, grammar))]
    assert found
    assert [p for p in found if len(p.split()) > 12 or p.lower().startswith(("this ", "these ", "our ", "they "))] == []


@pytest.mark.parametrize("words", ["we will decide it", "those islands", "our own pier", "a “half quoted pier", ""])
def test_words_that_do_not_fit_after_a_preposition_are_refused(words):
    assert noun_phrase(words) is None


def test_a_noun_phrase_loses_its_capital_unless_it_is_a_name():
    assert noun_phrase("Monthly decisions by the crews") == "monthly decisions by the crews"
    assert lower_first("NHS patients") == "NHS patients"


@pytest.mark.parametrize(
    ("phrase", "whole"),
    [("“one pier”", True), ("“one pier", False), ('"one pier', False), ("a | b", False), ("plain words", True)],
)
def test_quotation_marks_come_in_pairs_and_markup_is_gone(phrase, whole):
    assert balanced(phrase) is whole
