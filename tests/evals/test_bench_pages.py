import pytest

from evals.bench.pages import pages_of, percentile


@pytest.mark.parametrize(
    ("share", "wanted"),
    [(0.5, 10), (0.95, 19), (1.0, 20), (0.0, 1)],
)
def test_a_percentile_is_a_value_that_was_measured(share, wanted):
    assert percentile([float(one) for one in range(20, 0, -1)], share) == wanted


def test_of_one_value_every_percentile_is_that_value():
    assert percentile([3.0], 0.95) == 3.0


def test_the_pages_measured_include_the_plans_own():
    assert {"/plans/p", "/plans/p/xray", "/"} <= set(pages_of("p"))
