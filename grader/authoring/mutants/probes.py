"""More inputs of the kind that an exercise's cases have: what tells an equivalent mutant from a survivor.

A mutant that passes every case either returns what the reference returns whatever comes in, or the cases are
too weak. So it is tried on more inputs: the author's own generator with other random numbers, and the cases
with every number moved a little.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

import numpy as np

from grader.authoring.reference import Reference
from grader.course.declare import CaseDeclared, ExerciseDeclared
from grader.course.model import Case, Equal, Exercise
from grader.errors import CourseError
from grader.values import Encoded, Value, decode, encode, walk

__all__ = ["probes"]

#: How often the generator runs with other random numbers.
RESEEDED: Final = 2


def probes(reference: Reference, declared: ExerciseDeclared, exercise: Exercise) -> list[Case]:
    """Return cases like those of an exercise, on which its reference returns finite numbers.

    Those judged by digits only: what another judge would say of inputs that nobody wrote is of no weight.
    """
    found = []
    for salt in range(RESEEDED):
        with _other_numbers(salt):
            try:
                cases = reference.cases(declared)
            except CourseError:
                continue
        found += [_probe(reference, exercise, case, f"{case.name}, {salt + 2}") for case in cases]
    rng = np.random.default_rng(20)
    for case in exercise.cases:
        moved = {name: _moved(value, rng) for name, value in case.inputs.items()}
        like = CaseDeclared(case.name, "hidden", moved, 1.0, case.judge)
        found.append(_probe(reference, exercise, like, f"{case.name}, moved"))
    return [case for case in found if case is not None]


@contextmanager
def _other_numbers(salt: int) -> Iterator[None]:
    """Let ``np.random.default_rng(5)`` be another generator than it is."""
    real = np.random.default_rng

    def default_rng(seed: Any = None) -> np.random.Generator:
        # a zero there would be the seed itself
        return real([seed, salt + 1] if isinstance(seed, int) else seed)

    with mock.patch.object(np.random, "default_rng", default_rng):
        yield


def _moved(value: Value, rng: np.random.Generator) -> Value:
    """Move every number that is not zero by up to a tenth of its size; whole numbers by one at times."""
    if isinstance(value, dict):
        return {key: _moved(item, rng) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_moved(item, rng) for item in value)
    if isinstance(value, np.ndarray):
        return value * rng.uniform(0.9, 1.1, value.shape) if value.dtype.kind == "f" else value
    return _moved_number(value, rng)


def _moved_number(value: Value, rng: np.random.Generator) -> Value:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + int(rng.integers(0, 2)) if value > 1 else value
    # never upward: much lies between 0 and 1
    return value * float(rng.uniform(0.9, 1.0)) if isinstance(value, float) else value


def _probe(reference: Reference, exercise: Exercise, like: CaseDeclared, name: str) -> Case | None:
    if not isinstance(like.judge, Equal):
        return None
    inputs = encode({key: like.inputs[key] for key in _order(exercise, like)})
    called = reference.call(exercise.name, name, inputs)
    again = reference.call(exercise.name, name, inputs, salt=1)
    if called.value is None or again.value != called.value or not _is_finite(called.value):
        return None
    return Case(name, "hidden", 1.0, Equal(), decode(inputs), called.value, inputs)


def _order(exercise: Exercise, like: CaseDeclared) -> list[str]:
    order = next(list(case.inputs) for case in exercise.cases)
    return [*(name for name in order if name in like.inputs), *(n for n in like.inputs if n not in order)]


def _is_finite(encoded: Encoded) -> bool:
    arrays = [np.asarray(leaf) for _, leaf in walk(decode(encoded)) if isinstance(leaf, (float, np.ndarray))]
    return all(np.isfinite(array).all() for array in arrays if array.dtype.kind == "f")
