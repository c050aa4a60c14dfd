"""What the dashboard keeps of each result: a row of scores and a few counts, so that memory stays small."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from grader.course.model import Assignment
from grader.report.words import attention, within
from grader.results import ExerciseResult, SubmissionResult, Verdict

BINS = 10


class PassedOver(Protocol):
    """A file that is no submission, and why."""

    @property
    def path(self) -> str:
        """Where it lies."""

    @property
    def reason(self) -> str:
        """Why it is no submission."""


@dataclass(frozen=True, slots=True)
class Row:
    """One submission in the table of an assignment.

    Parameters
    ----------
    student : str
    score, max_score : float
    graded : bool
    cells : tuple of (float, Verdict)
        Score and verdict of each exercise, in the assignment's order.
    findings : tuple of int
        Indices into the assignment's findings.
    attention : tuple of str
        Why to look at it.
    events : tuple of str
    """

    student: str
    score: float
    max_score: float
    graded: bool
    cells: tuple[tuple[float, Verdict], ...]
    findings: tuple[int, ...]
    attention: tuple[str, ...]
    events: tuple[str, ...]

    @property
    def percent(self) -> float:
        """Score in per cent of the points to be had."""
        return 100 * self.score / self.max_score if self.max_score else 0.0


@dataclass(slots=True)
class FindingTally:
    """A finding and the students it was made of, in the order of their results.

    `varies` where its message holds facts of one submission: then it is an example.
    """

    index: int
    exercise: str
    code: str
    message: str
    varies: bool = False
    students: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ExerciseTally:
    """One exercise over all graded submissions."""

    name: str
    title: str
    points: float
    submissions: int = 0
    passed: int = 0
    attempted: int = 0
    earned: float = 0.0

    @property
    def failed(self) -> int:
        """How many did not pass."""
        return self.submissions - self.passed

    @property
    def failure_rate(self) -> float:
        """Share of those graded that did not pass."""
        return self.failed / self.submissions if self.submissions else 0.0


class AssignmentTally:
    """All submissions for one assignment."""

    def __init__(self, name: str, assignment: Assignment) -> None:
        self.name = name
        self.title = assignment.file.title
        self.week = assignment.file.week
        self.exercises = {
            each.name: ExerciseTally(each.name, each.spec.title, each.spec.points)
            for each in assignment.exercises
        }
        self.findings: dict[tuple[str, str], FindingTally] = {}
        self.rows: list[Row] = []
        self.weak = 0

    def add(self, result: SubmissionResult) -> None:
        """Count one result."""
        found = {self._finding(result.student, "", code.code, code.message) for code in result.findings}
        cells = {}
        for exercise in result.exercises:
            cells[exercise.name] = (exercise.score, exercise.verdict)
            if result.graded:
                self._count(exercise)
            for each in exercise.findings:
                found.add(self._finding(result.student, exercise.name, each.code, each.message))
        self.weak += result.sandbox != "strong"
        nothing = (0.0, Verdict.UNGRADED)
        self.rows.append(
            Row(
                student=result.student,
                score=result.score,
                max_score=result.max_score,
                graded=result.graded,
                cells=tuple(cells.get(name, nothing) for name in self.exercises),
                findings=tuple(sorted(found)),
                attention=tuple(attention(result)),
                events=result.events,
            )
        )

    def _count(self, exercise: ExerciseResult) -> None:
        tally = self.exercises.get(exercise.name)
        if tally is None:
            return
        tally.submissions += 1
        tally.passed += exercise.verdict is Verdict.PASSED
        tally.attempted += exercise.verdict is not Verdict.NOT_ATTEMPTED
        tally.earned += exercise.score

    def _finding(self, student: str, exercise: str, code: str, message: str) -> int:
        """Note that a finding was made of a student; return its index."""
        message = within(exercise, message)
        tally = self.findings.get((exercise, code))
        if tally is None:
            tally = FindingTally(len(self.findings), exercise, code, message)
            self.findings[exercise, code] = tally
        tally.varies |= tally.message != message
        if not tally.students or tally.students[-1] != student:
            tally.students.append(student)
        return tally.index

    @property
    def percents(self) -> list[float]:
        """Scores in per cent of those that were graded."""
        return [row.percent for row in self.rows if row.graded]


class Summary:
    """Everything the dashboard shows; feed it each result once."""

    def __init__(self, assignments: Mapping[str, Assignment]) -> None:
        self.tallies = {name: AssignmentTally(name, assignment) for name, assignment in assignments.items()}

    def add(self, result: SubmissionResult) -> None:
        """Count one result; one for an assignment that is not among those given is left out."""
        tally = self.tallies.get(result.assignment)
        if tally is not None:
            tally.add(result)

    @property
    def handed_in(self) -> list[AssignmentTally]:
        """The assignments that anyone handed in, week by week."""
        return sorted((tally for tally in self.tallies.values() if tally.rows), key=lambda tally: tally.week)

    @property
    def students(self) -> frozenset[str]:
        """Everyone who handed in anything."""
        return frozenset(row.student for tally in self.tallies.values() for row in tally.rows)


@dataclass(frozen=True, slots=True)
class Spread:
    """The distribution of scores in per cent; `mean` and `median` are None where nothing was graded."""

    count: int
    mean: float | None
    median: float | None
    full: int
    bins: tuple[int, ...]


def spread(percents: list[float]) -> Spread:
    """Return the distribution of scores; the last of the bins holds 90 to 100 per cent, both included."""
    bins = [0] * BINS
    for percent in percents:
        bins[min(BINS - 1, int(percent * BINS / 100))] += 1
    if not percents:
        return Spread(0, None, None, 0, tuple(bins))
    full = sum(percent >= 100 for percent in percents)
    return Spread(len(percents), statistics.fmean(percents), statistics.median(percents), full, tuple(bins))
