"""Checks what an assignment's ``pictures.py`` declares, and that it can be drawn."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from grader.course.model import Case, Exercise
from grader.errors import CourseError
from grader.report.pictures import Declared, declared, draw


def check_pictures(path: Path, exercises: Sequence[Exercise]) -> None:
    """Refuse pictures of what does not exist or is hidden, and those that raise.

    Each is drawn as for a submission that returns nothing, and as for one that returns what is expected.

    Parameters
    ----------
    path : Path
        ``pictures.py``; there need not be one.
    exercises : sequence of Exercise

    Raises
    ------
    CourseError
        Names the picture and what is wrong with it.
    """
    for wanted in declared(path if path.is_file() else None):
        exercise = _exercise(path, wanted, exercises)
        for name in wanted.cases:
            case = _case(path, wanted, exercise, name)
            for value in (None, case.expected):
                drawn = draw(wanted, case, value, strict=True)
                if isinstance(drawn, str):
                    raise CourseError(f"{path}: {drawn}", help="mend what it says; nothing was written")


def _exercise(path: Path, wanted: Declared, exercises: Sequence[Exercise]) -> Exercise:
    for exercise in exercises:
        if exercise.name == wanted.exercise:
            return exercise
    raise _unknown(path, wanted, "exercise", wanted.exercise, [exercise.name for exercise in exercises])


def _case(path: Path, wanted: Declared, exercise: Exercise, name: str) -> Case:
    public = {case.name: case for case in exercise.cases if case.visibility == "public"}
    if name not in public:
        raise _unknown(path, wanted, f"public case of {exercise.name}", name, list(public))
    return public[name]


def _unknown(path: Path, wanted: Declared, what: str, name: str, known: list[str]) -> CourseError:
    near = difflib.get_close_matches(name, known, 1)
    help_line = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
    return CourseError(f"{path}: picture {wanted.title!r}: {name!r} is no {what}.", help=help_line)
