"""Grades sources of our own in this process: for testing what the course asks, not how it is run."""

import traceback
from functools import cache
from pathlib import Path

from grader.authoring.calling import Called, call, read_calls, student_module
from grader.authoring.reference import Reference, read_reference
from grader.course.load import load_assignment
from grader.course.model import Assignment, Case, Exercise
from grader.judging.judge import judge_case
from grader.judging.properties import Property, load_properties
from grader.results import Frame, Kind, Outcome, Raised, Verdict

ROOT = Path(__file__).parents[2]


@cache
def assignment(name: str) -> Assignment:
    return load_assignment(ROOT, name)


@cache
def reference(name: str) -> Reference:
    return read_reference(ROOT, name)


@cache
def properties(name: str) -> dict[str, Property]:
    return load_properties(assignment(name).properties)


def solution(name: str) -> str:
    return (ROOT / "reference" / name / "solution.py").read_text(encoding="utf-8")


def verdicts(name: str, source: str, exercise: str) -> dict[str, Verdict]:
    """Run one exercise of a submission over the stub and judge it: case name to verdict."""
    wanted = assignment(name).exercise(exercise)
    return {case.name: _verdict(name, wanted, case, source) for case in wanted.cases}


def failing(name: str, source: str) -> dict[str, dict[str, Verdict]]:
    """Return the cases that a submission does not pass, by exercise; empty for one that earns everything."""
    found = {}
    for each in assignment(name).exercises:
        wrong = {case: v for case, v in verdicts(name, source, each.name).items() if v is not Verdict.PASSED}
        if wrong:
            found[each.name] = wrong
    return found


def judged_as_returned(name: str, exercise: Exercise, mistake: str) -> dict[str, Verdict]:
    """Judge what a known mistake returned when the course was built."""
    (known,) = [each for each in exercise.mistakes if each.name == mistake]
    return {
        case.name: judge_case(
            case, exercise, _outcome(Called(known.returns[case.name], None, 0.0)), properties(name)
        ).verdict
        for case in exercise.cases
    }


def all_mistakes(name: str) -> list[tuple[str, str]]:
    return [(each.name, mistake.name) for each in assignment(name).exercises for mistake in each.mistakes]


def _verdict(name: str, exercise: Exercise, case: Case, source: str) -> Verdict:
    module = student_module(assignment(name).stub, source.encode())
    custom = read_calls(ROOT / "assignments" / name / "calls.py").get(exercise.name)
    called = call(module, exercise.name, case.name, case.encoded_inputs, exercise.spec.parameters, custom)
    return judge_case(case, exercise, _outcome(called), properties(name)).verdict


def _outcome(called: Called) -> Outcome:
    if called.value is not None:
        return Outcome(Kind.RETURNED, value=called.value)
    raised = type(called.error).__name__
    trace = traceback.extract_tb(called.error.__traceback__) if called.error else []
    frames = tuple(Frame(each.name, each.lineno or 0, "") for each in trace if each.filename == "student.py")
    return Outcome(Kind.RAISED, raised=Raised(raised, raised, str(called.error), frames))
