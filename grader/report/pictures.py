"""Pictures of what a function returned, beside what the reference returns.

An assignment's ``pictures.py`` declares them; it is run on this side and sees public cases only, so that
nothing hidden shows. A picture is drawn where one of its cases did not pass, once for all who returned
the same. One that cannot be drawn is left out, and `broken` says why: it never costs a page.

::

    from grader.report.drawing import axes, done, figure
    from grader.report.pictures import Answer, picture

    @picture("update_lr", case="forty epochs", title="How the rate falls", caption="It falls ever slower.")
    def decay(answer):
        drawn = figure()
        axes(drawn, x="epoch", y="rate").plot(answer.expected)
        return done(drawn, "What is to be seen, in words.")
"""

from __future__ import annotations

import copy
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from markupsafe import Markup

from grader.course.model import Assignment, Case, Exercise
from grader.errors import CourseError
from grader.report.forms import UnusableError, alike, numbers, part_of
from grader.results import Graded, JudgedCase, Verdict
from grader.values import Encoded, Value, WireError, decode

__all__ = ["Answer", "Declared", "Picture", "broken", "declared", "draw", "picture", "pictures"]

#: Drawings kept, for those who returned the same.
KEPT = 400
#: Returned values of more bytes are not drawn.
MOST_BYTES = 2**20

_NOTHING_TO_SEE = frozenset({Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.UNGRADED, Verdict.SKIPPED})


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, ready for a page.

    Parameters
    ----------
    title : str
    caption : str
        What a right picture looks like and why; and where the reference stands alone, that it does.
    alt : str
        What is to be seen here, in words.
    svg : Markup
    case : str
        Name of the public case that it shows.
    """

    title: str
    caption: str
    alt: str
    svg: Markup
    case: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A public case as a picture sees it.

    Parameters
    ----------
    case : str
    inputs : dict of str to value
    expected : value
        What the reference returns, or the part of it that is drawn; numbers as floats or arrays of float.
    returned : value or None
        In the form and the shapes of `expected`, unless the picture is `loose`; None where that cannot be.
    """

    case: str
    inputs: dict[str, Value]
    expected: Value
    returned: Value


#: Draws one answer; returns the SVG and what it shows in words, as `grader.report.drawing.done` makes them,
#: or None where there is nothing to see, such as two lines that look the same.
Draw = Callable[[Answer], tuple[Markup, str] | None]
D = TypeVar("D", bound=Draw)


@dataclass(frozen=True, slots=True)
class Declared:
    """A picture as its author declares it; `cases` in order of preference."""

    exercise: str
    cases: tuple[str, ...]
    title: str
    caption: str
    part: tuple[str | int, ...]
    loose: bool
    draw: Draw


def picture(
    *exercises: str,
    case: str | tuple[str, ...],
    title: str,
    caption: str,
    part: tuple[str | int, ...] = (),
    loose: bool = False,
) -> Callable[[D], D]:
    """Declare what a function draws.

    Parameters
    ----------
    *exercises : str
        Each gets the picture.
    case : str or tuple of str
        The public case it shows; of several the first that did not pass.
    title, caption : str
        The caption says in a sentence or two what a right picture looks like, and why.
    part : tuple of str and int
        Keys and indices that lead to the part of the value that is drawn; the rest of it is no matter.
    loose : bool
        Whether the function makes do with whatever form was returned. It may raise then: the reference is
        drawn alone.
    """
    cases = (case,) if isinstance(case, str) else case

    def declare(draw: D) -> D:
        known: list[Declared] = getattr(draw, "pictures", [])
        new = [Declared(exercise, cases, title, caption, part, loose, draw) for exercise in exercises]
        draw.pictures = known + new  # type: ignore[attr-defined]
        return draw

    return declare


def pictures(graded: Graded, assignment: Assignment, exercise_name: str) -> tuple[Picture, ...]:
    """Return the pictures of an exercise that say something about what was handed in.

    Parameters
    ----------
    graded : Graded
    assignment : Assignment
    exercise_name : str

    Returns
    -------
    tuple of Picture
        None of an exercise that is right, was not begun or was not graded.
    """
    made = _pictures(graded, assignment, exercise_name)
    return tuple(each for each in made if isinstance(each, Picture))


def broken(graded: Graded, assignment: Assignment) -> tuple[str, ...]:
    """Return why pictures of a submission could not be drawn, for the instructor: a sentence each."""
    made = (each for result in graded.result.exercises for each in _pictures(graded, assignment, result.name))
    return tuple(dict.fromkeys(each for each in made if isinstance(each, str)))


