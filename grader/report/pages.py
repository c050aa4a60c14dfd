"""The page of one submission: for its student, or for the instructor with everything hidden shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from grader.course.model import Assignment, Case, Exercise
from grader.report.cases import CaseContent, Contents, Error, error_view
from grader.report.environment import render
from grader.report.memo import once
from grader.report.paths import page_link
from grader.report.policy import (
    Audience,
    Policy,
    built_in,
    case_verdict,
    exercise_findings,
    exercise_verdict,
    policy_for,
)
from grader.report.questions import QuestionView, question_sign, question_view
from grader.report.text import clean, printed
from grader.report.words import Sign, points, sign, within
from grader.results import CaseResult, ExerciseResult, Finding, Graded, JudgedCase, Kind, Verdict

#: Cases of one exercise whose values are shown; the others are named.
UNFOLDED = 4

#: Verdicts of cases that have nothing to unfold.
_BARE = frozenset({Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.UNGRADED})


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case in an exercise's list; `content` where it unfolds."""

    name: str
    visibility: str
    sign: Sign
    content: CaseContent | None = None
    opened: bool = False
    milliseconds: float | None = None


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as it is shown; `code` and `details` on the instructor's page only."""

    message: str
    help: tuple[str, ...]
    explains: str
    code: str
    details: str


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One exercise as it is shown."""

    name: str
    sign: Sign
    score: str
    max_score: str
    track: float
    fill: float
    graded: bool
    opened: bool
    title: str
    findings: tuple[FindingView, ...]
    cases: Markup
    question: QuestionView | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a page shows of one exercise: its bar under the score, and the block that unfolds."""

    bar: Markup
    block: Markup


@dataclass(frozen=True, slots=True)
class _Page:
    """What the parts of one page are made from."""

    graded: Graded
    policy: Policy
    contents: Contents


def submission_page(
    graded: Graded, assignment: Assignment, audience: Audience, contents: Contents | None = None
) -> str:
    """Return the page of one submission as HTML.

    Parameters
    ----------
    graded : Graded
    assignment : Assignment
        Its ``file.feedback`` decides what the student's page reveals of hidden cases.
    audience : {"student", "instructor"}
    contents : Contents, optional
        Shared by the two pages of one submission.
    """
    result, run = graded.result, graded.run
    policy = policy_for(audience, assignment.file.feedback)
    page = _Page(graded, policy, contents or Contents())
    exercises = {exercise.name: exercise for exercise in assignment.exercises}
    most = max((item.max_score for item in result.exercises), default=1.0)
    views = [_exercise(item, exercises.get(item.name), page, most) for item in result.exercises]
    return render(
        "submission.html",
        instructor=policy.instructor,
        feedback=assignment.file.feedback,
        quiz=assignment.is_quiz,
        title=assignment.file.title,
        week=assignment.file.week,
        assignment=assignment.name,
        student=clean(result.student, 200),
        graded=result.graded,
        weak=result.sandbox != "strong",
        score=points(result.score),
        max_score=points(result.max_score),
        sha256=result.submission_sha256,
        findings=[_finding(found, None, policy) for found in result.findings],
        load_error=_load_error(graded),
        exercises=views,
        printed=printed(run.printed_public),
        printed_hidden=printed(run.printed_hidden) if policy.instructor else None,
        events=[clean(event, 500) for event in result.events] if policy.instructor else [],
        source_name=clean(graded.source_name, 500) if policy.instructor else "",
        seconds=result.seconds if policy.instructor else 0.0,
        student_link="../../" + page_link("student", result.student, result.assignment),
    )


def _load_error(graded: Graded) -> Error | None:
    """Return the exception that ended the file itself: raised before hidden inputs entered the box."""
    raised = graded.run.load.raised
    return error_view(raised) if raised is not None else None


def _exercise(result: ExerciseResult, exercise: Exercise | None, page: _Page, most: float) -> Pieces:
    if exercise is not None and exercise.spec.question is not None:
        return _question(result, exercise, page, most)
    failing = frozenset(case.name for case in result.cases if case.verdict is not Verdict.PASSED)
    found = exercise_findings(result, page.policy)
    findings = tuple(_finding(each, failing, page.policy, result.name) for each in found)
    graded = page.graded.result.graded
    if exercise is None or not _uniform(result, exercise):
        cases = _cases(result, exercise, page)
        verdict = exercise_verdict(result, page.policy)
        title = exercise.spec.title if exercise else ""
        return _pieces(_view(result, verdict, most, graded, title, findings, cases))
    # Most exercises of most pages: the same for every student, but for the findings.
    key = (result.verdict, result.score, result.max_score, most, graded)
    known = _known_pieces(exercise)
    if findings or key not in known:
        cases = _uniform_cases(exercise, result.verdict)
        pieces = _pieces(_view(result, result.verdict, most, graded, exercise.spec.title, findings, cases))
        if findings:
            return pieces
        known[key] = pieces
    return known[key]


