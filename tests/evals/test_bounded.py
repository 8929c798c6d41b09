"""The interval of scores at the ceiling covers what it claims, by simulation, and stays on the scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import Generator
from numpy.typing import NDArray

from evals.bounded import bounded_mean
from evals.stats import clustered_mean

SIMULATIONS = 5000
Draw = Callable[[Generator, int], NDArray[np.float64]]


def exponential(rng: Generator, count: int) -> NDArray[np.float64]:
    return 5 - np.minimum(4, rng.exponential(0.3, count))


def mostly_five(rng: Generator, count: int) -> NDArray[np.float64]:
    return 5 - (rng.random(count) < 0.4) * rng.uniform(0, 1.5, count)


def few_far_below(rng: Generator, count: int) -> NDArray[np.float64]:
    return 5 - (rng.random(count) < 0.3) * np.minimum(4, rng.exponential(0.7, count))


def log_normal(rng: Generator, count: int) -> NDArray[np.float64]:
    return 5 - np.minimum(4, rng.lognormal(-1.5, 1.0, count))


def beta(rng: Generator, count: int) -> NDArray[np.float64]:
    return 1 + 4 * rng.beta(9, 1, count)


def middling(rng: Generator, count: int) -> NDArray[np.float64]:
    return np.clip(rng.normal(3.5, 0.5, count), 1, 5)


SHAPES: dict[str, Draw] = {
    "exponential": exponential,
    "mostly five": mostly_five,
    "few far below": few_far_below,
    "log-normal": log_normal,
    "beta": beta,
    "middling": middling,
}


def coverage(draw: Draw, documents: int) -> float:
    rng = np.random.default_rng(2027)
    true_mean = float(draw(rng, 400_000).mean())
    hits = 0
    for _ in range(SIMULATIONS):
        estimate = bounded_mean(draw(rng, documents).tolist(), range(documents))
        assert estimate.low is not None
        assert estimate.high is not None
        hits += estimate.low <= true_mean <= estimate.high
    return hits / SIMULATIONS


@pytest.mark.parametrize("documents", [12, 18])
@pytest.mark.parametrize("draw", SHAPES.values(), ids=SHAPES.keys())
def test_a_nominal_95_percent_covers_93_to_97_percent_at_the_ceiling(draw: Draw, documents: int) -> None:
    assert 0.93 <= coverage(draw, documents) <= 0.97


def test_coverage_at_six_documents_is_reported(record_property: Callable[[str, object], None]) -> None:
    share = coverage(few_far_below, 6)
    record_property("coverage at 6 documents", share)
    assert share > 0.93


def test_unequal_documents_are_covered_too() -> None:
    rng, hits = np.random.default_rng(7), 0
    true_mean = float(exponential(rng, 400_000).mean())
    for _ in range(SIMULATIONS):
        sizes = rng.integers(1, 4, size=12)
        values = np.repeat(exponential(rng, 12), sizes)
        estimate = bounded_mean(values.tolist(), np.repeat(np.arange(12), sizes).tolist())
        hits += (estimate.low or 0) <= true_mean <= (estimate.high or 0)
    assert 0.92 <= hits / SIMULATIONS <= 0.98


def test_documents_that_all_reach_the_ceiling_do_not_prove_that_none_is_lower() -> None:
    twelve = bounded_mean([5.0] * 12, range(12))
    assert (twelve.mean, twelve.high) == (5.0, 5.0)
    assert 4.4 < (twelve.low or 0) < 4.95
    assert (bounded_mean([5.0] * 24, range(24)).low or 0) > (twelve.low or 0)


def test_the_mean_and_the_error_are_those_of_the_plain_estimate() -> None:
    values, documents = [5.0, 4.0, 4.5, 2.0], ["a", "a", "b", "c"]
    own, plain = bounded_mean(values, documents), clustered_mean(values, documents)
    assert (own.mean, own.error, own.freedom) == (plain.mean, plain.error, plain.freedom)


def test_a_floor_is_the_mirror_of_a_ceiling() -> None:
    high = bounded_mean([5.0, 4.9, 4.2, 5.0], range(4))
    low = bounded_mean([1.0, 1.1, 1.8, 1.0], range(4))
    assert (6 - (low.high or 0), 6 - (low.low or 0)) == pytest.approx((high.low, high.high))


def test_one_document_has_no_interval() -> None:
    assert bounded_mean([4.0, 5.0], ["a", "a"]).low is None
