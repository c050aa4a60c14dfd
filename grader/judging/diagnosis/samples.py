"""What relations are looked for in: each array of an answer, once per case, with all that the case offers.

Arrays that differ in their layer alone (`dW1`, `dW2`) are of one pattern: what holds for one of them should
hold for all.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from grader.course.model import Case, Equal, Exercise, Tolerance
from grader.judging.align import Leaf, align
from grader.judging.deviation import allowed, deviations
from grader.judging.diagnosis.evidence import NOTHING, Evidence, Item
from grader.judging.diagnosis.naming import Names, bare_name, part_name
from grader.judging.diagnosis.quantities import Quantity, arrays_of, quantities
from grader.results import Mismatch
from grader.values import Array, Value, decode

__all__ = [
    "MOST_NUMBERS",
    "NOISE",
    "VARIANTS",
    "Sample",
    "Surroundings",
    "Variant",
    "distinctive",
    "norm",
    "samples_of",
]

#: Answers with more numbers than these, over all cases, are not looked through: it would take too long.
MOST_NUMBERS: Final = 200_000

#: Below this an array is rounding noise and says nothing.
NOISE: Final = 1e-9

#: The number of a layer at the end of a name: `dW1`, `v["dW1"]`.
_LAYER: Final = re.compile(r'(?<=[A-Za-z])(\d+)(?=(?:"\])?`$)')
_INDEX: Final = re.compile(r"\[\d+\]")


Variant = Callable[[Array], Array]


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What one case has beside the array that is looked at.

    Parameters
    ----------
    case : str
    numbers : dict of str to Quantity
        Arguments, defaults included, and sizes.
    arrays : dict of str to ndarray
        The arrays among the inputs.
    expected : dict of str to ndarray
        Every array of the expected value, by path.
    names : mapping of str to tuple of str
        What the docstring calls the items of tuples.
    extras : frozenset of str
        Inputs that are none of the function's arguments: they say how it is called in this case.
    """

    case: str
    numbers: dict[str, Quantity]
    arrays: dict[str, Array]
    expected: dict[str, Array]
    names: Names
    extras: frozenset[str]

    @cached_property
    def named_arrays(self) -> list[tuple[str, Array]]:
        """The arrays among the inputs, as students call them."""
        return [(f"`{bare_name(name, self.names)}`", array) for name, array in self.arrays.items()]

    @cached_property
    def named_answers(self) -> list[tuple[str, str, Array]]:
        """Path, name and array of each part of the answer."""
        return [(path, part_name(path, self.names), array) for path, array in self.expected.items()]


@dataclass(frozen=True, eq=False)
class Sample:
    """One array of an answer in one case.

    Parameters
    ----------
    path : str
    pattern : str
        The name without the number of a layer, or of an item of a list.
    in_list : bool
        Whether it is an item of a list, which has no name.
    expected, returned : ndarray
        Of one shape, float64.
    wrong : bool
    around : Surroundings
    """

    path: str
    pattern: str
    in_list: bool
    expected: Array
    returned: Array
    wrong: bool
    around: Surroundings

    @cached_property
    def layer(self) -> str:
        """The number in the array's name; "" without one."""
        found = _LAYER.search(self.name)
        return found[1] if found else ""

    @cached_property
    def name(self) -> str:
        """What students call the array."""
        return part_name(self.path, self.around.names)

    @cached_property
    def near(self) -> dict[str, Array]:
        """The arrays that may be mixed up with this one; those of its own layer have one name for all layers.

        Arguments go by the way they are written, other arrays of the answer as "the right ...". Only those
        are there that numpy lets be combined with this one to an array of its shape.
        """
        found: dict[str, Array] = {}
        for name, array in self._named():
            fitted = _fitted(array, self.expected.shape)
            if fitted is not None:
                found.setdefault(name, fitted)
        return found

    @cached_property
    def variants(self) -> tuple[list[tuple[str, Variant]], Array]:
        """What another array may be a multiple of: names and variants, and the arrays as rows of a matrix."""
        names, rows = list[tuple[str, Variant]](), list[Array]()
        for variant in VARIANTS:
            for name, array in self.near.items():
                if distinctive(array) and (variant is _itself or name.startswith("`")):
                    names.append((name, variant))
                    rows.append(variant(array).ravel())
        return names, np.array(rows)

    def _named(self) -> Iterator[tuple[str, Array]]:
        for name, array in self.around.named_arrays:
            yield _of_layer(name, self.layer), array
        for path, name, array in self.around.named_answers:
            if path != self.path:
                yield f"the right {_of_layer(name, self.layer)}", array


def _itself(array: Array) -> Array:
    return array


def _root(array: Array) -> Array:
    return np.sqrt(np.abs(array))


