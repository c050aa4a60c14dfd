"""The client's end of a Dask cluster: what is asked of its scheduler, in one place."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import dask
from distributed import Client

from grader.cohort.executors.remote import Seat, Travelling, lacks
from grader.cohort.worker import Desk, Work
from grader.errors import ClusterError
from grader.gradebook.entries import Versions

__all__ = ["Connection"]

#: Seconds for the scheduler to answer at the start.
CONNECT_SECONDS: Final = 10.0

#: Seconds for a worker to be ended.
END_SECONDS: Final = 20.0


class Connection:
    """A connection to a scheduler, through which a seat was sent to every worker, present and to come.

    Parameters
    ----------
    address : str
    desk : Desk
    names : sequence of str
        The assignments that travel.
    work : callable
        How a worker does a job.

    Raises
    ------
    ClusterError
        The scheduler does not answer.
    """

    def __init__(self, address: str, desk: Desk, names: Sequence[str], work: Work) -> None:
        self.address, self.name = address, f"softmark-{uuid.uuid4().hex[:12]}"
        luggage = Travelling(
            _files(desk.course, names), desk.sandbox, Versions(), lacks(desk.course, names), work
        )
        self._client = _client(address)
        with suppress(Exception):  # a worker that cannot load it says so when it is asked
            self._client.register_plugin(Seat(self.name, luggage), name=self.name)

    def workers(self) -> dict[str, int]:
        """Return who is there: address to number of threads; ClusterError where the scheduler is lost."""
        try:
            if self._client.status == "running":
                there: dict[str, int] = dict(self._client.nthreads())
                return there
            reason = "the connection broke"
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
        raise ClusterError(
            f"the scheduler at {self.address} is lost: {reason}.",
            help="what was graded is kept; when the scheduler is back, the same command goes on",
        )

    def submit(
        self,
        function: Callable[..., bytes],
        argument: bytes,
        *,
        key: str,
        worker: str,
        came: Callable[[tuple[str, object]], None],
    ) -> Any:
        """Have a worker call a function with its seat's name; what comes of it goes to a callback."""
        future = self._client.submit(
            function, self.name, argument, key=key, workers=[worker], allow_other_workers=False, pure=False
        )
        future.add_done_callback(partial(_fetch, came=came))
        return future

    def cancel(self, future: Any) -> None:
        """Have the scheduler forget a task; one that is under way ends for nobody."""
        with suppress(Exception):
            future.cancel()

    def end(self, worker: str) -> None:
        """End a worker that does not answer: its nanny starts it again; without one, it has to leave."""
        try:
            self._client.restart_workers([worker], timeout=END_SECONDS, raise_for_error=False)
        except Exception:  # it has no nanny
            with suppress(Exception):
                self._client.retire_workers([worker], close_workers=True)

    def close(self) -> None:
        """Have the seats removed, and leave."""
        with suppress(Exception):
            if self._client.status == "running":
                self._client.unregister_worker_plugin(self.name)
        with suppress(Exception):
            self._client.close(timeout=2)


def _fetch(future: Any, *, came: Callable[[tuple[str, object]], None]) -> None:
    """Fetch what came of a task, in the thread that Dask keeps for it."""
    result: object
    try:
        result = future.result()
    except BaseException as error:
        result = error
    came((future.key, result))


def _client(address: str) -> Any:
    for name in ("distributed", "distributed.client", "distributed.comm", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told as our own errors
    # A batch of the largest files that are read is no mistake.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="softmark")
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise ClusterError(
            f"the scheduler at {address!r} does not answer: {reason}.",
            help="start one with `dask scheduler`, and name the address that it prints: --scheduler "
            "tcp://HOST:8786",
        ) from error


def _files(course: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Return the files of some assignments, by their path in the course."""
    folders = [course / part / name for part in ("assignments", "reference") for name in names]
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        path.relative_to(course).as_posix(): path.read_bytes()
        for path in paths
        if "__pycache__" not in path.parts
    }
