"""Lay a returned value beside the expected one, entry by entry: what may stand in for what.

The rules, chosen so that no right answer costs a point for its form:

===================  ========================================================================================
expected             accepted
===================  ========================================================================================
number               Python and numpy numbers, 0-d arrays; not a bool, not an array of shape ``(1,)``
bool                 bool, ``np.bool_``, and the numbers 0 and 1: they behave alike in every condition
array                a numeric array of any dtype, or a nested list that makes one; the shape is strict
list, tuple          list, tuple, or an array taken as the sequence of its rows; of the same length
dict                 a dict with at least these keys, in any order; extra keys cost nothing
set                  set, list or tuple of the same members
str, None            the same
===================  ========================================================================================

A complex number stands for a real one where its imaginary part is exactly zero. `Opaque` stands for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.results import Mismatch
from grader.values import Array, Opaque, Value, describe, numeric

__all__ = ["Aligned", "Leaf", "Word", "align"]

_NUMERIC = "biufc"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Two numeric arrays at one place; their shapes and dtypes may differ still.

    Parameters
    ----------
    path : str
    expected, returned : ndarray
        Numbers are 0-d arrays.
    form : str
        What was returned, in words.
    """

    path: str
    expected: Array
    returned: Array
    form: str


@dataclass(frozen=True, slots=True)
class Word:
    """Two values at one place that are equal or not: strings, sets."""

    path: str
    expected: Value
    returned: Value


@dataclass(slots=True)
class Aligned:
    """All that has to be compared, and the value returned in the form of the expected one."""

    leaves: list[Leaf] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    value: Value = None


class _Misfit(Exception):
    """Carries the first difference of type or structure out of the walk."""

    def __init__(self, mismatch: Mismatch) -> None:
        super().__init__(mismatch.kind)
        self.mismatch = mismatch


def align(expected: Value, returned: Value, *, optional_tail: int = 0) -> Aligned | Mismatch:
    """Pair up the leaves of two values.

    Parameters
    ----------
    expected, returned : value
    optional_tail : int
        How many of the last items of a sequence at the top may be left out of `returned`.

    Returns
    -------
    Aligned or Mismatch
        The first difference of kind "type" or "structure"; shapes are left to the caller.
    """
    aligned = Aligned()
    if optional_tail and isinstance(expected, (list, tuple)) and isinstance(returned, (list, tuple)):
        shortest = len(expected) - optional_tail
        expected = expected[: max(shortest, min(len(expected), len(returned)))]
    try:
        aligned.value = _node(expected, returned, "", aligned)
    except _Misfit as misfit:
        return misfit.mismatch
    return aligned


def _node(expected: Value, returned: Value, path: str, aligned: Aligned) -> Value:
    if isinstance(expected, dict):
        return _mapping(expected, returned, path, aligned)
    if isinstance(expected, (list, tuple)):
        return _sequence(expected, returned, path, aligned)
    if isinstance(expected, np.ndarray) and expected.ndim > 0:
        return _array(expected, returned, path, aligned)
    if isinstance(expected, (bool, int, float, complex, np.ndarray)):
        return _number(expected, returned, path, aligned)
    return _word(expected, returned, path, aligned)


def _mapping(expected: dict[Any, Value], returned: Value, path: str, aligned: Aligned) -> Value:
    if not isinstance(returned, dict):
        raise _misfit("type", path, expected, returned)
    for key, item in expected.items():
        if key not in returned:
            raise _Misfit(Mismatch("structure", _at(path, key), describe(item), "missing"))
    return {key: _node(item, returned[key], _at(path, key), aligned) for key, item in expected.items()}


def _sequence(expected: Any, returned: Value, path: str, aligned: Aligned) -> Value:
    if not isinstance(returned, (list, tuple)) and not (isinstance(returned, np.ndarray) and returned.ndim):
        raise _misfit("type", path, expected, returned)
    if len(returned) != len(expected):
        raise _misfit("structure", path, expected, returned)
    pairs = enumerate(zip(expected, returned, strict=True))
    return type(expected)(_node(ours, theirs, f"{path}[{index}]", aligned) for index, (ours, theirs) in pairs)


def _array(expected: Array, returned: Value, path: str, aligned: Aligned) -> Value:
    array = numeric(returned) if isinstance(returned, (list, tuple)) else _numeric(returned)
    if array is None:
        raise _misfit("type", path, expected, returned)
    form = f"nested list of shape {array.shape}" if isinstance(returned, (list, tuple)) else _form(returned)
    aligned.leaves.append(Leaf(path, expected, array, form))
    return _in_dtype_of(expected, array)


def _number(expected: Value, returned: Value, path: str, aligned: Aligned) -> Value:
    array, wanted = _numeric(returned), np.asarray(_float_if_huge(expected))
    is_truth = wanted.dtype.kind == "b"
    if array is None or (array.dtype.kind == "b" and array.ndim == 0 and not is_truth):
        raise _Misfit(Mismatch("type", path, "bool" if is_truth else "number", describe(returned)))
    aligned.leaves.append(Leaf(path, wanted, array, _form(returned)))
    plain = _in_dtype_of(wanted, array)
    return plain.item() if plain.ndim == 0 else plain


def _word(expected: Value, returned: Value, path: str, aligned: Aligned) -> Value:
    if isinstance(expected, set) and isinstance(returned, (list, tuple)):
        returned = _members(returned)
    if type(expected) is not type(returned) or isinstance(expected, Opaque):
        raise _misfit("type", path, expected, returned)
    aligned.words.append(Word(path, expected, returned))
    return returned


def _numeric(value: Value) -> Array | None:
    """Return numbers and numeric arrays as an array, None for all else."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in _NUMERIC else None
    if isinstance(value, (bool, int, float, complex, np.number, np.bool_)):
        return np.asarray(_float_if_huge(value))
    return None


def _float_if_huge(value: Value) -> Value:
    """Make a float of an int that no numpy integer holds."""
    return float(value) if isinstance(value, int) and not -(2**63) <= value < 2**63 else value


def _in_dtype_of(expected: Array, returned: Array) -> Array:
    """Return the array in the expected dtype where that changes no entry: what properties look for."""
    if returned.dtype.kind == "c" and expected.dtype.kind != "c" and not np.any(returned.imag):
        returned = returned.real
    if returned.dtype == expected.dtype or returned.shape != expected.shape:
        return returned  # of another shape it is compared with nothing
    with np.errstate(all="ignore"):
        cast = returned.astype(expected.dtype) if returned.dtype.kind != "c" else returned
    return cast if np.array_equal(cast, returned) else returned.astype(np.result_type(returned, np.float64))


def _members(items: Any) -> Value:
    try:
        return set(items)
    except TypeError:
        return items


def _form(value: Value) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return describe(value)
    return "number"


def _misfit(kind: str, path: str, expected: Value, returned: Value) -> _Misfit:
    return _Misfit(Mismatch(kind, path, describe(expected), describe(returned)))


def _at(path: str, key: object) -> str:
    """Write a key as `grader.values.walk` does."""
    return f"{path}[{key!r}]".replace("'", '"')
