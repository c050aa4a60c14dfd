"""Measures how exact an exercise can be asked to be.

The noise floor is how far the reference itself moves when nothing that matters changes: inputs moved by one
unit in the last place, the same sums in extended precision. The tolerance lies between it and the nearest
mistake. All distances are relative, in the metric of `grader.course.model.Tolerance`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from grader.course.model import Case, Equal, Mistake, Tolerance
from grader.judging.compare import Expectation, distance
from grader.judging.deviation import UNIT, allowed, deviations
from grader.results import Mismatch
from grader.values import Array, Encoded, Value

__all__ = ["Measured", "between", "far_from", "farthest", "noise", "nudges", "takes_part"]

FINEST, COARSEST = 1e-7, 1e-5

#: Below this no two evaluations of a formula can be told apart.
ROUNDING = 2.0**-53

_ABSOLUTE = Tolerance().absolute

#: Below this size of a number the absolute tolerance is larger than the finest relative one.
_TINY = _ABSOLUTE / FINEST


@dataclass(frozen=True, slots=True)
class Measured:
    """What separates right from wrong in one exercise.

    Parameters
    ----------
    noise : float
        Largest distance between right evaluations, over all cases.
    nearest : float
        Smallest distance of a mistake, each taken where it is farthest; inf without mistakes.
    tolerance : Tolerance
        Between the two, or the author's.
    """

    noise: float
    nearest: float
    tolerance: Tolerance

    @property
    def margin(self) -> float:
        """Decades between the tolerance and the nearer of noise and nearest mistake."""
        middle = self.tolerance.relative
        return min(math.log10(self.nearest / middle), math.log10(middle / max(self.noise, ROUNDING)))


def between(noise_floor: float, nearest: float) -> Tolerance:
    """Return the geometric middle of noise and nearest mistake, clamped to 1e-7 … 1e-5.

    It is rounded to a power of ten, so that builds on other machines agree.
    """
    middle = math.sqrt(max(noise_floor, ROUNDING) * min(nearest, 1.0))
    decade = round(math.log10(min(max(middle, FINEST), COARSEST)))
    return Tolerance(relative=float(f"1e{decade}"))


def takes_part(case: Case) -> bool:
    """Say whether a case is judged by its numbers, so that they are measured."""
    return isinstance(case.judge, Equal)


def noise(
    case: Case, evaluate: Callable[[dict[str, Value]], Encoded | None], optional_tail: int = 0
) -> float:
    """Return how far an answer moves under rounding.

    Parameters
    ----------
    case : Case
    evaluate : callable
        Runs the reference on inputs; None where it raises.
    optional_tail : int
        As in `grader.course.model.ExerciseSpec`.

    Returns
    -------
    float
        inf where one unit in the last place changes the answer's form, or raises.
    """
    *moved, extended = (
        far_from(case.expected, evaluate(inputs), optional_tail) for inputs in nudges(case.inputs)
    )
    # code that cannot take extended precision (linalg, for one) says nothing about rounding
    return max(moved if math.isinf(extended) else [*moved, extended])


def farthest(mistake: Mistake, cases: Iterable[Case], optional_tail: int = 0) -> float:
    """Return a mistake's largest distance from the reference over these cases; inf where it raises."""
    distances = (far_from(case.expected, mistake.returns[case.name], optional_tail) for case in cases)
    return max(distances, default=0.0)


def nudges(inputs: dict[str, Value]) -> Iterator[dict[str, Value]]:
    """Yield inputs that are the same but for rounding.

    All floats one unit in the last place up, then down, then arrays in extended precision. Zeros stay,
    because rounding never moves them off a kink; so do whole numbers, because they are labels and counts.
    """
    yield _mapped(inputs, lambda array: _moved(array, np.inf))
    yield _mapped(inputs, lambda array: _moved(array, -np.inf))
    yield _mapped(inputs, lambda array: array.astype(np.longdouble) if array.ndim else array)


def far_from(expected: Encoded, returned: Encoded | None, optional_tail: int = 0) -> float:
    """Return the smallest relative tolerance that accepts a value.

    Of tiny numbers only what goes beyond the absolute tolerance counts, so that a sum that is zero but for
    rounding is not far from one that is zero but for other rounding.

    Parameters
    ----------
    expected : Encoded
    returned : Encoded or None
        None where the call raised.
    optional_tail : int
        As in `grader.course.model.ExerciseSpec`.

    Returns
    -------
    float
        inf where no tolerance accepts it.
    """
    if returned is None:
        return math.inf
    gross = distance(expected, returned, optional_tail=optional_tail)
    if gross == 0 or math.isinf(gross):
        return gross
    aligned = Expectation.of(expected, UNIT, optional_tail).align(returned)
    assert not isinstance(aligned, Mismatch)
    return max(_ratio(leaf.expected, leaf.returned) for leaf in aligned.leaves)


def _ratio(expected: Array, returned: Array) -> float:
    wide = np.complex128 if "c" in expected.dtype.kind + returned.dtype.kind else np.float64
    expected, returned = expected.astype(wide), returned.astype(wide)
    size, deviation = allowed(expected, UNIT), deviations(expected, returned)
    is_tiny = size < _TINY
    beyond = np.maximum(deviation - _ABSOLUTE, 0.0)
    off = np.where(is_tiny, beyond, deviation)
    # Beside NaN nothing may differ: where both are NaN, 0 stands over 0.
    return float(np.divide(off, size, out=np.zeros_like(off), where=off > 0).max(initial=0.0))


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
