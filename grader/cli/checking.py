"""Checks a student's file, once or on every save.

What judging and telling need takes longest to import: a thread does, while the box starts and runs the file.
"""

from __future__ import annotations

import gc
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any, Final

import click

from grader.cli.asked import Asked, colour
from grader.cli.courses import choose, locate_course
from grader.cli.plain import plain
from grader.cli.watch import interruptible, record, saves
from grader.course.model import Assignment, Submission
from grader.course.places import folder_names
from grader.course.public import load_public
from grader.course.requirements import lacking
from grader.errors import SubmissionsError
from grader.intake.find import SubmissionFile, close_match, find_submissions
from grader.intake.read import read_submission
from grader.outcomes import Run
from grader.sandbox.box import Box, First, open_box

_TELLING: Final = "grader.cli.telling"


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is the same for every save."""

    asked: Asked
    found: SubmissionFile
    assignment: Assignment

    @classmethod
    def of(cls, asked: Asked) -> _Desk:
        if asked.file.suffix.lower() == ".ipynb":
            raise SubmissionsError(
                f"{plain(str(asked.file))!r} is a notebook, and a .py file is handed in.",
                help="export it as Python (Jupyter: File > Save and Export Notebook As > Executable Script)",
            )
        root = locate_course(asked.course, Path.cwd(), asked.file, public_only=True)
        known = folder_names(root)
        only = choose(root, known, [asked.assignment]) if asked.assignment else []
        (found,) = find_submissions(asked.file, known, only=only).submissions
        assignment = load_public(root, found.assignment)
        _refuse_unknown(asked.exercises, assignment)
        return cls(asked, found, assignment)

    def read(self) -> Submission:
        return read_submission(self.found, self.assignment.file.limits.max_bytes)

    def teller(self) -> Any:
        """Return a `grader.cli.telling.Teller`, once it is imported."""
        return import_module(_TELLING).Teller(self.asked, self.assignment)


def check_file(asked: Asked, first: First | None = None) -> bool:
    """Check a file and print what there is to say; with ``watch`` again on every save, until Ctrl-C.

    Parameters
    ----------
    asked : Asked
    first : PlainChild or ParentProcess, optional
        A process of the box that was started before.

    Returns
    -------
    bool
        Whether it could be graded.

    Raises
    ------
    GraderError
        What whoever called has to mend: no course, no such assignment, no box.
    """
    desk = _Desk.of(asked)
    if missing := lacking(desk.assignment.file):
        teller = desk.teller()
        return bool(teller.show(teller.refuse(desk.read(), f"{missing.reason}; help: {missing.help}")))
    Thread(target=_load, daemon=True).start()
    with interruptible(), open_box(desk.assignment, asked.sandbox, first=first, ahead=asked.watch) as box:
        if not asked.watch:
            submission, run = _run(desk, box)
            teller = desk.teller()
            return bool(teller.show(teller.judge(submission, run, box)))
        with suppress(KeyboardInterrupt):
            _watch(desk, box)
    click.echo()  # the shell's next line begins below the ^C
    return True


def _load() -> None:
    """Import what judges and tells; whoever needs it imports it again, and hears of what went wrong."""
    with suppress(Exception):
        import_module(_TELLING)


def _run(desk: _Desk, box: Box) -> tuple[Submission, Run | None]:
    """Run the file as it is now."""
    submission = desk.read()
    return submission, None if submission.fault else box.run(submission)


def _watch(desk: _Desk, box: Box) -> None:
    """Check on every save, for ever."""
    file = desk.found.path
    seen = record(file)  # before it is read: a save in between is one more change
    before = teller = None
    following = saves(file, seen)
    while True:
        submission, run = _run(desk, box)
        teller = teller or desk.teller()
        graded = teller.judge(submission, run, box)
        if not desk.asked.as_json:
            _begin(teller.changes(before, graded))
        teller.show(graded)
        gc.enable()
        before = graded
        if not desk.asked.as_json:
            _say(f"watching {plain(desk.asked.file.name)}; Ctrl-C ends")
        while next(following) is None:
            if not desk.asked.as_json:
                _say(f"{plain(desk.asked.file.name)} is gone; waiting until it is back")


def _begin(news: str) -> None:
    """Begin a new page on a terminal, a new paragraph in a pipe."""
    click.clear()
    _say(f"{time.strftime('%H:%M:%S')}  {news}")
    click.echo()


def _say(text: str) -> None:
    if not sys.stdout.isatty():
        text = f"-- {text}"
    click.secho(text, fg="cyan", color=colour())


def _refuse_unknown(names: tuple[str, ...], assignment: Assignment) -> None:
    known = [exercise.name for exercise in assignment.exercises]
    for name in names:
        if name not in known:
            close = close_match(name, known)
            offer = f"did you mean {close}?" if close else f"there are {', '.join(known)}"
            raise click.BadParameter(
                f"{name!r} is no exercise of {assignment.name}; {offer}", param_hint="--exercise"
            )
