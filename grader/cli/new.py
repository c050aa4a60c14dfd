"""``grade new``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.authoring.scaffold import EXERCISE, new_assignment
from grader.cli.courses import locate_course
from grader.cli.switches import course_option


@click.command(epilog="Example: grade new convolution --exercise conv2d")
@click.argument("assignment")
@click.option("--exercise", default=EXERCISE, show_default=True, help="Name of the function to write.")
@course_option
def new(assignment: str, exercise: str, course: Path | None) -> None:
    """Begin an assignment with one exercise that works.

    Writes a handout, a solution, cases, mistakes, alternatives and a worked example, and builds them. Change
    them into your own one after the other, with `grade build` and `grade audit` in between.
    """
    root = locate_course(course)
    report = new_assignment(root, assignment, exercise)
    (made,) = report.exercises
    click.echo(f"{assignment}: {made.name}, {made.cases} cases, {made.mistakes} mistakes; built")
    for folder in (root / "assignments" / assignment, root / "reference" / assignment):
        files = ", ".join(sorted(path.name for path in folder.iterdir()))
        click.echo(f"  {folder.relative_to(root)}/: {files}")
    click.echo(
        f"next: change reference/{assignment}/solution.py, cases.py and mistakes.py; grade build {assignment}"
    )
