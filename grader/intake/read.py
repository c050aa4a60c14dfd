"""Reads a submission's bytes: at most so many, and from plain files alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from grader.course.model import Submission
from grader.intake.find import SubmissionFile

# A file found a moment ago may have become a pipe or a link since: neither is followed or waited for.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)


def read_submission(file: SubmissionFile, max_bytes: int) -> Submission:
    """Read a submission; one that cannot be run is still a submission, and says why.

    Parameters
    ----------
    file : SubmissionFile
        Where it was found.
    max_bytes : int
        Of a larger file nothing is kept, and no more than this and one byte is read.
    """
    source, fault = _read(file.path, max_bytes)
    return Submission(file.student, file.assignment, source, file.shown, fault)


def _read(path: Path, max_bytes: int) -> tuple[bytes, str]:
    try:
        with open(os.open(path, _FLAGS), "rb") as stream:  # noqa: PTH123 - a descriptor, not a path
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return b"", "it is not a plain file any more"
            source = stream.read(max_bytes + 1)
    except OSError as error:
        return b"", f"the file cannot be read: {error.strerror}"
    if len(source) > max_bytes:
        return b"", f"the file is larger than the limit of {max_bytes} bytes"
    return source, "" if source else "the file is empty"
