"""The instructor's dashboard: the whole cohort on one page that answers without a server.

It opens with three answers: what the class misunderstood, whether a case is wrong, who needs a person. What
they rest on follows, and last the table of students, whose rows travel as data: a browser draws those shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from grader.course.model import Assignment
from grader.report.analysis import Analysis, Dashboard, PassedOver
from grader.report.analysis.items import LEAST_TRIED
from grader.report.analysis.model import Attention, CaseStatistics
from grader.report.analysis.rows import LETTERS, Row, Rows, decoded
from grader.report.analysis.tallies import short
from grader.report.environment import stream
from grader.report.paths import page_link, page_path
from grader.report.text import clean, coded
from grader.report.words import points, sign
from grader.results import SubmissionResult

#: Names listed with a mistake; a button shows all of them in the table.
NAMED: Final = 60
#: Rows of the table of students in the page itself; the others lie in its data until the script draws them.
AT_ONCE: Final = 200
#: Mistakes in the chart, and lines of a list before the rest is folded away.
CHARTED: Final = 8
#: Wrong answers listed; clusters.csv has all.
CLUSTERS: Final = 300

#: What asks for a person most comes first; reasons that are not here come between the two parts.
_FIRST: Final = ("not graded", "event")
_LAST: Final = ("crashed", "ran out of time", "nothing attempted")

#: Reasons that take more words.
_HEADINGS: Final = {
    "not graded": "Not graded: a fault of the grader, no zero",
    "event": "Noted by the sandbox",
}

_SIGNS: Final = {letter: sign(verdict) for verdict, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One exercise in a student's row."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One student's row."""

    student: str
    link: str
    student_link: str
    score: str
    cells: tuple[Cell, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Submissions that need a person for one reason."""

    reason: str
    heading: str
    brief: str
    items: tuple[Attention, ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of a panel; "" where there is nothing to draw."""

    scores: Markup
    misconceptions: Markup | str
    means: Markup | str
    cases: Markup | str


@dataclass(frozen=True, slots=True)
class Panel:
    """The overview, or one assignment.

    `about` holds what is said of it alone, `judged` counts the cases that enough students tried.
    """

    name: str
    title: str
    about: Dashboard
    charts: Charts
    needs: tuple[Need, ...]
    doubtful: tuple[CaseStatistics, ...]
    judged: int
    cases: tuple[CaseStatistics, ...] = ()
    columns: tuple[str, ...] = ()
    rows: Iterable[RowView] = ()
    data: Iterable[str] = ()


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
    analysis = Analysis(assignments)
    for result in results:
        analysis.add(result)
    return "".join(analysis_page(analysis, analysis.dashboard(), passed_over))


def analysis_page(
    analysis: Analysis, found: Dashboard, passed_over: Sequence[PassedOver] = ()
) -> Iterator[str]:
    """Return the dashboard of what was analysed already, piece by piece."""
    panels = [_assignment(found.of(each.name), analysis.rows(each.name)) for each in found.assignments]
    return stream(
        "dashboard.html",
        panels=panels,
        overview=_panel("overview", "All assignments", found) if len(panels) > 1 else None,
        found=found,
        passed_over=[(clean(each.path, 300), clean(each.reason, 300)) for each in passed_over],
        LEAST_TRIED=LEAST_TRIED,
        AT_ONCE=AT_ONCE,
        CHARTED=CHARTED,
        CLUSTERS=CLUSTERS,
        NAMED=NAMED,
        clean=clean,
        coded=coded,
        points=points,
        quote=quote,
        link=lambda student, assignment: page_link("instructor", student, assignment),
        short=short,
        doubts=doubts_in_words,
        signed=signed,
    )


def doubts_in_words(case: CaseStatistics) -> tuple[str, ...]:
    """Return why a case may itself be wrong, in sentences."""
    said = []
    if "strong_students_fail" in case.doubts:
        said.append(
            "Those who fail it are no weaker elsewhere than those who pass it: "
            f"discrimination {signed(case.discrimination)}."
        )
    if "same_wrong_answer" in case.doubts:
        said.append(
            f"{case.failed} of {case.attempted} fail it, {case.same} of them with the same answer in every "
            "case, which no named mistake explains."
        )
    if case.doubts and 2 * case.alone >= case.failed:
        said.append(f"{case.alone} of the {case.failed} pass every other case of the exercise.")
    return tuple(said)


def signed(number: float | None) -> str:
    """Return a correlation with two decimals and a proper minus; a dash where it is undefined."""
    return "\u2013" if number is None else f"{number:.2f}".replace("-", "\u2212")


def _panel(name: str, title: str, about: Dashboard) -> Panel:
    return Panel(
        name=name,
        title=title,
        about=about,
        charts=_charts(about),
        needs=needs(about.attention),
        doubtful=tuple(case for case in about.cases if case.doubts),
        judged=sum(case.attempted >= LEAST_TRIED for case in about.cases),
    )


def _assignment(about: Dashboard, rows: Rows) -> Panel:
    (one,) = about.assignments
    shown = [decoded(line) for line in islice(rows.by_name(), AT_ONCE)]
    most = [each.points for each in one.exercises]
    return replace(
        _panel(one.name, one.title, about),
        cases=tuple(sorted(about.cases, key=lambda each: (not each.doubts, -(each.failure_rate or 0.0)))),
        columns=tuple(each.name for each in one.exercises),
        rows=(_row(row, one.name, most, rows.reasons) for row in shown),
        data=_data(rows, one.name, {each.name: each.points for each in one.exercises}),
    )


def _charts(about: Dashboard) -> Charts:
    from grader.report import charts  # noqa: PLC0415 - half a second that who writes single pages is spared

    mistakes = about.misconceptions[:CHARTED]
    one = about.assignments[0] if len(about.assignments) == 1 else None
    known = any(case.discrimination is not None for case in about.cases)
    return Charts(
        scores=charts.distribution(about.scores),
        misconceptions=charts.misconceptions(mistakes) if mistakes else "",
        means=charts.means(one.exercises) if one and one.scores.count else "",
        cases=charts.quality(about.cases) if one and known else "",
    )


def needs(attention: Sequence[Attention]) -> tuple[Need, ...]:
    """Return the submissions that need a person, by reason, the most urgent first."""
    by_reason: dict[str, list[Attention]] = {}
    for each in attention:
        for reason in each.reasons:
            by_reason.setdefault(reason, []).append(each)
    return tuple(_need(reason, by_reason[reason]) for reason in sorted(by_reason, key=_urgency))


def _need(reason: str, items: Sequence[Attention]) -> Need:
    heading = _HEADINGS.get(reason, reason[:1].upper() + reason[1:])
    brief = heading.partition(":")[0]
    return Need(reason, heading, brief[:1].lower() + brief[1:], tuple(items))


def _urgency(reason: str) -> tuple[int, str]:
    if reason in _FIRST:
        return _FIRST.index(reason), ""
    return (3 + _LAST.index(reason), "") if reason in _LAST else (2, reason)


def _row(row: Row, assignment: str, most: Sequence[float], reasons: Sequence[str]) -> RowView:
    scores = row.scores or [
        full if letter == "p" else 0.0 for letter, full in zip(row.verdicts, most, strict=True)
    ]
    folder = row.folder or row.student
    page = quote(f"{folder}/{_page_name(assignment)}")
    return RowView(
        student=row.student,
        link=f"instructor/{page}",
        student_link=f"students/{page}",
        score="\u2013" if row.score is None else points(row.score),
        cells=tuple(_cell(*each) for each in zip(row.verdicts, scores, most, strict=True)),
        reasons=tuple(reasons[each] for each in row.reasons),
    )


def _cell(letter: str, score: float, full: float) -> Cell:
    """Return a cell: the points, and the verdict's mark where it is more than a wrong number."""
    plain = _SIGNS[letter]
    if letter in "nsu":
        return Cell("mute", plain.mark)
    tone = "good" if score >= full else "part" if score > 0 else plain.tone
    return Cell(tone, points(score) if letter in "pf" else f"{points(score)} {plain.mark}")


def _page_name(assignment: str) -> str:
    return page_path("instructor", "", assignment).name


def _data(rows: Rows, assignment: str, exercises: Mapping[str, float]) -> Iterator[str]:
    """Yield an assignment's rows as JSON that may stand in a script element."""
    head = {
        "page": _page_name(assignment),
        "points": list(exercises.values()),
        "reasons": rows.reasons,
        "marks": {letter: plain.mark for letter, plain in _SIGNS.items()},
    }
    yield _harmless(json.dumps(head)[:-1] + ', "rows": [\n')
    for number, line in enumerate(rows.by_name()):
        yield _harmless((",\n" if number else "") + line)
    yield Markup("\n]}")


def _harmless(text: str) -> Markup:
    """Return JSON without the one character that could end the element or begin another."""
    return Markup(text.replace("<", "\\u003c"))
