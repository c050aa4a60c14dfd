"""The processes of a run, as /proc tells of them (Linux)."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

__all__ = ["below", "group", "kind_of", "wait_for_end"]


def below(process: int) -> list[int]:
    """Return all processes below one."""
    parents: dict[int, list[int]] = {}
    for number, parent in processes():
        parents.setdefault(parent, []).append(number)
    found, waiting = [], [process]
    while waiting:
        children = parents.get(waiting.pop(0), [])
        found += children
        waiting += children
    return found


def group(process: int) -> list[int]:
    """Return the run's own processes."""
    return [number for number in below(process) if kind_of(number, process) != ""]


def processes() -> Iterator[tuple[int, int]]:
    """Yield each process with its parent."""
    for name in os.listdir("/proc"):  # noqa: PTH208 - names alone: what they name may be gone already
        with contextlib.suppress(OSError):
            if name.isdigit():
                state, parent = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    yield int(name), int(parent)


def kind_of(number: int, main: int) -> str:
    """Return what a process below the main one is; "" for one that is nothing of ours any more."""
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes()
        parent = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return ""
    if b"sandbox.inside.parent" in words:
        return "box parent"
    if b"forkserver" in words:
        return "fork server" if parent == main else "worker"
    return "tracker"


def wait_for_end(process: int) -> None:
    """Wait until nothing of a run's group is left: workers and boxes end with the main process."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.killpg(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
