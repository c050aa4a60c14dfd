"""Brings what was returned into the form of the expected value, for drawing."""

from __future__ import annotations

import numpy as np

from grader.values import Value, numeric

__all__ = ["UnusableError", "alike", "numbers", "part_of"]


class UnusableError(Exception):
    """A value has not the form of the expected one."""


def part_of(value: Value, path: tuple[str | int, ...]) -> Value:
    """Return the part of a nested value that keys and indices lead to."""
    for step in path:
        value = value[step]
    return value


def alike(expected: Value, returned: Value) -> Value:
    """Return a value in the form of the expected one, numbers as floats, without what it has beyond that.

    Raises
    ------
    UnusableError, ValueError, TypeError, OverflowError
        It has another form.
    """
    if isinstance(expected, dict):
        if not isinstance(returned, dict) or not expected.keys() <= returned.keys():
            raise UnusableError
        return {key: alike(item, returned[key]) for key, item in expected.items()}
    if isinstance(expected, (list, tuple)):
        if not isinstance(returned, (list, tuple, np.ndarray)) or len(returned) < len(expected):
            raise UnusableError
        return [alike(*pair) for pair in zip(expected, returned, strict=False)]
    if isinstance(expected, (float, np.ndarray)):
        array = numeric(returned)
        if array is None or array.dtype.kind == "c" or array.shape != np.shape(expected):
            raise UnusableError
        return array.astype(float) if isinstance(expected, np.ndarray) else float(array)
    return returned


def numbers(value: Value) -> Value:
    """Return a value of ours with its numbers as floats."""
    if isinstance(value, dict):
        return {key: numbers(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [numbers(item) for item in value]
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return value.astype(float)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
