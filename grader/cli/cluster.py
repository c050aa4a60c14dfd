"""Options that say who grades: processes of this machine, or a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

import click

from grader.cli.plain import one_line
from grader.cohort.executors import Executor
from grader.cohort.worker import Desk
from grader.course.model import Assignment
from grader.errors import ClusterError

__all__ = ["check_executor", "executor_options", "open_executor"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


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


def open_executor(
    scheduler: str | None, desk: Desk, assignments: Mapping[str, Assignment]
) -> Executor | None:
    """Connect to a cluster; None where there is no address, and this machine grades.

    Raises
    ------
    ClusterError
        The extra is not installed, or the scheduler does not answer.
    """
    if scheduler is None:
        return None
    try:
        module = import_module("grader.cohort.executors.dask")
    except ImportError as error:
        raise ClusterError(
            f"the executor 'dask' needs the module {error.name!r}, which is not installed.",
            help="pip install 'softmark[cluster]', here and where the workers run",
        ) from error
    executor: Executor = module.DaskExecutor(
        scheduler, desk, assignments, note=lambda line: click.echo(one_line(line), err=True)
    )
    return executor
