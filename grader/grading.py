"""One submission, end to end: the story of the program.

The file is run in the box, which knows inputs and nothing else. What comes back is judged against the
expected values that only this side knows. An exercise that suffers from the mistakes of another is run once
more with the reference answering for that. What is wrong is explained from the numbers alone, and the points
are summed.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.course.model import Assignment, Exercise, Submission
from grader.errors import BoxFailure, GraderError
from grader.intake.sketch import sketch
from grader.judging.compare import Expectation
from grader.judging.diagnosis import diagnose, diagnose_load
from grader.judging.diagnosis.once import said_once
from grader.judging.fingerprint import fingerprint
from grader.judging.helpers import again_without, wrong_helpers
from grader.judging.judge import expectations, judge_exercise
from grader.judging.properties import Property, load_properties
from grader.judging.score import score_exercise, score_submission, with_carried
from grader.results import Again, Finding, Graded, JudgedCase, Kind, Load, Outcome, Run
from grader.sandbox.box import Box

Judged = dict[str, tuple[JudgedCase, ...]]


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What judging prepares once for all submissions of an assignment.

    Parameters
    ----------
    expected : mapping of exercise name to mapping of case name to Expectation
    properties : mapping of str to callable
        The functions of ``properties.py``.
    """

    expected: Mapping[str, Mapping[str, Expectation]]
    properties: Mapping[str, Property]

    @classmethod
    def of(cls, assignment: Assignment) -> AnswerKey:
        """Prepare an assignment; CourseError where its properties cannot be loaded."""
        expected = {exercise.name: expectations(exercise) for exercise in assignment.exercises}
        return cls(expected, load_properties(assignment.properties))

    def judge(self, exercise: Exercise, run: Run) -> tuple[JudgedCase, ...]:
        """Judge the cases of one exercise."""
        return judge_exercise(exercise, run.outcomes, self.properties, self.expected[exercise.name])

    def judge_all(self, assignment: Assignment, run: Run) -> Judged:
        """Judge the cases of every exercise."""
        return {each.name: self.judge(each, run) for each in assignment.exercises}


def grade(
    submission: Submission,
    assignment: Assignment,
    box: Box,
    key: AnswerKey | None = None,
    *,
    run: Run | None = None,
    alone: bool = False,
) -> Graded:
    """Grade one submission.

    Parameters
    ----------
    submission : Submission
    assignment : Assignment
    box : Box
        One that was opened for this assignment.
    key : AnswerKey, optional
        Made anew without it.
    run : Run, optional
        What the box brought back, where it was run already.
    alone : bool
        Whether it will not be compared with others; see `mark`.

    Raises
    ------
    BoxFailure
        A fault of ours kept it from being run: it is ungraded, see `ungraded`.
    CourseError
        A property of the course is broken.
    """
    started, key = time.monotonic(), key or AnswerKey.of(assignment)
    if run is None or submission.fault:
        run = _nothing_to_run(submission, assignment) if submission.fault else box.run(submission)
    judged = key.judge_all(assignment, run)
    run = _run_again(submission, assignment, box, run, judged)
    return mark(submission, assignment, run, key, judged=judged, started=started, alone=alone)


