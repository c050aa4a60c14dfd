"""Results as they are sent and kept: small, so that memory hardly grows with the number of submissions."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from grader.results import SubmissionResult


@dataclass(frozen=True, slots=True)
class PackedResult:
    """A result whose exercises and cases are packed away; what progress and summary need is at hand.

    Parameters
    ----------
    student, assignment, score, max_score, graded, events
        As in `SubmissionResult`.
    packed : bytes
        The whole result, as compressed JSON.
    """

    student: str
    assignment: str
    score: float
    max_score: float
    graded: bool
    events: tuple[str, ...]
    packed: bytes

    @classmethod
    def of(cls, result: SubmissionResult) -> PackedResult:
        """Pack a result."""
        return cls(
            result.student,
            result.assignment,
            result.score,
            result.max_score,
            result.graded,
            result.events,
            zlib.compress(result.model_dump_json().encode(), 1),
        )

    def json(self) -> bytes:
        """Return the whole result as JSON."""
        return zlib.decompress(self.packed)

    def unpack(self) -> SubmissionResult:
        """Return the whole result."""
        return SubmissionResult.model_validate_json(self.json())
