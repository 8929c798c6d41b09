"""The second reading fits the documents, and the agreement that the README states is what it gives."""

from __future__ import annotations

import pytest

from evals.cases import STRATEGIES
from evals.gold import GoldDocument, GoldIntent
from evals.second_reading import Agreement, SecondReading, agreement, agreements, load_second, places, upheld_entries
from retrieval.documents import Document, Span
from retrieval.parse import parse_bytes

TEXT = b"# Plan\n\nWe will visit ten users a month. Rain fell. We will end the weekly status meeting.\n"
GOLD = GoldDocument("plan.md", (GoldIntent("Visit users", "We will visit ten users a month.", "priority"),), ())


@pytest.fixture(scope="module")
def document() -> Document:
    """Three sentences."""
    return parse_bytes(TEXT, "plan.md")


def test_every_sample_strategy_has_a_second_reading() -> None:
    assert all(load_second(path.stem) is not None for path in STRATEGIES.glob("*.md"))


def test_the_sentences_read_still_stand_where_they_stood() -> None:
    total = sum(agreements().values(), Agreement(0, 0, 0, 0, 0, 0, 0))
    assert (total.sentences, total.both, total.only_first, total.only_second) == (618, 135, 9, 76)
    assert (total.same_kind, total.upheld, total.intents) == (108, 133, 135)
    assert total.f1 == pytest.approx(0.76, abs=0.005)
    assert total.kappa == pytest.approx(0.67, abs=0.005)


def test_sentences_are_counted_by_who_took_them(document: Document) -> None:
    found = agreement(document, GOLD, SecondReading("plan.md", 3, {0: "priority", 2: "constraint"}))
    assert (found.both, found.only_first, found.only_second, found.same_kind, found.upheld) == (1, 0, 1, 1, 1)


def test_a_document_cut_otherwise_than_it_was_read_is_refused(document: Document) -> None:
    with pytest.raises(ValueError, match="read it anew"):
        agreement(document, GOLD, SecondReading("plan.md", 4, {}))


def test_nothing_taken_by_either_has_no_agreement(document: Document) -> None:
    found = agreement(document, GoldDocument("plan.md", (), ()), SecondReading("plan.md", 3, {}))
    assert (found.f1, found.kappa) == (None, None)


def test_an_entry_that_only_the_second_reader_took_is_upheld(document: Document) -> None:
    second = places(SecondReading("plan.md", 3, {2: "constraint"}), document)
    rain = document.text.index("Rain")
    ledger = [[second[0]], [Span(rain, rain + 10)]]
    assert upheld_entries(ledger, document.text, GOLD, second) == 1
