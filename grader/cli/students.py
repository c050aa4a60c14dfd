"""Whose work an instructor speaks of: names and exercises as they are written on a command line."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Collection
from typing import Any

import click

from grader.course.model import Assignment, Exercise
from grader.errors import CourseError, GradebookError
from grader.gradebook.book import Gradebook
from grader.intake.find import close_match

__all__ = ["author_option", "find_exercise", "known_student", "known_work", "one_assignment_option", "said"]

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

one_assignment_option: Decorator = click.option(
    "--assignment", metavar="NAME", help="Which assignment, where that is not clear."
)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process without a name in the system's list
        return "unknown"


def said(context: click.Context, parameter: click.Parameter, text: str) -> str:
    """Return the words; an error where there are none."""
    if not text.strip():
        raise click.BadParameter("it is empty: somebody will want to read it", context, parameter)
    return text


author_option: Decorator = click.option(
    "--author",
    default=_user,
    show_default="your name on this machine",
    callback=said,
    help="Who says so.",
)


def known_student(book: Gradebook, student: str) -> str:
    """Return the name; an error that offers the nearest one where nobody of that name handed anything in."""
    known = book.students()
    if student in known:
        return student
    close = close_match(student, known)
    raise GradebookError(
        f"the gradebook has nobody named {student!r}.",
        help=f"did you mean {close!r}?" if close else "names are those of grades.csv",
    )


def known_work(book: Gradebook, student: str, among: Collection[str], asked: str | None) -> str:
    """Return the one assignment that is meant: the one asked for, else the only one among these.

    Raises
    ------
    GradebookError
        The student handed in nothing for it, or it is not clear which one is meant.
    """
    handed_in = sorted(assignment for who, assignment in book.standings() if who == student)
    if asked is not None:
        if asked in handed_in:
            return asked
        raise GradebookError(
            f"{student} handed in nothing for {asked!r}.", help=f"there is {', '.join(handed_in)}"
        )
    found = [name for name in handed_in if name in among]
    if len(found) == 1:
        return found[0]
    help_ = f"name one with --assignment: {', '.join(found or handed_in)}"
    what = "several assignments" if found else "nothing that has it"
    raise GradebookError(f"{student} handed in {what}.", help=help_)


def find_exercise(assignments: Collection[Assignment], name: str) -> dict[str, Exercise]:
    """Return the exercises of this name, by assignment; CourseError where there is none."""
    found = {
        assignment.name: exercise
        for assignment in assignments
        for exercise in assignment.exercises
        if exercise.name == name
    }
    if found:
        return found
    known = [exercise.name for assignment in assignments for exercise in assignment.exercises]
    close = close_match(name, known)
    raise CourseError(
        f"exercise={name!r} is in no assignment.",
        help=f"did you mean {close!r}?" if close else "exercises are the functions of the stubs",
    )
