"""Makes an exercise of what its author declared: runs the reference and the mistakes on every case.

All refusals of a declaration are here; each names the file, the place, the value and the remedy.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.reference import Called, Reference, parameter_names
from grader.authoring.source import signature
from grader.authoring.stub import find_mistake
from grader.authoring.tolerance import Measured, between, nudges
from grader.course.declare import CaseDeclared, ExerciseDeclared, MistakeDeclared
from grader.course.model import Case, Equal, Exercise, ExerciseSpec, Holds, Limits, Mistake
from grader.errors import CourseError
from grader.judging.compare import distance
from grader.judging.judge import judge_case
from grader.judging.properties import Property
from grader.results import JudgedCase, Kind, Outcome, Verdict
from grader.values import Encoded, Opaque, Value, decode, encode, walk

#: Two runs of one reference may differ by rounding where a library orders its sums by chance.
REPEATABLE = 1e-9

#: A case is given this many times the reference's CPU time.
SLOWNESS = 100


@dataclass(frozen=True, slots=True)
class Workshop:
    """What building an exercise needs beside its declaration.

    Parameters
    ----------
    reference : Reference
    limits : Limits
    properties : dict of str to callable
    """

    reference: Reference
    limits: Limits
    properties: dict[str, Property]


def make_exercise(shop: Workshop, declared: ExerciseDeclared) -> tuple[Exercise, Measured]:
    """Run an exercise's reference and mistakes on its cases.

    Raises
    ------
    CourseError
        Something declared is wrong.
    """
    _check_declaration(shop.reference, declared)
    cases, seconds = _make_cases(shop, declared)
    mistakes = _make_mistakes(shop.reference, declared, cases)
    measured = measure(shop.reference, declared, cases, mistakes)
    spec = ExerciseSpec(
        name=declared.name,
        title=declared.title,
        points=declared.points,
        signature=_signature(shop.reference, declared.name),
        parameters=shop.reference.parameters(declared.name),
        uses=declared.uses,
        optional_tail=declared.optional_tail,
        tolerance=measured.tolerance,
        cpu_seconds=_cpu_seconds(shop.limits.case_seconds, seconds),
    )
    exercise = Exercise(spec, cases, mistakes)
    _check_reference_passes(shop, exercise)
    _check_mistakes_fail(shop, exercise)
    return exercise, measured


def measure(
    reference: Reference, declared: ExerciseDeclared, cases: Sequence[Case], mistakes: Sequence[Mistake]
) -> Measured:
    """Measure noise and nearest mistake over the cases judged by `Equal`."""
    equal = [case for case in cases if isinstance(case.judge, Equal)]
    noises = {case.name: _noise(reference, declared, case) for case in equal}
    noise = max(noises.values(), default=0.0)
    found = (_farthest(declared, equal, mistake) for mistake in mistakes)
    nearest = min((far for far in found if far > 0), default=math.inf)
    measured = Measured(noise, nearest, declared.tolerance or between(noise, nearest))
    if noise > measured.tolerance.relative:
        worst = max(noises, key=lambda name: noises[name])
        raise _wrong(
            reference,
            f"{declared.name}, case {worst!r}: moving its inputs by one unit in the last place moves the answer "
            f"by {noise:.1e}, more than the tolerance of {measured.tolerance.relative:.0e}",
            "change the inputs so that rounding does not decide, or judge the case by Magnitude, AtMost or Holds",
        )
    return measured


def _noise(reference: Reference, declared: ExerciseDeclared, case: Case) -> float:
    """Return how far the answer moves under rounding; evaluations that do not apply count for nothing."""
    largest = 0.0
    *ulps, extended = nudges(case.inputs)
    for inputs in ulps:
        value = reference.call(declared.name, case.name, inputs).value
        moved = math.inf if value is None else distance(case.expected, value)
        largest = max(largest, moved)
    value = reference.call(declared.name, case.name, extended).value
    moved = math.inf if value is None else distance(case.expected, value)
    # what cannot take extended precision (linalg, for one) says nothing about rounding
    return largest if math.isinf(moved) else max(largest, moved)


def _farthest(declared: ExerciseDeclared, cases: Sequence[Case], mistake: Mistake) -> float:
    """Return how far a mistake gets from the reference in any case; inf where it raises."""
    largest = 0.0
    for case in cases:
        value = mistake.returns[case.name]
        far = (
            math.inf
            if value is None
            else distance(case.expected, value, optional_tail=declared.optional_tail)
        )
        largest = max(largest, far)
    return largest


def _wrong(reference: Reference, problem: str, remedy: str, *, path: Path | None = None) -> CourseError:
    return CourseError(f"{path or reference.cases_path}: {problem}.", help=remedy)


def _check_declaration(reference: Reference, declared: ExerciseDeclared) -> None:
    name = declared.name
    if name not in reference.namespaces["solution"]:
        raise _wrong(reference, f"exercise {name} has no function in solution.py", f"define {name} there")
    known = {exercise.name for exercise in reference.exercises}
    for used in declared.uses:
        if used not in known or used == name:
            raise _wrong(
                reference,
                f"{name}: uses={used!r} is no other exercise",
                f"the exercises are: {', '.join(sorted(known))}",
            )
    if not (isinstance(declared.points, (int, float)) and declared.points > 0):
        raise _wrong(reference, f"{name}: points={declared.points!r} is not above 0", "give it points")
    if declared.handed_out and find_mistake(reference, name, declared.handed_out) is None:
        names = ", ".join(m.name for m in reference.mistakes if m.exercise == name) or "none"
        raise _wrong(
            reference,
            f"{name}: handed_out={declared.handed_out!r} is no mistake of it",
            f"its mistakes are: {names}",
        )


def _make_cases(shop: Workshop, declared: ExerciseDeclared) -> tuple[tuple[Case, ...], float]:
    """Return the exercise's cases and the slowest one's CPU seconds."""
    reference = shop.reference
    first, second = reference.cases(declared), reference.cases(declared)
    _check_cases(shop, declared, first)
    encoded = [_encode_inputs(reference, declared, case) for case in first]
    if encoded != [_encode_inputs(reference, declared, case) for case in second]:
        raise _wrong(
            reference,
            f"{declared.name}: its generator gives other inputs each time",
            "draw from np.random.default_rng(<a number>)",
        )
    cases, slowest = [], 0.0
    for case, inputs in zip(first, encoded, strict=True):
        expected, seconds = _run_reference(reference, declared, case, inputs)
        slowest = max(slowest, seconds)
        cases.append(
            Case(case.name, case.visibility, case.weight, case.judge, decode(inputs), expected, inputs)
        )
    return tuple(cases), slowest


def _check_cases(shop: Workshop, declared: ExerciseDeclared, cases: Sequence[CaseDeclared]) -> None:
    reference, names = shop.reference, [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise _wrong(
                reference,
                f"{declared.name}: case {name!r} is declared twice",
                "give each case a name of its own",
            )
    constant = not callable(reference.namespaces["solution"][declared.name])
    if not cases or (not constant and cases[0].visibility != "public"):
        raise _wrong(reference, f"{declared.name} has no public case", "add one with cases.public(…)")
    for case in cases:
        if not case.weight > 0:
            raise _wrong(
                reference,
                f"{declared.name}, case {case.name!r}: weight={case.weight!r} is not above 0",
                "change it",
            )
        _check_properties(shop, declared, case)
        _check_inputs(reference, declared, case)


def _check_properties(shop: Workshop, declared: ExerciseDeclared, case: CaseDeclared) -> None:
    for wanted in case.judge.properties if isinstance(case.judge, Holds) else ():
        if wanted not in shop.properties:
            raise _wrong(
                shop.reference,
                f"{declared.name}, case {case.name!r}: property {wanted!r} is not in properties.py",
                f"properties.py has: {', '.join(shop.properties) or 'none'}",
            )


def _check_inputs(reference: Reference, declared: ExerciseDeclared, case: CaseDeclared) -> None:
    allowed = _input_names(reference, declared.name)
    for name in case.inputs:
        if allowed is not None and name not in allowed:
            raise _wrong(
                reference,
                f"{declared.name}, case {case.name!r}: {name!r} is not a parameter",
                f"the parameters are: {', '.join(allowed) or 'none'}",
            )


def _input_names(reference: Reference, exercise: str) -> tuple[str, ...] | None:
    """Return the names inputs may have; None where any may."""
    custom = reference.calls.get(exercise)
    if custom is None:
        return reference.parameters(exercise)
    takes_any = custom.__code__.co_flags & 0x08  # **kwargs
    return None if takes_any else parameter_names(custom)[1:]


def _encode_inputs(reference: Reference, declared: ExerciseDeclared, case: CaseDeclared) -> Encoded:
    order = _input_names(reference, declared.name) or tuple(case.inputs)
    inputs = {name: case.inputs[name] for name in order if name in case.inputs}
    encoded = encode(inputs)
    odd = _opaque(decode(encoded))
    if odd:
        raise _wrong(
            reference,
            f"{declared.name}, case {case.name!r}: inputs{odd[0]} is a {odd[1]}, which cannot be sent",
            "use None, bool, int, float, str, arrays of numbers, lists, tuples, dicts and sets of these",
        )
    return encoded


def _opaque(value: Value) -> tuple[str, str] | None:
    return next(((path, leaf.type_name) for path, leaf in walk(value) if isinstance(leaf, Opaque)), None)


def _run_reference(
    reference: Reference, declared: ExerciseDeclared, case: CaseDeclared, inputs: Encoded
) -> tuple[Encoded, float]:
    """Return what the reference returns and the best of three CPU times; refuse what is not repeatable."""
    runs = [reference.call(declared.name, case.name, inputs) for _ in range(3)]
    # where an answer is judged by its value, the state of the generators must not matter either
    salt = 0 if isinstance(case.judge, Holds) else 1
    runs.append(reference.call(declared.name, case.name, inputs, salt=salt))
    values = [_returned(reference, declared, case, run) for run in runs]
    if any(not distance(values[0], value) <= REPEATABLE for value in values[1:]):
        raise _wrong(
            reference,
            f"{declared.name}, case {case.name!r}: the reference returns something else each time",
            "seed its generator, or judge the case by Holds",
            path=reference.solution.path,
        )
    return values[0], min(run.seconds for run in runs[:3])


def _returned(reference: Reference, declared: ExerciseDeclared, case: CaseDeclared, run: Called) -> Encoded:
    place = f"{declared.name}, case {case.name!r}"
    if run.value is None:
        error = run.error
        raise _wrong(
            reference,
            f"{place}: the reference raises {type(error).__name__}: {error}",
            "mend the solution or the inputs",
            path=reference.solution.path,
        ) from error
    odd = _opaque(decode(run.value))
    if odd:
        raise _wrong(
            reference,
            f"{place}: the reference returns a {odd[1]}" + (f" at {odd[0]}" if odd[0] else ""),
            "return plain values, or turn them into such in calls.py",
            path=reference.solution.path,
        )
    return run.value


def _make_mistakes(
    reference: Reference, declared: ExerciseDeclared, cases: Sequence[Case]
) -> tuple[Mistake, ...]:
    return tuple(
        Mistake(mistake.name, mistake.message, mistake.help, _run_mistake(reference, mistake, cases))
        for mistake in reference.mistakes
        if mistake.exercise == declared.name
    )


def _run_mistake(
    reference: Reference, mistake: MistakeDeclared, cases: Sequence[Case]
) -> dict[str, Encoded | None]:
    return {
        case.name: reference.call(mistake.exercise, case.name, case.encoded_inputs, mistake).value
        for case in cases
    }


def _signature(reference: Reference, exercise: str) -> str:
    node = reference.solution.definition(exercise)
    return signature(reference.solution.header(node)) if isinstance(node, ast.FunctionDef) else exercise


def _cpu_seconds(least: float, seconds: float) -> float:
    """Return a limit that is the same on every build unless the reference is slow."""
    wanted = SLOWNESS * seconds
    return least if wanted <= least else max(least, 2.0 ** math.ceil(math.log2(wanted)))


def _judge(shop: Workshop, exercise: Exercise, case: Case, value: Encoded) -> JudgedCase:
    return judge_case(case, exercise, Outcome(Kind.RETURNED, value=value), shop.properties)


def _passes(shop: Workshop, exercise: Exercise, case: Case, value: Encoded) -> bool:
    return _judge(shop, exercise, case, value).verdict is Verdict.PASSED


def _check_reference_passes(shop: Workshop, exercise: Exercise) -> None:
    for case in exercise.cases:
        judged = _judge(shop, exercise, case, case.expected)
        if judged.verdict is not Verdict.PASSED:
            raise _wrong(
                shop.reference,
                f"{exercise.name}, case {case.name!r}: the reference itself does not pass as judged by {case.judge!r}",
                "mend the solution or the judge",
            )


def _check_mistakes_fail(shop: Workshop, exercise: Exercise) -> None:
    path = shop.reference.mistakes_source.path
    for mistake in exercise.mistakes:
        returns = [(case, mistake.returns[case.name]) for case in exercise.cases]
        if all(value is not None and _passes(shop, exercise, case, value) for case, value in returns):
            raise _wrong(
                shop.reference,
                f"mistake {mistake.name} of {exercise.name} passes every case",
                "add a case that tells it from the reference, or remove it",
                path=path,
            )
    _check_distinct(shop, exercise)


def _check_distinct(shop: Workshop, exercise: Exercise) -> None:
    for index, one in enumerate(exercise.mistakes):
        for other in exercise.mistakes[:index]:
            if all(_same(one.returns[case.name], other.returns[case.name]) for case in exercise.cases):
                raise _wrong(
                    shop.reference,
                    f"mistakes {other.name} and {one.name} of {exercise.name} return the same in every case",
                    "add a case that tells them apart, or merge them",
                    path=shop.reference.mistakes_source.path,
                )


def _same(one: Encoded | None, other: Encoded | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or distance(one, other) <= REPEATABLE