def _inverse(array: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.where(array != 0, 1 / array, 0.0)


#: An array that is used in the place of another, and what it is called.
VARIANTS: Final[dict[Variant, str]] = {
    _itself: "{}",
    np.square: "the squares of {}",
    np.abs: "the absolute values of {}",
    np.sign: "the signs of {}",
    _root: "the square roots of {}",
    _inverse: "one over {}",
}


def distinctive(array: Array) -> bool:
    """Say whether an array can be told from others: more than one different number in it."""
    return array.size > 1 and float(np.ptp(array)) > 0


def norm(array: Array) -> float:
    """Return the root mean square."""
    flat = array.ravel()
    return math.sqrt(float(flat.dot(flat)) / flat.size) if flat.size else 0.0


def samples_of(evidence: Evidence) -> list[Sample]:
    """Lay out every array of the cases that are judged by their numbers, failing ones first."""
    exercise, found = evidence.exercise, list[Sample]()
    defaults = _defaults(exercise.spec.signature)
    for item in evidence.failing:
        if item.mismatch.kind == "value" and item.mismatch.worst and isinstance(item.case.judge, Equal):
            found += _of_failing(item, exercise, defaults)
    if not found or sum(sample.expected.size for sample in found) > MOST_NUMBERS:
        return []
    for case, _ in evidence.passing:
        if isinstance(case.judge, Equal):
            found += _of_passing(case, exercise, defaults)
    return found


def _pattern_of(name: str, in_list: bool) -> str:
    """Return a name without the number of its layer, and in a list without the index."""
    pattern = _LAYER.sub("l", name)
    return _INDEX.sub("[l]", pattern) if in_list else pattern


def _of_failing(item: Item, exercise: Exercise, defaults: dict[str, Value]) -> Iterator[Sample]:
    if item.returned is NOTHING:
        return
    aligned = align(item.expected, item.returned, optional_tail=exercise.spec.optional_tail)
    if isinstance(aligned, Mismatch):
        return
    leaves = [leaf for leaf in aligned.leaves if leaf.expected.shape == leaf.returned.shape]
    around = _around(item.case, item.expected, exercise, defaults)
    for leaf in _joined(leaves, item.expected):
        if _usable(leaf.expected) and _usable(leaf.returned):
            yield _sample(leaf, around, exercise.spec.tolerance, item.expected)


def _of_passing(case: Case, exercise: Exercise, defaults: dict[str, Value]) -> Iterator[Sample]:
    expected = decode(case.expected)
    aligned = align(expected, expected)
    if isinstance(aligned, Mismatch):
        return
    around = _around(case, expected, exercise, defaults)
    for leaf in _joined(aligned.leaves, expected):
        if _usable(leaf.expected):
            yield _sample(leaf, around, None, expected)


def _joined(leaves: list[Leaf], expected: Value) -> list[Leaf]:
    """Make one array of a list of numbers."""
    if not isinstance(expected, list) or len(leaves) != len(expected) or len(leaves) < 2:
        return leaves
    if any(leaf.expected.ndim for leaf in leaves):
        return leaves
    ours = np.array([leaf.expected.item() for leaf in leaves])
    theirs = np.array([leaf.returned.item() for leaf in leaves])
    return [Leaf("", ours, theirs, "")]


def _sample(leaf: Leaf, around: Surroundings, tolerance: Tolerance | None, value: Value) -> Sample:
    expected, returned = leaf.expected.astype(np.float64), leaf.returned.astype(np.float64)
    wrong = tolerance is not None and bool(
        (deviations(expected, returned) > allowed(expected, tolerance)).any()
    )
    in_list = _in_list(value, leaf.path)
    pattern = _pattern_of(part_name(leaf.path, around.names), in_list)
    return Sample(leaf.path, pattern, in_list, expected, returned, wrong, around)


def _in_list(value: Value, path: str) -> bool:
    """Say whether the way to a leaf leads through a list."""
    if not path:
        return False
    if isinstance(value, list):
        return True
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        start = f"[{key!r}]".replace("'", '"')
        if path.startswith(start):
            return _in_list(item, path[len(start) :])
    return False


def _usable(array: Array) -> bool:
    return array.size > 0 and array.dtype.kind in "biuf" and bool(np.isfinite(array).all())


def _around(case: Case, expected: Value, exercise: Exercise, defaults: dict[str, Value]) -> Surroundings:
    inputs = {**case.inputs, **{name: value for name, value in defaults.items() if name not in case.inputs}}
    aligned = align(expected, expected)
    leaves = [] if isinstance(aligned, Mismatch) else aligned.leaves
    arrays = {leaf.path: leaf.expected for leaf in leaves if leaf.expected.ndim and _usable(leaf.expected)}
    extras = frozenset(case.inputs).difference(exercise.spec.parameters)
    return Surroundings(case.name, quantities(inputs), arrays_of(inputs), arrays, exercise.spec.names, extras)


def _defaults(signature: str) -> dict[str, Value]:
    """Read the default arguments of a signature such as ``solve(x, epsilon=1e-8)``."""
    try:
        call = ast.parse(signature, mode="eval").body
        return {word.arg: ast.literal_eval(word.value) for word in getattr(call, "keywords", []) if word.arg}
    except (SyntaxError, ValueError):
        return {}


def _of_layer(name: str, layer: str) -> str:
    found = _LAYER.search(name) if layer else None
    return f"{name[: found.start()]}l{name[found.end() :]}" if found and found[1] == layer else name


def _fitted(array: Array, shape: tuple[int, ...]) -> Array | None:
    if array.shape == shape:
        return np.asarray(array, np.float64)
    sizes = zip(array.shape[::-1], shape[::-1], strict=False)
    if array.ndim > len(shape) or not all(ours in (1, theirs) for ours, theirs in sizes):
        return None
    return np.broadcast_to(np.asarray(array, np.float64), shape)
