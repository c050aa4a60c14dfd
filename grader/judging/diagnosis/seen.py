"""What a submission returned in the cases of an exercise, beside what every candidate returns there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from grader.course.model import AtMost, Case, Equal, Magnitude
from grader.course.signatures import Signature, leaves
from grader.judging.diagnosis.evidence import Evidence, Item
from grader.judging.diagnosis.lookup import Candidate, Table, lookup, signed
from grader.results import JudgedCase, Verdict

__all__ = ["Seen", "View", "enough", "right_paths", "wrong_paths"]

Mask = npt.NDArray[np.bool_]

#: Numbers that two values have to share before their agreement is no chance.
ENOUGH: Final = 2

#: What ended a call that a candidate ends as well.
_ENDED: Final = (Verdict.ERRORED, Verdict.TIMED_OUT, Verdict.CRASHED)


@dataclass(frozen=True, slots=True)
class View:
    """One case in which a value was returned.

    Parameters
    ----------
    item : Item or None
        None where the case passed.
    case : Case
    paths : tuple of str
        Of the leaves of what was returned.
    agreeing : ndarray of bool, shape (candidates, leaves)
    right : ndarray of bool, shape (leaves,)
    telling : tuple of int
        For each leaf, how many numbers cannot agree by chance.
    countable : bool
        Whether a wrong leaf is a word or a finite number.
    """

    item: Item | None
    case: Case
    paths: tuple[str, ...]
    agreeing: Mask
    right: Mask
    telling: tuple[int, ...]
    countable: bool

    @property
    def whole(self) -> Mask:
        """Which candidates return the same."""
        return np.asarray(self.agreeing.all(axis=1))


@dataclass(frozen=True, slots=True)
class Seen:
    """All cases of an exercise that can be looked up.

    Parameters
    ----------
    candidates : tuple of Candidate
    views : tuple of View
    ended : ndarray of bool, shape (candidates,)
        Which candidates raise, or do not end, where the submission does.
    """

    candidates: tuple[Candidate, ...]
    views: tuple[View, ...]
    ended: Mask

    @classmethod
    def of(cls, evidence: Evidence, *, exactly: bool = False) -> Seen | None:
        """Look up what was returned among mutants and the authors' mistakes; None where that cannot be done.

        Parameters
        ----------
        evidence : Evidence
        exactly : bool
            Whether only mutants are of interest, and only those that return the same: without one, None.
        """
        items = [item for item in evidence.failing if item.verdict is Verdict.FAILED]
        if not items or evidence.exercise.spec.question is not None:
            return None
        candidates, tables = lookup(evidence.exercise, mistakes=not exactly)
        tail = evidence.exercise.spec.optional_tail
        failing: list[View] = []
        same = np.ones(len(candidates), bool)
        for item in items:
            view = _view(item, tables[item.case.name], tail) if item.case.name in tables else None
            if view is not None:
                failing.append(view)
                same &= view.whole
            if exactly and not same.any():
                return None
        if not failing:
            return None
        ended = np.ones(len(candidates), bool)
        for item in evidence.failing:
            if item.verdict in _ENDED and item.case.name in tables:
                ended &= tables[item.case.name].raised
        passed = [pair for pair in evidence.passing if pair[0].name in tables]
        passing = [_passed(*pair, tables[pair[0].name], tail) for pair in passed]
        return cls(candidates, (*failing, *passing), ended)

    @property
    def failing(self) -> list[View]:
        """The cases that failed."""
        return [view for view in self.views if view.item is not None]

    @property
    def passing(self) -> list[View]:
        """The cases that passed."""
        return [view for view in self.views if view.item is None]

    def items(self) -> list[Item]:
        """Return the cases that failed, as evidence has them."""
        return [view.item for view in self.views if view.item is not None]

    def exact(self) -> list[int]:
        """Return the candidates that return the same in every case, the likeliest first."""
        same = self.ended.copy()
        for view in self.views:
            same &= view.whole
        return [int(row) for row in np.flatnonzero(same)]


def wrong_paths(views: Sequence[View]) -> frozenset[str]:
    """Return the paths of the leaves that are wrong in some case."""
    return frozenset(
        path for view in views for path, right in zip(view.paths, view.right, strict=True) if not right
    )


def right_paths(views: Sequence[View]) -> frozenset[str]:
    """Return the paths of the leaves that are right in every case."""
    paths = frozenset(path for view in views for path in view.paths if not path.endswith("[]"))
    return paths - wrong_paths(views)


def enough(views: Sequence[View], paths: frozenset[str] | None = None) -> bool:
    """Say whether what was returned at these places can be told from chance."""
    told = sum(
        count
        for view in views
        for path, right, count in zip(view.paths, view.right, view.telling, strict=True)
        if not right and (paths is None or path in paths)
    )
    return told >= ENOUGH


def _view(item: Item, table: Table, tail: int) -> View | None:
    value = item.judged.outcome.value
    if value is None:
        return None
    returned, misfit = signed(item.case.expected, value, tail)
    view = _looked(item, item.case, table, returned, misfit=misfit)
    return _by_size(view, table, float(returned.numbers[0])) if _is_noise(item.case, returned) else view


def _passed(case: Case, judged: JudgedCase, table: Table, tail: int) -> View:
    """Look up a case that passed: but for rounding it returns what is expected, where that is one value."""
    if _is_noise(case, table.expected):
        return _by_size(_looked(None, case, table, table.expected), table, float(table.expected.numbers[0]))
    value = judged.outcome.value
    if value is None or (isinstance(case.judge, Equal) and not tail):
        return _looked(None, case, table, table.expected)
    returned, misfit = signed(case.expected, value, tail)
    return _looked(None, case, table, returned, misfit=misfit)


def _is_noise(case: Case, returned: Signature) -> bool:
    """Say whether a number is judged by its size: its digits are noise."""
    return isinstance(case.judge, Magnitude | AtMost) and returned.numbers.size == 1


def _by_size(view: View, table: Table, number: float) -> View:
    """Compare the sizes alone."""
    judge, theirs = view.case.judge, table.single()
    if isinstance(judge, AtMost) and number <= judge.bound:
        agreeing = theirs <= judge.bound
    else:
        decades = judge.decades if isinstance(judge, Magnitude) else 1.0
        with np.errstate(all="ignore"):
            agreeing = np.abs(np.log10(theirs / number)) <= decades
    return replace(view, agreeing=agreeing[:, None], telling=(0,), countable=False)


def _looked(
    item: Item | None, case: Case, table: Table, returned: Signature, *, misfit: bool = False
) -> View:
    paths = tuple(leaf.path for leaf in leaves(returned.form))
    if item is None:
        known = returned is table.expected
        agreeing = table.passing if known else table.agreeing(returned, misfit=misfit)
        nothing = np.ones(len(paths), bool)
        return View(item, case, paths, agreeing, nothing, (0,) * len(paths), countable=False)
    agreeing, right = table.agreeing(returned, misfit=misfit), table.right(returned)
    words = [one for one, good in zip(table.countable(returned), right, strict=True) if not good]
    return View(item, case, paths, agreeing, right, tuple(table.telling(returned)), any(words))
