"""``grade check``: the command. The work is in `grader.cli.checking`, which takes longer to import.

Students call it all day long, so it starts a process of the box first and imports the rest meanwhile.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import Literal

import click

from grader.cli.asked import Asked
from grader.cli.switches import course_option, json_option
from grader.sandbox.plain import PlainChild
from grader.sandbox.start import ParentProcess


@click.command(
    epilog="Example: grade check optimizers.py; grade check optimizers.py --watch; "
    "grade check homework.py --assignment optimizers"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--watch", is_flag=True, help="Check again on every save, until Ctrl-C.")
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Speak of this exercise only.")
@click.option(
    "--hints",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Show N steps of each hint: the first is the idea.",
)
@click.option("--verbose", "-v", is_flag=True, help="Show all hints, more cases, and all that was printed.")
@click.option(
    "--assignment", metavar="NAME", help="Which assignment it is, where the file's name does not say."
)
@click.option(
    "--sandbox",
    type=click.Choice(["strong", "weak"]),
    default="weak",
    show_default=True,
    help="The weak box only limits time: for code of your own.",
)
@json_option
@course_option
def check(
    file: Path,
    watch: bool,
    exercises: tuple[str, ...],
    hints: int,
    verbose: bool,
    assignment: str | None,
    sandbox: Literal["strong", "weak"],
    as_json: bool,
    course: Path | None,
) -> None:
    """Check your own FILE against the public cases.

    Says for each exercise whether it passes, why not, and what to look at next. The grade also rests on cases
    that are not shown. Of a quiz it says whether each answer can be graded, not whether it is right.

    Exit status: 0 the file was checked, be it right or wrong, or Ctrl-C ended --watch; 1 it could not be
    checked; 2 wrong call.
    """
    if not file.is_file():
        raise click.BadParameter(f"{str(file)!r} is not a file", param_hint="FILE")
    asked = Asked(file, assignment, sandbox, course, exercises, hints, verbose, as_json, watch)
    first = _first(sandbox)
    gc.disable()  # a tenth of the time until the first answer would go into looking for garbage
    try:
        if not import_module("grader.cli.checking").check_file(asked, first):
            raise click.exceptions.Exit(1)
    finally:
        gc.enable()
        if first is not None:
            first.end()


def _first(sandbox: Literal["strong", "weak"]) -> PlainChild | ParentProcess | None:
    """Start a process of the box, where this system has such a one."""
    if sandbox == "weak":
        return PlainChild()
    if not sys.platform.startswith("linux"):
        return None
    return ParentProcess(import_module("grader.sandbox.inside.confine").LAYERS)  # which is for Linux only