def _question(result: ExerciseResult, exercise: Exercise, page: _Page, most: float) -> Pieces:
    """Return a question: it shows what was chosen in place of cases."""
    assert exercise.spec.question is not None
    judged, policy = page.graded.judged.get(result.name, ()), page.policy
    shown = question_view(exercise, exercise.spec.question, judged, policy)
    found = tuple(_finding(each, None, policy, result.name) for each in exercise_findings(result, policy))
    verdict, graded = exercise_verdict(result, policy), page.graded.result.graded
    view = _view(result, verdict, most, graded, "", found, Markup(""))
    return _pieces(replace(view, sign=question_sign(view.sign), question=shown))


def _view(
    result: ExerciseResult,
    verdict: Verdict,
    most: float,
    graded: bool,
    title: str,
    findings: tuple[FindingView, ...],
    cases: Markup,
) -> ExerciseView:
    return ExerciseView(
        name=result.name,
        sign=sign(verdict, partly=result.score > 0),
        score=points(result.score),
        max_score=points(result.max_score),
        track=round(100 * result.max_score / most, 2),
        fill=round(100 * result.score / most, 2),
        graded=graded,
        opened=verdict not in _BARE,
        title=title,
        findings=findings,
        cases=cases,
    )


def _pieces(view: ExerciseView) -> Pieces:
    return Pieces(Markup(render("bar.html", exercise=view)), Markup(render("exercise.html", exercise=view)))


def _uniform(result: ExerciseResult, exercise: Exercise) -> bool:
    """Tell whether all cases went one way and have nothing to unfold."""
    if result.verdict not in _BARE or len(result.cases) != len(exercise.cases):
        return False
    return all(case.verdict is result.verdict for case in result.cases)


@once
def _known_pieces(exercise: Exercise) -> dict[tuple[Verdict, float, float, float, bool], Pieces]:
    """Return what was made so far of an exercise all of whose cases went one way."""
    return {}


def _uniform_cases(exercise: Exercise, verdict: Verdict) -> Markup:
    known = _known_lists(exercise)
    if verdict not in known:
        views = [CaseView(case.name, case.visibility, sign(verdict)) for case in exercise.cases]
        known[verdict] = Markup(render("cases.html", cases=views))
    return known[verdict]


@once
def _known_lists(exercise: Exercise) -> dict[Verdict, Markup]:
    """Return the lists of cases made so far, by the verdict of them all."""
    return {}


def _finding(
    found: Finding, failing: frozenset[str] | None, policy: Policy, exercise: str = ""
) -> FindingView:
    explained = len(failing.intersection(found.cases)) if failing else 0
    explains = ""
    if failing and explained:
        explains = (
            "Explains every case that did not pass."
            if explained == len(failing) > 1
            else f"Explains {explained} of {len(failing)} cases that did not pass."
        )
    return FindingView(
        message=clean(within(exercise, found.message)),
        help=tuple(clean(step) for step in found.help),
        explains=explains,
        code=found.code if policy.instructor else "",
        details=clean(found.details, 4000) if policy.instructor else "",
    )


def _cases(result: ExerciseResult, exercise: Exercise | None, page: _Page) -> Markup:
    """Return the cases in order; the first of those that did not pass unfold."""
    views: list[CaseView] = []
    unfolded = 0
    judged = {case.name: case for case in page.graded.judged.get(result.name, ())}
    asked = {case.name: case for case in exercise.cases} if exercise else {}
    for case in result.cases:
        content, failed = None, case.verdict is not Verdict.PASSED
        if failed and exercise is not None and unfolded < UNFOLDED:
            content = _content(exercise, asked.get(case.name), judged.get(case.name), case, page)
            unfolded += content is not None
        views.append(
            CaseView(
                name=case.name,
                visibility=case.visibility,
                sign=_case_sign(case, judged.get(case.name), page.policy),
                content=content,
                opened=content is not None and unfolded == 1,
                milliseconds=_milliseconds(case) if page.policy.instructor and failed else None,
            )
        )
    return Markup(render("cases.html", cases=views))


def _milliseconds(case: CaseResult) -> float | None:
    """Return how long a case took, where that is anything to speak of."""
    return 1000 * case.seconds if case.seconds >= 0.001 else None


def _content(
    exercise: Exercise, asked: Case | None, judged: JudgedCase | None, case: CaseResult, page: _Page
) -> CaseContent | None:
    """Return what unfolds under a case, where the policy lets it and something happened."""
    if asked is None or judged is None or case.verdict in _BARE | {Verdict.SKIPPED}:
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
