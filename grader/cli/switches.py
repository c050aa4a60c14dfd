"""Options that commands share; what their values mean is in `grader.cli.options`, which imports more."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["assignment_option", "course_option", "json_option", "out_option"]

course_option = click.option(
    "--course",
    type=click.Path(path_type=Path, file_okay=False),
    help="The course's folder, by default the nearest one upward from here.",
)
assignment_option = click.option(
    "--assignment",
    "assignments",
    multiple=True,
    metavar="NAME",
    help="Only this assignment; may be given more than once.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Where reports are written.",
)
