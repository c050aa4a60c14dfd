"""Discrimination: whether those who are strong elsewhere are those who get an item right."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["Discrimination", "upper_limit"]

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: A spread of scores that is smaller than this share of them is rounding.
_NO_SPREAD: Final = 1e-9

#: One-sided, 95 per cent.
_QUANTILE: Final = 1.6448536269514722


class Discrimination:
    """Point-biserial correlations of many items with the score on the rest, from running sums.

    For an item that ``n1`` of ``n`` get right and ``n0`` wrong, with mean rest scores ``M1`` and ``M0`` and
    standard deviation ``s`` (of the population) of all rest scores::

        r = (M1 - M0) / s * sqrt(n1 * n0) / n

    which is Pearson's correlation of the score with 1 for right and 0 for wrong. Source: R. F. Tate,
    "Correlation between a discrete and a continuous variable. Point-biserial correlation", Annals of
    Mathematical Statistics 25 (1954), 603-607. The *rest* score leaves the item's own points out, which would
    correlate with themselves: S. Henrysson, "Correction of item-total correlations in item analysis",
    Psychometrika 28 (1963), 211-218.

    Means and squared deviations run along by Welford's recurrence, so the memory is that of the items alone.

    Parameters
    ----------
    size : int
        Number of items.
    """

    def __init__(self, size: int) -> None:
        # The first row is of those who got an item wrong, the second of those who got it right.
        self._count = np.zeros((2, size))
        self._mean = np.zeros((2, size))
        self._squares = np.zeros((2, size))

    def add(self, seen: Flags, right: Flags, rest: Numbers) -> None:
        """Count one submission.

        Parameters
        ----------
        seen : ndarray of bool, shape (size,)
            Which items were attempted; the others do not count.
        right : ndarray of bool, shape (size,)
        rest : ndarray of float, shape (size,)
            Points earned without the item.
        """
        where = np.stack([seen & ~right, seen & right])
        self._count += where
        step = np.where(where, rest - self._mean, 0.0)
        self._mean += step / np.maximum(self._count, 1)
        self._squares += step * np.where(where, rest - self._mean, 0.0)

    @property
    def wrong(self) -> Numbers:
        """How many got each item wrong."""
        wrong: Numbers = self._count[0]
        return wrong

    @property
    def right(self) -> Numbers:
        """How many got each item right."""
        right: Numbers = self._count[1]
        return right

    @property
    def values(self) -> Numbers:
        """The correlations; NaN where nobody or everybody is right, or all rest scores are the same."""
        count = self._count.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            apart = self._mean[1] - self._mean[0]
            product = self._count[0] * self._count[1]
            variance = (self._squares.sum(axis=0) + product / count * apart**2) / count
            scale = np.abs(self._mean).max(axis=0, initial=0.0)
            found = apart * np.sqrt(product) / count / np.sqrt(variance)
        undefined = (product == 0) | ~(variance > (_NO_SPREAD * scale) ** 2)
        return np.clip(np.where(undefined, np.nan, found), -1.0, 1.0)


def upper_limit(correlation: float, count: int) -> float:
    """Return the upper 95 per cent limit (one-sided) of a correlation seen in so many.

    By Fisher's transformation, ``tanh(atanh(r) + 1.645 / sqrt(n - 3))``: R. A. Fisher, "On the 'probable
    error' of a coefficient of correlation deduced from a small sample", Metron 1 (1921), 3-32.
    """
    if count <= 3:
        return 1.0
    inside = min(max(correlation, -1 + 1e-12), 1 - 1e-12)
    return math.tanh(math.atanh(inside) + _QUANTILE / math.sqrt(count - 3))
