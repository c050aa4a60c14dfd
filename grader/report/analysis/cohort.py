"""The analysis of a whole cohort: feed it each result once, then ask."""

from __future__ import annotations

import statistics
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from grader.course.model import Assignment
from grader.report.analysis.alike import AlikeFiles, Group
from grader.report.analysis.items import Items
from grader.report.analysis.model import (
    Alike,
    AssignmentStatistics,
    Attention,
    Cluster,
    Dashboard,
    Misconception,
    Scores,
)
from grader.report.analysis.rows import Rows
from grader.report.analysis.tallies import Answers, Findings, is_misconception
from grader.report.paths import page_path
from grader.report.words import attention
from grader.results import SubmissionResult

__all__ = ["Analysis", "AssignmentAnalysis", "PassedOver", "scores_of"]

BINS: Final = 10


class PassedOver(Protocol):
    """A file that is no submission, and why."""

    @property
    def path(self) -> str:
        """Where it lies."""

    @property
    def reason(self) -> str:
        """Why it is no submission."""


class AssignmentAnalysis:
    """All submissions for one assignment."""

    def __init__(self, name: str, assignment: Assignment) -> None:
        self.name = name
        self.file = assignment.file
        self.items = Items(assignment)
        self.findings = Findings()
        self.answers = Answers()
        self.files = AlikeFiles()
        self.rows = Rows({each.name: each.spec.points for each in assignment.exercises})
        self.percents = array("d")
        self.attention: list[Attention] = []
        self.weak = 0

    def add(self, result: SubmissionResult) -> None:
        """Count one result."""
        number = len(self.rows)
        total = len(result.findings) + sum(len(each.findings) for each in result.exercises)
        found = {self.findings.add(number, "", each, total - 1) for each in result.findings}
        answers = set()
        for exercise in result.exercises:
            others = total - len(exercise.findings)
            for each in exercise.findings:
                found.add(self.findings.add(number, exercise.name, each, total - 1))
            answer = self.answers.add(number, exercise, others)
            if answer is not None:
                answers.add(answer)
        if result.graded:
            self.items.add(result.exercises)
            self.percents.append(100 * result.score / result.max_score if result.max_score else 0.0)
        self.files.add(number, result.submission_sha256, result.sketch, sorted(answers))
        self.rows.add(result, sorted(found), sorted(answers))
        self.weak += result.sandbox == "weak"
        self._attend(result)

    def _attend(self, result: SubmissionResult) -> None:
        reasons = tuple(attention(result))
        if reasons:
            page = str(page_path("instructor", result.student, self.name))
            self.attention.append(
                Attention(
                    assignment=self.name,
                    student=result.student,
                    reasons=reasons,
                    events=result.events,
                    page=page,
                )
            )

    def statistics(self, everyone: frozenset[str]) -> AssignmentStatistics:
        """Return what is said of the assignment as a whole."""
        return AssignmentStatistics(
            name=self.name,
            title=self.file.title,
            week=self.file.week,
            submissions=len(self.rows),
            ungraded=len(self.rows) - len(self.percents),
            weak=self.weak,
            scores=scores_of(self.percents),
            exercises=self.items.exercises(),
            missing=tuple(sorted(everyone.difference(self.rows.students))),
        )

    def misconceptions(self) -> list[Misconception]:
        """Return the mistakes that have a name."""
        found = []
        for tally in self.findings.tallies:
            if not is_misconception(tally.code):
                continue
            count, attempted = len(tally.members.numbers), self.items.attempted(tally.exercise)
            found.append(
                Misconception(
                    assignment=self.name,
                    exercise=tally.exercise,
                    code=tally.code,
                    message=tally.message,
                    varies=tally.varies,
                    count=count,
                    share=min(1.0, count / attempted) if attempted else None,
                    students=self._students(tally.members.numbers),
                    representative=self.rows.students[tally.members.clearest],
                    page=self._page(tally.members.clearest),
                    index=tally.index,
                )
            )
        return found

    def clusters(self) -> list[Cluster]:
        """Return the wrong answers that two or more share."""
        found = []
        for tally in self.answers.tallies:
            if len(tally.members.numbers) < 2:
                continue
            code, message = tally.explanation
            found.append(
                Cluster(
                    assignment=self.name,
                    exercise=tally.exercise,
                    answer=tally.answer,
                    count=len(tally.members.numbers),
                    cases=tally.cases,
                    of_cases=tally.of_cases,
                    code=code,
                    message=message,
                    students=self._students(tally.members.numbers),
                    representative=self.rows.students[tally.members.clearest],
                    page=self._page(tally.members.clearest),
                    index=tally.index,
                )
            )
        return found

    def alike(self) -> list[Alike]:
        """Return the submissions to be read side by side."""
        return [self._alike(group) for group in self.files.groups()]

    def _alike(self, group: Group) -> Alike:
        numbers = sorted(group.members, key=lambda each: self.rows.students[each])
        exercises = {self.answers.tallies[index].exercise: None for index in sorted(group.answers)}
        return Alike(
            assignment=self.name,
            students=tuple(self.rows.students[each] for each in numbers),
            pages=tuple(self._page(each) for each in numbers),
            exercises=tuple(exercises),
            similarity=group.similarity,
            identical=group.identical,
        )

    def _students(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self.rows.students[each] for each in numbers))

    def _page(self, number: int) -> str:
        return str(page_path("instructor", self.rows.students[number], self.name))


