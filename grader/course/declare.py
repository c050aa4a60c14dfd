"""The names that `reference/` imports: how an author declares exercises, cases and mistakes.

``solution.py``::

    from grader.course.declare import given

    @given                      # copied whole into the stub, and in scope whether or not the student keeps it
    def relu(Z): ...

    def update_lr(learning_rate0, epoch_num, decay_rate):
        '''Docstring with shapes and formula: what the stub shows to the student.'''
        return learning_rate0 / (1 + decay_rate * epoch_num)

``cases.py``: one generator of cases per exercise, of the exercise's name, in the order of the stub::

    from grader.course.declare import Cases, exercise

    @exercise(points=4)
    def update_lr(cases: Cases) -> None:
        '''Decay the learning rate with the number of epochs.'''
        cases.public("three epochs", dict(learning_rate0=0.5, epoch_num=3, decay_rate=2.0))
        cases.hidden("far along", dict(learning_rate0=0.3, epoch_num=977, decay_rate=0.07))

``mistakes.py``: what students are known to get wrong, each with its hint::

    from grader.course.declare import edited, mistake

    @mistake("update_lr", "The rate grows with the epochs.", "First the idea.", "Then where to look.")
    def multiplied(learning_rate0, epoch_num, decay_rate):
        return learning_rate0 * (1 + decay_rate * epoch_num)

    epoch_left_out = edited(
        "update_lr", "epoch_left_out", "The rate stays as it is.", "First the idea.", "Then where to look.",
        replace={"decay_rate * epoch_num": "decay_rate"},
    )

A quiz has one file, ``quiz.py``, in place of these three: see `grader.course.quiz`.

``alternatives.py``: other right ways to write the same, for ``grade audit``::

    from grader.course.declare import alternative

    @alternative("update_lr")
    def as_a_product(learning_rate0, epoch_num, decay_rate):
        return learning_rate0 * (1 + decay_rate * epoch_num) ** -1

Declaring only records; `grader.authoring.build` runs what is recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from grader.course.model import AtMost, Equal, Holds, Judge, Magnitude, Question, Tolerance
from grader.results import Visibility

__all__ = [
    "AlternativeDeclared",
    "AtMost",
    "CaseDeclared",
    "Cases",
    "Equal",
    "ExerciseDeclared",
    "Holds",
    "Magnitude",
    "MistakeDeclared",
    "Tolerance",
    "alternative",
    "edited",
    "exercise",
    "given",
    "mistake",
]

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class CaseDeclared:
    """One case as its author wrote it; the expected value is computed at build time."""

    name: str
    visibility: Visibility
    inputs: dict[str, Any]
    weight: float
    judge: Judge


@dataclass(slots=True)
class Cases:
    """Records the cases of one exercise, in order; public ones are graded first whatever their place."""

    declared: list[CaseDeclared] = field(default_factory=list)

    def public(
        self, name: str, inputs: dict[str, Any], *, weight: float = 1.0, judge: Judge | None = None
    ) -> None:
        """Add a case that students see: small numbers, to be followed by hand.

        Parameters
        ----------
        name : str
            What the case is about, in a few words; shown to students.
        inputs : dict
            Argument name to value, in the order of the signature; a default argument may be left out.
        weight : float
            Share of the exercise's points, relative to its other cases.
        judge : Judge, optional
            `Equal` by default.
        """
        self.declared.append(CaseDeclared(name, "public", dict(inputs), weight, (judge or Equal()).checked()))

    def hidden(
        self, name: str, inputs: dict[str, Any], *, weight: float = 1.0, judge: Judge | None = None
    ) -> None:
        """Add a case whose inputs and answer students do not see; its name they do."""
        self.declared.append(CaseDeclared(name, "hidden", dict(inputs), weight, (judge or Equal()).checked()))


@dataclass(frozen=True, slots=True)
class ExerciseDeclared:
    """One exercise and the generator of its cases."""

    name: str
    title: str
    points: float
    generate: Callable[[Cases], None]
    uses: tuple[str, ...] = ()
    optional_tail: int = 0
    tolerance: Tolerance | None = None
    handed_out: str | None = None
    question: Question | None = None


def exercise(
    *,
    points: float,
    uses: tuple[str, ...] = (),
    optional_tail: int = 0,
    tolerance: Tolerance | None = None,
    handed_out: str | None = None,
) -> Callable[[Callable[[Cases], None]], ExerciseDeclared]:
    """Declare the exercise that the decorated generator is named after; its docstring is the title.

    Parameters
    ----------
    points : float
        The points of an assignment's exercises add up to 100.
    uses : tuple of str
        Names of the exercises whose functions this one calls.
    optional_tail : int
        How many of the last items of the tuple returned may be left out; they are graded where returned.
    tolerance : Tolerance, optional
        Instead of the measured one.
    handed_out : str, optional
        Name of a mistake of this exercise whose code the stub carries, for the student to repair.
    """

    def declare(generate: Callable[[Cases], None]) -> ExerciseDeclared:
        title = (generate.__doc__ or "").strip().splitlines()[0] if generate.__doc__ else generate.__name__
        checked = None if tolerance is None else tolerance.checked()
        return ExerciseDeclared(
            generate.__name__, title, points, generate, uses, optional_tail, checked, handed_out
        )

    return declare


def given(function: F) -> F:
    """Mark a function of ``solution.py`` as a helper that students are given."""
    function.__given__ = True  # type: ignore[attr-defined]
    return function


@dataclass(frozen=True, slots=True)
class MistakeDeclared:
    """A known misconception: a faulty variant of one function, and the hint that it deserves.

    Parameters
    ----------
    exercise : str
    name : str
        Part of the finding's stable code.
    message : str
        One sentence that stands alone: what the submission does. It never gives the right line.
    help : tuple of str
        Steps: first the idea, then where to look.
    function : callable or None
        The faulty variant, or None where `replace` makes it from the reference.
    replace : dict of str to str
        Pieces of the reference's source and what the mistake has in their place.
    """

    exercise: str
    name: str
    message: str
    help: tuple[str, ...]
    function: Callable[..., Any] | None = None
    replace: dict[str, str] = field(default_factory=dict)


def mistake(exercise: str, message: str, *help_steps: str) -> Callable[[Callable[..., Any]], MistakeDeclared]:
    """Declare the decorated function as a faulty variant of an exercise's function.

    It is called in a copy of the solution's module, so it may call the solution's other functions by name.
    """

    def declare(function: Callable[..., Any]) -> MistakeDeclared:
        return MistakeDeclared(exercise, function.__name__, message, help_steps, function)

    return declare


def edited(
    exercise: str, name: str, message: str, *help_steps: str, replace: dict[str, str]
) -> MistakeDeclared:
    """Declare a mistake as an edit of the reference: each key of `replace` must occur in its source.

    Every occurrence is replaced. Assign the result to a module-level name.
    """
    return MistakeDeclared(exercise, name, message, help_steps, None, dict(replace))


@dataclass(frozen=True, slots=True)
class AlternativeDeclared:
    """Another right formulation of one function, which has to pass every case."""

    exercise: str
    name: str
    function: Callable[..., Any]


def alternative(exercise: str) -> Callable[[Callable[..., Any]], AlternativeDeclared]:
    """Declare the decorated function as another right formulation of an exercise's function.

    It is called in a copy of the solution's module, so it may call the solution's other functions by name.
    Let it share no line with the solution: loops where that has none, the long formula for the short one.
    """

    def declare(function: Callable[..., Any]) -> AlternativeDeclared:
        return AlternativeDeclared(exercise, function.__name__, function)

    return declare
