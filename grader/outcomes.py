"""What happened in the box, before anything of it is judged: plain frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from grader.values import Encoded

__all__ = ["Again", "Frame", "Kind", "Load", "Outcome", "Raised", "Run", "Visibility"]

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
