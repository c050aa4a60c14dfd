"""What is known to be wrong, laid beside what was returned: which mistakes and mutants return the same.

All candidates of an exercise stand in one table per case, their signatures as rows. One comparison of a
table with what a student returned says of every candidate and every leaf whether they agree, to the
last digits and without a boundary of rounding; it takes microseconds, so that no hash has to narrow it down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from grader.course.model import Case, Exercise, Mistake, MutantEdit
from grader.course.mutants import unpack_mutants
from grader.course.signatures import DIGITS, ZERO, Leaf, Numbers, Signature, leaves, sign
from grader.judging.align import align
from grader.results import Mismatch
from grader.values import Encoded, decode

__all__ = ["Candidate", "Table", "lookup", "signed"]

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

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

    form: str
    rows: npt.NDArray[np.intp]
    numbers: Floats


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
    passing : ndarray of bool, shape (candidates, leaves of `expected`)
        Which candidates agree with what is expected.
    """

    expected: Signature
    groups: tuple[_Rows, ...]
    raised: Mask
    relative: float
    passing: Mask

    @classmethod
    def of(cls, expected: Signature, signatures: Sequence[Signature | None], relative: float) -> Table:
        """Make the table of what candidates return; None stands for one that raises."""
        by_form: dict[str, list[tuple[int, Signature]]] = {}
        for row, signature in enumerate(signatures):
            if signature is not None:
                by_form.setdefault(signature.form, []).append((row, signature))
        groups = tuple(
            _Rows(
                form,
                np.array([row for row, _ in same]),
                np.stack([signature.numbers for _, signature in same]).astype(np.float64),
            )
            for form, same in by_form.items()
        )
        raised = np.array([signature is None for signature in signatures], bool)
        table = cls(expected, groups, raised, relative, np.empty((0, 0), bool))
        return replace(table, passing=table.agreeing(expected))

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
        found = np.zeros((self.raised.size, len(leaves(returned.form))), bool)
        numbers = returned.numbers.astype(np.float64)
        for group in self.groups:
            if misfit and group.form != returned.form:
                continue
            shared = _shared(returned.form, group.form)
            if shared.ours.size:
                same = self._close(group.numbers[:, shared.theirs], numbers[shared.ours])
                found[np.ix_(group.rows, shared.filled)] = np.logical_and.reduceat(
                    same, shared.starts, axis=1
                )
            found[np.ix_(group.rows, shared.empty)] = True
        return found

    def single(self) -> Floats:
        """Return the number that each candidate returns; NaN where it is none."""
        found = np.full(self.raised.size, np.nan)
        for group in self.groups:
            if [leaf.what for leaf in leaves(group.form)] == [()]:
                found[group.rows] = group.numbers[:, 0]
        return found

    def right(self, returned: Signature) -> Mask:
        """Say of each leaf of a value whether it is the expected one."""
        found = np.zeros(len(leaves(returned.form)), bool)
        shared = _shared(returned.form, self.expected.form)
        if shared.ours.size:
            ours, theirs = returned.numbers[shared.ours], self.expected.numbers[shared.theirs]
            same = self._close(ours.astype(np.float64), theirs.astype(np.float64))
            found[shared.filled] = np.logical_and.reduceat(same, shared.starts)
        found[shared.empty] = True
        return found

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

    def _close(self, one: Floats, other: Floats) -> Mask:
        with np.errstate(all="ignore"):
            limit = np.where(np.isfinite(other), ZERO + self.relative * np.abs(other), 0.0)
            near = (np.abs(one - other) <= limit) | (one == other)
        return np.asarray(near | (np.isnan(one) & np.isnan(other)))


@dataclass(frozen=True, slots=True)
class _Shared:
    """The leaves that two forms have in common, as places in the numbers of each.

    Parameters
    ----------
    ours, theirs : ndarray of int
        Which numbers belong together.
    starts : ndarray of int
        Where each leaf of `filled` begins among them.
    filled, empty : ndarray of int
        Which of our leaves have numbers, and which have none.
    """

    ours: npt.NDArray[np.intp]
    theirs: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    filled: npt.NDArray[np.intp]
    empty: npt.NDArray[np.intp]


@lru_cache(maxsize=4096)
def _shared(ours: str, theirs: str) -> _Shared:
    places = {leaf.path: leaf for leaf in leaves(theirs)}
    left: list[int] = []
    right: list[int] = []
    starts, filled, empty = [], [], []
    for column, leaf in enumerate(leaves(ours)):
        other = places.get(leaf.path)
        if other is None or other.what != leaf.what:
            continue
        if leaf.stop == leaf.start:
            empty.append(column)
            continue
        filled.append(column)
        starts.append(len(left))
        left += range(leaf.start, leaf.stop)
        right += range(other.start, other.stop)
    return _Shared(*(np.array(each, np.intp) for each in (left, right, starts, filled, empty)))


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


@lru_cache(maxsize=1024)
def signed(expected: Encoded, returned: Encoded, optional_tail: int = 0) -> tuple[Signature, bool]:
    """Return the signature of what was returned, and whether it is a misfit.

    What has the structure of the expected value is signed in its form: a list may stand for an array.
    """
    wanted, value = decode(expected), decode(returned)
    aligned = align(wanted, value, optional_tail=optional_tail)
    if isinstance(aligned, Mismatch):
        return sign(value), True
    signature = sign(aligned.value)
    if optional_tail and len(aligned.value) < len(wanted):
        # What may be left out counts as returned, without any leaves.
        length, whole = (f'["[]","{len(each)}"]' for each in (aligned.value, wanted))
        signature = replace(signature, form=signature.form.replace(length, whole, 1))
    return signature, False


@dataclass(frozen=True, slots=True)
class _Same:
    """An exercise as a key: by identity, for its cases cannot be hashed."""

    exercise: Exercise

    def __hash__(self) -> int:
        return id(self.exercise)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.exercise is other.exercise


def lookup(exercise: Exercise, *, mistakes: bool = True) -> tuple[tuple[Candidate, ...], Mapping[str, Table]]:
    """Return the candidates of an exercise, the likeliest first, and a table for each case that is signed.

    Made once per exercise and kept.

    Parameters
    ----------
    exercise : Exercise
    mistakes : bool
        Whether the authors' mistakes are among the candidates: they have to be signed here.

    Raises
    ------
    CourseError
        The stored mutants are damaged.
    """
    return _looked_up(_Same(exercise), mistakes)


@lru_cache(maxsize=256)
def _looked_up(key: _Same, with_mistakes: bool) -> tuple[tuple[Candidate, ...], Mapping[str, Table]]:
    exercise = key.exercise
    mutants = unpack_mutants(exercise.packed_mutants)
    if not mutants:
        return (), {}
    mistakes = exercise.mistakes if with_mistakes else ()
    candidates = [Candidate(mistake=mistake) for mistake in mistakes]
    candidates += [Candidate(edits=mutant.edits) for mutant in mutants]
    tables = {}
    for case in exercise.cases:
        if case.name in mutants[0].signatures:
            rows = [_of_mistake(mistake, case, exercise.spec.optional_tail) for mistake in mistakes]
            rows += [mutant.signatures[case.name] for mutant in mutants]
            relative = max(DIGITS, exercise.spec.tolerance.relative)
            tables[case.name] = Table.of(sign(decode(case.expected)), rows, relative)
    return tuple(candidates), tables


def _of_mistake(mistake: Mistake, case: Case, tail: int) -> Signature | None:
    value = mistake.returns.get(case.name)
    return None if value is None else signed(case.expected, value, tail)[0]
