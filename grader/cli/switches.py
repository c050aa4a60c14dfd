"""Options that commands share; what their values mean is in `grader.cli.options`, which imports more."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

__all__ = [
    "FILE",
    "assignment_option",
    "check_executor",
    "cores",
    "course_option",
    "executor_options",
    "gradebook_option",
    "json_option",
    "no_wait_option",
    "out_option",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])


#: The gradebook of a course, in its root.
FILE: Final = "gradebook.sqlite"

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
gradebook_option = click.option(
    "--gradebook",
    metavar="FILE|URL",
    envvar="GRADE_GRADEBOOK",
    show_envvar=True,
    help=f"Where grades are kept: a file, or postgresql://...  [default: {FILE} in the course's folder]",
)

no_wait_option = click.option(
    "--no-wait", is_flag=True, help="Stop where another run is at work on the gradebook, instead of waiting."
)


def executor_options(command: _Command) -> _Command:
    """Add ``--executor`` and ``--scheduler`` to a command."""
    command = click.option(
        "--scheduler", metavar="ADDRESS", help="Of the Dask cluster, as tcp://HOST:8786 or tls://HOST:8786."
    )(command)
    return click.option(
        "--executor",
        type=click.Choice(["local", "dask"]),
        default="local",
        show_default=True,
        help="Who grades: processes of this machine, or the workers of a Dask cluster.",
    )(command)


def check_executor(executor: str, scheduler: str | None) -> None:
    """Refuse a cluster without an address, and an address without a cluster."""
    if executor == "dask" and not scheduler:
        raise click.UsageError("--executor dask needs --scheduler ADDRESS.")
    if scheduler and executor != "dask":
        raise click.UsageError("--scheduler is for --executor dask.")


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
