"""One exercise on the page of a submission: its points, what is wrong and what to do, and its cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from grader.course.model import Exercise
from grader.report.advice import next_thing
from grader.report.case_lists import BARE, Page, case_lists, uniform_list
from grader.report.environment import render
from grader.report.findings import CommentView, FindingView, comment_views, finding_views
from grader.report.memo import once
from grader.report.pictures import Picture, pictures
from grader.report.policy import Policy, exercise_findings, exercise_verdict
from grader.report.questions import QuestionView, question_sign, question_view
from grader.report.text import coded
from grader.report.words import Sign, carried_words, points, sign, slow_words
from grader.report.worked import worked_view
from grader.results import CaseResult, ExerciseResult, Verdict

NOTHING: Final = Markup("")

#: Findings that say of an exercise what the top of the page says of the file.
_SAID_ABOVE: Final = frozenset({"attempted.file_stopped", "stopped.not_loaded"})

#: Findings that read the same on thousands of pages.
_COMMON: Final = frozenset({"attempted.missing", "attempted.not_implemented", *_SAID_ABOVE})


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One exercise as it is shown.

    Parameters
    ----------
    name, title : str
    sign : Sign
    score, max_score : str
    track, fill : float
        Lengths of its bar: points to be had and earned, the most of any exercise being 100.
    graded, opened : bool
    findings : tuple of FindingView
    thing : Markup
        The one thing to do next, where no finding that may be shown says it.
    above : bool
        Whether the top of the page says why nothing was run.
    passed : str
        How many of its cases, where that is not all or none.
    carried, slow : Markup
        A sentence each, or nothing.
    shown, others : Markup
        Cases that unfold, and those that are named only.
    worked : Markup
        The smallest case by hand.
    pictures : tuple of Picture
    comments : tuple of CommentView
    question : QuestionView or None
    """

    name: str
    title: str
    sign: Sign
    score: str
    max_score: str
    track: float
    fill: float
    graded: bool
    opened: bool
    findings: tuple[FindingView, ...]
    shown: Markup
    others: Markup
    thing: Markup = NOTHING
    above: bool = False
    passed: str = ""
    carried: Markup = NOTHING
    slow: Markup = NOTHING
    worked: Markup = NOTHING
    pictures: tuple[Picture, ...] = ()
    comments: tuple[CommentView, ...] = ()
    question: QuestionView | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a page shows of one exercise: its bar under the score, and the block that unfolds."""

    bar: Markup
    block: Markup


def seen(result: ExerciseResult, policy: Policy) -> ExerciseResult:
    """Return the result as far as a page may tell of it."""
    found, verdict = exercise_findings(result, policy), exercise_verdict(result, policy)
    if found == result.findings and verdict is result.verdict:
        return result
    return result.model_copy(update={"findings": found, "verdict": verdict})


def exercise_pieces(result: ExerciseResult, exercise: Exercise | None, page: Page) -> Pieces:
    """Return what a page shows of one exercise.

    Parameters
    ----------
    result : ExerciseResult
        As far as the page may tell of it: see `seen`.
    exercise : Exercise or None
        None where the assignment no longer has it.
    page : Page
    """
    if exercise is not None and exercise.spec.question is not None:
        return _question(result, exercise, page)
    if exercise is None or not _uniform(result, exercise):
        return _pieces(_whole(result, exercise, page))
    # Most exercises of most pages: the same for every student.
    codes = tuple(found.code for found in result.findings)
    slow = slow_words(_timed(result, page.policy), exercise.spec.cpu_seconds)
    if slow or result.carried or result.comments or result.override or not _COMMON.issuperset(codes):
        return _pieces(_bare(result, exercise, page, slow))
    graded, instructor = page.graded.result.graded, page.policy.instructor
    key = (result.verdict, result.score, result.max_score, page.most, graded, codes, instructor)
    known = _known_pieces(exercise)
    if key not in known:
        known[key] = _pieces(_bare(result, exercise, page, ""))
    return known[key]


def _question(result: ExerciseResult, exercise: Exercise, page: Page) -> Pieces:
    """Return a question: it shows what was chosen in place of cases."""
    assert exercise.spec.question is not None
    judged = page.graded.judged.get(result.name, ())
    shown = question_view(exercise, exercise.spec.question, judged, page.policy)
    view = _view(result, page, "", NOTHING, NOTHING)
    findings = tuple(replace(found, explains="") for found in view.findings)
    return _pieces(replace(view, findings=findings, passed="", sign=question_sign(view.sign), question=shown))


def _whole(result: ExerciseResult, exercise: Exercise | None, page: Page) -> ExerciseView:
    """Return an exercise with what was returned in it."""
    shown, others = case_lists(result, exercise, page)
    view = _view(result, page, exercise.spec.title if exercise else "", shown, others)
    if exercise is None or result.verdict in BARE:
        return view
    slow = slow_words(_timed(result, page.policy), exercise.spec.cpu_seconds)
    return replace(
        view,
        slow=coded(slow),
        worked=worked_view(exercise) if not view.above else NOTHING,
        pictures=pictures(page.graded, page.assignment, result.name),
    )


def _bare(result: ExerciseResult, exercise: Exercise, page: Page, slow: str) -> ExerciseView:
    """Return an exercise all of whose cases went one way, with nothing to unfold."""
    others = uniform_list(exercise, result.verdict)
    return replace(_view(result, page, exercise.spec.title, NOTHING, others), slow=coded(slow))


def _view(result: ExerciseResult, page: Page, title: str, shown: Markup, others: Markup) -> ExerciseView:
    findings = finding_views(result, page.policy)
    above = bool(result.findings) and all(found.code in _SAID_ABOVE for found in result.findings)
    return ExerciseView(
        name=result.name,
        title=title,
        sign=sign(result.verdict, partly=result.score > 0),
        score=points(result.score),
        max_score=points(result.max_score),
        track=round(100 * result.max_score / page.most, 2),
        fill=round(100 * result.score / page.most, 2),
        graded=page.graded.result.graded,
        opened=bool(result.comments) or (result.verdict not in BARE and not above),
        findings=findings,
        thing=NOTHING if findings else coded(next_thing(result)),
        above=above,
        passed=_passed(result),
        carried=coded(carried_words(result)),
        shown=shown,
        others=others,
        comments=comment_views(result.comments, result.override),
    )


def _passed(result: ExerciseResult) -> str:
    passed = sum(case.verdict is Verdict.PASSED for case in result.cases)
    return f"{passed} of {len(result.cases)} cases" if 0 < passed < len(result.cases) else ""


def _pieces(view: ExerciseView) -> Pieces:
    return Pieces(Markup(render("bar.html", exercise=view)), Markup(render("exercise.html", exercise=view)))


def _uniform(result: ExerciseResult, exercise: Exercise) -> bool:
    """Tell whether all cases went one way and have nothing to unfold."""
    if result.verdict not in BARE or len(result.cases) != len(exercise.cases):
        return False
    return all(case.verdict is result.verdict for case in result.cases)


_Key = tuple[Verdict, float, float, float, bool, tuple[str, ...], bool]


@once
def _known_pieces(exercise: Exercise) -> dict[_Key, Pieces]:
    """Return what was made so far of an exercise all of whose cases went one way."""
    return {}


def _timed(result: ExerciseResult, policy: Policy) -> Iterable[CaseResult]:
    """Return the cases whose times may be told: by how long it sleeps code can say what it was given."""
    return [case for case in result.cases if policy.instructor or case.visibility == "public"]
