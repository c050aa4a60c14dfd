import math
from fractions import Fraction

import numpy as np
import pytest

from grader.judging import statistics
from grader.judging.statistics import (
    FALSE_ALARM,
    bounded_mean_within,
    consistent_fraction,
    follows,
    mean_within,
    variance_within,
)


def rejected_probability(n, p):
    """The exact probability that a binomial count is called inconsistent."""
    p = Fraction(p)
    return sum(
        math.comb(n, k) * p**k * (1 - p) ** (n - k)
        for k in range(n + 1)
        if not consistent_fraction(k, n, float(p))
    )


@pytest.mark.parametrize(("n", "p"), [(1, "1/2"), (40, "1/2"), (100, "4/5"), (200, "1/8"), (150, "63/64")])
def test_a_right_fraction_is_rejected_less_often_than_stated(n, p):
    assert rejected_probability(n, p) <= FALSE_ALARM


def test_the_next_count_would_be_rejected_too_often():
    n, p = 200, 0.8
    lowest = min(k for k in range(n + 1) if consistent_fraction(k, n, p))
    tail = sum(
        Fraction(math.comb(n, k)) * Fraction(4, 5) ** k * Fraction(1, 5) ** (n - k) for k in range(lowest + 1)
    )
    assert tail >= FALSE_ALARM / 2


def test_a_wrong_fraction_is_rejected():
    assert consistent_fraction(500, 1000, 0.5)
    assert not consistent_fraction(610, 1000, 0.5)
    assert not consistent_fraction(200, 1000, 0.8)
    assert not consistent_fraction(100_000, 1_000_000, 0.9)
    assert consistent_fraction(899_000, 1_000_000, 0.9)


def test_a_certain_or_impossible_success_leaves_no_choice():
    assert consistent_fraction(5, 5, 1.0) and not consistent_fraction(4, 5, 1.0)
    assert consistent_fraction(0, 5, 0.0) and not consistent_fraction(1, 5, 0.0)


def test_a_count_that_is_none_is_inconsistent():
    for count in (-1, 6, 2.5, float("nan")):
        assert not consistent_fraction(count, 5, 0.5)


def test_the_mean_of_normal_draws():
    draws = np.random.default_rng(5).normal(3.0, 2.0, (50, 20))
    assert mean_within(draws, 3.0, 2.0)
    assert not mean_within(draws, 3.5, 2.0)
    assert not mean_within([np.nan], 3.0, 2.0)
    edge = 6.466951  # two-sided tail of 1e-10
    assert mean_within([edge - 0.001], 0.0, 1.0) and not mean_within([edge + 0.001], 0.0, 1.0)


def test_the_variance_of_normal_draws():
    draws = np.random.default_rng(6).normal(3.0, 2.0, 1000)
    assert variance_within(draws, 3.0, 2.0)
    assert not variance_within(draws * 1.2, 3.0, 2.0)
    assert not variance_within(draws * 0 + 3.0, 3.0, 2.0)
    assert not variance_within([np.nan, 1.0], 3.0, 2.0)
    signs = np.tile([-1.0, 1.0], 500)
    for variance, accepted in ((1.34, True), (1.35, False), (0.73, True), (0.72, False)):
        assert variance_within(signs * math.sqrt(variance), 0.0, 1.0) is accepted


def test_the_mean_of_bounded_draws():
    draws = np.random.default_rng(7).uniform(-1.0, 3.0, 1000)
    assert bounded_mean_within(draws, 1.0, -1.0, 3.0)
    assert not bounded_mean_within(draws, 1.6, -1.0, 3.0)
    assert not bounded_mean_within([5.0], 1.0, -1.0, 3.0)
    assert not bounded_mean_within([np.nan], 1.0, -1.0, 3.0)


def test_the_law_of_draws():
    draws = 10 ** np.random.default_rng(8).uniform(-4.0, 0.0, 1000)

    def log_uniform(x):
        return (np.log10(x) + 4) / 4

    assert follows(draws, log_uniform)
    assert not follows(draws, lambda x: x)
    assert not follows([np.nan], log_uniform)
    shifted = (np.arange(1000) + 0.5) / 1000
    assert follows(shifted, lambda x: x + 0.1) and not follows(shifted, lambda x: x + 0.12)


def test_simulated_right_answers_pass():
    rng = np.random.default_rng(9)
    for _ in range(300):
        assert consistent_fraction(rng.binomial(300, 0.7), 300, 0.7)
        assert mean_within(rng.normal(size=40), 0.0, 1.0) and variance_within(rng.normal(size=40), 0.0, 1.0)
        assert follows(rng.random(40), lambda x: x) and bounded_mean_within(rng.random(40), 0.5, 0.0, 1.0)


def test_the_rate_is_the_one_that_the_docstring_states():
    assert FALSE_ALARM * 10 <= 1e-9 and "once in 1e9" in " ".join(statistics.__doc__.split())
