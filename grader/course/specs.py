"""What is written down of assignments, exercises and cases, as records.

`Limits` and `AssignmentFile` are the schema of ``assignment.toml``; `Judge` and `ExerciseSpec`, `CaseSpec`,
`MistakeSpec`, `MutantEdit` are stored as JSON beside the vectors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from grader.outcomes import Visibility
from grader.records import Record, told_by

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
