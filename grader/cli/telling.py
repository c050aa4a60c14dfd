"""Judges what a student's file returned and says what there is to say; `grader.cli.checking` runs it.

Imports all of judging and diagnosis, so it is loaded while the box is at work.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from typing import Final

import click

from grader.cli.asked import Asked, colour
from grader.cli.feedback import Manner, changes, tell, tell_answers
from grader.course.model import Assignment, Submission
from grader.grading import AnswerKey, grade, ungraded
from grader.report.text import clean
from grader.results import Graded, Run
from grader.sandbox.box import Box

#: Lines longer than this are hard to read, however wide the terminal is; shorter ones hold no word.
WIDEST: Final = 100
NARROWEST: Final = 40


class Teller:
    """Judges runs of one student's file and prints them.

    Parameters
    ----------
    asked : Asked
    assignment : Assignment
        Its public part.
    """

    def __init__(self, asked: Asked, assignment: Assignment) -> None:
        self._asked, self._assignment = asked, assignment
        self._key = AnswerKey.of(assignment)

    def judge(self, submission: Submission, run: Run | None, box: Box) -> Graded:
        """Judge and explain what the box brought back."""
        return grade(submission, self._assignment, box, self._key, run=run, alone=True)

    def refuse(self, submission: Submission, reason: str) -> Graded:
        """Return the result of a file that cannot be graded here."""
        return ungraded(submission, self._assignment, reason)

    def changes(self, before: Graded | None, now: Graded) -> str:
        """Say in a line what a save has changed."""
        return changes(None if before is None else before.result, now.result)

    def show(self, graded: Graded) -> bool:
        """Print a result; say whether the file could be graded."""
        result = graded.result
        if self._asked.as_json:
            click.echo(result.model_dump_json(indent=None if self._asked.watch else 2))
        elif not result.graded:
            click.echo(f"{result.assignment}: {clean('; '.join(result.events))}", err=True)
        else:
            told = tell_answers if self._assignment.is_quiz else tell
            click.echo(told(graded, self._assignment, self._manner()), color=colour())
        return result.graded

    def _manner(self) -> Manner:
        width = min(WIDEST, max(NARROWEST, shutil.get_terminal_size().columns))
        asked = self._asked
        return Manner(width, asked.hints, asked.verbose, asked.exercises, marks=_can_print("✓✕∞†»◐"))


def _can_print(signs: str) -> bool:
    with suppress(UnicodeEncodeError, LookupError):
        signs.encode(sys.stdout.encoding or "ascii")
        return True
    return False
