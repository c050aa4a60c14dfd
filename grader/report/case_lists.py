"""The cases of one exercise as a page lists them: those that unfold, and those that are named only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from grader.course.model import Assignment, Case, Exercise
from grader.report.cases import Contents
from grader.report.environment import render
from grader.report.memo import once
from grader.report.policy import Policy, built_in, case_verdict
from grader.report.words import Sign, sign
from grader.results import CaseResult, ExerciseResult, Graded, JudgedCase, Kind, Verdict

__all__ = ["BARE", "Page", "case_lists", "uniform_list"]

#: Cases of one exercise whose values are shown; the others are named.
UNFOLDED: Final = 3

#: Verdicts of cases that have nothing to unfold.
BARE: Final = frozenset({Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.UNGRADED})


@dataclass(frozen=True, slots=True)
class Page:
    """What the parts of one page are made from.

    Parameters
    ----------
    graded : Graded
    assignment : Assignment
    policy : Policy
    contents : Contents
    most : float
        Points of the exercise that has the most.
    """

    graded: Graded
    assignment: Assignment
    policy: Policy
    contents: Contents
    most: float


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case that unfolds."""

    name: str
    visibility: str
    sign: Sign
    content: Markup
    opened: bool
    took: str


def case_lists(result: ExerciseResult, exercise: Exercise | None, page: Page) -> tuple[Markup, Markup]:
    """Return the first cases that did not pass, which unfold, and the others."""
    shown: list[CaseView] = []
    others: list[Markup] = []
    judged = {case.name: case for case in page.graded.judged.get(result.name, ())}
    asked = {case.name: case for case in exercise.cases} if exercise else {}
    for case in result.cases:
        content, failed = None, case.verdict is not Verdict.PASSED
        if failed and exercise is not None and len(shown) < UNFOLDED:
            content = _content(exercise, asked.get(case.name), judged.get(case.name), case, page)
        sign_ = _case_sign(case, judged.get(case.name), page.policy)
        took = _took(case) if page.policy.instructor and failed else ""
        if content is None:
            others.append(_line(case.name, case.visibility, sign_, took))
        else:
            shown.append(CaseView(case.name, case.visibility, sign_, content, not shown, took))
    return Markup(render("cases.html", cases=shown)) if shown else Markup(""), _brief(others)


def _brief(lines: list[Markup]) -> Markup:
    return Markup('<ul class="cases brief">\n{}</ul>').format(Markup("").join(lines)) if lines else Markup("")


@lru_cache(maxsize=20_000)  # the same few thousand lines, student after student
def _line(name: str, visibility: str, shown: Sign, took: str) -> Markup:
    """Return a case that is named only."""
    return Markup(render("case.html", name=name, visibility=visibility, sign=shown, took=took) + "\n")


def _took(case: CaseResult) -> str:
    """Return how long a case took, where that is anything to speak of."""
    return f"{1000 * case.seconds:.0f} ms" if case.seconds >= 0.001 else ""


def _content(
    exercise: Exercise, asked: Case | None, judged: JudgedCase | None, case: CaseResult, page: Page
) -> Markup | None:
    """Return what unfolds under a case, where the policy lets it and something happened."""
    if asked is None or judged is None or case.verdict in BARE | {Verdict.SKIPPED}:
        return None
    # Both must call it public: what decides is the course's word, and a slip shows less, not more.
    public = case.visibility == "public" and asked.visibility == "public"
    if not (public or page.policy.values):
        return None
    return page.contents.content(exercise, asked, judged, said=public or page.policy.instructor)


def _case_sign(case: CaseResult, judged: JudgedCase | None, policy: Policy) -> Sign:
    """Return the verdict's sign; an exception is named by its nearest built-in class."""
    verdict = case_verdict(case, policy)
    if verdict is Verdict.ERRORED and judged is not None and judged.outcome.kind is Kind.RAISED:
        raised = judged.outcome.raised
        return sign(verdict, detail=built_in(raised.nearest) if raised else "")
    return sign(verdict)


def uniform_list(exercise: Exercise, verdict: Verdict) -> Markup:
    """Return the list of cases that all went one way and have nothing to unfold."""
    known = _known_lists(exercise)
    if verdict not in known:
        lines = [_line(case.name, case.visibility, sign(verdict), "") for case in exercise.cases]
        known[verdict] = _brief(lines)
    return known[verdict]


@once
def _known_lists(exercise: Exercise) -> dict[Verdict, Markup]:
    """Return the lists of cases made so far, by the verdict of them all."""
    return {}
