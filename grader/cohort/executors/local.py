"""Processes of this machine: the standard library's pool over a fork server."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from typing import Final

from grader.cohort.executors import AHEAD, Ended, Lost, NotBegun
from grader.cohort.jobs import Job
from grader.cohort.packed import PackedResult
from grader.cohort.server import start_server
from grader.cohort.worker import Desk, Work, begin, do, do_packed
from grader.errors import GraderError, SandboxUnavailable

__all__ = ["STARTS", "LocalExecutor"]

#: After so many attempts to start worker processes, one after the other, it is for the operator to see why.
STARTS: Final = 3

#: Seconds between two attempts.
_PAUSE: Final = 0.3


class LocalExecutor:
    """A pool of processes with one queue: whoever is free takes the next job, so none is idle before the end.

    Where one of its processes dies, the pool ends, and another is opened for the next job.

    Parameters
    ----------
    desk : Desk
    workers : int
        How many processes.
    work : callable
        How a worker does a job.
    """

    shared_fate = True

    def __init__(self, desk: Desk, workers: int, work: Work = do) -> None:
        self._desk, self._workers, self._work = desk, workers, work
        self._running: dict[Future[PackedResult], Job] = {}
        self._refused: list[Ended] = []
        self._lone = False
        self._pool: ProcessPoolExecutor | None = None
        self._failed_starts = 0

    def room(self, waiting: int, *, alone: bool) -> int:
        """See `Executor`."""
        if self._refused:
            return 0
        if alone or self._lone:
            return 0 if self._running else 1
        return min(1, AHEAD * self._workers - len(self._running))

    def submit(self, jobs: Sequence[Job], *, alone: bool) -> None:
        """See `Executor`."""
        for job in jobs:
            self._submit(job)
        self._lone = alone

    def _submit(self, job: Job) -> None:
        try:
            if self._pool is None:
                self._pool = _open_pool(self._workers)
            self._running[self._pool.submit(do_packed, self._work, self._desk, job)] = job
            self._failed_starts = 0
        except BrokenExecutor:
            self._leave_pool()
            self._refused.append(Ended(job, Lost()))
        except (OSError, EOFError) as error:
            # No process could be started: that is not the job's fault.
            self._refused.append(Ended(job, NotBegun()))
            self._start_anew(error)

    def _start_anew(self, error: Exception) -> None:
        """Have the next job open another pool; the operator is told where that fails again and again."""
        _kill_workers()  # the job lies in this pool already, and is not to be done twice
        self._leave_pool()
        self._failed_starts += 1
        time.sleep(_PAUSE)
        if self._failed_starts > STARTS:
            reason = str(error) or type(error).__name__
            raise SandboxUnavailable(
                f"no worker process can be started: {reason}.",
                help="see that the machine has memory and processes to spare, or use fewer --workers",
            )

    def ended(self, seconds: float) -> list[Ended]:
        """See `Executor`."""
        refused, self._refused = self._refused, []
        done, _ = wait(self._running, timeout=0 if refused else seconds, return_when=FIRST_COMPLETED)
        return refused + [self._ended(future, self._running.pop(future)) for future in done]

    def _ended(self, future: Future[PackedResult], job: Job) -> Ended:
        try:
            return Ended(job, future.result())
        except BrokenExecutor:
            lost = Lost()
        except GraderError as error:
            return Ended(job, error)
        except Exception as error:  # not even a fault could be told: the worker has no memory left, perhaps
            lost = Lost(f"{type(error).__name__} in the worker process")
        self._leave_pool()
        return Ended(job, lost)

    def abandon(self, job: Job) -> None:
        """See `Executor`; who has the job in hand is not known, so all of them end."""
        _kill_workers()

    def _leave_pool(self) -> None:
        """Open another pool for the next job; what runs in this one is finished."""
        if self._pool is not None:
            self._pool.shutdown(wait=False)
            self._pool = None

    def close(self) -> None:
        """See `Executor`."""
        if self._pool is None:
            return
        if self._running:
            _kill_workers()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _kill_workers() -> None:
    for process in multiprocessing.active_children():
        process.kill()


def _open_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=start_server(), initializer=begin)
