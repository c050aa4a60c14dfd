"""Values as flat vectors: what most comparisons come down to, without decoding anything.

Two values of one structure have their numbers at the same places of their data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
import numpy.typing as npt

from grader.course.model import Tolerance
from grader.judging.deviation import allowed
from grader.values import Array, Encoded, Opaque, Value, walk

__all__ = ["Flat", "Glance", "flatten", "glance"]

#: What a structure has in it whose data are not float64 throughout. A string that looks so is no harm: the
#: value is decoded then.
_OTHER_NUMBERS: Final = re.compile(rb'\["a","(?!<f8")|"c"|\["e"')

#: Runs of one dtype that are converted rather than left to be decoded.
MAX_RUNS: Final = 64


@dataclass(frozen=True, slots=True)
class Flat:
    """All numbers of one answer in a row, and how far each may be off.

    Parameters
    ----------
    numbers, allowed : ndarray of shape (n,)
    size : int
        Bytes of data.
    runs : tuple of (dtype, count, offset)
        How the data are stored, where they are not float64 throughout.
    """

    numbers: npt.NDArray[np.float64]
    allowed: npt.NDArray[np.float64]
    size: int
    runs: tuple[tuple[str, int, int], ...]

    def accepts(self, data: bytes) -> bool:
        """Say whether every number is within tolerance; NaN and inf never are."""
        if len(data) != self.size:
            return False
        with np.errstate(all="ignore"):
            deviation = np.abs(self._read(data) - self.numbers)
        return bool((deviation <= self.allowed).all())

    def _read(self, data: bytes) -> npt.NDArray[np.float64]:
        if not self.runs:
            return np.frombuffer(data, "<f8")
        return np.concatenate([_read_run(data, *run) for run in self.runs])


def flatten(value: Value, encoded: Encoded, tolerance: Tolerance) -> Flat | None:
    """Make the flat form of a value; None where it has none.

    Parameters
    ----------
    value : value
    encoded : Encoded
        The same value.
    tolerance : Tolerance
    """
    arrays: list[Array] = []
    for _, leaf in walk(value):
        if isinstance(leaf, (Opaque, complex)):
            return None
        if isinstance(leaf, (float, np.ndarray)):
            arrays.append(np.asarray(leaf).ravel())
    # Members of sets and keys of dicts have data too, but no tolerance.
    if any(array.dtype.kind == "c" for array in arrays) or b"".join(map(bytes, arrays)) != encoded.data:
        return None
    runs = _runs(arrays)
    if len(runs) > MAX_RUNS:
        return None
    wide = [array.astype(np.float64) for array in arrays]
    numbers = np.concatenate([np.empty(0), *wide])
    limits = np.concatenate([np.empty(0), *(allowed(array, tolerance) for array in wide)])
    plain = all(dtype == "<f8" for dtype, _, _ in runs)
    return Flat(numbers, limits, len(encoded.data), () if plain else runs)


class Glance(Enum):
    """What one look at two encoded values tells."""

    SAME = "every number is within tolerance"
    FAR = "some number cannot be within tolerance"
    UNSURE = "they have to be decoded"


def glance(ours: Encoded, theirs: Encoded, tolerance: Tolerance) -> Glance:
    """Compare two values of one structure without decoding them.

    No array's scale is known here. An entry within tolerance by its own size alone is so by any scale; one
    that is not by the largest entry's size is so by none.
    """
    if ours.structure != theirs.structure or len(ours.data) != len(theirs.data) or b'["x"' in ours.structure:
        return Glance.UNSURE
    if ours.data == theirs.data:
        return Glance.SAME
    if len(ours.data) % 8 or _OTHER_NUMBERS.search(ours.structure):
        return Glance.UNSURE
    one, other = np.frombuffer(ours.data, "<f8"), np.frombuffer(theirs.data, "<f8")
    with np.errstate(all="ignore"):
        apart, size = np.abs(one - other), np.abs(one)
        if (apart <= tolerance.absolute + tolerance.relative * np.minimum(size, np.abs(other))).all():
            return Glance.SAME
        bound = tolerance.absolute + tolerance.relative * (size + max(1.0, float(size.max())))
        return Glance.FAR if (apart > bound).any() else Glance.UNSURE


def _runs(arrays: list[Array]) -> tuple[tuple[str, int, int], ...]:
    """Join neighbours of one dtype."""
    runs: list[tuple[str, int, int]] = []
    offset = 0
    for array in arrays:
        dtype = array.dtype.str
        if runs and runs[-1][0] == dtype:
            runs[-1] = (dtype, runs[-1][1] + array.size, runs[-1][2])
        else:
            runs.append((dtype, array.size, offset))
        offset += array.nbytes
    return tuple(runs)


def _read_run(data: bytes, dtype: str, count: int, offset: int) -> npt.NDArray[np.float64]:
    run = np.frombuffer(data, "|u1" if dtype == "|b1" else dtype, count, offset)
    # Any byte but 0 is True, as for the codec.
    return (run != 0 if dtype == "|b1" else run).astype(np.float64)
