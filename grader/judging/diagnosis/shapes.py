"""A rule for wrong shapes. Sizes are named for public cases only: hidden ones tell of hidden inputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from grader.judging.diagnosis.clues import Clue
from grader.judging.diagnosis.evidence import Evidence, Item
from grader.judging.diagnosis.naming import part_name
from grader.judging.diagnosis.types import part_at
from grader.results import Mismatch
from grader.values import Value, walk

__all__ = ["shape_clue"]

Shape = tuple[int, ...]

_KEEPDIMS: Final = (
    "A sum or mean over an axis drops that axis, and so does an index: (n, 1) becomes (n,).",
    "Keep the axis with keepdims=True, or give the array its shape with reshape.",
)
_TRANSPOSED: Final = (
    "Rows and columns have a meaning: the docstring says which of them counts what.",
    "Write the shape of each factor beside the line that makes it, and compare with the docstring.",
)
_SCALAR: Final = ("Sum or average over all entries, without an axis: the result is one number.",)
_ONE_NUMBER: Final = (
    "A sum, mean or norm without an axis, and an index for each axis, make one number of a whole array.",
    "Which line makes a number of it? The docstring says over which axis to go, and which to keep.",
)
_ONE_ENTRY: Final = (
    "An array of shape (1,) or (1, 1) is not a number: np.squeeze or float() makes one of it.",
)
_AXIS: Final = (
    "In a matrix of shape (rows, columns) a sum with axis=0 leaves one entry per column, one with axis=1 one "
    "per row; shape[0] counts the rows, shape[1] the columns.",
    "Look at each axis= and each shape[…] on the way to it: which of the two does the docstring mean?",
)
_OUTER: Final = (
    "An array of shape (n,) or (1, n) combined with one of shape (n, 1) gives shape (n, n).",
    "Write the shapes of both operands beside each line with + - * /: which lost an axis, or is transposed?",
)


def shape_clue(evidence: Evidence, item: Item, mismatch: Mismatch) -> Clue | None:
    """Explain a wrong shape."""
    if mismatch.kind != "shape":
        return None
    returned = part_at(item.expected, item.returned, mismatch.path)
    expected = part_at(item.expected, item.expected, mismatch.path)
    ours, theirs = np.shape(expected), _shape(returned)
    code, words, steps = _what(ours, theirs, item)
    part = part_name(mismatch.path, evidence.exercise.spec.names)
    got = f"it has the shape {theirs}, and " if theirs else ""
    shown = f"{part} {words}: {got}{ours or 'a number'} is asked."
    return Clue(code, f"{part} {words}.", shown, steps)


_What = tuple[str, str, tuple[str, ...]]


def _what(ours: Shape, theirs: Shape, item: Item) -> _What:
    """Return code, words and help for two shapes that differ."""
    if not ours or not theirs:
        return _number_or_array(theirs)
    if _without_ones(ours) == _without_ones(theirs) and len(ours) != len(theirs):
        if len(theirs) < len(ours):
            return "lost_axis", "lacks an axis of size 1", _KEEPDIMS
        return "extra_axis", "has an axis of size 1 too many", _KEEPDIMS
    if len(ours) == 2 and theirs == ours[::-1]:
        return "transposed", "has rows and columns exchanged", _TRANSPOSED
    return _wrongly_combined(ours, theirs, item)


def _number_or_array(theirs: Shape) -> _What:
    if not theirs:
        return "number_for_array", "is a number instead of an array", _ONE_NUMBER
    if np.prod(theirs) == 1:
        return "array_for_number", "is an array with one entry instead of a number", _ONE_ENTRY
    return "not_reduced", "is an array instead of a number", _SCALAR


def _wrongly_combined(ours: Shape, theirs: Shape, item: Item) -> _What:
    if len(_without_ones(ours)) == 1 and _without_ones(theirs) == _without_ones(ours) * 2:
        return "outer", "has been broadcast to a square", _OUTER
    if _reduced_otherwise(ours, theirs, item):
        return "wrong_axis", "has one entry per row where one per column is asked, or the reverse", _AXIS
    return "wrong_shape", "has another shape than asked", _TRANSPOSED


def _reduced_otherwise(ours: Shape, theirs: Shape, item: Item) -> bool:
    """Say whether a matrix among the inputs has one of the sizes as rows and the other as columns."""
    wanted, got = _without_ones(ours), _without_ones(theirs)
    if len(wanted) > 1 or len(got) > 1:
        return False
    sizes = sorted((*(wanted or (1,)), *(got or (1,))))
    return any(sizes == sorted(shape) for shape in _matrices(item.case.inputs))


def _matrices(inputs: Value) -> Iterator[Shape]:
    for _, leaf in walk(inputs):
        if isinstance(leaf, np.ndarray) and leaf.ndim == 2:
            yield leaf.shape


def _without_ones(shape: Shape) -> Shape:
    return tuple(size for size in shape if size != 1)


def _shape(value: Value) -> Shape:
    """Return the shape of an array, number or nested list."""
    return np.shape(value)
