"""The process that workers come from: it has loaded what they need, and has no threads.

It is the standard library's fork server, and loads `grader.cohort.ready`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from typing import Final

__all__ = ["start_server"]

_LOADED: Final = ["grader.cohort.ready"]


def start_server() -> BaseContext:
    """Return what starts workers; their server is started where it does not run yet, and not waited for.

    A system without fork has no server: there each worker loads all it needs itself.
    """
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    with _ignoring_interrupts():
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Start processes that a Ctrl-C on the terminal does not reach, from their first instruction on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
