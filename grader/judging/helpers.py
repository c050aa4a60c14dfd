"""Exercises that use others: whose mistakes an exercise may suffer from, and whether to grade it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.course.model import Assignment, Exercise
from grader.judging.score import exercise_verdict
from grader.results import JudgedCase, Verdict

__all__ = ["again_without", "wrong_helpers"]

Judged = Mapping[str, Sequence[JudgedCase]]


def wrong_helpers(assignment: Assignment, judged: Judged) -> dict[str, tuple[str, ...]]:
    """Return for each exercise those that it uses, also through others, and that are not right.

    Parameters
    ----------
    assignment : Assignment
    judged : mapping of exercise name to sequence of JudgedCase

    Returns
    -------
    dict of str to tuple of str
        In the assignment's order.
    """
    wrong = {
        name for name, cases in judged.items() if any(each.verdict is not Verdict.PASSED for each in cases)
    }
    if not wrong:
        return dict.fromkeys(judged, ())
    found = {}
    for exercise in assignment.exercises:
        used = _used(assignment, exercise) & wrong
        found[exercise.name] = tuple(
            each.name for each in assignment.exercises if each.name in used and each is not exercise
        )
    return found


def again_without(assignment: Assignment, judged: Judged) -> dict[str, tuple[str, ...]]:
    """Return the exercises that another's mistake may have cost points, each with these others.

    Those that are right, or not attempted, are left out; so are all where the solution is not known, as when
    students check their own files.
    """
    if not assignment.solution:
        return {}
    left_out = (Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.UNGRADED)
    return {
        name: helpers
        for name, helpers in wrong_helpers(assignment, judged).items()
        if helpers and _verdict(judged[name]) not in left_out
    }


def _verdict(judged: Sequence[JudgedCase]) -> Verdict:
    return exercise_verdict([case.verdict for case in judged])


def _used(assignment: Assignment, exercise: Exercise) -> set[str]:
    """Return the names of all that an exercise uses, directly or through others."""
    found: set[str] = set()
    waiting = list(exercise.spec.uses)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += assignment.exercise(name).spec.uses
    return found
