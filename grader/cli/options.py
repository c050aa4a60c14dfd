"""Options that commands share, and what their values mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.cli.courses import choose, locate_course
from grader.cli.switches import assignment_option, cores, course_option, json_option, out_option
from grader.course.load import assignment_names

__all__ = [
    "assignment_option",
    "choose_assignments",
    "cores",
    "course_option",
    "json_option",
    "locate_course",
    "out_option",
]


def choose_assignments(root: Path, asked: Sequence[str]) -> list[str]:
    """Return the names asked for, all of them by week where none is.

    Raises
    ------
    CourseError
        One is unknown: the nearest known name is offered.
    """
    return choose(root, assignment_names(root), asked)
