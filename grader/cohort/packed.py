"""Results as they are sent and kept: small, so that memory hardly grows with the number of submissions."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

from grader.cohort.jobs import Done, Job
from grader.errors import GradebookError
from grader.gradebook.entries import Attempt, Entry, Origin
from grader.results import SubmissionResult

__all__ = ["PackedResult", "unpack_result"]


@dataclass(frozen=True, slots=True)
class PackedResult:
    """A result that is packed away; what progress and summary need is at hand.

    Parameters
    ----------
    student, assignment, score, max_score, graded, events
        As in `SubmissionResult`.
    packed : bytes
        The whole result, as compressed JSON; b"" where only pages were written, and in one that is `slim`.
    entry : Entry or None
        For the gradebook; None where nothing new came of the job, and in one that is `slim`.
    """

    student: str
    assignment: str
    score: float
    max_score: float
    graded: bool
    events: tuple[str, ...]
    packed: bytes = b""
    entry: Entry | None = None

    @classmethod
    def of(cls, done: Done, job: Job) -> PackedResult:
        """Pack what came of a job; where only pages were written, the gradebook has the result already."""
        if job.task == "pages":
            return cls.summary(done.result)
        packed = zlib.compress(done.result.model_dump_json().encode(), 1)
        return replace(cls.summary(done.result), packed=packed, entry=_entry(done, job, packed))

    @classmethod
    def summary(cls, result: SubmissionResult) -> PackedResult:
        """Return what a summary needs of a result."""
        return cls(
            result.student, result.assignment, result.score, result.max_score, result.graded, result.events
        )

    @property
    def slim(self) -> PackedResult:
        """The same without its contents: what is held of a submission until the end."""
        return replace(self, packed=b"", entry=None)

    def json(self) -> bytes:
        """Return the whole result as JSON."""
        return zlib.decompress(self.packed)

    def unpack(self) -> SubmissionResult:
        """Return the whole result."""
        return unpack_result(self.packed)


def unpack_result(packed: bytes) -> SubmissionResult:
    """Return the result that was packed.

    Raises
    ------
    GradebookError
        The bytes are damaged, or of a version that had other fields.
    """
    try:
        return SubmissionResult.model_validate_json(zlib.decompress(packed))
    except (zlib.error, ValueError) as error:
        raise GradebookError(
            f"a kept result cannot be read: {type(error).__name__}.", help="grade run --fresh makes it anew"
        ) from error


def _entry(done: Done, job: Job, packed: bytes) -> Entry:
    result = done.result
    origin: Origin = "rescore" if job.task == "judge" else "run"
    return Entry(
        attempt=Attempt(result.student, result.assignment, result.submission_sha256, job.file.shown),
        # One that was not graded has no key: the next run tries again.
        key=done.key if result.graded else "",
        build=done.build,
        asked=done.asked,
        score=result.score,
        max_score=result.max_score,
        graded=result.graded,
        result=packed,
        outputs=done.outputs,
        origin=origin,
    )
