"""Assignments, exercises and cases as grading sees them.

What is written down of them is in `grader.course.specs`, and to be had from here too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.signatures import Signature
from grader.course.specs import (
    Answered,
    AssignmentFile,
    AtMost,
    CaseSpec,
    Equal,
    ExerciseSpec,
    Feedback,
    Holds,
    Judge,
    Limits,
    Magnitude,
    MistakeSpec,
    MutantEdit,
    Question,
    Tolerance,
)
from grader.course.worked import WorkedExample
from grader.outcomes import Visibility
from grader.values import Encoded, Value

__all__ = [
    "Answered",
    "Assignment",
    "AssignmentFile",
    "AtMost",
    "Case",
    "CaseSpec",
    "Equal",
    "Exercise",
    "ExerciseSpec",
    "Feedback",
    "Holds",
    "Judge",
    "Limits",
    "Magnitude",
    "Mistake",
    "MistakeSpec",
    "Mutant",
    "MutantEdit",
    "Question",
    "Submission",
    "Tolerance",
]


@dataclass(frozen=True, slots=True)
class Case:
    """One call and its answer.

    Parameters
    ----------
    name, visibility, weight, judge
        As in `CaseSpec`.
    inputs : dict of str to value
        In the order of the signature.
    expected : Encoded
        What the reference returns; `grader.values.decode` makes a value of it.
    encoded_inputs : Encoded
        The same inputs as they are sent into the box.
    """

    name: str
    visibility: Visibility
    weight: float
    judge: Judge
    inputs: dict[str, Value]
    expected: Encoded
    encoded_inputs: Encoded


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known misconception and what it returns.

    Parameters
    ----------
    name, message, help
        As in `MistakeSpec`.
    returns : dict of case name to Encoded or None
        None where it raises.
    """

    name: str
    message: str
    help: tuple[str, ...]
    returns: Mapping[str, Encoded | None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """What a small edit of the reference returns.

    Parameters
    ----------
    edits : tuple of MutantEdit
        Edits that return the same, each alone; the likeliest first.
    signatures : mapping of case name to Signature or None
        Of the cases in which the reference always returns the same; None where it raises or does not end.
    """

    edits: tuple[MutantEdit, ...]
    signatures: Mapping[str, Signature | None]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One function to write, or constant to set; cases are in grading order, public ones first.

    `packed_mutants` is for `grader.course.mutants.unpack_mutants`.
    """

    spec: ExerciseSpec
    cases: tuple[Case, ...]
    mistakes: tuple[Mistake, ...] = ()
    packed_mutants: bytes = b""
    worked: WorkedExample | None = None

    @property
    def name(self) -> str:
        """Name of the function."""
        return self.spec.name


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment, ready for grading.

    Parameters
    ----------
    name : str
    file : AssignmentFile
    exercises : tuple of Exercise
        In the stub's order.
    stub : bytes
        Source of the stub: its helpers are in scope for every submission.
    calls : bytes
        Source of ``calls.py``: how exercises are called where that is not one plain call; b"" without one.
    properties : Path or None
        ``properties.py``, which the trusted side runs.
    pictures : Path or None
        ``pictures.py``, which the trusted side runs where a page shows what was returned in public cases.
    digest : str
        SHA-256 over all that was built: the key under which results may be kept.
    root : Path or None
        The course's folder, which no box may be able to read.
    solution : bytes
        Source of ``solution.py``; b"" for a quiz, and where only public parts are loaded. It never enters a
        box that runs a student's code.
    """

    name: str
    file: AssignmentFile
    exercises: tuple[Exercise, ...]
    stub: bytes
    calls: bytes = b""
    properties: Path | None = None
    pictures: Path | None = None
    digest: str = ""
    root: Path | None = None
    solution: bytes = b""

    @property
    def is_quiz(self) -> bool:
        """Whether all its exercises are questions."""
        return all(exercise.spec.question is not None for exercise in self.exercises)

    @property
    def max_score(self) -> float:
        """Points to be had."""
        return sum(exercise.spec.points for exercise in self.exercises)

    def exercise(self, name: str) -> Exercise:
        """Return the exercise of that name; KeyError without one."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's file for one assignment, as bytes that nothing here parses.

    Parameters
    ----------
    student, assignment : str
        As the file's place says.
    source : bytes
        At most the assignment's ``max_bytes``; b"" where `fault` says why it could not be read.
    path : str
        Where it was found.
    fault : str
        Why there is nothing to run ("the file is empty"), in our own words; "" where there is.
    """

    student: str
    assignment: str
    source: bytes
    path: str = ""
    fault: str = ""
    sha256: str = field(default="")

    def __post_init__(self) -> None:
        """Derive the hash of the bytes."""
        object.__setattr__(self, "sha256", self.sha256 or hashlib.sha256(self.source).hexdigest())
