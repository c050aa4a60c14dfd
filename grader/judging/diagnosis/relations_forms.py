"""Relations that the places of numbers tell, and functions that are one too many or one too few."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from grader.judging.diagnosis.formulas import CLOSE
from grader.judging.diagnosis.relations_basics import Find, Group, Relation, close, telling
from grader.judging.diagnosis.samples import Sample
from grader.values import Array

__all__ = ["CODES", "FINDERS"]

CODES: Final = (
    "relation.transposed",
    "relation.reversed",
    "relation.shifted",
    "relation.reordered",
    "relation.function",
    "relation.rounded",
    "relation.part",
)

_TRANSPOSED: Final = (
    "Of a square array the shape does not show that it is transposed, and yet rows and columns differ.",
    "Write the shape of each factor beside the line that makes it, with sizes that differ.",
)
_ORDER: Final = (
    "The numbers are right and stand in the wrong places.",
    "Look at indices, slices and the order of the loop: print the first entry and where it should stand.",
)
_FUNCTION: Final = (
    "A root, power, logarithm or the like is left out, or is applied once too often.",
    "Compare with the formula: to what exactly is each function applied?",
)
_ROUNDED: Final = (
    "The result is computed to all digits and loses them afterwards.",
    "Look for round, int, astype or an array of integers or float32 that receives the result.",
)
_PART: Final = (
    "The formula is right where it is applied: look at what is different for these entries.",
    "Look at where a loop or slice begins and ends, and at what is done before and after it.",
)

#: A rounded number is the rounded one to the last digit.
EXACT: Final = 1e-13

_Change = Callable[[Array], Array]


def _is(change: _Change, ndim: int = 0, relative: float = CLOSE) -> Callable[[Array, Array], bool]:
    """Return the test whether an array is what `change` makes of the expected one."""

    def test(ours: Array, theirs: Array) -> bool:
        if ndim not in (0, ours.ndim):
            return False
        changed = change(ours)
        return changed.shape == theirs.shape and close(theirs, changed, relative)

    return test


def _transposed(group: Group) -> Relation | None:
    if not group.all(_is(np.transpose, 2)):
        return None
    return Relation("transposed", "{is} transposed", _TRANSPOSED)


_MOVES: Final[tuple[tuple[str, str, int, _Change], ...]] = (
    ("reversed", "{has} its rows in reverse order", 2, lambda array: array[::-1]),
    ("reversed", "{has} its columns in reverse order", 2, lambda array: array[:, ::-1]),
    ("reversed", "{has} its entries in reverse order", 1, lambda array: array[::-1]),
    ("shifted", "{has} each entry one place too early", 1, lambda array: np.roll(array, -1)),
    ("shifted", "{has} each entry one place too late", 1, lambda array: np.roll(array, 1)),
    ("shifted", "{has} each row one place too high", 2, lambda array: np.roll(array, -1, axis=0)),
    ("shifted", "{has} each row one place too low", 2, lambda array: np.roll(array, 1, axis=0)),
    ("shifted", "{has} each column one place too far left", 2, lambda array: np.roll(array, -1, axis=1)),
    ("shifted", "{has} each column one place too far right", 2, lambda array: np.roll(array, 1, axis=1)),
)


def _moved(group: Group) -> Relation | None:
    """Find the rule by which right entries stand in other places."""
    if group.largest.expected.size < 3 or not telling(group.wrong, 3):
        return None
    for code, says, ndim, move in _MOVES:
        if group.all(_is(move, ndim)):
            return Relation(code, says, _ORDER) if _same_where_right(group, move) else None
    return None


def _same_where_right(group: Group, change: _Change) -> bool:
    with np.errstate(all="ignore"):
        return all(_is(change)(one.expected, one.expected) for one in group.right)


def _entries(array: Array) -> Array:
    return array[:, None]


_REORDERED: Final[tuple[tuple[str, int, _Change], ...]] = (
    ("{has} the right rows in another order", 2, np.asarray),
    ("{has} the right columns in another order", 2, np.transpose),
    ("{has} the right entries in another order", 1, _entries),
)


def _reordered(group: Group) -> Relation | None:
    """Find right rows, columns or entries in places that follow no simple rule."""
    if group.largest.expected.size < 3 or not telling(group.wrong, 3):
        return None
    for says, ndim, rows in _REORDERED:
        if all(_same_rows(sample, ndim, rows) for sample in group.wrong):
            alone = all(len(rows(one.expected)) == 1 for one in group.right)
            return Relation("reordered", says, _ORDER) if alone else None
    return None


def _same_rows(sample: Sample, ndim: int, rows: _Change) -> bool:
    """Say whether two arrays have the same rows, each of them once."""
    if sample.expected.ndim != ndim or len(rows(sample.expected)) < 2:
        return False
    one, other = (
        array[np.lexsort(array.T[::-1])] for array in (rows(sample.expected), rows(sample.returned))
    )
    return close(other, one)


def _exponential(array: Array) -> Array:
    return np.exp(np.minimum(array, 700.0))


#: What a student's code may have done to the right value, or left out.
_FUNCTIONS: Final[tuple[tuple[str, _Change], ...]] = (
    ("{is} the square of the right value", np.square),
    ("{is} the square root of the right value", np.sqrt),
    ("{is} the absolute value of the right one", np.abs),
    ("{is} one over the right value", np.reciprocal),
    ("{is} 1 minus the right value", lambda array: 1 - array),
    ("{is} the exponential of the right value", _exponential),
    ("{is} the logarithm of the right value", np.log),
    ("{is} minus the logarithm of the right value", lambda array: -np.log(array)),
    ("{is} the right value with negative entries set to zero", lambda array: np.maximum(array, 0)),
    ("{is} the right value with positive entries set to zero", lambda array: np.minimum(array, 0)),
    ("{is} the running sum of the right values", np.cumsum),
    ("{is} the right value divided by the sum of its entries", lambda array: array / array.sum()),
    ("{is} the right value divided by its norm", lambda array: array / np.linalg.norm(array)),
    ("{is} the right value minus its mean", lambda array: array - array.mean()),
)


def _function(group: Group) -> Relation | None:
    """Find the function that makes the returned entries of the right ones."""
    if not telling(group.wrong, 3) and not (telling(group.wrong, 2) and len(group.wrong) > 1):
        return None
    with np.errstate(all="ignore"):
        for says, change in _FUNCTIONS:
            if group.all(_is(change)) and _same_where_right(group, change):
                return Relation("function", says, _FUNCTION)
    return None


def _to_decimals(count: int, array: Array) -> Array:
    return np.round(array, count)


_ROUNDINGS: Final[tuple[tuple[str, _Change], ...]] = (
    ("{is} rounded to float32", lambda array: array.astype(np.float32).astype(np.float64)),
    ("{is} rounded to float16", lambda array: array.astype(np.float16).astype(np.float64)),
    ("{is} rounded to whole numbers", np.round),
    ("{is} cut to whole numbers", np.trunc),
    ("{is} rounded down to whole numbers", np.floor),
    *((f"{{is}} rounded to {n} decimals", partial(_to_decimals, n)) for n in range(1, 7)),
)


def _rounded(group: Group) -> Relation | None:
    """Find out to which digits the right value is rounded."""
    if not telling(group.wrong, 2) or not all(sample.returned.any() for sample in group.wrong):
        return None
    for says, change in _ROUNDINGS:
        with np.errstate(all="ignore"):
            if group.all(_is(change, relative=EXACT)):
                return Relation("rounded", says, _ROUNDED)
    return None


_PARTS: Final[tuple[tuple[str, int, Callable[[tuple[int, ...]], Array]], ...]] = (
    ("{is} wrong in the first entry alone", 1, lambda shape: np.arange(shape[0]) == 0),
    ("{is} wrong in the last entry alone", 1, lambda shape: np.arange(shape[0]) == shape[0] - 1),
    ("{is} right in the first entry alone", 1, lambda shape: np.arange(shape[0]) > 0),
    ("{is} right in the last entry alone", 1, lambda shape: np.arange(shape[0]) < shape[0] - 1),
    ("{is} wrong in the first row alone", 2, lambda shape: _rows(shape) == 0),
    ("{is} wrong in the last row alone", 2, lambda shape: _rows(shape) == shape[0] - 1),
    ("{is} right in the first row alone", 2, lambda shape: _rows(shape) > 0),
    ("{is} right in the last row alone", 2, lambda shape: _rows(shape) < shape[0] - 1),
    ("{is} wrong in the first column alone", 2, lambda shape: _columns(shape) == 0),
    ("{is} wrong in the last column alone", 2, lambda shape: _columns(shape) == shape[1] - 1),
    ("{is} right in the first column alone", 2, lambda shape: _columns(shape) > 0),
    ("{is} right in the last column alone", 2, lambda shape: _columns(shape) < shape[1] - 1),
    ("{is} wrong on the diagonal alone", 2, lambda shape: _rows(shape) == _columns(shape)),
    ("{is} right on the diagonal alone", 2, lambda shape: _rows(shape) != _columns(shape)),
)


def _rows(shape: tuple[int, ...]) -> Array:
    return np.asarray(np.indices(shape)[0])


def _columns(shape: tuple[int, ...]) -> Array:
    return np.asarray(np.indices(shape)[1])


def _part(group: Group) -> Relation | None:
    """Find the places that alone are wrong."""
    large = [sample for sample in group.wrong if min(sample.expected.shape or (0,)) >= 3]
    if len(large) < 2:
        return None
    for says, ndim, mask in _PARTS:
        if all(_wrong_at(sample, ndim, mask) for sample in group.wrong):
            return Relation("part", says, _PART)
    return None


def _wrong_at(sample: Sample, ndim: int, mask: Callable[[tuple[int, ...]], Array]) -> bool:
    if sample.expected.ndim != ndim:
        return False
    off = np.abs(sample.returned - sample.expected) > CLOSE * (
        np.abs(sample.expected) + np.abs(sample.expected).mean()
    )
    return bool(np.array_equal(off, mask(sample.expected.shape)))


#: The simplest first.
FINDERS: Final[tuple[Find, ...]] = (_transposed, _moved, _reordered, _function, _rounded, _part)
