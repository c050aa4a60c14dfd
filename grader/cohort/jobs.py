"""What a worker is asked for, and what it brings back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from grader.course.model import Assignment, Submission
from grader.gradebook.entries import Remark, Versions
from grader.intake.find import SubmissionFile
from grader.results import SubmissionResult

__all__ = ["Done", "Job", "Kept", "Task", "key_of", "stamp_of"]

#: Run a submission and write its pages; judge kept outputs again; write the pages of a kept result.
Task = Literal["grade", "judge", "pages"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the gradebook has of a submission: the result and the outputs, both packed."""

    result: bytes
    outputs: bytes


@dataclass(frozen=True, slots=True)
class Job:
    """One submission's turn in a worker.

    Parameters
    ----------
    file : SubmissionFile
    task : {"grade", "judge", "pages"}
    build : str
        Digest of the assignment that the main process read: a worker that reads another one refuses, for the
        course was changed in between. "" for any.
    kept : Kept or None
        For "judge" and "pages"; read from the gradebook when the job's turn comes.
    remarks : tuple of Remark
        What instructors said of it; pages show them.
    number : int or None
        Of the result that is to be judged again or shown.
    key : str
        The key under which it stands, where it is shown.
    submission : Submission or None
        What was handed in, for a worker that cannot read the file itself.
    """

    file: SubmissionFile
    task: Task = "grade"
    build: str = ""
    kept: Kept | None = None
    remarks: tuple[Remark, ...] = ()
    number: int | None = None
    key: str = ""
    submission: Submission | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job.

    Parameters
    ----------
    result : SubmissionResult
        As the grader made it, without instructors' remarks.
    outputs : bytes
        What the box brought back, packed; b"" where nothing was run.
    key, build, asked : str
        As in `grader.gradebook.Entry`.
    """

    result: SubmissionResult
    outputs: bytes = b""
    key: str = ""
    build: str = ""
    asked: str = ""


def key_of(content: tuple[str, str], assignment: Assignment, sandbox: str, versions: Versions) -> str:
    """Return the hash of all that a result depends on.

    Parameters
    ----------
    content : tuple of str
        SHA-256 of the submission's bytes, and why it could not be read, if so.
    assignment : Assignment
        Its digest covers cases, limits and all that judging needs.
    sandbox : str
        The kind of box.
    versions : Versions
    """
    parts = (*content, assignment.digest, sandbox, versions.grader, versions.python, versions.numpy)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def stamp_of(key: str, outputs: str, remarks: Sequence[Remark]) -> str:
    """Return the mark that tells pages of this result, with these remarks, from earlier ones.

    Parameters
    ----------
    key : str
    outputs : str
        SHA-256 of the packed outputs: of what was run twice under one key, each has its own.
    remarks : sequence of Remark
    """
    return hashlib.sha256(repr((key, outputs, tuple(remarks))).encode()).hexdigest()[:16]
