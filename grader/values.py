"""Nested values: what inputs, outputs and expected answers are made of.

A value is None, bool, int, float, complex, str, an ndarray, or a list, tuple, dict or set of values. What a
student returns beside these is an `Opaque`: only the name of its type is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.sandbox.inside.wire import Encoded, Opaque, TooLarge, WireError, decode, encode

__all__ = [
    "Array",
    "Encoded",
    "Opaque",
    "TooLarge",
    "Value",
    "WireError",
    "decode",
    "describe",
    "encode",
    "numeric",
    "walk",
]

Value = Any
Array = npt.NDArray[Any]


def walk(value: Value, path: str = "") -> Iterator[tuple[str, Value]]:
    """Yield ``(path, leaf)`` for each leaf of a nested value, in order.

    Paths are written as Python would index: ``["W1"]``, ``[0]["dW2"]``; the path of a bare leaf is ``""``.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, f"{path}[{key!r}]".replace("'", '"'))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from walk(item, f"{path}[{index}]")
    else:
        yield path, value


def numeric(value: Value) -> Array | None:
    """Return the array that a number, an array or a nested list makes; None where it makes none of numbers.

    No array is made of texts: in one, each text takes as much room as the longest.
    """
    if isinstance(value, (list, tuple)) and not _without_texts(value):
        return None
    if isinstance(value, (str, Opaque, dict, set)) or value is None:
        return None
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError):  # a ragged list, a number that no array holds
        return None
    return array if array.dtype.kind in "biufc" else None


def _without_texts(items: list[Value] | tuple[Value, ...]) -> bool:
    return all(
        _without_texts(item) if isinstance(item, (list, tuple)) else not isinstance(item, str)
        for item in items
    )


def describe(value: Value) -> str:
    """Say in a few words what kind of value this is.

    Examples
    --------
    >>> describe(np.zeros((2, 3)))
    'array of shape (2, 3)'
    >>> describe({"W1": 1.0, "b1": 2.0})
    'dict with keys "W1", "b1"'
    """
    if isinstance(value, Opaque):
        return value.type_name
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}" + ("" if value.dtype.kind == "f" else f" ({value.dtype.name})")
    if isinstance(value, dict):
        keys = [f'"{key}"' if isinstance(key, str) else repr(key) for key in value]
        shown = ", ".join(keys[:8]) + (", …" if len(keys) > 8 else "")
        return f"dict with keys {shown}" if keys else "empty dict"
    if isinstance(value, (list, tuple, set)):
        return f"{type(value).__name__} of {len(value)}"
    return "None" if value is None else type(value).__name__
