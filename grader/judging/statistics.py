"""Tests of what is drawn at random, for the properties of an assignment; their false-alarm rate is stated.

A right answer that depends on a random state has no single value, but it has a law. Each function here asks
whether numbers are consistent with one and is wrong about a right answer with a probability of at most
`FALSE_ALARM`. Ten of them in one submission are still wrong less often than once in 1e9. Each says False
where a number is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = [
    "FALSE_ALARM",
    "bounded_mean_within",
    "consistent_fraction",
    "follows",
    "mean_within",
    "variance_within",
]

#: Probability, at most, that one test rejects a right answer.
FALSE_ALARM: Final = 1e-10


def consistent_fraction(count: float, n: int, p: float) -> bool:
    """Say whether `count` successes of `n` are consistent with a probability `p` of each.

    Parameters
    ----------
    count : int
        Such as the entries that a dropout mask keeps.
    n : int
        Independent trials.
    p : float
        Probability of a success, from 0 to 1.

    Notes ----- The exact two-sided binomial test: with ``X`` of law ``Binomial(n, p)``, the count is
    rejected where ``P(X <= count)`` or ``P(X >= count)`` is below ``FALSE_ALARM / 2``. Each of the two
    happens with less than that probability, whatever `n` and `p`.
    """
    if not 0 <= count <= n or count != int(count):
        return False
    if p <= 0.0 or p >= 1.0:
        return count == (n if p >= 1.0 else 0)
    successes = int(count)
    if successes > n * p:
        # The upper tail is the lower tail of the failures.
        return _lower_tail(n - successes, n, 1.0 - p) >= FALSE_ALARM / 2
    return _lower_tail(successes, n, p) >= FALSE_ALARM / 2


def mean_within(values: npt.ArrayLike, mean: float, std: float) -> bool:
    """Say whether independent normal draws are consistent with their mean.

    Parameters
    ----------
    values : array-like of any shape
    mean, std : float
        Of one draw; `std` is known, not estimated.

    Notes ----- The average of ``n`` draws is normal with standard deviation ``std / sqrt(n)``; the
    probability that it lies farther from `mean` than it does is ``erfc(abs(z) / sqrt(2))``, exactly.
    """
    draws = np.asarray(values, dtype=np.float64)
    z = (float(draws.mean()) - mean) / (std / math.sqrt(draws.size))
    return math.erfc(abs(z) / math.sqrt(2)) >= FALSE_ALARM


def variance_within(values: npt.ArrayLike, mean: float, std: float) -> bool:
    """Say whether independent normal draws are consistent with their standard deviation.

    Parameters
    ----------
    values : array-like of any shape
    mean, std : float
        Of one draw.

    Notes ----- ``x = mean((values - mean)**2) / std**2`` times ``n`` follows the chi-squared law of ``n``
    degrees of freedom. Chernoff's bound for it, ``exp(n / 2 * (1 - x + log(x)))``, holds for either tail;
    rejected is what has a bound below ``FALSE_ALARM / 2``. Being a bound it rejects a little less than an
    exact test: 1,000 draws are rejected from 35 % more or 28 % less variance on.
    """
    draws = np.asarray(values, dtype=np.float64)
    x = float(np.mean((draws - mean) ** 2)) / std**2
    if not 0.0 < x < math.inf:
        return False
    return draws.size / 2 * (1.0 - x + math.log(x)) >= math.log(FALSE_ALARM / 2)


def bounded_mean_within(values: npt.ArrayLike, mean: float, low: float, high: float) -> bool:
    """Say whether independent draws of any law between two bounds are consistent with their mean.

    Parameters
    ----------
    values : array-like of any shape
    mean, low, high : float
        Of one draw; a draw outside the bounds is inconsistent by itself.

    Notes ----- Hoeffding's inequality: the average of ``n`` draws is farther than ``t`` from `mean` with a
    probability of at most ``2 * exp(-2 * n * t**2 / (high - low)**2)``.
    """
    draws = np.asarray(values, dtype=np.float64)
    if not ((draws >= low) & (draws <= high)).all():
        return False
    t = (float(draws.mean()) - mean) / (high - low)
    return 2.0 * math.exp(-2.0 * draws.size * t**2) >= FALSE_ALARM


def follows(values: npt.ArrayLike, cdf: Callable[[npt.NDArray[np.float64]], npt.ArrayLike]) -> bool:
    """Say whether independent draws are consistent with a continuous law.

    Parameters
    ----------
    values : array-like of any shape
    cdf : callable
        The law's distribution function, of an array; such as ``lambda x: (x - low) / (high - low)``.

    Notes
    -----
    The inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's constant: the largest distance of the
    empirical from the true distribution function exceeds ``t`` with a probability of at most
    ``2 * exp(-2 * n * t**2)``. 1,000 draws are rejected from a distance of 0.11 on.
    """
    draws = np.sort(np.asarray(values, dtype=np.float64).ravel())
    probabilities = np.clip(np.asarray(cdf(draws), dtype=np.float64), 0.0, 1.0)
    steps = np.arange(draws.size + 1) / draws.size
    t = float(np.max(np.maximum(steps[1:] - probabilities, probabilities - steps[:-1])))
    return 2.0 * math.exp(-2.0 * draws.size * t**2) >= FALSE_ALARM


def _lower_tail(count: int, n: int, p: float) -> float:
    """Return ``P(X <= count)`` for a `count` at or below the mean, where the terms shrink going down."""
    log_term = math.lgamma(n + 1) - math.lgamma(count + 1) - math.lgamma(n - count + 1)
    term = math.exp(log_term + count * math.log(p) + (n - count) * math.log1p(-p))
    total = 0.0
    for k in range(count, -1, -1):
        total += term
        term *= k / (n - k + 1) * (1.0 - p) / p
        if term < total * 1e-17:
            break
    return total
