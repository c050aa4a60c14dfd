"""What is known to be wrong, laid beside what was returned: which mistakes and mutants return the same.

All candidates of an exercise stand in one table per case, their signatures as rows. One comparison of a
table with what a student returned says of every candidate and every leaf whether they agree, to the
last digits and without a boundary of rounding; it takes microseconds, so that no hash has to narrow it down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from grader.course.model import Exercise, Mistake, MutantEdit
from grader.course.mutants import unpack_mutants
from grader.course.signatures import DIGITS, ZERO, Leaf, Numbers, Signature, leaves, sign
from grader.judging.align import align
from grader.results import Mismatch
from grader.values import Encoded, Value, decode

__all__ = ["Candidate", "Table", "lookup", "signed"]

Mask = npt.NDArray[np.bool_]

#: An agreement counts where what is agreed upon is so far from the expected value, as a share of the larger.
MARGIN: Final = 1e-4

#: … and from zero.
LEAST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that is known to be wrong: an author's mistake, or edits of the reference that are one."""

    mistake: Mistake | None = None
    edits: tuple[MutantEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rows:
    """The candidates that return one form in a case."""

    leaves: tuple[Leaf, ...]
    rows: npt.NDArray[np.intp]
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Table:
    """What every candidate returns in one case.

    Parameters
    ----------
    expected : Signature
    groups : tuple of _Rows
        By form.
    raised : ndarray of bool, shape (candidates,)
        Which candidates raise, or do not end.
    relative : float
        How far two numbers may lie apart that are the same.
    """

    expected: Signature
    groups: tuple[_Rows, ...]
    raised: Mask
    relative: float

    def agreeing(self, returned: Signature, *, misfit: bool = False) -> Mask:
        """Say which candidates agree with a value at which of its leaves.

        Parameters
        ----------
        returned : Signature
        misfit : bool
            Whether the value has not all leaves that are expected: then what agrees lacks the same ones.

        Returns
        -------
        ndarray of bool, shape (candidates, leaves of `returned`)
        """
        wanted = leaves(returned.form)
        found = np.zeros((self.raised.size, len(wanted)), bool)
        for group in self.groups:
            places = {leaf.path: leaf for leaf in group.leaves}
            if misfit and set(places) != {leaf.path for leaf in wanted}:
                continue
            for column, leaf in enumerate(wanted):
                other = places.get(leaf.path)
                if other is not None and other.what == leaf.what:
                    ours, theirs = _numbers(returned, leaf), group.numbers[:, other.start : other.stop]
                    found[group.rows, column] = self.close(theirs, ours)
        return found

    def close(self, one: Numbers, other: Numbers) -> Mask:
        """Say of rows of numbers whether all of a row are the same."""
        return np.asarray(np.isclose(one, other, rtol=self.relative, atol=ZERO, equal_nan=True).all(axis=-1))

    def single(self) -> npt.NDArray[np.float64]:
        """Return the number that each candidate returns; NaN where it is none."""
        found = np.full(self.raised.size, np.nan)
        for group in self.groups:
            if [leaf.what for leaf in group.leaves] == [()]:
                found[group.rows] = group.numbers[:, 0]
        return found

    def right(self, returned: Signature) -> Mask:
        """Say of each leaf of a value whether it is the expected one."""
        places = {leaf.path: leaf for leaf in leaves(self.expected.form)}
        found = []
        for leaf in leaves(returned.form):
            other = places.get(leaf.path)
            same = other is not None and other.what == leaf.what
            found.append(
                same
                and other is not None
                and bool(self.close(_numbers(returned, leaf), _numbers(self.expected, other)))
            )
        return np.array(found, bool)

    def telling(self, returned: Signature) -> list[int]:
        """Count for each leaf the numbers that cannot agree by chance.

        They are finite, far from zero and from what is expected, and no single whole numbers.
        """
        places = {leaf.path: leaf for leaf in leaves(self.expected.form)}
        return [
            _telling(returned, leaf, self.expected, places.get(leaf.path)) for leaf in leaves(returned.form)
        ]

    def countable(self, returned: Signature) -> list[bool]:
        """Say of each leaf whether it is a word or a finite number: one of few, and not by rounding."""
        return [
            isinstance(leaf.what, str)
            or (leaf.what == () and bool(np.isfinite(_numbers(returned, leaf)).all()))
            for leaf in leaves(returned.form)
        ]


def _telling(returned: Signature, leaf: Leaf, expected: Signature, other: Leaf | None) -> int:
    ours = _numbers(returned, leaf).astype(np.float64)
    with np.errstate(all="ignore"):
        good = np.isfinite(ours) & (np.abs(ours) > LEAST)
        if other is not None and other.what == leaf.what:
            theirs = _numbers(expected, other).astype(np.float64)
            good &= ~(np.abs(ours - theirs) <= MARGIN * np.maximum(np.abs(ours), np.abs(theirs)))
        if leaf.what == ():
            good &= ours != np.round(ours)
    return int(good.sum())


def _numbers(signature: Signature, leaf: Leaf) -> Numbers:
    return signature.numbers[leaf.start : leaf.stop]


def signed(expected: Value, returned: Value, optional_tail: int = 0) -> tuple[Signature, bool]:
    """Return the signature of what was returned, and whether it is a misfit.

    What has the structure of the expected value is signed in its form: a list may stand for an array.
    """
    aligned = align(expected, returned, optional_tail=optional_tail)
    if isinstance(aligned, Mismatch):
        return sign(returned), True
    return sign(aligned.value), False


@dataclass(frozen=True, slots=True)
class _Same:
    """An exercise as a key: by identity, for its cases cannot be hashed."""

    exercise: Exercise

    def __hash__(self) -> int:
        return id(self.exercise)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.exercise is other.exercise


def lookup(exercise: Exercise) -> tuple[tuple[Candidate, ...], Mapping[str, Table]]:
    """Return the candidates of an exercise, the likeliest first, and a table for each case that is signed.

    Made once per exercise and kept.

    Raises
    ------
    CourseError
        The stored mutants are damaged.
    """
    return _looked_up(_Same(exercise))


@lru_cache(maxsize=128)
def _looked_up(key: _Same) -> tuple[tuple[Candidate, ...], Mapping[str, Table]]:
    exercise = key.exercise
    mutants = unpack_mutants(exercise.packed_mutants)
    if not mutants:
        return (), {}
    names = set(mutants[0].signatures)
    candidates = [Candidate(mistake=mistake) for mistake in exercise.mistakes]
    candidates += [Candidate(edits=mutant.edits) for mutant in mutants]
    tables = {}
    for case in exercise.cases:
        if case.name in names:
            expected = decode(case.expected)
            tail = exercise.spec.optional_tail
            known = [_of_mistake(mistake, case.name, expected, tail) for mistake in exercise.mistakes]
            rows = [*known, *(mutant.signatures[case.name] for mutant in mutants)]
            tables[case.name] = _table(sign(expected), rows, max(DIGITS, exercise.spec.tolerance.relative))
    return tuple(candidates), tables


def _of_mistake(mistake: Mistake, case: str, expected: Value, tail: int) -> Signature | None:
    value: Encoded | None = mistake.returns.get(case)
    return None if value is None else signed(expected, decode(value), tail)[0]


def _table(expected: Signature, rows: list[Signature | None], relative: float) -> Table:
    by_form: dict[str, list[int]] = {}
    for row, signature in enumerate(rows):
        if signature is not None:
            by_form.setdefault(signature.form, []).append(row)
    groups = tuple(
        _Rows(leaves(form), np.array(places), np.stack([_at(rows, place).numbers for place in places]))
        for form, places in by_form.items()
    )
    raised = np.array([signature is None for signature in rows], bool)
    return Table(expected, groups, raised, relative)


def _at(rows: list[Signature | None], place: int) -> Signature:
    signature = rows[place]
    assert signature is not None
    return signature
