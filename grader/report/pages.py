"""The page of one submission: for its student, or for the instructor with everything hidden shown."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from grader.course.model import Assignment
from grader.report.advice import file_thing, first_to_do, next_thing
from grader.report.case_lists import Page
from grader.report.cases import Contents, Error, error_view
from grader.report.environment import render
from grader.report.exercises import exercise_pieces, seen
from grader.report.findings import FindingView, comment_views, finding_view
from grader.report.paths import page_link
from grader.report.pictures import broken
from grader.report.policy import Audience, Policy, policy_for
from grader.report.text import clean, coded, printed
from grader.report.words import points, seconds_words
from grader.results import ExerciseResult, Graded, SubmissionResult, Verdict


@dataclass(frozen=True, slots=True)
class Start:
    """Where to begin: an exercise and what to do about it."""

    name: str
    thing: Markup


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
    most = max((item.max_score for item in result.exercises), default=1.0)
    page = Page(graded, assignment, policy, contents or Contents(), most)
    asked = {exercise.name: exercise for exercise in assignment.exercises}
    told = [seen(item, policy) for item in result.exercises]
    events = [*result.events, *broken(graded, assignment)] if policy.instructor else []
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
        weak=result.sandbox == "weak",
        score=points(result.score),
        max_score=points(result.max_score),
        sha256=result.submission_sha256,
        findings=_file_findings(result, policy),
        load_error=_load_error(graded),
        comments=comment_views(result.comments),
        start=_start(result, told),
        all_right=bool(told) and all(item.verdict is Verdict.PASSED for item in told),
        exercises=[exercise_pieces(item, asked.get(item.name), page) for item in told],
        printed=printed(run.printed_public),
        printed_hidden=printed(run.printed_hidden) if policy.instructor else None,
        events=[clean(event, 500) for event in events],
        source_name=clean(graded.source_name, 500) if policy.instructor else "",
        seconds=seconds_words(result.seconds if policy.instructor else _told_seconds(graded)),
        student_link="../../" + page_link("student", result.student, result.assignment),
    )


def _start(result: SubmissionResult, told: list[ExerciseResult]) -> Start | None:
    """Return where to begin; None where that is the file itself, or nothing is left to do."""
    first = first_to_do(result.model_copy(update={"exercises": tuple(told)}))
    if first is None or file_thing(result):
        return None
    return Start(first.name, coded(clean(next_thing(first))))


def _file_findings(result: SubmissionResult, policy: Policy) -> list[FindingView]:
    """Return what concerns the whole file; the first that stops it says what to do."""
    thing, views = file_thing(result), []
    for found in result.findings:
        views.append(finding_view(found, policy, thing=thing if found.help else ""))
        thing = "" if found.help else thing
    return views


def _told_seconds(graded: Graded) -> float:
    """Return the seconds of loading and of public cases: how long code sleeps can tell what it was given."""
    cases = (case for exercise in graded.result.exercises for case in exercise.cases)
    return graded.run.load.seconds + sum(case.seconds for case in cases if case.visibility == "public")


def _load_error(graded: Graded) -> Error | None:
    """Return the traceback of what ended the file, where the findings do not tell all of it.

    It was raised before hidden inputs entered the box.
    """
    raised = graded.run.load.raised
    if raised is None:
        return None
    told = "\n".join(step for found in graded.result.findings for step in found.help)
    if len(raised.frames) == 1 and raised.frames[0].text.strip() in told:
        return None
    return error_view(raised)
