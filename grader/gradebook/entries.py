"""What goes into the gradebook and what is read from it."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from grader import __version__

__all__ = [
    "Attempt",
    "Entry",
    "Event",
    "Origin",
    "Remark",
    "RemarkKind",
    "Standing",
    "Stored",
    "Versions",
]

#: Where a result came from: it was run, judged again from kept outputs, or taken back by an instructor.
Origin = Literal["run", "rescore", "restored"]

#: What an instructor said: points instead of the grader's; such points taken back; words to the student; a
#: note for the history alone.
RemarkKind = Literal["points", "withdrawn", "comment", "note"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was handed in.

    Parameters
    ----------
    student, assignment : str
    sha256 : str
        Of the file's bytes, hexadecimal.
    path : str
        Where it was found.
    """

    student: str
    assignment: str
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A result to keep.

    Parameters
    ----------
    attempt : Attempt
    key : str
        What the result depends on, as one hash: while it is the same, the submission is not run again.
    build, asked : str
        Digests of the assignment: of all of it, and of what was asked of the box. While the latter is the
        same, outputs can be judged again.
    score, max_score, graded
        As in `grader.results.SubmissionResult`.
    result : bytes
        The whole result as JSON, compressed.
    outputs : bytes
        What the box brought back, as `grader.gradebook.outputs.pack_run` makes it; b"" where nothing was run.
    origin : {"run", "rescore", "restored"}
    """

    attempt: Attempt
    key: str
    build: str
    asked: str
    score: float
    max_score: float
    graded: bool
    result: bytes
    outputs: bytes = b""
    origin: Origin = "run"


@dataclass(frozen=True, slots=True)
class Remark:
    """What an instructor said of a student's work.

    Parameters
    ----------
    student, assignment : str
    exercise : str
        "" where it is about the whole submission.
    kind : {"points", "withdrawn", "comment", "note"}
    points : float or None
        Not None exactly where ``kind`` is "points".
    text : str
        The reason, or the comment.
    author : str
    made : str
        When: ISO 8601, UTC.
    number : int
        In the order in which remarks were made; 0 for one that is not kept yet.
    """

    student: str
    assignment: str
    exercise: str
    kind: RemarkKind
    points: float | None
    text: str
    author: str
    made: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a student's history.

    Parameters
    ----------
    when : str
        ISO 8601, UTC.
    assignment : str
    what : {"attempt", "result", "remark"}
    number : int
        Of the row, by which a result can be restored.
    text : str
        What happened, in our words and the instructor's.
    """

    when: str
    assignment: str
    what: Literal["attempt", "result", "remark"]
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Versions:
    """What results depend on beside the course."""

    grader: str = __version__
    python: str = field(default_factory=platform.python_version)
    numpy: str = np.__version__


@dataclass(frozen=True, slots=True)
class Standing:
    """Which result counts for a student and an assignment.

    Parameters
    ----------
    number : int
        Of the result.
    key, asked : str
        As in `Entry`.
    path : str
        As in `Attempt`.
    graded : bool
    outputs : str
        SHA-256 of what the box brought back; "" where nothing was run.
    """

    number: int
    key: str
    asked: str
    path: str
    graded: bool
    outputs: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A result as it was kept.

    Parameters
    ----------
    number : int
    entry : Entry
        Its ``outputs`` are b"" unless they were asked for.
    made : str
        When: ISO 8601, UTC.
    """

    number: int
    entry: Entry
    made: str
