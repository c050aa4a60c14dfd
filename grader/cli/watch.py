"""Waits for saves of one file, however an editor makes them.

Editors write in place, in several pieces, or write another file and rename it; some delete the file first.
So the file's record is looked at every few milliseconds, and a save counts when the record has come to rest.
That costs a few microseconds a look. Libraries that have the kernel tell (watchfiles, watchdog) take longer
to import than all of this, follow the file's old inode after a rename unless they watch its folder, and hear
nothing on network drives or folders shared with a virtual machine, which is where many students work.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

#: Seconds between two looks; a save is answered within about twice that.
LOOK_SECONDS: Final = 0.015

#: An empty or missing file is often one that is just being written; after so many seconds it counts.
GRACE_SECONDS: Final = 0.4

#: What the file system says of a file: it differs after any save. None where there is no file.
Record = tuple[int, int, int, int] | None


def record(path: Path) -> Record:
    """Return what tells one state of a file from another."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def saves(path: Path, seen: Record) -> Iterator[Record]:
    """Yield the file's record after each save, for ever; None when the file has gone.

    Parameters
    ----------
    path : Path
    seen : Record
        The state that is known already.
    """
    while True:
        seen = _changed(path, seen)
        yield seen


def _changed(path: Path, seen: Record) -> Record:
    """Wait for a change, and until it has come to rest."""
    last, since = record(path), time.monotonic()
    while True:
        time.sleep(LOOK_SECONDS)
        now = record(path)
        if now != last:
            last, since = now, time.monotonic()
        elif now != seen and (_is_whole(now) or time.monotonic() - since >= GRACE_SECONDS):
            return now


def _is_whole(now: Record) -> bool:
    return now is not None and now[1] > 0


@contextmanager
def interruptible() -> Iterator[None]:
    """Have a closed terminal and a request to end interrupt as Ctrl-C does, so that no process is left.

    Ctrl-C itself is asked for, too: a shell that starts programs in the background has them ignore it.
    """
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, _interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
