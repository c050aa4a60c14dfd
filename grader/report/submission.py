"""Puts both pages of a submission on disk, and knows them again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from grader.course.model import Assignment
from grader.report.cases import Contents
from grader.report.files import writing
from grader.report.pages import submission_page
from grader.report.paths import page_path
from grader.report.policy import Audience
from grader.results import Graded

__all__ = ["has_pages", "write_page", "write_submission"]

_AUDIENCES: Final[tuple[Audience, ...]] = ("student", "instructor")


def write_submission(out: Path, graded: Graded, assignment: Assignment, stamp: str = "") -> None:
    """Write both pages of one submission under the reports folder.

    Parameters
    ----------
    out : Path
    graded : Graded
    assignment : Assignment
    stamp : str
        By which `has_pages` knows these pages again.

    Raises
    ------
    OutputError
        The folder cannot be written to, or is full.
    """
    contents = Contents()
    for audience in _AUDIENCES:
        page = submission_page(graded, assignment, audience, contents)
        path = out / page_path(audience, graded.result.student, graded.result.assignment)
        with writing(path) as file:
            file.write(page + _stamped(stamp))


def write_page(out: Path, audience: Audience, student: str, assignment: str, page: str) -> None:
    """Write a page that was made elsewhere; raises as `write_submission`."""
    with writing(out / page_path(audience, student, assignment)) as file:
        file.write(page)


def has_pages(out: Path, student: str, assignment: str, stamp: str) -> bool:
    """Say whether both pages of a submission are there, and are those that were written with this stamp."""
    last = _stamped(stamp).encode()
    return all(_ends(out / page_path(audience, student, assignment), last) for audience in _AUDIENCES)


def _stamped(stamp: str) -> str:
    return f"\n<!-- {stamp} -->\n" if stamp else ""


def _ends(path: Path, last: bytes) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-len(last), os.SEEK_END)
            return file.read() == last
    except OSError:  # it is missing, or shorter
        return False
