"""Exercises and cases: how many fail them, whether they tell strong from weak, whether they look wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from grader.course.model import Assignment
from grader.report.analysis.discrimination import Discrimination, upper_limit
from grader.report.analysis.model import CaseStatistics, Doubt, ExerciseStatistics
from grader.results import ExerciseResult, Verdict

__all__ = ["NAMED", "Items", "doubts"]

#: Kinds of finding that name a mistake. If most who fail a case made one, the case does what it is there for.
NAMED: Final = frozenset({"known", "mutant", "relation", "structure", "helpers"})

#: Verdicts that tell whether a case is right; the others say that it was never tried.
_TRIED: Final = frozenset(
    {Verdict.PASSED, Verdict.FAILED, Verdict.ERRORED, Verdict.TIMED_OUT, Verdict.CRASHED}
)

#: Strong students fail it: at least so many tried, so many each pass and fail, and the discrimination is so
#: low that even the upper end of what chance allows (95 per cent, one-sided) is below what a useful case has.
LEAST_TRIED: Final = 20
LEAST_EACH: Final = 5
USEFUL: Final = 0.2

#: Almost all fail it in the same way: so many at least, this share fail, and this share of those alike.
LEAST_SAME: Final = 10
ALMOST_ALL: Final = 0.8
MOSTLY: Final = 0.6


class Items:
    """Counts over the exercises and cases of one assignment.

    A case counts for those who tried it. Its rest score is what all other cases earn, those of its exercise
    among them; an exercise's is what the other exercises earn.
    """

    def __init__(self, assignment: Assignment) -> None:
        self._exercises = assignment.exercises
        self._places: dict[tuple[str, str], int] = {}
        shares: list[float] = []
        owners: list[int] = []
        for number, exercise in enumerate(assignment.exercises):
            weights = sum(case.weight for case in exercise.cases)
            for case in exercise.cases:
                self._places[exercise.name, case.name] = len(shares)
                shares.append(exercise.spec.points * case.weight / weights if weights else 0.0)
                owners.append(number)
        # Every wrong choice of a question has a name: that says nothing of the key.
        self._asked = {each.name for each in assignment.exercises if each.spec.question is not None}
        self._numbers = {exercise.name: number for number, exercise in enumerate(assignment.exercises)}
        self._shares = np.array(shares)
        self._owners = np.array(owners, np.intp)
        self._cases = Discrimination(len(shares))
        self._whole = Discrimination(len(assignment.exercises))
        self._explained = np.zeros(len(shares), np.int64)
        self._alone = np.zeros(len(shares), np.int64)
        self._earned = np.zeros(len(assignment.exercises))
        self.graded = 0

    def add(self, exercises: tuple[ExerciseResult, ...]) -> None:
        """Count one graded submission."""
        tried, passed = (np.zeros(len(self._shares), np.bool_) for _ in range(2))
        attempted, right = (np.zeros(len(self._numbers), np.bool_) for _ in range(2))
        for exercise in exercises:
            number = self._numbers.get(exercise.name)
            if number is None:
                continue
            attempted[number] = exercise.verdict is not Verdict.NOT_ATTEMPTED
            right[number] = exercise.verdict is Verdict.PASSED
            self._earned[number] += exercise.score
            for case in exercise.cases:
                place = self._places.get((exercise.name, case.name))
                if place is not None and case.verdict in _TRIED:
                    tried[place] = True
                    passed[place] = case.verdict is Verdict.PASSED
            if attempted[number] and not right[number]:
                self._look_into(exercise, tried, passed)
        points = self._shares * passed
        by_exercise = np.bincount(self._owners, points, len(self._numbers))
        self._cases.add(tried, passed, points.sum() - points)
        self._whole.add(attempted, right, by_exercise.sum() - by_exercise)
        self.graded += 1

    def attempted(self, exercise: str) -> int:
        """How many attempted an exercise."""
        number = self._numbers.get(exercise)
        return 0 if number is None else int(self._whole.wrong[number] + self._whole.right[number])

    def _look_into(
        self, exercise: ExerciseResult, tried: npt.NDArray[np.bool_], passed: npt.NDArray[np.bool_]
    ) -> None:
        """Note which wrong cases have an explanation, and whether one is wrong alone."""
        places = {
            case.name: self._places[exercise.name, case.name]
            for case in exercise.cases
            if (exercise.name, case.name) in self._places
        }
        wrong = {name: place for name, place in places.items() if tried[place] and not passed[place]}
        named = {
            name
            for found in exercise.findings
            if exercise.name not in self._asked and found.code.partition(".")[0] in NAMED
            for name in found.cases
        }
        for name, place in wrong.items():
            self._explained[place] += name in named
        if len(wrong) == 1 and sum(bool(passed[place]) for place in places.values()) == len(places) - 1 > 0:
            self._alone[next(iter(wrong.values()))] += 1

    def exercises(self) -> tuple[ExerciseStatistics, ...]:
        """Return what was counted of each exercise."""
        return tuple(
            ExerciseStatistics(
                name=each.name,
                title=each.spec.title,
                points=each.spec.points,
                mean=float(earned / self.graded) if self.graded else 0.0,
                not_attempted=self.graded - int(wrong + right),
                attempted=int(wrong + right),
                failed=int(wrong),
                failure_rate=_rate(wrong, right),
                discrimination=_or_none(value),
            )
            for each, earned, wrong, right, value in zip(
                self._exercises,
                self._earned,
                self._whole.wrong,
                self._whole.right,
                self._whole.values,
                strict=True,
            )
        )

    def cases(self, assignment: str, largest: Mapping[tuple[str, str], int]) -> tuple[CaseStatistics, ...]:
        """Return what was counted of each case.

        Parameters
        ----------
        assignment : str
        largest : mapping of (exercise, case) to int
            How many of those who fail it return the same values, at most.
        """
        values = self._cases.values
        return tuple(
            doubts(
                CaseStatistics(
                    assignment=assignment,
                    exercise=exercise.name,
                    case=case.name,
                    visibility=case.visibility,
                    attempted=int(self._cases.wrong[place] + self._cases.right[place]),
                    failed=int(self._cases.wrong[place]),
                    failure_rate=_rate(self._cases.wrong[place], self._cases.right[place]),
                    discrimination=_or_none(values[place]),
                    explained=int(self._explained[place]),
                    alone=int(self._alone[place]),
                    same=largest.get((exercise.name, case.name), 0),
                    doubts=(),
                )
            )
            for exercise in self._exercises
            for case in exercise.cases
            for place in (self._places[exercise.name, case.name],)
        )


def doubts(case: CaseStatistics) -> CaseStatistics:
    """Return a case with the reasons to doubt it.

    There are none where most of those who fail it made a mistake that has a name: then the case finds what it
    is there to find. Beyond that,

    - ``strong_students_fail``: of `LEAST_TRIED` or more, `LEAST_EACH` or more pass and as many fail, and the
      upper limit of its discrimination is below `USEFUL`;
    - ``same_wrong_answer``: `LEAST_SAME` or more fail it, which is `ALMOST_ALL` of those who tried, and
      `MOSTLY` of these return the same.
    """
    if not case.failed or 2 * case.explained > case.failed:
        return case
    found: list[Doubt] = []
    enough = case.attempted >= LEAST_TRIED and LEAST_EACH <= case.failed <= case.attempted - LEAST_EACH
    if (
        enough
        and case.discrimination is not None
        and upper_limit(case.discrimination, case.attempted) < USEFUL
    ):
        found.append("strong_students_fail")
    almost_all = case.failed >= LEAST_SAME and case.failed >= ALMOST_ALL * case.attempted
    if almost_all and case.same >= MOSTLY * case.failed:
        found.append("same_wrong_answer")
    return case.model_copy(update={"doubts": tuple(found)})


def _rate(wrong: float, right: float) -> float | None:
    return float(wrong / (wrong + right)) if wrong + right else None


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
