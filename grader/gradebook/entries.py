"""What goes into the gradebook and what is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Attempt", "Entry", "Event", "Origin", "Remark", "RemarkKind"]

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
