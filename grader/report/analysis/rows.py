"""The table of students: one line of JSON for each, short enough that ten thousand are opened at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.report.paths import safe_name
from grader.report.text import clean
from grader.report.words import attention
from grader.results import SubmissionResult, Verdict

__all__ = ["Row", "Rows", "decoded"]

#: One letter for each verdict.
LETTERS = {
    Verdict.PASSED: "p",
    Verdict.FAILED: "f",
    Verdict.ERRORED: "e",
    Verdict.TIMED_OUT: "t",
    Verdict.CRASHED: "c",
    Verdict.NOT_ATTEMPTED: "n",
    Verdict.SKIPPED: "s",
    Verdict.UNGRADED: "u",
}


class Row(NamedTuple):
    """One submission in the table.

    Parameters
    ----------
    student : str
    folder : str
        The folder of the student's pages; "" where it is the name itself.
    score : float or None
        None where it was not graded.
    verdicts : str
        One letter for each exercise.
    scores : list of float
        Points of each exercise; empty where each has all or none, as its letter says.
    findings, answers, reasons : list of int
        Indices.
    """

    student: str
    folder: str
    score: float | None
    verdicts: str
    scores: list[float]
    findings: list[int]
    answers: list[int]
    reasons: list[int]


def decoded(line: str) -> Row:
    """Return the row that a line holds."""
    return Row(*json.loads(line))


class Rows:
    """The rows of one assignment.

    Parameters
    ----------
    exercises : mapping of str to float
        Points of each exercise, in the assignment's order.
    """

    def __init__(self, exercises: dict[str, float]) -> None:
        self._exercises = exercises
        self._lines: list[str] = []
        self._reasons: dict[str, int] = {}
        self.students: list[str] = []

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._lines)

    def add(self, result: SubmissionResult, findings: Sequence[int], answers: Sequence[int]) -> None:
        """Keep one submission's row."""
        by_name = {each.name: each for each in result.exercises}
        cells = [by_name.get(name) for name in self._exercises]
        verdicts = "".join(LETTERS[each.verdict] if each else "u" for each in cells)
        scores = [each.score if each else 0.0 for each in cells]
        plain = [
            points if letter == "p" else 0.0
            for letter, points in zip(verdicts, self._exercises.values(), strict=True)
        ]
        name = clean(result.student, 120)
        folder = safe_name(result.student)
        row = Row(
            name,
            "" if folder == name else folder,
            result.score if result.graded else None,
            verdicts,
            [] if scores == plain else [_short(score) for score in scores],
            sorted(findings),
            sorted(answers),
            [self._reasons.setdefault(each, len(self._reasons)) for each in attention(result)],
        )
        self._lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        self.students.append(result.student)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the indices of reasons stand for."""
        return tuple(self._reasons)

    def by_name(self) -> Iterator[str]:
        """Yield the lines, sorted by the students' names."""
        students = self.students
        order = sorted(range(len(students)), key=lambda each: (students[each].casefold(), students[each]))
        return (self._lines[place] for place in order)


def _short(score: float) -> float:
    return int(score) if score == int(score) else score
