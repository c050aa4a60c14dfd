"""Assignments, exercises and cases as grading sees them.

`Limits` and `AssignmentFile` are the schema of ``assignment.toml``; `Judge` and `ExerciseSpec`, `CaseSpec`,
`MistakeSpec` are stored as JSON beside the vectors. The rest are plain dataclasses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from grader.course.signatures import Signature
from grader.course.worked import WorkedExample
from grader.records import Record, told_by
from grader.results import Visibility
from grader.values import Encoded, Value

Feedback = Literal["full", "diagnosis", "verdict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance(Record):
    """How far a number may lie from the expected one.

    An entry ``b`` of an array with root mean square ``r`` accepts ``a`` where
    ``abs(a - b) <= absolute + relative * (abs(b) + r)``; where ``r`` is zero it counts as one.
    """

    relative: float = field(default=1e-7, metadata={"ge": 0})
    """Share of the entry and of its array's scale."""
    absolute: float = field(default=1e-12, metadata={"ge": 0})
    """Below this a difference is never an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equal(Record):
    """The value returned is the expected one, to the exercise's tolerance."""

    kind: Literal["equal"] = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Magnitude(Record):
    """A positive number of the expected order of magnitude: for quantities that are rounding noise."""

    kind: Literal["magnitude"] = "magnitude"
    decades: float = field(metadata={"gt": 0})
    """Largest distance of the decimal logarithms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost(Record):
    """A number from 0 to a bound: for quantities that are zero but for rounding noise."""

    kind: Literal["at_most"] = "at_most"
    bound: float = field(metadata={"gt": 0})
    """Largest number accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds(Record):
    """Properties that any right answer has: names of functions of the assignment's ``properties.py``.

    Each is called as ``property(inputs, returned)`` with the case's inputs (a dict) and the value returned,
    after its structure and shapes were found to be the expected ones, and returns None where it holds, or one
    sentence that says what does not.
    """

    kind: Literal["holds"] = "holds"
    properties: tuple[str, ...] = field(metadata={"min_length": 1})
    """Names of the properties."""
    shapes: bool = True
    """Whether structure and shapes are compared beforehand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Record):
    """The value has the form of an answer to the exercise's `Question`, be it right or wrong."""

    kind: Literal["answered"] = "answered"


Judge = Annotated[Equal | Magnitude | AtMost | Holds | Answered, told_by("kind")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Record):
    """What a question of a quiz asks for: one choice, several, or a number; it does not tell the answer."""

    text: str = field(metadata={"min_length": 1})
    """Paragraphs; those that are indented are code."""
    choices: tuple[str, ...] = field(default=(), metadata={"max_length": 8})
    """Lettered from a; none: a number."""
    several: bool = False
    """Whether more than one choice may be right."""
    within: float = field(default=0.0, metadata={"ge": 0})
    """How far a number may be off."""
    reread: str = ""
    """Where the topic is explained."""

    @property
    def letters(self) -> str:
        """The letters of the choices: "abcd"; "" for a number."""
        return "abcdefgh"[: len(self.choices)]

    @property
    def asks(self) -> str:
        """What is to be written, in words."""
        if not self.choices:
            return "a number"
        return f"{'letters' if self.several else 'one letter'} from {self.letters[0]} to {self.letters[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(Record):
    """What one submission may use."""

    max_bytes: int = field(default=2**20, metadata={"gt": 0, "le": 2**30})
    """Largest file read, in bytes."""
    import_seconds: float = field(default=1.0, metadata={"gt": 0, "le": 86_400})
    """CPU seconds for running the file itself."""
    case_seconds: float = field(default=0.5, metadata={"gt": 0, "le": 86_400})
    """Least CPU seconds that a case is given."""
    submission_seconds: float = field(default=5.0, metadata={"gt": 0, "le": 86_400})
    """CPU seconds of all cases together."""
    memory_mib: int = field(default=1024, metadata={"gt": 0, "le": 2**20})
    """Memory on top of the interpreter's, in MiB."""
    output_kib: int = field(default=64, metadata={"gt": 0, "le": 2**20})
    """Printed text that is kept, in KiB."""
    value_mib: int = field(default=16, metadata={"gt": 0, "le": 2**10})
    """Largest value returned, in MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFile(Record):
    """The schema of ``assignment.toml``."""

    title: str = field(metadata={"min_length": 1})
    """Shown on every page."""
    week: int = field(metadata={"ge": 1})
    """Week of the course."""
    feedback: Feedback = "diagnosis"
    """What hidden cases may reveal to students."""
    carried_errors: Literal["shown", "counted"] = "shown"
    """What becomes of the better score of an exercise once the reference answers for wrong exercises that
    it uses."""
    requires: dict[str, str] = field(default_factory=dict)
    """Modules that not every installation has, and how each is installed. The box loads them."""
    preload: tuple[str, ...] = ()
    """Modules that the box loads beside numpy."""
    limits: Limits = field(default_factory=Limits)
    """What one submission may use."""

    @property
    def modules(self) -> tuple[str, ...]:
        """Modules that the box loads beside numpy: those required, then those preloaded."""
        return tuple(dict.fromkeys((*self.requires, *self.preload)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseSpec(Record):
    """What is stored of an exercise beside its vectors."""

    name: str
    title: str
    points: float = field(metadata={"gt": 0})
    signature: str
    """As the stub has it: 'softmax(z)'."""
    parameters: tuple[str, ...]
    """Names of the parameters, in the signature's order."""
    uses: tuple[str, ...] = ()
    optional_tail: int = 0
    tolerance: Tolerance = field(default_factory=Tolerance)
    cpu_seconds: float = field(metadata={"gt": 0})
    """CPU seconds a case is given, from the reference's time."""
    question: Question | None = None
    """Where the exercise is a constant to set and no function to write."""
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the docstring calls items of tuples: under '' those returned, else by argument."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSpec(Record):
    """What is stored of a case beside its inputs and expected value."""

    name: str
    visibility: Visibility
    weight: float = field(metadata={"ge": 0})
    judge: Judge


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeSpec(Record):
    """What is stored of a mistake beside what it returns."""

    name: str
    message: str
    help: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MutantEdit(Record):
    """A small edit of the reference."""

    function: str
    """The function that is edited: the exercise's own, or one it calls."""
    operator: str
    """Kind of edit, such as 'drop_operand'."""
    line: int
    """Line of solution.py, the first of several."""
    scope: Literal["one", "equal", "siblings"]
    """One place, all equal expressions, or all places of one pattern (W and b, every layer)."""
    before: str
    """The piece of source as it is."""
    after: str
    """What the mutant has in its place."""
    target: str = ""
    """What the statement around it assigns or returns."""
    near: str = ""
    """The smallest expression around it that has other names in it."""


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
