"""``grade history``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from grader.cli.books import gradebook_option, opened
from grader.cli.courses import locate_course
from grader.cli.plain import one_line
from grader.cli.students import author_option, known_student
from grader.cli.switches import course_option, json_option
from grader.errors import GradebookError
from grader.gradebook.book import Gradebook
from grader.gradebook.entries import Event, Remark


@click.command(epilog="Example: grade history ana; grade history ana --restore 17")
@click.argument("student")
@click.option(
    "--restore",
    type=click.IntRange(1, 2**31 - 1),
    metavar="NUMBER",
    help="Have this earlier result count again.",
)
@click.option("--reason", default="", help="Why it is restored.")
@author_option
@gradebook_option
@json_option
@course_option
def history(
    student: str,
    restore: int | None,
    reason: str,
    author: str,
    gradebook: str | None,
    as_json: bool,
    course: Path | None,
) -> None:
    """Show all that the gradebook knows of STUDENT; restore an earlier result.

    That is attempts, results, and points and comments of instructors.

    A result that is restored counts until the submission, the assignment or the grader changes.
    """
    root = locate_course(course, Path.cwd())
    with opened(gradebook, root, make=False, alone_in_it=restore is not None) as book:
        who = known_student(book, student)
        if restore is not None:
            _restore(book, root, who, restore, reason, author)
        events = book.history(who)
    if as_json:
        for event in events:
            click.echo(json.dumps(asdict(event)))
        return
    for event in events:
        click.echo(_line(event))


def _restore(book: Gradebook, root: Path, student: str, number: int, reason: str, author: str) -> None:
    (stored,) = book.stored([number])
    attempt = stored.entry.attempt
    if attempt.student != student:
        raise GradebookError(
            f"result {number} is not {student}'s.", help=f"grade history {student} lists the results"
        )
    book.restore(book.begin_run(course=root), number)
    text = f"result {number} restored" + (f": {reason}" if reason else "")
    book.remark(Remark(student, attempt.assignment, "", "note", None, text, author))


def _line(event: Event) -> str:
    number = f" {event.number}" if event.what == "result" else ""
    head = f"{event.when[:19]}Z {event.assignment:<18} {event.what + number:<11}"
    return f"{head} {one_line(event.text)}"
