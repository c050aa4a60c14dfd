"""Checks a student's file, once or on every save, and prints what there is to say."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from grader.cli.asked import Asked
from grader.cli.feedback import Manner, changes, tell, tell_answers
from grader.cli.options import choose_assignments, locate_course
from grader.cli.watch import interruptible, record, saves
from grader.course.load import assignment_names, load_assignment
from grader.course.model import Assignment
from grader.course.requirements import lacking
from grader.errors import SubmissionsError
from grader.grading import AnswerKey, grade, ungraded
from grader.intake.find import SubmissionFile, close_match, find_submissions
from grader.intake.read import read_submission
from grader.report.text import clean
from grader.results import Graded, SubmissionResult
from grader.sandbox.box import Box, open_box
from grader.sandbox.plain import PlainChild

#: Lines longer than this are hard to read, however wide the terminal is; shorter ones hold no word.
WIDEST: Final = 100
NARROWEST: Final = 40


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is the same for every save."""

    asked: Asked
    found: SubmissionFile
    assignment: Assignment
    key: AnswerKey

    @classmethod
    def of(cls, asked: Asked) -> _Desk:
        if asked.file.suffix.lower() == ".ipynb":
            raise SubmissionsError(
                f"{clean(str(asked.file))!r} is a notebook, and a .py file is handed in.",
                help="export it as Python (Jupyter: File > Save and Export Notebook As > Executable Script)",
            )
        root = locate_course(asked.course, Path.cwd(), asked.file, public_only=True)
        only = choose_assignments(root, [asked.assignment]) if asked.assignment else []
        (found,) = find_submissions(asked.file, assignment_names(root), only=only).submissions
        assignment = load_assignment(root, found.assignment, public_only=True)
        _refuse_unknown(asked.exercises, assignment)
        return cls(asked, found, assignment, AnswerKey.of(assignment))

    def grade(self, box: Box) -> Graded:
        limit = self.assignment.file.limits.max_bytes
        return grade(read_submission(self.found, limit), self.assignment, box, self.key)

    def skip(self, reason: str) -> Graded:
        limit = self.assignment.file.limits.max_bytes
        return ungraded(read_submission(self.found, limit), self.assignment, reason)


def check_file(asked: Asked, first: PlainChild | None = None) -> bool:
    """Check a file and print what there is to say; with ``watch`` again on every save, until Ctrl-C.

    Parameters
    ----------
    asked : Asked
    first : PlainChild, optional
        A process of the weak box that was started before.

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
        return _show(desk, desk.skip(f"{missing.reason}; help: {missing.help}"))
    with interruptible(), open_box(desk.assignment, asked.sandbox, first=first, ahead=asked.watch) as box:
        if not asked.watch:
            return _show(desk, desk.grade(box))
        with suppress(KeyboardInterrupt):
            _watch(desk, box)
    click.echo()  # the shell's next line begins below the ^C
    return True


def _watch(desk: _Desk, box: Box) -> None:
    """Check on every save, for ever."""
    file = desk.found.path
    seen = record(file)  # before it is read: a save in between is one more change
    before: SubmissionResult | None = None
    following = saves(file, seen)
    while True:
        graded = desk.grade(box)
        if not desk.asked.as_json:
            _begin(desk, changes(before, graded.result))
        _show(desk, graded)
        before = graded.result
        if not desk.asked.as_json:
            _say(desk, f"watching {clean(desk.asked.file.name)}; Ctrl-C ends")
        while next(following) is None:
            if not desk.asked.as_json:
                _say(desk, f"{clean(desk.asked.file.name)} is gone; waiting until it is back")


def _begin(desk: _Desk, news: str) -> None:
    """Begin a new page on a terminal, a new paragraph in a pipe."""
    click.clear()
    _say(desk, f"{time.strftime('%H:%M:%S')}  {news}")
    click.echo()


def _say(desk: _Desk, text: str) -> None:
    if not sys.stdout.isatty():
        text = f"-- {text}"
    click.secho(text, fg="cyan", color=_colour())


def _show(desk: _Desk, graded: Graded) -> bool:
    """Print a result; say whether the file could be graded."""
    result = graded.result
    if desk.asked.as_json:
        click.echo(result.model_dump_json(indent=None if desk.asked.watch else 2))
    elif not result.graded:
        click.echo(f"{result.assignment}: {clean('; '.join(result.events))}", err=True)
    else:
        told = (tell_answers if desk.assignment.is_quiz else tell)(
            graded, desk.assignment, _manner(desk.asked)
        )
        click.echo(told, color=_colour())
    return result.graded


def _manner(asked: Asked) -> Manner:
    width = min(WIDEST, max(NARROWEST, shutil.get_terminal_size().columns))
    return Manner(width, asked.hints, asked.verbose, asked.exercises, marks=_can_print("✓✕∞†»◐"))


def _can_print(signs: str) -> bool:
    with suppress(UnicodeEncodeError, LookupError):
        signs.encode(sys.stdout.encoding or "ascii")
        return True
    return False


def _colour() -> bool | None:
    """Whether to colour: None leaves it to whether somebody is looking (https://no-color.org)."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def _refuse_unknown(names: tuple[str, ...], assignment: Assignment) -> None:
    known = [exercise.name for exercise in assignment.exercises]
    for name in names:
        if name not in known:
            close = close_match(name, known)
            offer = f"did you mean {close}?" if close else f"there are {', '.join(known)}"
            raise click.BadParameter(
                f"{name!r} is no exercise of {assignment.name}; {offer}", param_hint="--exercise"
            )