def declared(path: Path | None) -> tuple[Declared, ...]:
    """Run an assignment's ``pictures.py`` and return what it declares, in its order.

    Raises
    ------
    CourseError
        The file cannot be read or run.
    """
    if path is None:
        return ()
    try:
        return _declared(path.read_bytes(), path)
    except Exception as error:
        raise CourseError(
            f"{path} cannot be run: {type(error).__name__}: {error}",
            help="Run it with Python and mend what it says.",
        ) from error


@lru_cache(maxsize=64)
def _declared(source: bytes, path: Path) -> tuple[Declared, ...]:
    # Not imported: an import would leave a __pycache__ beside what students receive.
    namespace: dict[str, object] = {"__name__": f"pictures_of_{path.parent.name}", "__file__": str(path)}
    exec(compile(source, str(path), "exec"), namespace)
    return tuple(each for thing in list(namespace.values()) for each in getattr(thing, "pictures", ()))


def _pictures(graded: Graded, assignment: Assignment, name: str) -> Iterator[Picture | str | None]:
    """Yield each picture, or why it could not be drawn."""
    judged = {case.name: case for case in graded.judged.get(name, ())}
    if assignment.pictures is None or all(case.verdict in _NOTHING_TO_SEE for case in judged.values()):
        return
    try:
        known = declared(assignment.pictures)
    except CourseError as error:
        yield str(error)
        return
    exercise = next((each for each in assignment.exercises if each.name == name), None)
    for each in known:
        case = _case(each, exercise, judged) if exercise is not None and each.exercise == name else None
        if case is not None:
            yield _DRAWN.get(each, case, judged[case.name])


def _case(wanted: Declared, exercise: Exercise, judged: dict[str, JudgedCase]) -> Case | None:
    """Return the first case of a picture that is public and did not pass."""
    public = {case.name: case for case in exercise.cases if case.visibility == "public"}
    return next(
        (
            public[name]
            for name in wanted.cases
            if name in public and name in judged and judged[name].verdict not in _NOTHING_TO_SEE
        ),
        None,
    )


class _Drawn:
    """The drawings made last, by what they show."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[int, bytes, bytes], tuple[Declared, Picture | str | None]] = (
            OrderedDict()
        )

    def get(self, wanted: Declared, case: Case, judged: JudgedCase) -> Picture | str | None:
        key = (id(wanted), _digest(case.encoded_inputs, case.expected), _digest(judged.outcome.value))
        if key not in self._made:
            # What is declared is held, so that its identity is never used again.
            self._made[key] = wanted, draw(wanted, case, judged.outcome.value)
        self._made.move_to_end(key)
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        return self._made[key][1]


_DRAWN = _Drawn()


def _digest(*values: Encoded | None) -> bytes:
    digest = hashlib.sha256()
    for value in values:
        for part in (value.structure, value.data) if value is not None else ():
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def draw(
    wanted: Declared, case: Case, value: Encoded | None, *, strict: bool = False
) -> Picture | str | None:
    """Draw what was returned beside the reference; the reference alone where that cannot be.

    Parameters
    ----------
    wanted : Declared
    case : Case
        One of its cases.
    value : Encoded or None
        None where nothing was returned.
    strict : bool
        Whether what was returned has to be drawn, if there is any.

    Returns
    -------
    Picture, str or None
        A sentence where it cannot be drawn at all, None where there is nothing to see.
    """
    expected = numbers(part_of(decode(case.expected), wanted.part))
    returned = None if value is None else _returned(wanted, expected, value)
    reason = ""
    for shown in (returned, None) if returned is not None else (None,):
        # A picture that changes what it is given must not change the next one's.
        answer = Answer(case.name, copy.deepcopy(case.inputs), copy.deepcopy(expected), shown)
        try:
            with np.errstate(all="ignore"):
                made = wanted.draw(answer)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"[:200]
            if strict:
                break
            continue
        if made is None:
            return None
        return Picture(wanted.title, wanted.caption + _alone(shown, value), made[1], made[0], case.name)
    return f"The picture “{wanted.title}” of {wanted.exercise} cannot be drawn: {reason}."


def _alone(shown: Value, value: Encoded | None) -> str:
    if shown is not None:
        return ""
    if value is None:
        return " Nothing came back in this case, so the reference stands alone here."
    return " What came back in this case has a form that cannot be drawn, so the reference stands alone here."


def _returned(wanted: Declared, expected: Value, value: Encoded) -> Value:
    if len(value.data) > MOST_BYTES:
        return None
    try:
        returned = part_of(decode(value), wanted.part)
        return returned if wanted.loose else alike(expected, returned)
    except (UnusableError, WireError, LookupError, ValueError, TypeError, OverflowError):
        return None
