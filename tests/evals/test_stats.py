"""The statistics agree with scipy where it knows the answer, and their intervals cover what they claim."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from evals.stats import clustered_mean, clustered_share, holm, paired

SIMULATIONS = 1500


def test_one_value_a_cluster_gives_the_plain_t_interval() -> None:
    values = [3.0, 4.5, 5.0, 2.5, 4.0]
    own, known = clustered_mean(values, range(5)), ttest_1samp(values, 0.0)
    low, high = known.confidence_interval(0.95)
    assert own.freedom == pytest.approx(4)
    assert (own.low, own.high) == pytest.approx((low, high))
    assert own.p_value() == pytest.approx(known.pvalue)


def test_clusters_of_one_size_give_the_t_interval_of_their_means() -> None:
    means = [0.2, 0.9, 0.6, 0.4]
    values = [mean + off for mean in means for off in (-0.1, 0.0, 0.1)]
    own = clustered_mean(values, [place for place in range(4) for _ in range(3)])
    low, high = ttest_1samp(means, 0.0).confidence_interval(0.95)
    assert (own.low, own.high) == pytest.approx((low, high))


def test_a_share_equals_the_mean_of_its_single_answers() -> None:
    answers = [1, 1, 0, 1, 0, 0, 1, 1, 1, 0]
    documents = ["a", "a", "a", "b", "b", "b", "b", "c", "c", "c"]
    share = clustered_share([2, 2, 2], [3, 4, 3], ["a", "b", "c"])
    mean = clustered_mean(answers, documents)
    assert (share.mean, share.low, share.high) == pytest.approx((mean.mean, mean.low, mean.high))


def test_more_repeats_of_the_same_documents_do_not_narrow_the_interval() -> None:
    once = clustered_mean([3.0, 4.0, 5.0], ["a", "b", "c"])
    often = clustered_mean([3.0, 4.0, 5.0] * 10, ["a", "b", "c"] * 10)
    assert (once.low, once.high) == pytest.approx((often.low, often.high))


def test_one_document_has_no_interval() -> None:
    assert clustered_mean([4.0, 5.0], ["a", "a"]).low is None


def test_a_share_of_nothing_taken_still_has_an_upper_bound() -> None:
    share = clustered_share([0, 0, 0], [9, 7, 7], ["a", "b", "c"])
    assert share.low == 0.0
    assert share.high == pytest.approx(0.5615, abs=1e-3)


def test_no_values_are_refused() -> None:
    with pytest.raises(ValueError, match="0 values"):
        clustered_mean([], [])


def test_a_drop_that_never_varies_is_certain_and_no_change_is_none() -> None:
    assert paired([5.0, 5.0], [4.0, 4.0], ["a", "b"]).p_value() == 0.0
    assert paired([5.0, 5.0], [5.0, 5.0], ["a", "b"]).p_value() == 1.0


def test_the_detectable_difference_is_the_t_sum_times_the_error() -> None:
    estimate = paired([1.0, 2.0, 3.0], [1.5, 2.0, 3.7], ["a", "b", "c"])
    assert estimate.error is not None
    assert estimate.detectable() == pytest.approx((4.302653 + 1.060660) * estimate.error, rel=1e-4)


def test_holm_multiplies_by_the_number_still_open_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def coverage(clusters: int) -> float:
    rng = np.random.default_rng(2026)
    hits = 0
    for _ in range(SIMULATIONS):
        counts = rng.integers(8, 25, size=clusters)
        found = rng.binomial(counts, rng.beta(6, 2.5, size=clusters))
        estimate = clustered_share(found.tolist(), counts.tolist(), range(clusters))
        assert estimate.low is not None
        assert estimate.high is not None
        hits += estimate.low <= 6 / 8.5 <= estimate.high
    return hits / SIMULATIONS


@pytest.mark.parametrize("clusters", [12, 18], ids=["12 documents", "18 documents"])
def test_a_nominal_95_percent_covers_93_to_97_percent_over_unequal_documents(clusters: int) -> None:
    assert 0.93 <= coverage(clusters) <= 0.97


def test_coverage_at_six_documents_is_reported(record_property) -> None:
    share = coverage(6)
    record_property("coverage at 6 documents", share)
    assert share > 0.85
