"""What happened: outcomes of the box, verdicts and findings of the judges, and the result that is written.

Between modules these are plain frozen dataclasses; `SubmissionResult` and what it holds go to disk and are
records, whose JSON schema ``grade schema`` prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from grader.outcomes import Again, Frame, Kind, Load, Outcome, Raised, Run, Visibility
from grader.records import Record

__all__ = [
    "SCHEMA_VERSION",
    "Again",
    "Carried",
    "CaseResult",
    "Comment",
    "ExerciseResult",
    "Finding",
    "Frame",
    "Graded",
    "JudgedCase",
    "Kind",
    "Load",
    "Mismatch",
    "Outcome",
    "Override",
    "Raised",
    "Run",
    "SubmissionResult",
    "Verdict",
    "Visibility",
]

SCHEMA_VERSION: Final = 1


class Verdict(StrEnum):
    """What an outcome is worth."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    NOT_ATTEMPTED = "not_attempted"
    SKIPPED = "skipped"
    UNGRADED = "ungraded"


class _Result(Record):
    __slots__ = ()
    __pydantic_config__ = {**Record.__pydantic_config__, "allow_inf_nan": True, "ser_json_inf_nan": "null"}  # noqa: RUF012


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(_Result):
    """What is wrong with an exercise, and why."""

    code: str
    """Stable name of the finding, such as 'known.missing_bias_correction'."""
    message: str
    """One sentence that stands alone and may be shown to the student."""
    help: tuple[str, ...] = ()
    """Help in steps: the idea, then where to look."""
    cases: tuple[str, ...] = ()
    """Names of the cases it explains."""
    details: str = ""
    """For the instructor only: may hold hidden text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult(_Result):
    """One case, judged."""

    name: str
    """Name of the case within its exercise."""
    visibility: Visibility
    """Whether students may see the case's inputs and answer."""
    verdict: Verdict
    """What the outcome is worth."""
    weight: float
    """Share of the exercise's points, relative to its other cases."""
    outcome: Kind
    """What happened in the box."""
    seconds: float
    """Wall time of the call, measured outside the box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(_Result):
    """An exercise graded again with the reference answering for the helpers that are wrong."""

    helpers: tuple[str, ...]
    """The exercises that the reference answered for."""
    alone: float
    """Points earned with the student's own helpers."""
    score: float
    """Points earned with the reference's answers; more than alone."""
    verdict: Verdict
    """As that of an exercise."""
    cases: tuple[CaseResult, ...]
    """Each case, public ones first."""
    counted: bool
    """Whether this score counts; the assignment says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(_Result):
    """Points that an instructor gave in place of the grader's."""

    points: float
    """What counts instead."""
    before: float
    """What the grader gave."""
    reason: str
    """Why; the student may read it."""
    author: str
    """Who gave them."""
    made: str
    """When: ISO 8601, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(_Result):
    """What an instructor has to say to the student."""

    text: str
    """The instructor's words."""
    author: str
    """Whose they are."""
    made: str
    """When: ISO 8601, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseResult(_Result):
    """One exercise, scored."""

    name: str
    """Name of the function."""
    score: float
    """Points that count, rounded half up to two decimals."""
    max_score: float
    """Points to be had."""
    verdict: Verdict
    """PASSED when every case passed, else the gravest of its cases."""
    findings: tuple[Finding, ...]
    """What is wrong and why, most convincing first."""
    cases: tuple[CaseResult, ...]
    """Each case, public ones first."""
    carried: Carried | None = None
    """Graded again without the mistakes of other exercises, where that earns more."""
    answer: str = ""
    """Equal where wrong answers are, to about five digits; empty where there is none."""
    override: Override | None = None
    """Points that an instructor gave instead."""
    comments: tuple[Comment, ...] = ()
    """What an instructor says of the exercise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionResult(_Result):
    """One student's file for one assignment, graded: one line of results.jsonl."""

    schema_version: Literal[1] = SCHEMA_VERSION
    """Version of this schema."""
    student: str
    """Who handed it in, as the file's place says."""
    assignment: str
    """Name of the assignment."""
    submission_sha256: str
    """SHA-256 of the file's bytes, hexadecimal."""
    score: float
    """Sum of the exercises' scores."""
    max_score: float
    """Sum of the exercises' points."""
    sandbox: str
    """The box it ran in: 'strong' or 'weak'."""
    seconds: float
    """Wall time of the whole submission."""
    graded: bool
    """False when a fault of ours kept it from being graded: not a zero."""
    findings: tuple[Finding, ...]
    """What concerns the whole file: syntax errors, notes."""
    events: tuple[str, ...]
    """What an instructor should look at."""
    exercises: tuple[ExerciseResult, ...]
    """Each exercise, in the assignment's order."""
    sketch: tuple[int, ...] = ()
    """Of two alike files most of these numbers are equal; empty for hardly any code."""
    comments: tuple[Comment, ...] = ()
    """What an instructor says of it all."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a returned value is not the expected one: facts, no sentences.

    Parameters
    ----------
    kind : str
        The first check that failed: "type", "structure", "shape", "dtype", "nan", "inf", "value", "property",
        "magnitude", "bound", or "form" of an answer.
    path : str
        Where in the value, as Python indexes it: ``["W2"]``, ``[1]["dW1"]``; "" for the value itself.
    expected, returned : str
        In words: "array of shape (2, 3)", "missing", a number.
    count, total : int
        Entries out of tolerance, and entries compared, over the whole value ("value" only).
    worst : tuple of (index, expected, returned)
        Up to five entries of the leaf at `path`, largest deviation first ("value" only).
    ratio : float
        Largest deviation as a multiple of what the tolerance allows ("value" only).
    paths : tuple of str
        Every leaf that is wrong ("value" only).
    note : str
        The property's own sentence ("property" only); may hold numbers the student returned.
    """

    kind: str
    path: str = ""
    expected: str = ""
    returned: str = ""
    count: int = 0
    total: int = 0
    worst: tuple[tuple[tuple[int, ...], float | complex, float | complex], ...] = ()
    ratio: float = 0.0
    paths: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """One case with its outcome and what judging made of it."""

    name: str
    outcome: Outcome
    verdict: Verdict
    mismatch: Mismatch | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """A finished submission with what its pages need beside the result itself.

    Parameters
    ----------
    result : SubmissionResult
    run : Run
    judged : dict of exercise name to tuple of JudgedCase
    source_name : str
        The file's path as found, for the instructor.
    """

    result: SubmissionResult
    run: Run
    judged: dict[str, tuple[JudgedCase, ...]] = field(default_factory=dict)
    source_name: str = ""
