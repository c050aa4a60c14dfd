"""Works a public case of an exercise by hand, as ``worked.py`` says, and compares the end with the reference.

``worked.py`` has a generator of the exercise's name. It takes the inputs of the case by keyword and yields
steps: a sentence, and what comes out. What it returns, or else its last value, has to be the answer.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from grader.authoring.calling import generators, parameter_names, quiet, told
from grader.authoring.checks import refusal
from grader.authoring.exercises import REPEATABLE
from grader.authoring.reference import Reference
from grader.authoring.tolerance import far_from
from grader.course.model import Case, Equal, Exercise
from grader.course.worked import WorkedExample, WorkedStep
from grader.errors import CourseError
from grader.judging.judge import judge_case
from grader.judging.properties import Property
from grader.results import Kind, Outcome, Verdict
from grader.values import Encoded, Opaque, decode, encode, walk

__all__ = ["check_worked", "work"]

#: Longest sentence, in characters; most numbers in one array of a step.
LONGEST: Final = 160
MOST: Final = 12

#: What is Python's and not a reader's: names in backquotes are let be.
_CODE: Final = re.compile(r"\*|==|\bnp\.|\b(axis|keepdims|lambda|def|return)\b|\w\[[^\]]*:|\w\.\w+\(")
_NAME: Final = re.compile(r"`[^\W\d]\w*`")


def check_worked(reference: Reference) -> None:
    """Check what ``worked.py`` defines against the exercises.

    Raises
    ------
    CourseError
        The first thing found wrong.
    """
    known = [each.name for each in reference.exercises if reference.is_function(each.name)]
    named, functions = _named(reference), _functions(reference)
    for name in (*functions, *named):
        if name not in known:
            raise _refusal(
                reference,
                f"{name} is no exercise",
                f"the exercises are: {', '.join(known)}; a name of your own begins with _",
            )
    for name in named:
        if name not in functions:
            raise _refusal(reference, f"CASE names a case of {name}, which is not worked", f"define {name}")
    for name, function in functions.items():
        if not function.__code__.co_flags & 0x20:
            raise _refusal(reference, f"{name} yields no steps", "yield a sentence and a value for each step")


def work(
    reference: Reference, exercise: Exercise, properties: Mapping[str, Property]
) -> WorkedExample | None:
    """Return an exercise's worked example; None where ``worked.py`` has none.

    Parameters
    ----------
    reference : Reference
    exercise : Exercise
        With its cases, answers and tolerance.
    properties : mapping of str to callable
        Of ``properties.py``.

    Raises
    ------
    CourseError
        It raises, ends on something else than the answer, or has a step that cannot be shown.
    """
    function = _functions(reference).get(exercise.name)
    if function is None:
        return None
    case = _case(reference, exercise)
    place = f"{exercise.name}, case {case.name!r}"
    steps, answer = _run(reference, place, function, case)
    _check_steps(reference, place, steps)
    judged = judge_case(case, exercise, Outcome(Kind.RETURNED, value=answer), properties)
    if judged.verdict is not Verdict.PASSED:
        raise _refusal(
            reference,
            f"{place}: the worked example does not end on the answer but on {_short(answer)}",
            "yield the answer last, or return it where several steps have its parts",
        )
    if isinstance(case.judge, Equal):
        _check_parts(reference, place, case, steps, answer)
    return WorkedExample(case.name, tuple(steps))


def _functions(reference: Reference) -> dict[str, types.FunctionType]:
    """Return the generators of ``worked.py``: what it defines itself and does not begin with _."""
    namespace = reference.namespaces.get("worked", {})
    return {
        name: value
        for name, value in namespace.items()
        if isinstance(value, types.FunctionType)
        and value.__module__ == namespace["__name__"]
        and not name.startswith("_")
    }


def _named(reference: Reference) -> dict[str, str]:
    """Return the cases that ``CASE`` names, by exercise."""
    named = reference.namespaces.get("worked", {}).get("CASE", {})
    if not isinstance(named, dict):
        raise _refusal(reference, f"CASE={named!r} is no dict", "write {exercise: name of a public case}")
    return named


def _case(reference: Reference, exercise: Exercise) -> Case:
    """Return the public case that is worked: the one that is named, or else the one of fewest numbers."""
    public = [case for case in exercise.cases if case.visibility == "public"]
    wanted = _named(reference).get(exercise.name)
    if wanted is None:
        return min(public, key=_size)
    for case in public:
        if case.name == wanted:
            return case
    raise _refusal(
        reference,
        f"CASE[{exercise.name!r}]={wanted!r} is no public case",
        f"the public cases are: {', '.join(repr(case.name) for case in public)}",
    )


def _size(case: Case) -> int:
    return sum(np.size(leaf) for _, leaf in walk([case.inputs, decode(case.expected)]))


def _run(
    reference: Reference, place: str, function: types.FunctionType, case: Case
) -> tuple[list[WorkedStep], Encoded]:
    """Return the steps, and the answer that they end on."""
    path = reference.sources["worked"].path
    inputs = decode(case.encoded_inputs)
    unknown = sorted(set(inputs) - set(parameter_names(function)))
    if unknown:
        raise _refusal(
            reference, f"{place}: it takes no {unknown[0]!r}", "name its parameters as the case does"
        )
    steps: list[WorkedStep] = []

    def collect() -> Any:
        running = function(**inputs)
        while True:
            try:
                step = next(running)
            except StopIteration as end:
                return end.value
            steps.append(_step(reference, place, step))

    with generators(f"worked\0{place}"), quiet(), told(path, place):
        result = collect()
    if not steps:
        raise _refusal(reference, f"{place}: it yields no step", "yield a sentence and a value for each step")
    return steps, steps[-1].value if result is None else encode(result)


def _step(reference: Reference, place: str, step: Any) -> WorkedStep:
    if not (isinstance(step, tuple) and len(step) == 2 and isinstance(step[0], str)):
        raise _refusal(reference, f"{place}: it yields {step!r}", "yield a sentence and a value")
    # a copy: what is changed later does not change the step
    return WorkedStep(step[0], encode(step[1]))


def _check_steps(reference: Reference, place: str, steps: Iterable[WorkedStep]) -> None:
    for step in steps:
        said = f"{place}: the step {step.sentence!r}"
        if not step.sentence.strip() or len(step.sentence) > LONGEST:
            raise _refusal(
                reference,
                f"{said} has {len(step.sentence)} characters",
                f"write one sentence of at most {LONGEST}; make two steps of a long one",
            )
        code = _CODE.search(_NAME.sub("", step.sentence))
        if code or "`" in _NAME.sub("", step.sentence):
            piece = code[0] if code else "`"
            raise _refusal(
                reference,
                f"{said} has {piece!r}, which is code",
                "say it in words; products are written with ·",
            )
        for where, leaf in walk(decode(step.value)):
            if isinstance(leaf, Opaque):
                raise _refusal(reference, f"{said} has a {leaf.type_name}{where}", "yield plain values")
            if np.size(leaf) > MOST:
                raise _refusal(
                    reference,
                    f"{said} has an array of {np.size(leaf)} numbers",
                    f"show at most {MOST}, or take a smaller case",
                )


def _check_parts(
    reference: Reference, place: str, case: Case, steps: Iterable[WorkedStep], answer: Encoded
) -> None:
    """Refuse an answer of which a part is neither in a step nor an input."""
    shown = [leaf for step in steps for _, leaf in walk(decode(step.value))]
    shown += [leaf for _, leaf in walk(case.inputs)]
    known = [encode(leaf) for leaf in shown]
    for path, leaf in walk(decode(answer)):
        part = encode(leaf)
        if not any(part == other or far_from(part, other) <= REPEATABLE for other in known):
            raise _refusal(
                reference,
                f"{place}: no step has the part {path or 'that is the answer'}",
                "add a step for it",
            )


def _short(value: Encoded) -> str:
    text = " ".join(repr(decode(value)).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _refusal(reference: Reference, problem: str, remedy: str) -> CourseError:
    return refusal(reference.sources["worked"].path, problem, remedy)
