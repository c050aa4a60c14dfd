"""Which course is meant, and which of its assignments. Few imports: commands that start fast use it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.course.places import find_course
from grader.errors import CourseError
from grader.intake.find import close_match

__all__ = ["choose", "locate_course"]


def locate_course(course: Path | None, *places: Path, public_only: bool = False) -> Path:
    """Return the course's root: the one given, else the first found upward from some places.

    Raises
    ------
    CourseError
        There is none.
    """
    if course is not None:
        root = find_course(course, public_only=public_only)
        if root != course.resolve():
            raise CourseError(
                f"course={str(course)!r} is not a course.", help="name the folder that has assignments/"
            )
        return root
    refused: CourseError | None = None
    for place in places or (Path.cwd(),):
        try:
            return find_course(place, public_only=public_only)
        except CourseError as error:
            refused = refused or error
    assert refused is not None
    raise refused


def choose(root: Path, known: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Return the names asked for, all that are known where none is.

    Raises
    ------
    CourseError
        One is unknown: the nearest known name is offered.
    """
    for name in asked:
        if name not in known:
            close = close_match(name, known)
            offer = f"did you mean {close!r}? " if close else ""
            raise CourseError(
                f"assignment={name!r} is not in the course at {root}.",
                help=f"{offer}the course has {', '.join(known) or 'none'}",
            )
    return list(dict.fromkeys(asked or known))
