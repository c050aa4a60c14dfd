"""From outcomes to verdicts: what happened, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from grader.course.model import Answered, AtMost, Case, Exercise, Holds, Magnitude
from grader.judging.answers import as_answered
from grader.judging.compare import UNREADABLE, Expectation
from grader.judging.properties import Property, judge_at_most, judge_holds, judge_magnitude
from grader.results import JudgedCase, Kind, Mismatch, Outcome, Raised, Verdict
from grader.values import Encoded

__all__ = ["expectations", "judge_case", "judge_exercise"]

_VERDICTS: Final = {
    Kind.MISSING: Verdict.NOT_ATTEMPTED,
    Kind.TIMED_OUT: Verdict.TIMED_OUT,
    Kind.CRASHED: Verdict.CRASHED,
    Kind.TOO_LARGE: Verdict.FAILED,
    Kind.TAMPERED: Verdict.CRASHED,
    Kind.SKIPPED: Verdict.SKIPPED,
    Kind.NOT_RUN: Verdict.UNGRADED,
}


def expectations(exercise: Exercise) -> dict[str, Expectation]:
    """Prepare the answers of an exercise, by case name; to be made once and passed to every judgement."""
    spec = exercise.spec
    return {
        case.name: Expectation.of(case.expected, spec.tolerance, spec.optional_tail)
        for case in exercise.cases
    }


def judge_exercise(
    exercise: Exercise,
    outcomes: Mapping[tuple[str, str], Outcome],
    properties: Mapping[str, Property],
    prepared: Mapping[str, Expectation] | None = None,
) -> tuple[JudgedCase, ...]:
    """Judge every case of an exercise, in its order.

    Parameters
    ----------
    exercise : Exercise
    outcomes : mapping of (exercise name, case name) to Outcome
        A case without an outcome was not run: that is a fault of ours.
    properties : mapping of str to callable
        As `grader.judging.properties.load_properties` returns them.
    prepared : mapping of str to Expectation, optional
        As `expectations` makes them.

    Raises
    ------
    CourseError
        A property of the course is broken.
    """
    prepared = expectations(exercise) if prepared is None else prepared
    not_run = Outcome(Kind.NOT_RUN, reason="no outcome came back")
    return tuple(
        judge_case(
            case,
            exercise,
            outcomes.get((exercise.name, case.name), not_run),
            properties,
            expectation=prepared[case.name],
        )
        for case in exercise.cases
    )


def judge_case(
    case: Case,
    exercise: Exercise,
    outcome: Outcome,
    properties: Mapping[str, Property],
    *,
    expectation: Expectation | None = None,
) -> JudgedCase:
    """Judge one case.

    Parameters
    ----------
    case : Case
    exercise : Exercise
    outcome : Outcome
    properties : mapping of str to callable
    expectation : Expectation, optional
        The answer, prepared; made anew without it.

    Returns
    -------
    JudgedCase
        Bytes that no encoder writes make its outcome TAMPERED, its verdict CRASHED.

    Raises
    ------
    CourseError
        A property of the course is broken.
    """
    if outcome.kind is Kind.RAISED:
        verdict = Verdict.NOT_ATTEMPTED if _not_written(outcome.raised, exercise.name) else Verdict.ERRORED
        return JudgedCase(case.name, outcome, verdict)
    if outcome.kind is Kind.RETURNED and outcome.value is None:
        outcome = replace(outcome, kind=Kind.NOT_RUN, reason="the value returned was lost")
    if outcome.kind is not Kind.RETURNED or outcome.value is None:
        return JudgedCase(case.name, outcome, _VERDICTS[outcome.kind])
    spec = exercise.spec
    expectation = expectation or Expectation.of(case.expected, spec.tolerance, spec.optional_tail)
    mismatch = None
    if spec.question is not None:
        outcome, mismatch = as_answered(outcome, spec.question)
    if outcome.value is None:
        return JudgedCase(case.name, outcome, _VERDICTS[outcome.kind])
    mismatch = mismatch or _mismatch(case, expectation, outcome.value, properties)
    if mismatch is None:
        return JudgedCase(case.name, outcome, Verdict.PASSED)
    if mismatch.returned == UNREADABLE:
        outcome = replace(outcome, kind=Kind.TAMPERED, value=None, reason=UNREADABLE)
        return JudgedCase(case.name, outcome, Verdict.CRASHED)
    return JudgedCase(case.name, outcome, Verdict.FAILED, mismatch)


def _mismatch(
    case: Case, expectation: Expectation, returned: Encoded, properties: Mapping[str, Property]
) -> Mismatch | None:
    judge = case.judge
    if isinstance(judge, Answered):
        return None
    if isinstance(judge, Holds):
        return judge_holds(judge, case, expectation, returned, properties)
    if isinstance(judge, Magnitude):
        return judge_magnitude(judge, case, expectation, returned)
    if isinstance(judge, AtMost):
        return judge_at_most(judge, expectation, returned)
    return expectation.compare(returned)


def _not_written(raised: Raised | None, exercise: str) -> bool:
    """Say whether the function itself is still the stub's; one that calls an unwritten one is attempted."""
    if raised is None or raised.type_name != "NotImplementedError" or raised.nearest != "NotImplementedError":
        return False
    return not raised.frames or raised.frames[-1].function == exercise
