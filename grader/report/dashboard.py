"""The instructor's dashboard: the whole cohort on one page that sorts and filters without a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.course.model import Assignment
from grader.report.environment import stream
from grader.report.paths import page_link
from grader.report.summary import (
    AssignmentTally,
    ExerciseTally,
    FindingTally,
    PassedOver,
    Row,
    Spread,
    Summary,
    spread,
)
from grader.report.text import clean
from grader.report.words import points, sign
from grader.results import SubmissionResult, Verdict

#: Names listed beside a finding; a button shows all of them in the table.
NAMED = 6
#: Findings listed under one exercise.
FINDINGS = 3
#: Rows that a browser lays out at once; those beyond lie in a template until the script shows them.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a histogram, in the units of its drawing; `y` grows downwards."""

    x: float
    y: float
    height: float
    count: int
    span: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One exercise in a student's row."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One student's row; `findings` are indices, separated by spaces."""

    student: str
    link: str
    student_link: str
    score: str
    percent: str
    cells: tuple[Cell, ...]
    findings: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding, how many it was made of, and the first of them with their pages."""

    index: int
    code: str
    message: str
    varies: bool
    count: int
    named: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExerciseLine:
    """One exercise among those sorted by failure rate."""

    name: str
    title: str
    failed: int
    submissions: int
    width: float
    mean: str
    points: str
    findings: tuple[FindingLine, ...]
    more: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class LookAt:
    """A submission that an instructor should look at."""

    student: str
    assignment: str
    link: str
    reasons: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """One assignment's part of the dashboard; its rows can be read once."""

    name: str
    title: str
    week: int
    spread: Spread
    bars: tuple[Bar, ...]
    submissions: int
    ungraded: int
    exercises: tuple[ExerciseLine, ...]
    whole_file: tuple[FindingLine, ...]
    columns: tuple[str, ...]
    rows: Iterator[RowView]
    rows_beyond: Iterator[RowView]
    look_at: tuple[LookAt, ...]
    missing: tuple[str, ...]


def dashboard_page(
    results: Iterable[SubmissionResult],
    assignments: Mapping[str, Assignment],
    passed_over: Sequence[PassedOver] = (),
) -> str:
    """Return the dashboard as HTML.

    Parameters
    ----------
    results : iterable of SubmissionResult
        Read once.
    assignments : mapping of str to Assignment
        Those graded, in the order shown.
    passed_over : sequence of PassedOver
        Files that are no submissions, each with ``path`` and ``reason``.
    """
    summary = Summary(assignments)
    for result in results:
        summary.add(result)
    return "".join(summary_page(summary, passed_over))


def summary_page(summary: Summary, passed_over: Sequence[PassedOver] = ()) -> Iterator[str]:
    """Return the dashboard of results that were counted already, piece by piece."""
    everyone = summary.students
    views = [_assignment(tally, everyone) for tally in summary.handed_in]
    percents = [percent for tally in summary.handed_in for percent in tally.percents]
    overall = spread(percents)
    return stream(
        "dashboard.html",
        assignments=views,
        overall=overall,
        bars=histogram(overall.bins),
        students=len(everyone),
        submissions=sum(view.submissions for view in views),
        ungraded=sum(view.ungraded for view in views),
        weak=sum(tally.weak for tally in summary.handed_in),
        look_at=[each for view in views for each in view.look_at],
        AT_ONCE=AT_ONCE,
        passed_over=[(clean(each.path, 300), clean(each.reason, 300)) for each in passed_over],
    )


def histogram(bins: Sequence[int]) -> tuple[Bar, ...]:
    """Return the bars of a histogram 100 units wide and 40 high."""
    most = max(1, *bins)
    width = 100 / len(bins)
    bars = []
    for index, count in enumerate(bins):
        height = 40 * count / most
        low, high = round(100 * index / len(bins)), round(100 * (index + 1) / len(bins))
        bars.append(
            Bar(round(index * width, 2), round(40 - height, 2), round(height, 2), count, f"{low} to {high}")
        )
    return tuple(bars)


