"""Signatures: a few numbers by which two returned values are told alike or apart.

Of every array in a value two random projections are kept, in single precision: seven significant digits. That
is enough to recognise a value among hundreds without having stored any, and it says which part of it differs.

A list of numbers and an array, a tuple and a list, a whole number and a float sign alike, as judging takes
one for the other; dict keys sign in one order. What is not finite signs as NaN: its pattern follows the style
of writing a formula, not its meaning.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from grader.values import Array, Opaque, Value

__all__ = ["DIGITS", "ZERO", "Leaf", "Numbers", "Signature", "leaves", "same_leaves", "sign"]

Numbers = npt.NDArray[np.float32]

#: Single precision has a little over seven digits.
DIGITS: Final = 5e-7

#: Two projections that are both smaller than this are zero but for rounding.
ZERO: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Leaf:
    """One array, number or word of a value.

    Parameters
    ----------
    path : str
        As Python indexes it: ``["W1"]``.
    what : tuple of int, or str
        The shape of an array or number; a word stands for itself.
    start, stop : int
        Which of the signature's numbers are its projections.
    """

    path: str
    what: tuple[int, ...] | str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of one value.

    Parameters
    ----------
    form : str
        JSON of the value's leaves: paths, and shapes or words.
    numbers : ndarray of float32
        One for each single number, two for each larger array.
    """

    form: str
    numbers: Numbers


def sign(value: Value) -> Signature:
    """Return the signature of a decoded value."""
    form: list[tuple[str, list[int] | str]] = []
    numbers: list[float] = []
    with np.errstate(all="ignore"):
        for path, leaf in _leaves(value):
            if isinstance(leaf, str):
                form.append((path, leaf))
            else:
                form.append((path, list(leaf.shape)))
                numbers += _projections(leaf)
        return Signature(json.dumps(form, separators=(",", ":")), np.array(numbers, np.float32))


@lru_cache(maxsize=4096)
def leaves(form: str) -> tuple[Leaf, ...]:
    """Return the leaves that a signature's form names."""
    found, start = [], 0
    for path, what in json.loads(form):
        size = 0 if isinstance(what, str) else min(int(np.prod(what)), 2)
        found.append(Leaf(path, what if isinstance(what, str) else tuple(what), start, start + size))
        start += size
    return tuple(found)


def same_leaves(one: Signature, other: Signature) -> dict[str, bool]:
    """Say of each leaf that either has whether it is the same in both."""
    left, right = ({leaf.path: leaf for leaf in leaves(each.form)} for each in (one, other))
    found = {}
    for path in {**left, **right}:
        ours, theirs = left.get(path), right.get(path)
        found[path] = (
            ours is not None
            and theirs is not None
            and ours.what == theirs.what
            and _close(one.numbers[ours.start : ours.stop], other.numbers[theirs.start : theirs.stop])
        )
    return found


def _close(one: Numbers, other: Numbers) -> bool:
    return bool(np.isclose(one, other, rtol=DIGITS, atol=ZERO, equal_nan=True).all())


def _leaves(value: Value, path: str = "") -> Iterator[tuple[str, Array | str]]:
    """Yield each leaf as an array of float64, or as a word."""
    if isinstance(value, dict):
        for key in sorted(value, key=repr):
            yield from _leaves(value[key], f"{path}[{key!r}]".replace("'", '"'))
    elif isinstance(value, (list, tuple)):
        if value and all(isinstance(item, (bool, int, float)) for item in value):
            yield path, np.asarray(value, np.float64)
        else:
            yield f"{path}[]", str(len(value))
            for index, item in enumerate(value):
                yield from _leaves(item, f"{path}[{index}]")
    elif isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        yield path, value
    elif isinstance(value, (bool, int, float, complex)):
        yield path, np.asarray(value)
    else:
        yield path, value.type_name if isinstance(value, Opaque) else _word(value)


def _word(value: Value) -> str:
    return f"{{{', '.join(sorted(map(repr, value)))}}}" if isinstance(value, set) else repr(value)


def _projections(array: Array) -> list[float]:
    """Return a number itself, two projections of an array, none of an empty one."""
    if array.dtype.kind == "c":
        # A made-up real array, the same for equal complex ones.
        array = np.asarray(array.real + np.sqrt(2) * array.imag)
    flat = array.astype(np.float64).ravel()
    if flat.size < 2:
        return [float(each) if math.isfinite(each) else math.nan for each in flat]
    if not np.isfinite(flat).all():
        return [math.nan, math.nan]
    # Sums of our own: those of BLAS depend on the machine.
    return [float(number) for number in (_weights(flat.size) * flat).sum(axis=1)]


@lru_cache(maxsize=256)
def _weights(size: int) -> npt.NDArray[np.float64]:
    """Return the weights of both projections, of shape (2, size): one positive, one of either sign.

    The legacy generator, because its numbers never change.
    """
    draws = np.random.RandomState(20).random_sample((2, size)) + 0.5
    draws[1] -= 1.0
    return draws
