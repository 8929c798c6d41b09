"""Versions are parsed once, and nothing of an erased plan is held."""

from __future__ import annotations

from datetime import UTC, datetime

from service.standings import Standings
from service.store.records import PlanVersion


def test_a_version_is_fetched_once_and_the_oldest_are_forgotten(sample_plan):
    _, plan = sample_plan("permits-agency-policy")
    asked = []

    def fetch(number):
        asked.append(number)
        return PlanVersion("p", number, None, "Ada", "first", plan.model_dump_json(), "{}", datetime.now(UTC))

    standings = Standings(most=2)
    for number in (1, 1, 2, 1, 3, 1, 2):
        version, standing = standings.of("p", number, lambda number=number: fetch(number))
        assert (version.number, standing.plan) == (number, plan)
    assert asked == [1, 2, 3, 2]
    standings.forget()
    standings.of("p", 1, lambda: fetch(1))
    assert asked == [1, 2, 3, 2, 1]
