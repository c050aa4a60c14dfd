"""The numbers that a case's inputs offer to an explanation, each under a name that a student knows.

An argument goes by its own name. A size has the letter that the course gives it, where the arguments show
which one it is, and else its Python expression: ``X.shape[1]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from grader.values import Array, Value

__all__ = ["Quantity", "arrays_of", "quantities"]

#: Arrays, and entries of a dict of numbers, beyond this count are not looked at.
MOST: Final = 24

#: An argument beyond it is no number to reckon with.
HUGE: Final = 1e300

_AXES: Final = ("rows", "columns")
_WEIGHT: Final = re.compile(r"W[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a case.

    Parameters
    ----------
    symbol : str
        How it is written in a formula: ``lambd``, ``bn_param["eps"]``, ``m``, ``X.shape[1]``.
    value : float
    words : str
        What a size counts, such as "the number of columns of `X`"; "" for an argument.
    """

    symbol: str
    value: float
    words: str = ""

    @property
    def is_size(self) -> bool:
        """Whether it counts something, and is no argument."""
        return bool(self.words)


def quantities(inputs: dict[str, Value]) -> dict[str, Quantity]:
    """Return the arguments that are numbers, then the sizes, by symbol."""
    found = [*_arguments(inputs), *_sizes(inputs)]
    named: dict[str, Quantity] = {}
    for quantity in found:
        named.setdefault(quantity.symbol, quantity)
    return named


def arrays_of(inputs: dict[str, Value]) -> dict[str, Array]:
    """Return the numeric arrays among the arguments and in dicts of them, by the way they are written."""
    found: dict[str, Array] = {}
    for name, value in inputs.items():
        for key, item in _items(value):
            if isinstance(item, np.ndarray) and item.ndim and item.dtype.kind in "biuf":
                found[name if key is None else _entry(name, key)] = item
    return dict(list(found.items())[:MOST])


def _items(value: Value) -> list[tuple[object, Value]]:
    """Return the entries of a dict or tuple with their keys, and anything else as the one it is."""
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, tuple) else [(None, value)]


def _arguments(inputs: dict[str, Value]) -> Iterator[Quantity]:
    for name, value in inputs.items():
        if _is_number(value):
            yield Quantity(name, float(value))
        elif isinstance(value, dict):
            for key, item in list(value.items())[:MOST]:
                if _is_number(item):
                    yield Quantity(_entry(name, key), float(item))


def _sizes(inputs: dict[str, Value]) -> Iterator[Quantity]:
    yield from _examples(inputs)
    for name, value in inputs.items():
        if isinstance(value, np.ndarray) and value.ndim == 1:
            yield Quantity(f"len({name})", len(value), f"the number of entries of `{name}`")
        elif isinstance(value, np.ndarray):
            for axis, length in enumerate(value.shape[: len(_AXES)] if value.ndim == len(_AXES) else ()):
                words = f"the number of {_AXES[axis]} of `{name}`"
                yield Quantity(f"{name}.shape[{axis}]", length, words)
        elif isinstance(value, list):
            yield Quantity(f"len({name})", len(value), f"the number of items of `{name}`")
            if value and all(_is_number(item) for item in value):
                yield Quantity(f"{name}[0]", value[0], f"the first of `{name}`")
                yield Quantity(f"{name}[-1]", value[-1], f"the last of `{name}`")
        elif isinstance(value, dict) and (layers := _layers(value)):
            yield Quantity("L", layers, f"the number of layers of `{name}`")


def _examples(inputs: dict[str, Value]) -> Iterator[Quantity]:
    """Find the number of examples: columns in the first two weeks, rows beside labels or a `gamma`."""
    labels = inputs.get("Y")
    if isinstance(labels, np.ndarray) and labels.ndim in (1, 2):
        m = labels.shape[-1]
        others = (value for name, value in inputs.items() if name != "Y" and isinstance(value, np.ndarray))
        if any(other.ndim == 2 and other.shape[1] == m for other in others):
            yield Quantity("m", m, "the number of examples")
    elif "gamma" in inputs or "y" in inputs:
        examples = inputs.get("x", inputs.get("X"))
        if isinstance(examples, np.ndarray) and examples.ndim == 2:
            yield Quantity("N", examples.shape[0], "the number of examples")


def _layers(value: dict[Any, Value]) -> int:
    return sum(isinstance(key, str) and bool(_WEIGHT.fullmatch(key.removeprefix("d"))) for key in value)


def _is_number(value: Any) -> bool:
    if isinstance(value, (bool, np.bool_)):
        return False
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "iuf"
    return isinstance(value, (int, float)) and -HUGE < value < HUGE


def _entry(name: str, key: object) -> str:
    return f"{name}[{key!r}]".replace("'", '"')
