"""Small exercises, cases and outcomes to judge."""

from collections.abc import Mapping
from typing import Any

from grader.course.model import Case, Equal, Exercise, ExerciseSpec, Judge, Mistake, Tolerance
from grader.results import Frame, Kind, Outcome, Raised, Visibility
from grader.values import encode

TIGHT = Tolerance(relative=1e-6, absolute=1e-12)


def case(
    expected: Any,
    name: str = "a case",
    *,
    visibility: Visibility = "public",
    weight: float = 1.0,
    judge: Judge | None = None,
    inputs: dict[str, Any] | None = None,
) -> Case:
    inputs = {"x": 1.0} if inputs is None else inputs
    return Case(name, visibility, weight, judge or Equal(), inputs, encode(expected), encode(inputs))


def exercise(
    *cases: Case,
    name: str = "solve",
    points: float = 10.0,
    signature: str = "solve(x)",
    optional_tail: int = 0,
    mistakes: tuple[Mistake, ...] = (),
) -> Exercise:
    spec = ExerciseSpec(
        name=name,
        title="Solve it",
        points=points,
        signature=signature,
        parameters=("x",),
        optional_tail=optional_tail,
        tolerance=TIGHT,
        cpu_seconds=0.5,
    )
    return Exercise(spec, cases, mistakes)


def mistake(name: str, returns: Mapping[str, Any], message: str = "It does the wrong thing.") -> Mistake:
    """A mistake; an exception class stands for raising."""
    encoded = {key: None if isinstance(value, type) else encode(value) for key, value in returns.items()}
    return Mistake(name, message, ("The idea.", "Where to look."), encoded)


def returned(value: Any) -> Outcome:
    return Outcome(Kind.RETURNED, 0.001, encode(value))


def raised(
    type_name: str,
    message: str = "",
    *,
    nearest: str | None = None,
    function: str | None = "solve",
    line: int = 7,
    text: str = "return np.dot(W, X)",
) -> Outcome:
    """An outcome that raised; without a function, in no frame of the student's."""
    frames = () if function is None else (Frame(function, line, text),)
    return Outcome(Kind.RAISED, 0.001, raised=Raised(type_name, nearest or type_name, message, frames))


def ended(kind: Kind, reason: str = "") -> Outcome:
    return Outcome(kind, 0.001, reason=reason)
