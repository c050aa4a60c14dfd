"""Runs pieces of work in forked processes, because some of them loop for ever or eat all memory."""

from __future__ import annotations

import gc
import math
import multiprocessing
import resource
import signal
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, Generic, NoReturn, TypeVar

__all__ = ["TooLong", "counting", "in_processes", "within"]

#: Memory on top of what the process has already.
MEMORY: Final = 2**29

#: A process that stands still for so many seconds is ended; time-outs of the work itself come much earlier.
PATIENCE: Final = 60.0

T = TypeVar("T")


class TooLong(BaseException):
    """Work took more than it may; no `Exception`, so that the work does not catch it."""


@dataclass(slots=True)
class _Worker(Generic[T]):
    """One process, the numbers that it still has to do, and where its results come from."""

    process: BaseProcess
    results: Connection
    left: list[int]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TooLong` where the block takes more CPU seconds; only in the main thread of a process."""

    def stop(number: int, frame: types.FrameType | None) -> NoReturn:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    # Again and again: the first may be lost in a callback of a library.
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds / 4)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def counting(most: float = math.inf) -> Iterator[Callable[[], int]]:
    """Count calls and returns of functions in the block, and raise `TooLong` where there are more.

    Other than a time, a count is the same on every machine and however busy it is.
    """
    count = 0

    def note(frame: types.FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += 1
        if count > most:
            raise TooLong

    before: Any = sys.getprofile()
    sys.setprofile(note)
    try:
        yield lambda: count
    finally:
        sys.setprofile(before)


def in_processes(work: Callable[[int], T], count: int, workers: int) -> list[T | None]:
    """Return ``work(0)`` … ``work(count - 1)``, done in forked processes.

    Parameters
    ----------
    work : callable
        What it returns is pickled.
    count : int
    workers : int
        How many processes at once.

    Returns
    -------
    list
        None for a number whose process died, or stood still.
    """
    found: list[T | None] = [None] * count
    shares = [list(range(start, count, workers)) for start in range(workers)]
    running: list[_Worker[T]] = [_start(work, share) for share in shares if share]
    try:
        while running:
            ready = wait([worker.results for worker in running], PATIENCE)
            for worker in [each for each in running if not ready or each.results in ready]:
                if not _take(worker, found, alive=bool(ready)):
                    running.remove(worker)
                    _end(worker)
                    # The number it died of is left out.
                    if worker.left[1:]:
                        running.append(_start(work, worker.left[1:]))
    finally:
        for worker in running:
            _end(worker)
    return found


def _take(worker: _Worker[T], found: list[T | None], *, alive: bool) -> bool:
    """Take one result; False where there are no more to come."""
    if not alive:
        return False
    try:
        number, result = worker.results.recv()
    except (EOFError, OSError):
        return False
    found[number] = result
    worker.left.remove(number)
    return True


def _start(work: Callable[[int], T], share: Sequence[int]) -> _Worker[T]:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(theirs, work, list(share)), daemon=True)
    with warnings.catch_warnings():
        # Threads of BLAS do nothing while nobody calls it.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    return _Worker(process, ours, list(share))


def _end(worker: _Worker[Any]) -> None:
    worker.results.close()
    worker.process.kill()
    worker.process.join()


def _serve(results: Connection, work: Callable[[int], Any], share: Sequence[int]) -> None:
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    _limit_memory()
    for number in share:
        results.send((number, work(number)))


def _limit_memory() -> None:
    """Take away all but so much; where the system does not say how much there is, nothing."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
