"""Runs a command and watches all that it starts: time, processor time, memory of each kind of process."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.processes import below, kind_of

__all__ = ["Watched", "watch"]

#: Seconds between two looks. What is read is the most that a process has had, so that few will do.
INTERVAL = 0.25
_PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Watched:
    """What a command took.

    Parameters
    ----------
    seconds : float
        From its start to its end.
    cpu_seconds : float
        Of all its processes, boxes included.
    peaks : dict of str to float
        Kind of process to the most memory, in MiB, that one of it has had; pages shared with others count.
    output : str
    """

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peaks: dict[str, float] = field(default_factory=dict)
    output: str = ""

    def figures(self) -> dict[str, Any]:
        """Return what is recorded of it."""
        return {
            "seconds": round(self.seconds, 2),
            "cpu_seconds": round(self.cpu_seconds, 2),
            "peak_mib": {kind: round(mib) for kind, mib in sorted(self.peaks.items())},
        }


def watch(command: Sequence[str], folder: Path) -> Watched:
    """Run a command to its end; CalledProcessError where it fails."""
    watched = Watched()
    with counted() as cpu:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        done = threading.Event()
        looking = threading.Thread(target=_look, args=(process.pid, done, watched.peaks))
        looking.start()
        output, _ = process.communicate()
        watched.seconds = time.perf_counter() - started
        done.set()
        looking.join()
    watched.cpu_seconds = cpu[0]
    watched.output = output.decode()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, watched.output)
    return watched


@contextlib.contextmanager
def counted() -> Iterator[list[float]]:
    """Count the processor seconds of all processes that are started here, and of those that these start.

    What outlives its parent is handed to this process, and waited for at the end.

    Yields
    ------
    list of float
        Empty at first; holds the seconds at the end.
    """
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = _cpu()
    seconds: list[float] = []
    try:
        yield seconds
    finally:
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        seconds.append(_cpu() - before)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _look(main: int, done: threading.Event, peaks: dict[str, float]) -> None:
    """Note the most memory of each kind of process, until told that it is done."""
    while not done.wait(INTERVAL):
        for number in (main, *below(main)):
            kind = "main" if number == main else kind_of(number, main)
            peaks[kind] = max(peaks.get(kind, 0.0), _most(number))
    peaks.pop("", None)


def _most(number: int) -> float:
    """Return the most memory that a process has had so far, in MiB; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{number}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0) / 1024
