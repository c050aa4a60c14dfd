"""Measures how exact an exercise can be asked to be.

The noise floor is how far the reference itself moves when nothing that matters changes: inputs moved by one unit in
the last place, the same sum in extended precision. The tolerance lies between it and the nearest mistake.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from grader.course.model import Tolerance
from grader.values import Array, Value

FINEST, COARSEST = 1e-7, 1e-5

#: Below this no two evaluations of a formula can be told apart.
ROUNDING = 2.0**-53


@dataclass(frozen=True, slots=True)
class Measured:
    """What separates right from wrong in one exercise.

    Parameters
    ----------
    noise : float
        Largest relative deviation between right evaluations.
    nearest : float
        Over the mistakes, the smallest of their largest deviations over all cases; inf without mistakes.
    tolerance : Tolerance
    """

    noise: float
    nearest: float
    tolerance: Tolerance

    @property
    def margin(self) -> float:
        """Decades between the tolerance and the nearer of noise and mistake."""
        return min(
            _decades(self.nearest, self.tolerance.relative), _decades(self.tolerance.relative, self.noise)
        )


def between(noise: float, nearest: float) -> Tolerance:
    """Return the tolerance between noise and the nearest mistake: their geometric middle, within bounds.

    It is rounded to a power of ten, so that builds on other machines agree.
    """
    middle = math.sqrt(max(noise, ROUNDING) * min(nearest, 1.0)) if nearest > 0 else FINEST
    decade = round(math.log10(min(max(middle, FINEST), COARSEST)))
    return Tolerance(relative=float(f"1e{decade}"))


def nudges(inputs: Value) -> Iterator[Value]:
    """Yield inputs that are the same but for rounding.

    First all floats one unit in the last place up, then down, then the arrays in extended precision. Zeros stay,
    because rounding never moves them off a kink; so do whole numbers, because they are labels and counts.
    """
    yield _mapped(inputs, lambda array: _moved(array, np.inf))
    yield _mapped(inputs, lambda array: _moved(array, -np.inf))
    yield _mapped(inputs, lambda array: array.astype(np.longdouble) if array.ndim else array)


def _moved(array: Array, towards: float) -> Array:
    return np.where(array == np.round(array), array, np.nextafter(array, towards))


def _mapped(value: Value, change: Callable[[Array], Array]) -> Value:
    """Return the nested value with each float and float64 array changed."""
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_mapped(item, change) for item in value)
    if isinstance(value, float):
        return float(change(np.asarray(value)))
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return np.asarray(change(value))
    return value


def _decades(larger: float, smaller: float) -> float:
    return math.log10(larger / max(smaller, ROUNDING)) if larger > 0 else -math.inf
