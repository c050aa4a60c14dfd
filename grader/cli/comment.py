"""``grade comment``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.books import gradebook_option, opened
from grader.cli.options import choose_assignments, course_option, locate_course
from grader.cli.plain import plain
from grader.cli.students import (
    author_option,
    find_exercise,
    known_student,
    known_work,
    one_assignment_option,
    said,
)
from grader.course.load import load_assignment
from grader.gradebook.entries import Remark


@click.command(epilog='Example: grade comment ana "well explained" --assignment optimizers')
@click.argument("student")
@click.argument("text", callback=said)
@click.option("--exercise", metavar="NAME", help="Which exercise it is about; the whole without it.")
@author_option
@one_assignment_option
@gradebook_option
@course_option
def comment(
    student: str,
    text: str,
    exercise: str | None,
    author: str,
    assignment: str | None,
    gradebook: str | None,
    course: Path | None,
) -> None:
    """Say TEXT to STUDENT, on the page of the submission.

    It stays there, whatever is run or judged again.
    """
    root = locate_course(course, Path.cwd())
    names = choose_assignments(root, [assignment] if assignment else [])
    among = names
    if exercise is not None:
        among = list(find_exercise([load_assignment(root, name) for name in names], exercise))
    with opened(gradebook, root, make=False) as book:
        who = known_student(book, student)
        work = known_work(book, who, among, assignment)
        book.remark(Remark(who, work, exercise or "", "comment", None, text, author))
    click.echo(f"{plain(who)} {work}: the reports show it after the next grade run or grade report")
