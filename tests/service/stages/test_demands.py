"""Which capabilities a strategy demands, and by which of its intents."""

from __future__ import annotations

import numpy as np

from corpora.load import load_capabilities
from service.stages.demands import EACH, demands
from tests.service.planmaker import LISTEN, intent

CAPABILITIES = load_capabilities()
INTENTS = (intent(1), intent(2, LISTEN))


def fits(*rows: dict[int, float]):
    found = np.full((len(rows), len(CAPABILITIES)), 0.1)
    for row, known in enumerate(rows):
        for column, value in known.items():
            found[row, column] = value
    return found


def test_an_intent_demands_its_two_best_capabilities():
    found = demands(INTENTS[:1], fits({1: 0.7, 4: 0.6, 7: 0.5}), CAPABILITIES)
    assert [demand.capability for demand in found] == ["K2", "K5"]
    assert len(found) == EACH


def test_the_best_is_demanded_even_where_it_fits_little():
    assert [d.capability for d in demands(INTENTS[:1], fits({3: 0.2}), CAPABILITIES)] == ["K4"]


def test_two_intents_that_demand_the_same_share_one_entry():
    found = demands(INTENTS, fits({1: 0.7}, {1: 0.6}), CAPABILITIES)
    assert [demand.intent_ids for demand in found] == [("int-1", "int-2")]
    assert all(one.label in found[0].why for one in INTENTS)


def test_capabilities_come_in_their_order_with_signs_to_look_for():
    found = demands(INTENTS, fits({9: 0.7}, {2: 0.6}), CAPABILITIES)
    assert [demand.capability for demand in found] == ["K3", "K10"]
    assert all(demand.project_signs and demand.product_signs for demand in found)


def test_no_intents_demand_nothing():
    assert demands((), np.zeros((0, 12)), CAPABILITIES) == ()