def mark(
    submission: Submission,
    assignment: Assignment,
    run: Run,
    key: AnswerKey,
    *,
    judged: Judged | None = None,
    started: float | None = None,
    alone: bool = False,
) -> Graded:
    """Judge, explain and score what the box brought back; nothing of the student's runs here.

    Parameters
    ----------
    submission : Submission
    assignment : Assignment
    run : Run
    key : AnswerKey
    judged : dict of exercise name to tuple of JudgedCase, optional
        The run's cases, where they are judged already.
    started : float, optional
        When the work on this submission began, on the monotonic clock.
    alone : bool
        Whether the result will not be compared with others: it then lacks the sketch and the fingerprints of
        wrong answers, for which numpy's random numbers would be loaded.
    """
    judged = judged or key.judge_all(assignment, run)
    again = {
        each.name: key.judge(each, run.again[each.name].run)
        for each in assignment.exercises
        if each.name in run.again
    }
    findings = _findings(assignment, run, judged, again)
    exercises = []
    for exercise in assignment.exercises:
        name, cases = exercise.name, judged[exercise.name]
        answer = "" if alone else fingerprint(exercise, cases)
        scored = score_exercise(exercise, cases, findings[name], answer)
        if name in again:
            helpers, policy = run.again[name].helpers, assignment.file.carried_errors
            scored = with_carried(scored, exercise, helpers, again[name], policy)
        exercises.append(scored)
    seconds = time.monotonic() - started if started is not None else 0.0
    whole_file = _unreadable(submission) if submission.fault else diagnose_load(run.load)
    alike = () if alone else sketch(submission.source, assignment.stub)
    result = score_submission(
        submission, assignment, run, exercises, whole_file, seconds=seconds, sketch=alike
    )
    return Graded(result, run, judged, submission.path)


def _findings(
    assignment: Assignment, run: Run, judged: Judged, again: Judged
) -> dict[str, tuple[Finding, ...]]:
    """Explain every exercise; what has the same cause as an earlier one is said there."""
    helpers = wrong_helpers(assignment, judged)
    return said_once(
        {
            each.name: diagnose(
                each, judged[each.name], run.load, helpers=helpers[each.name], again=again.get(each.name, ())
            )
            for each in assignment.exercises
        }
    )


def ungraded(submission: Submission, assignment: Assignment, reason: str) -> Graded:
    """Return the result of a submission that a fault of ours kept from being graded: no zero, and loud.

    Parameters
    ----------
    submission : Submission
    assignment : Assignment
    reason : str
        What happened, for the instructor.
    """
    outcomes = _for_every_case(assignment, Outcome(Kind.NOT_RUN, reason=reason))
    run = Run(Load(Kind.NOT_RUN, reason=reason), outcomes, events=(f"not graded: {reason}",))
    return mark(submission, assignment, run, AnswerKey.of(assignment))


def _run_again(submission: Submission, assignment: Assignment, box: Box, run: Run, judged: Judged) -> Run:
    """Run exercises that suffer from others again, the reference answering for these; the rest stands."""
    again, events, spent = {}, list(run.events), run.spent
    for name, helpers in again_without(assignment, judged).items():
        about = f"{name}, graded again without the mistakes of {', '.join(helpers)}"
        try:
            once_more = _again(submission, box, name, helpers, spent)
        except Exception as error:  # whatever it is, what was graded is not lost for it
            reason = error.problem if isinstance(error, GraderError) else type(error).__name__
            events.append(f"{about}: not run, a fault of the grader: {reason}")
        else:
            again[name], spent = Again(helpers, once_more), once_more.spent
            events += [f"{about}: {event}" for event in once_more.events]
    return replace(run, again=again, events=tuple(events), spent=spent) if again or events else run


def _again(submission: Submission, box: Box, name: str, helpers: tuple[str, ...], spent: float) -> Run:
    """Run one exercise again; once more in new boxes where one of them broke."""
    try:
        return box.run_again(submission, name, helpers, spent=spent)
    except BoxFailure:
        return box.run_again(submission, name, helpers, spent=spent)


def _nothing_to_run(submission: Submission, assignment: Assignment) -> Run:
    missing = Outcome(Kind.MISSING, reason=submission.fault)
    return Run(Load(Kind.MISSING, reason=submission.fault), _for_every_case(assignment, missing))


def _unreadable(submission: Submission) -> tuple[Finding, ...]:
    return (
        Finding(
            code="file.nothing_to_run",
            message=f"There is nothing to grade: {submission.fault}.",
            help=("Hand in the file with your functions again; start from the stub where it is lost.",),
        ),
    )


def _for_every_case(assignment: Assignment, outcome: Outcome) -> dict[tuple[str, str], Outcome]:
    return {
        (exercise.name, case.name): outcome for exercise in assignment.exercises for case in exercise.cases
    }
