"""What judging again changed for a student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.cohort.packed import PackedResult
from grader.gradebook.applied import applied
from grader.gradebook.entries import Remark
from grader.results import SubmissionResult

__all__ = ["Change", "change_of"]


@dataclass(frozen=True, slots=True)
class Change:
    """A grade that changes.

    Parameters
    ----------
    student, assignment : str
    before, after : float
        The score that counts, instructors' points included.
    exercises : tuple of (str, float, float)
        Each exercise whose points change; 0 for one that was not there.
    """

    student: str
    assignment: str
    before: float
    after: float
    exercises: tuple[tuple[str, float, float], ...]


def change_of(before: SubmissionResult, after: PackedResult, remarks: Sequence[Remark]) -> Change | None:
    """Compare a result with the one that would take its place; None where the grade is the same."""
    old, new = applied(before, remarks), applied(after.unpack(), remarks)
    if old.score == new.score:
        return None
    ours = {each.name: each.score for each in old.exercises}
    theirs = {each.name: each.score for each in new.exercises}
    names = dict.fromkeys((*ours, *theirs))
    exercises = tuple(
        (name, ours.get(name, 0.0), theirs.get(name, 0.0))
        for name in names
        if ours.get(name, 0.0) != theirs.get(name, 0.0)
    )
    return Change(old.student, old.assignment, old.score, new.score, exercises)
