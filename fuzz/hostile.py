"""Submissions made up from bytes: what a box may bring back of real exercises, graded without a box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from fuzz.drawn import Drawn
from grader.course.load import load_assignment
from grader.course.model import Assignment, Case, Exercise, Submission
from grader.grading import AnswerKey, mark
from grader.intake.names import printable
from grader.results import Again, Frame, Graded, Kind, Load, Outcome, Raised, Run
from grader.values import Encoded, TooLarge, decode, encode

__all__ = ["NAMES", "graded"]

ROOT: Final = Path(__file__).parents[1]

#: Assignments of the course that between them have every kind of judge, of mistake and of value.
NAMES: Final = ("softmax", "gradient_checking", "batchnorm", "bias_variance", "regularization", "quiz_week1")

_OTHER_KINDS: Final = (
    Kind.MISSING,
    Kind.TIMED_OUT,
    Kind.CRASHED,
    Kind.TOO_LARGE,
    Kind.TAMPERED,
    Kind.SKIPPED,
)
_BUILT_IN: Final = (
    "ValueError",
    "TypeError",
    "NameError",
    "KeyError",
    "NotImplementedError",
    "RecursionError",
)


def graded(drawn: Drawn) -> tuple[Graded, Assignment]:
    """Return the result of a submission to one exercise alone, which went as the bytes say.

    Others that it uses are there, too, and right.
    """
    name = drawn.pick(NAMES)
    whole = _loaded(name)
    chosen = whole.exercises[drawn.below(len(whole.exercises))]
    names = {chosen.name, *_used(whole, chosen)}
    assignment = replace(whole, exercises=tuple(each for each in whole.exercises if each.name in names))
    student, again = printable(drawn.text()), {}
    outcomes = {key: value for each in assignment.exercises for key, value in _right(each).items()}
    outcomes |= _outcomes(drawn, chosen)
    if chosen.spec.uses and drawn.flag():
        again[chosen.name] = Again(chosen.spec.uses, Run(Load(Kind.RETURNED), _outcomes(drawn, chosen)))
        broken = assignment.exercise(chosen.spec.uses[0])
        outcomes |= {key: Outcome(Kind.RAISED, raised=_raised(drawn)) for key in _right(broken)}
    run = Run(_load(drawn), outcomes, drawn.text(), drawn.text(), (_told(drawn),), "weak", again=again)
    submission = Submission(student or "you", name, drawn.text().encode("utf-8", "replace"), drawn.text())
    return mark(submission, assignment, run, _key(name)), assignment


@cache
def _loaded(name: str) -> Assignment:
    return load_assignment(ROOT, name)


@cache
def _key(name: str) -> AnswerKey:
    return AnswerKey.of(_loaded(name))


def _used(assignment: Assignment, exercise: Exercise) -> set[str]:
    found = set(exercise.spec.uses)
    for name in exercise.spec.uses:
        found |= _used(assignment, assignment.exercise(name))
    return found


def _right(exercise: Exercise) -> dict[tuple[str, str], Outcome]:
    return {
        (exercise.name, case.name): Outcome(Kind.RETURNED, 0.001, case.expected) for case in exercise.cases
    }


def _outcomes(drawn: Drawn, exercise: Exercise) -> dict[tuple[str, str], Outcome]:
    """Return what came of each case: mostly of one mind, as that of one program is."""
    kind, seed = drawn.below(10), drawn.take(6)
    found = _right(exercise)
    for index, case in enumerate(exercise.cases):
        if kind == 0 or index == drawn.below(16):
            outcome = _outcome(drawn, case)
        elif kind < 7:
            outcome = _returned(_changed(Drawn(seed), decode(case.expected)))
        else:
            outcome = _returned(drawn.value()) if kind < 9 else _mistaken(drawn, exercise, case)
        found[exercise.name, case.name] = outcome
    return found


def _outcome(drawn: Drawn, case: Case) -> Outcome:
    kind = drawn.below(6)
    if kind < 2:
        return Outcome(Kind.RAISED, 0.01, raised=_raised(drawn))
    if kind == 2:
        return Outcome(drawn.pick(_OTHER_KINDS), 0.01, reason="as it happens")
    if kind == 3:
        structure, _, data = drawn.take(24).partition(b"\0")
        return Outcome(Kind.RETURNED, 0.01, Encoded(structure, data))
    if kind == 4:
        return Outcome(
            Kind.RETURNED, 0.01, case.expected._replace(data=case.expected.data[: drawn.below(99)])
        )
    return _returned(drawn.value())


def _mistaken(drawn: Drawn, exercise: Exercise, case: Case) -> Outcome:
    if not exercise.mistakes:
        return _returned(drawn.value())
    returned = exercise.mistakes[drawn.below(2) % len(exercise.mistakes)].returns[case.name]
    return (
        Outcome(Kind.RAISED, raised=_raised(drawn))
        if returned is None
        else Outcome(Kind.RETURNED, 0.1, returned)
    )


def _returned(value: Any) -> Outcome:
    try:
        return Outcome(Kind.RETURNED, 0.01, encode(value))
    except TooLarge:
        return Outcome(Kind.TOO_LARGE, 0.01, reason="too large")


def _raised(drawn: Drawn) -> Raised:
    frames = tuple(Frame(drawn.text(), drawn.below(10**7), drawn.text()) for _ in range(drawn.below(4)))
    nearest = drawn.pick(_BUILT_IN)
    return Raised(nearest if drawn.flag() else _told(drawn), nearest, _told(drawn), _written(frames))


def _told(drawn: Drawn) -> str:
    """Return a text as it arrives: what decodes has no half characters."""
    return drawn.text().encode("utf-8", "replace").decode()[:2000]


def _written(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    texts = [
        each.encode("utf-8", "replace").decode()[:2000]
        for frame in frames
        for each in (frame.function, frame.text)
    ]
    return tuple(Frame(texts[2 * at], frame.line, texts[2 * at + 1]) for at, frame in enumerate(frames))


def _load(drawn: Drawn) -> Load:
    kind = drawn.below(8)
    if kind == 1:
        return Load(Kind.RAISED, 0.1, _raised(drawn))
    if kind == 2:
        return Load(drawn.pick((Kind.TIMED_OUT, Kind.CRASHED, Kind.TOO_LARGE)), 0.1, reason="as it happens")
    return Load(Kind.RETURNED, 0.1, notes=("a note",) if kind == 3 else ())


def _changed(drawn: Drawn, value: Any) -> Any:
    """Return a value of the right form with something wrong in it, the same for the same bytes."""
    if isinstance(value, dict) and value and drawn.below(4):
        key = list(value)[drawn.below(len(value))]
        return {each: _changed(drawn, item) if each == key else item for each, item in value.items()}
    if isinstance(value, (list, tuple)) and value and drawn.below(4):
        at = drawn.below(len(value))
        return type(value)(_changed(drawn, item) if index == at else item for index, item in enumerate(value))
    with np.errstate(all="ignore"):
        return _CHANGES[drawn.below(len(_CHANGES))](drawn, value)


def _numbers(value: Any) -> Any:
    array = np.asarray(value) if isinstance(value, (int, float, complex, np.ndarray)) else np.zeros((2, 3))
    return array if array.dtype.kind in "biufc" else np.zeros((2, 3))


def _planted(drawn: Drawn, value: Any) -> Any:
    array = np.array(_numbers(value), np.float64 if drawn.below(4) else np.complex128)
    if array.size:
        array.flat[drawn.below(256) % array.size] = drawn.number()
    return array


_CHANGES: Final = (
    lambda drawn, value: drawn.value(),
    lambda drawn, value: _numbers(value) * drawn.number(),
    lambda drawn, value: _numbers(value) + drawn.number(),
    _planted,
    lambda drawn, value: _numbers(value).T,
    lambda drawn, value: _numbers(value).ravel(),
    lambda drawn, value: _numbers(value)[None],
    lambda drawn, value: _numbers(value).astype(drawn.pick(("f2", "f4", "i1", "u1", "?", "c8", "c16", "i8"))),
    lambda drawn, value: _numbers(value).tolist(),
    lambda drawn, value: np.flip(_numbers(value)),
    lambda drawn, value: _numbers(value).sum(),
    lambda drawn, value: np.repeat(_numbers(value), 2),
    lambda drawn, value: (value,),
    lambda drawn, value: {drawn.key(): value},
    lambda drawn, value: np.full_like(_numbers(value), drawn.below(3)),
    lambda drawn, value: np.exp(_numbers(value) * 1000.0),
)