class Analysis:
    """Everything that the dashboard shows; feed it each result once.

    Parameters
    ----------
    assignments : mapping of str to Assignment
        Those graded, in the order shown.
    """

    def __init__(self, assignments: Mapping[str, Assignment]) -> None:
        self._parts = {name: AssignmentAnalysis(name, each) for name, each in assignments.items()}

    def add(self, result: SubmissionResult) -> None:
        """Count one result; one for an assignment that is not among those given is left out."""
        part = self._parts.get(result.assignment)
        if part is not None:
            part.add(result)

    def rows(self, assignment: str) -> Rows:
        """Return an assignment's table of students."""
        return self._parts[assignment].rows

    def dashboard(self) -> Dashboard:
        """Return all that was found."""
        parts = sorted((part for part in self._parts.values() if part.rows), key=lambda part: part.file.week)
        everyone = frozenset(student for part in parts for student in part.rows.students)
        assignments = tuple(part.statistics(everyone) for part in parts)
        misconceptions = [each for part in parts for each in part.misconceptions()]
        clusters = [each for part in parts for each in part.clusters()]
        return Dashboard(
            students=len(everyone),
            submissions=sum(each.submissions for each in assignments),
            ungraded=sum(each.ungraded for each in assignments),
            weak=sum(each.weak for each in assignments),
            scores=scores_of([percent for part in parts for percent in part.percents]),
            assignments=assignments,
            cases=tuple(
                case for part in parts for case in part.items.cases(part.name, part.answers.largest())
            ),
            misconceptions=tuple(sorted(misconceptions, key=lambda each: -each.count)),
            clusters=tuple(sorted(clusters, key=lambda each: -each.count)),
            attention=tuple(each for part in parts for each in part.attention),
            alike=tuple(each for part in parts for each in part.alike()),
        )


def scores_of(percents: Sequence[float]) -> Scores:
    """Return the distribution of scores in per cent; the last of the bins holds 90 to 100, both included."""
    bins = [0] * BINS
    for percent in percents:
        bins[max(0, min(BINS - 1, int(percent * BINS / 100)))] += 1
    return Scores(
        count=len(percents),
        mean=statistics.fmean(percents) if percents else None,
        median=statistics.median(percents) if percents else None,
        full=sum(percent >= 100 for percent in percents),
        bins=tuple(bins),
    )
