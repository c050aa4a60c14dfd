"""Who grades: processes of this machine, or a Dask cluster."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from grader.cli.plain import one_line
from grader.cohort.executors import Executor
from grader.cohort.worker import Desk
from grader.course.model import Assignment
from grader.errors import ClusterError

__all__ = ["open_executor"]


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
