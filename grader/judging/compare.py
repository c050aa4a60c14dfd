"""Compare a returned value with the expected one: facts in, a `Mismatch` or None out.

The order is type, structure, shape, dtype, NaN, inf, value; `grader.judging.align` says what may stand in for
what. Most answers are right and of the reference's own form. These are never decoded: one look at the bytes
of the structure and one check over flat vectors, prepared once per case by `Expectation`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from grader.course.model import Tolerance
from grader.judging.align import Aligned, Leaf, align
from grader.judging.deviation import UNIT, allowed, deviations
from grader.judging.flat import Flat, Glance, flatten, glance
from grader.results import Mismatch
from grader.values import Array, Encoded, Value, WireError, decode, describe, encode

__all__ = ["UNREADABLE", "Expectation", "aligned_by_form", "alike", "compare", "distance"]

#: `Mismatch.returned` where the bytes that came back are no value at all.
UNREADABLE: Final = "bytes that are no value"

_WORST: Final = 5

Mask = npt.NDArray[np.bool_]
Worst = tuple[tuple[int, ...], float | complex, float | complex]
_Check = Callable[[Leaf], Mismatch | None]


@dataclass(frozen=True, slots=True)
class Expectation:
    """An expected value, prepared for many comparisons.

    Parameters
    ----------
    encoded : Encoded
    value : value
        The same, decoded.
    tolerance : Tolerance
    optional_tail : int
        How many of the last items of the tuple may be left out.
    flats : mapping of bytes to Flat
        Under each structure that is accepted at a glance.
    """

    encoded: Encoded
    value: Value
    tolerance: Tolerance
    optional_tail: int
    flats: Mapping[bytes, Flat]

    @classmethod
    def of(cls, expected: Encoded, tolerance: Tolerance, optional_tail: int = 0) -> Expectation:
        """Prepare an expected value.

        Raises
        ------
        WireError
            `expected` is no value: the vectors on disk are damaged.
        """
        value = decode(expected)
        flats = {}
        for shorter in range(optional_tail + 1 if isinstance(value, (list, tuple)) else 1):
            part = value[: len(value) - shorter] if shorter else value
            encoded = encode(part) if shorter else expected
            flat = flatten(part, encoded, tolerance)
            if flat is not None:
                flats[encoded.structure] = flat
        return cls(expected, value, tolerance, optional_tail, flats)

    def compare(self, returned: Encoded) -> Mismatch | None:
        """Return the first difference from the expected value, None where there is none; see `compare`."""
        flat = self.flats.get(returned.structure)
        if flat is not None and flat.accepts(returned.data):
            return None
        return self.compare_slowly(returned)

    def compare_slowly(self, returned: Encoded) -> Mismatch | None:
        """Compare without the short cut: the same judgement, with the facts."""
        aligned = self.align(returned)
        if isinstance(aligned, Mismatch):
            return aligned
        return _first_form_mismatch(aligned) or _value_mismatch(aligned, self.tolerance)

    def align(self, returned: Encoded) -> Aligned | Mismatch:
        """Decode what was returned and lay it beside the expected value; shapes are not compared yet."""
        try:
            value = decode(returned)
        except WireError:
            return Mismatch("type", "", describe(self.value), UNREADABLE)
        return align(self.value, value, optional_tail=self.optional_tail)


def compare(
    expected: Encoded, returned: Encoded, tolerance: Tolerance, *, optional_tail: int = 0
) -> Mismatch | None:
    """Return the first difference between two encoded values, None where there is none.

    Parameters
    ----------
    expected, returned : Encoded
        Nothing raises on `returned`: bytes that no encoder writes are a mismatch of kind "type" with
        `UNREADABLE` in its `returned`; `judge_case` makes tampering of it.
    tolerance : Tolerance
    optional_tail : int
        How many of the last items of the tuple may be left out.

    Notes
    -----
    NaN equals NaN and an infinity the same infinity; elsewhere they are mismatches of kind "nan" and "inf".
    Where the same value is expected again and again, keep an `Expectation`.
    """
    return Expectation.of(expected, tolerance, optional_tail).compare(returned)


def distance(expected: Encoded, returned: Encoded, *, optional_tail: int = 0) -> float:
    """Return the smallest ``relative`` of a tolerance (with ``absolute=0``) that accepts `returned`.

    Returns
    -------
    float
        The largest deviation in the metric of `Tolerance`; inf where no tolerance accepts it.
    """
    aligned = Expectation.of(expected, UNIT, optional_tail).align(returned)
    if isinstance(aligned, Mismatch) or _first_form_mismatch(aligned) is not None:
        return float("inf")
    if any(word.expected != word.returned for word in aligned.words):
        return float("inf")
    return max(
        (float(_ratios(leaf, UNIT).max()) for leaf in aligned.leaves if leaf.expected.size), default=0.0
    )


def alike(ours: Encoded, theirs: Encoded, tolerance: Tolerance, *, optional_tail: int = 0) -> bool:
    """Say whether two wrong answers are the same one.

    As `compare`, but each number counts by its own scale and the other's: an array of zeros has the scale
    one, and as an expected answer it would accept whatever is small.

    Raises
    ------
    WireError
        One of them is no value.
    """
    look = glance(ours, theirs, tolerance)
    if look is not Glance.UNSURE:
        return look is Glance.SAME
    aligned = align(decode(ours), decode(theirs), optional_tail=optional_tail)
    if isinstance(aligned, Mismatch) or _first_form_mismatch(aligned) is not None:
        return False
    if any(word.expected != word.returned for word in aligned.words):
        return False
    turned = (replace(leaf, expected=leaf.returned, returned=leaf.expected) for leaf in aligned.leaves)
    return all((_ratios(leaf, tolerance) <= 1).all() for leaf in chain(aligned.leaves, turned))


def aligned_by_form(expectation: Expectation, returned: Encoded) -> Aligned | Mismatch:
    """Compare all but the numbers: what properties are asked about has the expected form and is finite.

    Returns
    -------
    Aligned or Mismatch
        Its `value` is what was returned, in the form of the expected value: its containers, dtypes and keys.
    """
    aligned = expectation.align(returned)
    if isinstance(aligned, Mismatch):
        return aligned
    return _first_mismatch(aligned, (_shape, _dtype, _odd_numbers)) or aligned


def _first_form_mismatch(aligned: Aligned) -> Mismatch | None:
    return _first_mismatch(aligned, (_shape, _dtype, _nan, _inf))


def _first_mismatch(aligned: Aligned, checks: tuple[_Check, ...]) -> Mismatch | None:
    for check in checks:
        for leaf in aligned.leaves:
            mismatch = check(leaf)
            if mismatch is not None:
                return mismatch
    return None


def _shape(leaf: Leaf) -> Mismatch | None:
    if leaf.expected.shape == leaf.returned.shape:
        return None
    expected = describe(leaf.expected) if leaf.expected.ndim else "number"
    return Mismatch("shape", leaf.path, expected, leaf.form)


def _dtype(leaf: Leaf) -> Mismatch | None:
    if leaf.expected.dtype.kind == "c" or leaf.returned.dtype.kind != "c" or not np.any(leaf.returned.imag):
        return None
    return Mismatch("dtype", leaf.path, "real numbers", "complex numbers")


def _nan(leaf: Leaf) -> Mismatch | None:
    expected, returned = np.isnan(leaf.expected), np.isnan(leaf.returned)
    return _odd(leaf, "nan", "NaN", expected, returned, expected != returned)


def _inf(leaf: Leaf) -> Mismatch | None:
    expected, returned = np.isinf(leaf.expected), np.isinf(leaf.returned)
    # A complex number can be both, and NaN is then what it was compared as.
    neither_nan = ~(np.isnan(leaf.expected) & np.isnan(leaf.returned))
    unequal = (expected | returned) & neither_nan & (leaf.expected != leaf.returned)
    return _odd(leaf, "inf", "infinite", expected, returned, unequal)


def _odd_numbers(leaf: Leaf) -> Mismatch | None:
    """Find what is not finite where every number expected is."""
    if not np.isfinite(leaf.expected).all() or np.isfinite(leaf.returned).all():
        return None
    return _nan(leaf) or _inf(leaf)


def _odd(leaf: Leaf, kind: str, word: str, expected: Mask, returned: Mask, unequal: Mask) -> Mismatch | None:
    """Make the mismatch of what is not finite; `word` names it."""
    if not unequal.any():
        return None
    total = unequal.size
    ours, theirs = (f"{int(mask.sum())} of {total} entries {word}" for mask in (expected, returned))
    return Mismatch(kind, leaf.path, ours, theirs, count=int(unequal.sum()), total=total, paths=(leaf.path,))


def _value_mismatch(aligned: Aligned, tolerance: Tolerance) -> Mismatch | None:
    """Count what is out of tolerance over the whole value; the details are those of the worst leaf."""
    wrong_words = [word for word in aligned.words if word.expected != word.returned]
    wrong = [(leaf, ratios) for leaf in aligned.leaves if ((ratios := _ratios(leaf, tolerance)) > 1).any()]
    if not wrong and not wrong_words:
        return None
    count = len(wrong_words) + sum(int((ratios > 1).sum()) for _, ratios in wrong)
    total = len(aligned.words) + sum(leaf.expected.size for leaf in aligned.leaves)
    paths = tuple(word.path for word in wrong_words) + tuple(leaf.path for leaf, _ in wrong)
    if not wrong:
        word = wrong_words[0]
        ours, theirs = _word_text(word.expected), _word_text(word.returned)
        return Mismatch("value", word.path, ours, theirs, count, total, paths=paths)
    leaf, ratios = max(wrong, key=lambda pair: float(pair[1].max()))
    worst = _worst(leaf, ratios)
    ours, theirs = (_number_text(number) for number in worst[0][1:])
    return Mismatch("value", leaf.path, ours, theirs, count, total, worst, float(ratios.max()), paths)


def _ratios(leaf: Leaf, tolerance: Tolerance) -> npt.NDArray[np.float64]:
    """Return each entry's deviation as a multiple of what is allowed."""
    expected, returned = _widened(leaf.expected), _widened(leaf.returned)
    deviation, limit = deviations(expected, returned), allowed(expected, tolerance)
    with np.errstate(all="ignore"):
        return np.where(deviation <= limit, np.where(limit > 0, deviation / limit, 0.0), deviation / limit)


def _widened(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _worst(leaf: Leaf, ratios: npt.NDArray[np.float64]) -> tuple[Worst, ...]:
    """Return up to five entries out of tolerance, the largest deviation first."""
    order = np.argsort(-ratios, axis=None, kind="stable")[:_WORST]
    places = [
        tuple(int(i) for i in np.unravel_index(flat, ratios.shape)) for flat in order if ratios.flat[flat] > 1
    ]
    return tuple((at, leaf.expected[at].item(), leaf.returned[at].item()) for at in places)


def _number_text(number: float | complex) -> str:
    return str(number) if isinstance(number, bool) else f"{number:.6g}"


def _word_text(word: Value) -> str:
    """Write a string or a set, whose order differs from one process to the next."""
    return f"{{{', '.join(sorted(map(repr, word)))}}}" if isinstance(word, set) else repr(word)
