"""What an operator can get wrong, and what can be wrong with the machine.

::

    GraderError                 anything the operator is told in one sentence and a remedy
    ├── CourseError             the course on disk is broken, stale or missing
    │   └── PropertyError       a property raised on what was returned: the submission is ungraded
    ├── SubmissionsError        the submissions folder cannot be used
    ├── SandboxError            the box
    │   ├── SandboxUnavailable  a layer of the box is missing on this machine
    │   └── BoxFailure          the box broke through a fault of ours: the submission is ungraded
    ├── ClusterError            the scheduler does not answer, or no worker can grade
    ├── GradebookError          the gradebook cannot be opened, read or written
    └── OutputError             reports cannot be written

A student's fault is never an exception here: it is data (`grader.results.Outcome`).
"""


class GraderError(Exception):
    """Something the operator can mend.

    Parameters
    ----------
    problem : str
        One sentence: the thing, where it is and its value as ``name=value!r``. It is kept in one
        line, fit for a terminal, whatever files and what is in them are called.
    help : str
        What to do about it.
    """

    def __init__(self, problem: str, *, help: str = "") -> None:  # noqa: A002 - the word the reader sees
        problem = _in_a_line(problem)
        super().__init__(problem)
        self.problem = problem
        self.help = help

    def __str__(self) -> str:
        return f"{self.problem}\nhelp: {self.help}" if self.help else self.problem

    def __reduce__(self) -> tuple[object, ...]:
        # Crosses from worker to main process.
        return (_restore, (type(self), self.problem, self.help))


def _in_a_line(text: str) -> str:
    """Return a text with white space as spaces, and what cannot be printed as a question mark."""
    if text.isprintable():
        return text
    words = " ".join(text.split())
    return "".join(character if character.isprintable() else "?" for character in words)


def _restore(kind: type[GraderError], problem: str, help: str) -> GraderError:  # noqa: A002
    return kind(problem, help=help)


class CourseError(GraderError):
    """The course on disk is broken, stale or missing."""


class PropertyError(CourseError):
    """A property of the course raised on what a submission returned: that one is ungraded, no other."""


class SubmissionsError(GraderError):
    """The submissions folder cannot be used."""


class SandboxError(GraderError):
    """The box."""


class SandboxUnavailable(SandboxError):
    """A layer of the box is missing on this machine."""


class BoxFailure(SandboxError):
    """The box broke through a fault of ours; the submission is ungraded."""


class ClusterError(GraderError):
    """The cluster cannot be used: its scheduler does not answer, or no worker of it can grade."""


class OutputError(GraderError):
    """Reports cannot be written."""


class GradebookError(GraderError):
    """The gradebook cannot be opened, read or written."""
