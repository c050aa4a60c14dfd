"""``grade override``."""

from __future__ import annotations

import math
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
from grader.gradebook.entries import Remark, RemarkKind


@click.command(
    epilog='Example: grade override ana batchnorm_forward 18 --reason "right for one example, too"'
)
@click.argument("student")
@click.argument("exercise")
@click.argument("points", type=click.FloatRange(min=0), required=False)
@click.option(
    "--reason", required=True, callback=said, help="Why; the student reads it, and the history keeps it."
)
@click.option("--withdraw", is_flag=True, help="Take points given before back: the grader's count again.")
@author_option
@one_assignment_option
@gradebook_option
@course_option
def override(
    student: str,
    exercise: str,
    points: float | None,
    reason: str,
    withdraw: bool,
    author: str,
    assignment: str | None,
    gradebook: str | None,
    course: Path | None,
) -> None:
    """Give STUDENT other POINTS for EXERCISE than the grader's.

    They count from now on, whatever is run or judged again, until others are given or they are withdrawn; the
    student's page shows them with the reason. `grade history` shows who gave what, and why.
    """
    if points is not None and not math.isfinite(points):
        raise click.BadParameter(f"{points:g} is no number of points", param_hint="POINTS")
    if withdraw == (points is not None):
        raise click.UsageError("Give POINTS, or --withdraw without any.")
    root = locate_course(course, Path.cwd())
    names = choose_assignments(root, [assignment] if assignment else [])
    found = find_exercise([load_assignment(root, name) for name in names], exercise)
    with opened(gradebook, root, make=False) as book:
        who = known_student(book, student)
        work = known_work(book, who, found, assignment)
        most = found[work].spec.points
        if points is not None and points > most:
            raise click.BadParameter(f"{points:g} is more than the {most:g} to be had", param_hint="POINTS")
        kind: RemarkKind = "withdrawn" if withdraw else "points"
        book.remark(Remark(who, work, exercise, kind, points, reason, author))
    given = "the grader's points count again" if points is None else f"{points:g} of {most:g} points count"
    click.echo(f"{plain(who)} {work}, {exercise}: {given}")
    click.echo("the reports show it after the next grade run or grade report")
