"""What happened: outcomes of the box, verdicts and findings of the judges, and the result that is written.

Between modules these are plain frozen dataclasses; `SubmissionResult` and what it holds go to disk and are
records, whose JSON schema ``grade schema`` prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from grader.records import Record
from grader.values import Encoded

SCHEMA_VERSION: Final = 1

Visibility = Literal["public", "hidden"]


class Kind(StrEnum):
    """What became of one case in the box."""

    RETURNED = "returned"
    RAISED = "raised"
    MISSING = "missing"  # the file defines no such function, or stopped before it (then with a reason)
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"  # the process died: signal, out of memory, os._exit
    TOO_LARGE = "too_large"  # the value returned is over the limit
    TAMPERED = "tampered"  # bytes on the result channel that the runner never writes
    SKIPPED = "skipped"  # not run, after time-outs or an exhausted budget
    NOT_RUN = "not_run"  # a fault of ours


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


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the student's own frames of a traceback; all of it is the student's text."""

    function: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception that student code raised.

    Parameters
    ----------
    type_name : str
        Name of its class: the student's text.
    nearest : str
        Name of the nearest built-in class: one of Python's own names, safe to show for hidden cases.
    message : str
        Its message: the student's text.
    frames : tuple of Frame
        Outermost first; empty where the call itself did not fit the function.
    """

    type_name: str
    nearest: str
    message: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one case; a claim of the box until it is judged.

    Parameters
    ----------
    kind : Kind
    seconds : float
        Wall time, measured outside the box.
    value : Encoded or None
        What was returned, still encoded; not None exactly where ``kind`` is RETURNED.
    raised : Raised or None
        Not None exactly where ``kind`` is RAISED.
    reason : str
        Our own words for the other kinds, e.g. ``"killed by SIGSEGV"``.
    """

    kind: Kind
    seconds: float = 0.0
    value: Encoded | None = None
    raised: Raised | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """How loading the student's file went.

    Parameters
    ----------
    kind : Kind
        RETURNED when it ran to its end; RAISED (a syntax error among them), TIMED_OUT, CRASHED, TOO_LARGE.
    raised : Raised or None
        Functions defined above the line that raised are still graded.
    reason : str
        As in `Outcome`.
    notes : tuple of str
        What was put right in reading it, in our own words: "not UTF-8; read as Latin-1".
    """

    kind: Kind
    seconds: float = 0.0
    raised: Raised | None = None
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """All that the box has to say of one submission.

    Parameters
    ----------
    load : Load
    outcomes : dict of (exercise name, case name) to Outcome
        One for each case asked for.
    printed_public, printed_hidden : str
        What the code printed before and after hidden inputs entered the box, capped; the student's text.
    events : tuple of str
        What an instructor should look at: tampering, floods of output. Our own words.
    sandbox : str
        Which box it ran in: "strong", or "weak".
    spent : float
        CPU seconds used, or a sleeper's wall time scaled down to them.
    again : dict of exercise name to Again
        Exercises that were run again.
    """

    load: Load
    outcomes: dict[tuple[str, str], Outcome]
    printed_public: str = ""
    printed_hidden: str = ""
    events: tuple[str, ...] = ()
    sandbox: str = "strong"
    spent: float = 0.0
    again: dict[str, Again] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Again:
    """One exercise's run with the reference answering for others.

    Parameters
    ----------
    helpers : tuple of str
        The exercises that it answered for.
    run : Run
        With outcomes of this exercise alone. The student may see nothing of it but what it is worth: what was
        printed, raised and returned can hold what the reference answered.
    """

    helpers: tuple[str, ...]
    run: Run


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
