"""From verdicts to points.

The score of an exercise is its points times the weight of the cases passed over the weight of all, rounded
half up to two decimals; that is the only rounding, and all cases passed are all the points. The score of a
submission is the sum of these scores.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from grader.course.model import Assignment, Exercise, Submission
from grader.results import (
    Carried,
    CaseResult,
    ExerciseResult,
    Finding,
    JudgedCase,
    Kind,
    Run,
    SubmissionResult,
    Verdict,
)

__all__ = ["GRAVITY", "exercise_verdict", "rounded", "score_exercise", "score_submission", "with_carried"]

#: Gravest first: what tells most about an exercise whose cases differ.
GRAVITY: Final = (
    Verdict.UNGRADED,
    Verdict.CRASHED,
    Verdict.TIMED_OUT,
    Verdict.ERRORED,
    Verdict.FAILED,
    Verdict.SKIPPED,
)


def score_exercise(
    exercise: Exercise, judged: Sequence[JudgedCase], findings: Sequence[Finding] = (), answer: str = ""
) -> ExerciseResult:
    """Score one exercise.

    Parameters
    ----------
    exercise : Exercise
    judged : sequence of JudgedCase
        One per case, in the exercise's order.
    findings : sequence of Finding
    answer : str
        The fingerprint of what is wrong.
    """
    passed = [case.verdict is Verdict.PASSED for case in judged]
    cases = zip(exercise.cases, judged, strict=True)
    return ExerciseResult(
        name=exercise.name,
        score=_points(exercise, passed),
        max_score=exercise.spec.points,
        verdict=exercise_verdict([case.verdict for case in judged]),
        findings=tuple(findings),
        cases=tuple(
            CaseResult(
                name=case.name,
                visibility=case.visibility,
                verdict=verdict.verdict,
                weight=case.weight,
                outcome=verdict.outcome.kind,
                seconds=verdict.outcome.seconds,
            )
            for case, verdict in cases
        ),
        answer=answer,
    )


def with_carried(
    result: ExerciseResult,
    exercise: Exercise,
    helpers: tuple[str, ...],
    judged: Sequence[JudgedCase],
    policy: Literal["shown", "counted"],
) -> ExerciseResult:
    """Add what an exercise earns once the reference answers for its helpers, where that is more.

    Parameters
    ----------
    result : ExerciseResult
    exercise : Exercise
    helpers : tuple of str
    judged : sequence of JudgedCase
        What came of the cases with the reference's answers.
    policy : {"shown", "counted"}
        Whether the better score counts.
    """
    again = score_exercise(exercise, judged)
    if again.score <= result.score:
        return result
    counted = policy == "counted"
    carried = Carried(
        helpers=helpers,
        alone=result.score,
        score=again.score,
        verdict=again.verdict,
        cases=again.cases,
        counted=counted,
    )
    score = again.score if counted else result.score
    return result.model_copy(update={"carried": carried, "score": score})


def exercise_verdict(verdicts: Sequence[Verdict]) -> Verdict:
    """Return PASSED where every case passed, NOT_ATTEMPTED where none was attempted, else the gravest.

    A function that leaves only some of its cases unwritten was attempted: these count as ERRORED.
    """
    distinct = set(verdicts)
    if distinct == {Verdict.NOT_ATTEMPTED} or not distinct:
        return Verdict.NOT_ATTEMPTED
    if Verdict.NOT_ATTEMPTED in distinct:
        distinct.add(Verdict.ERRORED)
    return next((verdict for verdict in GRAVITY if verdict in distinct), Verdict.PASSED)


def score_submission(
    submission: Submission,
    assignment: Assignment,
    run: Run,
    exercises: Sequence[ExerciseResult],
    findings: Sequence[Finding] = (),
    *,
    seconds: float = 0.0,
    sketch: tuple[int, ...] = (),
) -> SubmissionResult:
    """Sum up one submission.

    Parameters
    ----------
    submission : Submission
    assignment : Assignment
    run : Run
    exercises : sequence of ExerciseResult
        In the assignment's order.
    findings : sequence of Finding
        What concerns the whole file.
    seconds : float
        Wall time of the whole submission.
    sketch : tuple of int
        By which the file is told to be like another.

    Returns
    -------
    SubmissionResult
        ``graded`` is False where anything was not run through a fault of ours.
    """
    not_run = run.load.kind is Kind.NOT_RUN or any(result.verdict is Verdict.UNGRADED for result in exercises)
    return SubmissionResult(
        student=submission.student,
        assignment=assignment.name,
        submission_sha256=submission.sha256,
        score=float(sum((_decimal(result.score) for result in exercises), Decimal(0))),
        max_score=float(
            sum((_decimal(exercise.spec.points) for exercise in assignment.exercises), Decimal(0))
        ),
        sandbox=run.sandbox,
        seconds=seconds,
        graded=not not_run,
        findings=tuple(findings),
        events=run.events,
        exercises=tuple(exercises),
        sketch=sketch,
    )


def rounded(points: Fraction) -> float:
    """Round half up to two decimals."""
    return math.floor(points * 100 + Fraction(1, 2)) / 100


def _points(exercise: Exercise, passed: Sequence[bool]) -> float:
    """Return the points earned; in exact arithmetic, for 2.675 is less than itself as a binary number."""
    weights = [_fraction(case.weight) for case in exercise.cases]
    if not any(passed) or not any(weights):
        return 0.0  # of a question students have one case, of no weight: its form earns nothing
    points = _fraction(exercise.spec.points)
    if all(passed):
        return exercise.spec.points
    earned = sum((weight for weight, good in zip(weights, passed, strict=True) if good), Fraction(0))
    return min(rounded(points * earned / sum(weights)), exercise.spec.points)


@lru_cache(maxsize=1024)  # the same few weights, case after case
def _fraction(number: float) -> Fraction:
    """Return the number that was written: 0.1 is a tenth."""
    return Fraction(str(number))


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))
