"""Practices are matched by fit, with diversity and only where their needs are met."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from corpora.records import Kind, Need
from service.engines.patterns.ledger import find_intents
from service.stages.intents import make_intents
from service.stages.match import DIVERSITY, LEAST_FIT, WANTED, candidates, fits, intent_vectors, met_needs
from tests.service.harbour import read


def best_of(text: str, workshop, most: int = 10) -> list[str]:
    reading = read(text, workshop)
    (intent,) = make_intents(find_intents(reading), reading)
    row = fits([intent], reading, workshop.library).practices[0]
    order = np.argsort(-row, kind="stable")[:most]
    return [workshop.library.practices[i].id for i in order]


def test_there_is_one_fit_a_practice_and_capability(intents, harbour, workshop):
    found = fits(intents, harbour, workshop.library)
    assert found.practices.shape == (len(intents), len(workshop.library.practices))
    assert found.capabilities.shape == (len(intents), 12)
    assert np.isfinite(found.practices).all()


def test_fits_made_for_all_intents_are_those_of_each_alone(intents, harbour, workshop):
    two = (intents[2], intents[0])
    handed, alone = fits(intents, harbour, workshop.library).of(two), fits(two, harbour, workshop.library)
    assert handed.intent_ids == alone.intent_ids
    assert np.array_equal(handed.practices, alone.practices)
    assert np.array_equal(handed.capabilities, alone.capabilities)


def test_no_intents_have_no_fits_of_the_right_width(intents, harbour, workshop):
    assert fits(intents, harbour, workshop.library).of(()).capabilities.shape == (0, 12)


def test_an_intent_has_a_vector_for_each_sentence_it_quotes(intents, harbour):
    for intent in intents:
        sentences = {name for quote in intent.quotes for name in quote.sentence_ids}
        assert intent_vectors(intent, harbour).shape == (len(sentences), 384)


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        ("We will stop funding projects and give lasting teams money for their capacity.", "capacity-funding"),
        ("Every team must interview customers each week before it builds anything.", "weekly-customer-interview"),
    ],
)
def test_a_plain_intent_finds_the_practice_made_for_it(workshop, text, practice):
    assert practice in best_of(text, workshop)


def test_a_short_list_holds_no_more_than_wanted_of_a_kind_and_nothing_unfit(intents, harbour, workshop):
    for row in fits(intents, harbour, workshop.library).practices:
        found = candidates(row, workshop.library)
        kinds = Counter(candidate.practice.kind for candidate in found)
        assert all(kinds[kind] <= most for kind, most in WANTED.items())
        assert all(candidate.fit >= LEAST_FIT for candidate in found)


def test_a_short_list_names_no_practice_twice_and_begins_with_the_best(workshop):
    row = np.linspace(0.9, 0.5, len(workshop.library.practices))
    found = candidates(row, workshop.library)
    assert len({c.practice.id for c in found}) == len(found) == sum(WANTED.values())
    assert [c.fit for c in found] == sorted((c.fit for c in found), reverse=True)


def test_a_short_list_is_more_varied_than_the_plain_best(workshop):
    library = workshop.library
    pool = [i for i, p in enumerate(library.practices) if p.kind is Kind.behaviour]
    like = library.purposes[pool] @ library.purposes[pool[0]]
    row = np.zeros(len(library.practices))
    row[pool] = 0.5 + 0.02 * like  # the likest to one practice fit best
    found = [c.practice for c in candidates(row, library) if c.practice.kind is Kind.behaviour]
    chosen = [library.practices.index(practice) for practice in found]
    plain = sorted(pool, key=lambda i: -row[i])[: len(chosen)]

    def nearness(rows: list[int]) -> float:
        return float(np.triu(library.purposes[rows] @ library.purposes[rows].T, 1).sum())

    assert DIVERSITY > 0
    assert nearness(chosen) < nearness(plain)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Suppliers build most of our ships for us.", Need.suppliers),
        ("We release software for crews each month.", Need.releases),
        ("After an outage we ask the crews what happened.", Need.incidents),
        ("Sales to shoppers fell in the spring.", Need.customers_who_buy),
    ],
)
def test_a_need_is_met_where_the_document_shows_it(workshop, text, need):
    assert need in met_needs(read(text, workshop))
    assert need not in met_needs(read("The pier is long and the boats are blue.", workshop))


def test_a_practice_whose_needs_are_not_met_fits_less(workshop):
    plain = "Our crews will speak openly about what went wrong and learn from it."
    rows = []
    for text in (plain, plain + "\n\nEvery incident and every outage is written down.\n"):
        reading = read(text, workshop)
        intent = make_intents(find_intents(reading), reading)[0]
        rows.append(fits([intent], reading, workshop.library).practices[0])
    needy = [i for i, p in enumerate(workshop.library.practices) if p.needs == (Need.incidents,)]
    assert needy
    assert (rows[0][needy] < rows[1][needy]).all()