def _assignment(tally: AssignmentTally, everyone: frozenset[str]) -> AssignmentView:
    rows = sorted(tally.rows, key=lambda row: (row.student.casefold(), row.student))
    distribution = spread(tally.percents)
    by_exercise: dict[str, list[FindingTally]] = {}
    for found in tally.findings.values():
        by_exercise.setdefault(found.exercise, []).append(found)
    worst_first = sorted(tally.exercises.values(), key=lambda each: -each.failure_rate)
    return AssignmentView(
        name=tally.name,
        title=tally.title,
        week=tally.week,
        spread=distribution,
        bars=histogram(distribution.bins),
        submissions=len(rows),
        ungraded=sum(not row.graded for row in rows),
        exercises=tuple(_exercise(each, by_exercise.get(each.name, []), tally.name) for each in worst_first),
        whole_file=_findings(by_exercise.get("", []), tally.name),
        columns=tuple(tally.exercises),
        rows=(_row(row, tally) for row in rows[:AT_ONCE]),
        rows_beyond=(_row(row, tally) for row in rows[AT_ONCE:]),
        look_at=tuple(_look_at(row, tally.name) for row in rows if row.attention),
        missing=tuple(clean(name, 120) for name in sorted(everyone - {row.student for row in rows})),
    )


def _exercise(tally: ExerciseTally, found: list[FindingTally], assignment: str) -> ExerciseLine:
    mean = tally.earned / tally.submissions if tally.submissions else 0.0
    lines = _findings(found, assignment)
    return ExerciseLine(
        name=tally.name,
        title=tally.title,
        failed=tally.failed,
        submissions=tally.submissions,
        width=round(100 * tally.failure_rate, 2),
        mean=points(mean),
        points=points(tally.points),
        findings=lines[:FINDINGS],
        more=lines[FINDINGS:],
    )


def _findings(found: list[FindingTally], assignment: str) -> tuple[FindingLine, ...]:
    """Return findings, the most frequent first; those of what was not attempted teach least and come last."""
    return tuple(
        FindingLine(
            each.index,
            each.code,
            clean(each.message, 500),
            each.varies,
            len(each.students),
            tuple(
                (clean(name, 60), page_link("instructor", name, assignment))
                for name in sorted(each.students)[:NAMED]
            ),
        )
        for each in sorted(found, key=_rank)
    )


def _rank(found: FindingTally) -> tuple[bool, int, str]:
    return (found.code.startswith("attempted."), -len(found.students), found.code)


def _row(row: Row, tally: AssignmentTally) -> RowView:
    most = [exercise.points for exercise in tally.exercises.values()]
    return RowView(
        student=clean(row.student, 120),
        link=page_link("instructor", row.student, tally.name),
        student_link=page_link("student", row.student, tally.name),
        score=points(row.score) if row.graded else "\u2013",
        percent=f"{row.percent:.2f}" if row.graded else "-1",
        cells=tuple(_cell(*cell, full) for cell, full in zip(row.cells, most, strict=True)),
        findings=" ".join(map(str, row.findings)),
        reasons=row.attention,
    )


def _cell(score: float, verdict: Verdict, full: float) -> Cell:
    """Return a cell: the points, and the verdict's mark where it is more than a wrong number."""
    plain = sign(verdict, partly=score > 0)
    if verdict in (Verdict.UNGRADED, Verdict.NOT_ATTEMPTED, Verdict.SKIPPED):
        return Cell("mute", plain.mark)
    if verdict in (Verdict.PASSED, Verdict.FAILED):
        return Cell("good" if score >= full else plain.tone, points(score))
    return Cell(plain.tone, f"{points(score)} {sign(verdict).mark}")


def _look_at(row: Row, assignment: str) -> LookAt:
    return LookAt(
        student=clean(row.student, 120),
        assignment=assignment,
        link=page_link("instructor", row.student, assignment),
        reasons=row.attention,
        events=tuple(clean(event, 300) for event in row.events),
    )
