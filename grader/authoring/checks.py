"""Refuses what an author declared wrongly: each time the file, the place, the value and the remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.authoring.calling import Called, parameter_names
from grader.authoring.reference import Reference
from grader.course.declare import CaseDeclared, ExerciseDeclared
from grader.course.load import check_points
from grader.course.model import Answered, Holds
from grader.errors import CourseError
from grader.values import Encoded, Opaque, Value, decode, walk

__all__ = ["check_cases", "check_declarations", "input_names", "plain_inputs", "plain_result", "refusal"]


def refusal(path: Path, problem: str, remedy: str) -> CourseError:
    """Make the error for a problem in one of the author's files."""
    return CourseError(f"{path}: {problem}.", help=remedy)


def check_declarations(reference: Reference) -> None:
    """Check exercises and mistakes against each other and against ``solution.py``.

    Raises
    ------
    CourseError
        The first thing found wrong.
    """
    names = [exercise.name for exercise in reference.exercises]
    for exercise in reference.exercises:
        _check_exercise(reference, exercise, names)
    check_points(reference.sources["cases"].path, [exercise.points for exercise in reference.exercises])
    _check_mistakes(reference, names)
    _check_alternatives(reference, names)


def check_cases(
    reference: Reference, exercise: ExerciseDeclared, cases: Sequence[CaseDeclared], properties: Iterable[str]
) -> None:
    """Check an exercise's cases before any of them is run.

    Raises
    ------
    CourseError
        The first thing found wrong.
    """
    path = reference.sources["cases"].path
    twice = _twice(case.name for case in cases)
    if twice is not None:
        raise refusal(
            path, f"{exercise.name}: case {twice!r} is declared twice", "give each case a name of its own"
        )
    if not any(case.visibility == "public" for case in cases):
        raise refusal(path, f"{exercise.name} has no public case", "add one with cases.public(…)")
    known = list(properties)
    for case in cases:
        _check_case(reference, exercise, case, known)


def _check_exercise(reference: Reference, exercise: ExerciseDeclared, names: list[str]) -> None:
    path, name = reference.sources["cases"].path, exercise.name
    if name not in reference.namespaces["solution"]:
        raise refusal(path, f"exercise {name} has no function in solution.py", f"define {name} there")
    if exercise.question is None and reference.solution.function(name) is None:
        raise refusal(
            reference.solution.path, f"{name} is not defined with def", "students read its signature: use def"
        )
    for used in exercise.uses:
        if used not in names or used == name:
            others = ", ".join(other for other in names if other != name) or "none"
            raise refusal(path, f"{name}: uses={used!r} is no other exercise", f"the others are: {others}")
    if not exercise.points > 0:
        raise refusal(path, f"{name}: points={exercise.points!r} is not above 0", "give it points")
    if exercise.handed_out and exercise.handed_out not in reference.mistakes_of(name):
        known = ", ".join(reference.mistakes_of(name)) or "none"
        raise refusal(
            path,
            f"{name}: handed_out={exercise.handed_out!r} is no mistake of it",
            f"its mistakes are: {known}",
        )


def _check_mistakes(reference: Reference, names: list[str]) -> None:
    path = reference.sources["mistakes"].path
    for mistake in reference.mistakes:
        if mistake.exercise not in names:
            raise refusal(
                path,
                f"mistake {mistake.name}: {mistake.exercise!r} is no exercise",
                f"the exercises are: {', '.join(names)}",
            )
        if not mistake.name.isidentifier():
            raise refusal(path, f"mistake {mistake.name!r} is no name", "use letters, digits and underscores")
        if not mistake.message.strip():
            raise refusal(path, f"mistake {mistake.name} has no message", "say in one sentence what it does")
    for name in names:
        twice = _twice(mistake.name for mistake in reference.mistakes if mistake.exercise == name)
        if twice is not None:
            raise refusal(
                path, f"mistake {twice} of {name} is declared twice", "give each mistake a name of its own"
            )


def _check_alternatives(reference: Reference, names: list[str]) -> None:
    for alternative in reference.alternatives:
        if alternative.exercise not in names:
            raise refusal(
                reference.sources["alternatives"].path,
                f"alternative {alternative.name}: {alternative.exercise!r} is no exercise",
                f"the exercises are: {', '.join(names)}",
            )


def _twice(names: Iterable[str]) -> str | None:
    return next((name for name, count in Counter(names).items() if count > 1), None)


def _check_case(
    reference: Reference, exercise: ExerciseDeclared, case: CaseDeclared, properties: list[str]
) -> None:
    path, place = reference.sources["cases"].path, f"{exercise.name}, case {case.name!r}"
    if not case.weight > 0 and not isinstance(case.judge, Answered):
        raise refusal(path, f"{place}: weight={case.weight!r} is not above 0", "give it weight")
    for wanted in case.judge.properties if isinstance(case.judge, Holds) else ():
        if wanted not in properties:
            raise refusal(
                path,
                f"{place}: property {wanted!r} is not in properties.py",
                f"properties.py has: {', '.join(properties) or 'none'}",
            )
    known = input_names(reference, exercise.name)
    for name in case.inputs:
        if known is not None and name not in known:
            raise refusal(
                path,
                f"{place}: the input {name!r} is not a parameter",
                f"the parameters are: {', '.join(known) or 'none'}",
            )


def input_names(reference: Reference, exercise: str) -> tuple[str, ...] | None:
    """Return the names that inputs may have, in order; None where ``calls.py`` takes any."""
    custom = reference.calls.get(exercise)
    if custom is None:
        return reference.parameters(exercise)
    takes_any = custom.__code__.co_flags & 0x08
    return None if takes_any else parameter_names(custom)[1:]


def plain_inputs(reference: Reference, exercise: str, case: str, inputs: Encoded) -> Encoded:
    """Return the inputs; refuse those that are not plain data."""
    odd = _opaque(decode(inputs))
    if odd is not None:
        raise refusal(
            reference.sources["cases"].path,
            f"{exercise}, case {case!r}: the input {odd[0]} is not plain data but {odd[1]}",
            "use None, bool, int, float, str, arrays of numbers, and lists, tuples, dicts, sets of these",
        )
    return inputs


def plain_result(reference: Reference, exercise: str, case: str, called: Called) -> Encoded:
    """Return what the reference returned; refuse where it raised or returned what is not plain data."""
    path, place = reference.solution.path, f"{exercise}, case {case!r}"
    if called.value is None:
        raised = f"{type(called.error).__name__}: {called.error}"
        raise refusal(
            path, f"{place}: the reference raises {raised}", "mend it, or the inputs"
        ) from called.error
    odd = _opaque(decode(called.value))
    if odd is not None:
        where = f"at {odd[0]} " if odd[0] else ""
        raise refusal(
            path,
            f"{place}: what the reference returns is {where}not plain data but {odd[1]}",
            "return plain values, or make such of it in calls.py",
        )
    return called.value


def _opaque(value: Value) -> tuple[str, str] | None:
    leaves = ((path, leaf.type_name) for path, leaf in walk(value) if isinstance(leaf, Opaque))
    return next(leaves, None)
