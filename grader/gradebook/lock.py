"""One run at a time on a gradebook: a second one waits, and says for what."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from grader.errors import GradebookError
from grader.gradebook.database import refusing

__all__ = ["alone"]

#: Seconds between two looks.
_PAUSE: Final = 0.2

#: The number of our lock among those of a PostgreSQL database: "softmark" as bytes, shortened.
_ADVISORY: Final = 0x736F66746D61726B & 0x7FFFFFFF


@contextmanager
def alone(url: URL, on_wait: Callable[[str], None], *, wait: bool = True) -> Iterator[None]:
    """Hold the gradebook's lock; the system lets go of it when the process ends, however it ends.

    Parameters
    ----------
    url : URL
    on_wait : callable
        Told once, in a sentence, that another run is at work.
    wait : bool
        Whether to wait until it has ended.

    Raises
    ------
    GradebookError
        Another run is at work, and ``wait`` is False.
    """
    with _file(url, on_wait, wait=wait) if url.drivername == "sqlite" else _advisory(url, on_wait, wait=wait):
        yield


@contextmanager
def _file(url: URL, on_wait: Callable[[str], None], *, wait: bool) -> Iterator[None]:
    path = f"{os.path.realpath(url.database or '')}.lock"  # the same by every name of the file
    lock = FileLock(path)
    with refusing(url, "locked"):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            _busy(url, on_wait, wait=wait)
            lock.acquire(poll_interval=_PAUSE)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory(url: URL, on_wait: Callable[[str], None], *, wait: bool) -> Iterator[None]:
    with ExitStack() as stack:
        with refusing(url, "locked"):
            engine = create_engine(url, isolation_level="AUTOCOMMIT")
            stack.callback(engine.dispose)
            connection = stack.enter_context(engine.connect())
            ask = text("SELECT pg_try_advisory_lock(:number)").bindparams(number=_ADVISORY)
            if not connection.execute(ask).scalar():
                _busy(url, on_wait, wait=wait)
                while not connection.execute(ask).scalar():
                    time.sleep(_PAUSE)
        yield


def _busy(url: URL, on_wait: Callable[[str], None], *, wait: bool) -> None:
    name = os.path.basename(url.database or "")  # noqa: PTH119 - a database's name is no path
    if not wait:
        raise GradebookError(
            f"another run is at work on gradebook={name!r}.",
            help="wait until it has ended, or leave out --no-wait",
        )
    on_wait(f"another run is at work on {name}; this one begins when it has ended")
