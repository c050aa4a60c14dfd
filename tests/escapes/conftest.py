"""The boxes that the gallery is held to, one of each kind for all of it, and who looks after them."""

from __future__ import annotations

import os
import resource
import select
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.model import (
    Assignment,
    AssignmentFile,
    Case,
    Equal,
    Exercise,
    ExerciseSpec,
    Limits,
    Submission,
)
from grader.grading import AnswerKey, grade
from grader.results import Graded, Visibility
from grader.sandbox.box import Box, open_box
from grader.values import Value, encode
from tests.escapes.gallery import KINDS

#: What one attack may take of the trusted side: seconds in all, MiB of memory at its peak.
MOST_SECONDS = 10.0
MOST_MEMORY = 100

#: Not as one string: an attack looks for it in memory.
RIGHT = """
MESSAGE = "THE WINNER, MESSAGE OF another student's file"
def wanted(x, y=2): return x + y
def honest(x): return np.maximum(x, 0)
"""
HIDDEN = (61734.5, 61735.5)
Y = 7.25


def assignment(watched: Path, patience: float = 1.0) -> Assignment:
    """Two exercises, one that attacks want points for, one that every file has right; the least time."""
    stub = (Path(__file__).parent / "tools.py").read_text(encoding="utf-8")
    hidden = [_case(f"hidden {n}", {"x": x, "y": Y}, x + Y, "hidden") for n, x in enumerate(HIDDEN, start=1)]
    limits = Limits(import_seconds=0.3 * patience, submission_seconds=patience, value_mib=1)
    arrays = _case("arrays", {"x": np.arange(3.0), "y": 5.0}, np.arange(3.0) + 5)
    return Assignment(
        "small",
        AssignmentFile(title="Small", week=1, limits=limits),
        (
            _exercise(
                "wanted", ("x", "y"), 0.1 * patience, _case("defaults", {"x": 1.0}, 3.0), arrays, *hidden
            ),
            _exercise(
                "honest",
                ("x",),
                0.1 * patience,
                _case("negative", {"x": -1.0}, 0.0),
                _case("positive", {"x": 2.0}, 2.0, "hidden"),
            ),
        ),
        stub.replace("@WATCHED@", str(watched)).encode(),
        b"def honest(student, x): return student.honest(x)\n",
    )


def _case(name: str, inputs: dict[str, Value], expected: Value, visibility: Visibility = "public") -> Case:
    return Case(name, visibility, 1.0, Equal(), inputs, encode(expected), encode(inputs))


def _exercise(name: str, parameters: tuple[str, ...], seconds: float, *cases: Case) -> Exercise:
    spec = ExerciseSpec(
        name=name, title=name, points=50, signature=name, parameters=parameters, cpu_seconds=seconds
    )
    return Exercise(spec, cases)


@dataclass(slots=True)
class Guard:
    """Grades attacks in one box, and holds that nobody but themselves is affected."""

    kind: str
    box: Box
    assignment: Assignment
    watched: Path
    key: AnswerKey = field(init=False)
    honest: Any = None

    def __post_init__(self) -> None:
        self.key = AnswerKey.of(self.assignment)
        self.honest = self.of_honest()

    def grade(self, source: bytes) -> Graded:
        """Grade an attack; whoever comes after it is graded as whoever came before."""
        before, started, memory = self.state(), time.monotonic(), _peak()
        graded = self._grade(source)
        assert time.monotonic() - started < MOST_SECONDS
        assert _peak() - memory < MOST_MEMORY * 1024
        assert self.state() == before
        if self.kind != "weak":  # where each submission has a fresh process, nobody comes after it
            assert self.of_honest() == self.honest
        return graded

    def of_honest(self) -> Any:
        """Return all that grading a right submission brings, but for its times."""
        graded = self._grade(RIGHT.encode())
        assert graded.result.score == 100
        result = graded.result.model_copy(update={"seconds": 0})
        values = [(key, outcome.kind, outcome.value) for key, outcome in graded.run.outcomes.items()]
        printed = graded.run.printed_public + graded.run.printed_hidden
        return values, printed, result.events, [each.score for each in result.exercises]

    def state(self) -> Any:
        """Return what an attack could have left: processes, descriptors, files."""
        files = {
            path.name: (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
            for path in self.watched.iterdir()
        }
        left = sorted(
            str(path)
            for folder in ("/tmp", "/dev/shm", np.__path__[0], str(Path(np.__path__[0]).parent))
            for path in Path(folder).glob("*softmark-attack*")
        )
        # the process of the next submission waits already, each time another; all else is as it was
        waiting, lasting = _waiting(self.box), _descendants(os.getpid())
        return (
            len(lasting) if self.kind == "weak" else lasting - {waiting},
            self.kind == "weak" or waiting in lasting,
            len(list(Path("/proc/self/fd").iterdir())),
            files,
            left,
        )

    def _grade(self, source: bytes) -> Graded:
        return grade(Submission("someone", "small", source), self.assignment, self.box, self.key)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _waiting(box: Box) -> int:
    """Return the process that waits for the next submission, once it does; 0 for a weak box."""
    asked = getattr(box._parent, "_waiting", None)
    if asked is None:
        return 0
    assert select.select([asked.channel], [], [], 5.0)[0], "it does not come to wait"
    (waiting,) = (pid for pid in _descendants(box._parent._process.pid) if not _descendants(pid))
    return waiting


def _descendants(pid: int) -> set[int]:
    found = set()
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):  # it has ended
            for child in map(int, (thread / "children").read_text().split()):
                found |= {child, *_descendants(child)}
    return found


@pytest.fixture(scope="session", params=KINDS)
def guard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guard]:
    """One warm box of each kind for the whole gallery."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the strong box needs Linux, and so does looking after the weak one")
    watched = tmp_path_factory.mktemp("watched")
    (watched / "hidden.h5").write_text("answers")
    watched.chmod(0o777)
    (watched / "hidden.h5").chmod(0o666)
    with ExitStack() as until:
        if request.param == "strong without namespaces":
            patch = until.enter_context(pytest.MonkeyPatch.context())
            patch.setattr("grader.sandbox.layers.StrongParent", without_namespaces)
        weak = request.param == "weak"
        # its clock goes on while others have the processor
        asked = assignment(watched, patience=3.0 if weak else 1.0)
        box = until.enter_context(open_box(asked, "weak" if weak else "strong", ahead=weak))
        assert box.name == request.param
        yield Guard(request.param, box, asked, watched)


def without_namespaces(plan: Any, **_: Any) -> Any:
    """Start a box parent that really enters none, as on a kernel that allows none."""
    from grader.sandbox.inside.confine import REQUIRED
    from grader.sandbox.strong import StrongParent

    parent = StrongParent(plan, REQUIRED)
    parent.missing_namespaces = "unshare: Operation not permitted"
    return parent
