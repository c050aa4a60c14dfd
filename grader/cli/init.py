"""``grade init``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.authoring.scaffold import ASSIGNMENT, EXERCISE, new_course


@click.command(epilog="Example: grade init mycourse; grade mycourse/submissions")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--assignment", default=ASSIGNMENT, show_default=True, help="Name of its first assignment.")
@click.option("--exercise", default=EXERCISE, show_default=True, help="Name of the function to write in it.")
def init(folder: Path, assignment: str, exercise: str) -> None:
    """Begin a course in a new or empty FOLDER.

    It has one assignment that works and one sample student, so that everything can be tried at once.
    """
    new_course(folder, assignment, exercise)
    click.echo(f"{folder}: a course of one assignment, {assignment}, and one student")
    click.echo(f"next: read {folder / 'README.md'}, and try: grade {folder / 'submissions'}")
