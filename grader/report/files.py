"""Puts files on disk: each whole or not at all, for a run may be stopped at any moment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from grader.errors import OutputError

__all__ = ["sweep", "writing"]

#: A file that is being written, and by which process.
_LEFT = re.compile(r"\..*\.([0-9]{1,9})\.tmp")


def sweep(out: Path) -> None:
    """Take away what processes left that were killed while they wrote."""
    for pattern in (".*.tmp", "students/*/.*.tmp", "instructor/*/.*.tmp"):
        for path in out.glob(pattern):
            if (match := _LEFT.fullmatch(path.name)) and not _runs(int(match[1])):
                with suppress(OSError):
                    path.unlink()


def _runs(process: int) -> bool:
    """Say whether a process may still be there: one that is somebody else's is."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """Open a file that takes its name only once all of it is written.

    Raises
    ------
    OutputError
        The folder cannot be written to, or is full.
    """
    temporary = path.with_name(f".{path.name[:60]}.{os.getpid()}.tmp")
    try:
        with _open(temporary) as file:
            yield file
        _put(temporary, path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise _refused(path, error) from error
        raise


def _put(new: Path, path: Path) -> None:
    """Give a file its name; the one that has it gives way first, and takes it back where that fails.

    A file that takes another's place is written to the disk at once by some file systems, ext4 among them:
    many milliseconds for each page.
    """
    old = path.with_name(f".old{new.name}")
    try:
        path.replace(old)
    except FileNotFoundError:
        new.replace(path)
        return
    try:
        new.replace(path)
    except BaseException:
        old.replace(path)
        raise
    old.unlink()


def _open(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", errors="replace", newline="\n")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8", errors="replace", newline="\n")


def _refused(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or type(error).__name__
    return OutputError(
        f"path={str(path)!r} cannot be written: {reason}.",
        help="make room on the disk, allow writing to the folder, or name another one with --out",
    )
