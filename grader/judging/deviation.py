"""How far a number is from the expected one: the metric of `grader.course.model.Tolerance`.

Judging and the measuring of tolerances at build time share it: a margin in decades means the same in both.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from grader.course.model import Tolerance
from grader.values import Array

__all__ = ["UNIT", "allowed", "deviations"]

#: Deviations in this unit are the smallest `relative` that accepts them.
UNIT = Tolerance(relative=1.0, absolute=0.0)


def allowed(expected: Array, tolerance: Tolerance) -> npt.NDArray[np.float64]:
    """Return how far each entry may lie from the expected one.

    Parameters
    ----------
    expected : ndarray of any shape
        One array of the answer, or one number as a 0-d array; its scale is that of the finite entries.
    tolerance : Tolerance

    Returns
    -------
    ndarray of the shape of `expected`
        ``absolute + relative * (abs(b) + r)``, with ``r`` the root mean square of the finite entries, or 1
        where that is 0; 0 beside an entry that is not finite, from which nothing may differ.
    """
    with np.errstate(all="ignore"):
        size = np.asarray(np.abs(expected), np.float64)
        finite = np.isfinite(size)
        if finite.all():
            return np.asarray(
                tolerance.absolute + tolerance.relative * size + tolerance.relative * _scale(size)
            )
        limit = tolerance.absolute + tolerance.relative * size + tolerance.relative * _scale(size[finite])
    return np.where(finite, limit, 0.0)


def deviations(expected: Array, returned: Array) -> npt.NDArray[np.float64]:
    """Return ``abs(a - b)`` per entry; 0 where both are NaN or the same infinity.

    Parameters
    ----------
    expected, returned : ndarray of one shape
    """
    with np.errstate(all="ignore"):
        distance = np.abs(returned - expected).astype(np.float64)
        same = (returned == expected) | (np.isnan(returned) & np.isnan(expected))
    return np.where(same, 0.0, distance)


def _scale(size: npt.NDArray[np.float64]) -> float:
    """Root mean square, 1 if that is 0; divided by the largest first, so that no square overflows."""
    largest = float(size.max()) if size.size else 0.0
    if largest == 0.0:
        return 1.0
    shares = size.ravel() / largest
    return largest * math.sqrt(float(np.dot(shares, shares)) / size.size)
