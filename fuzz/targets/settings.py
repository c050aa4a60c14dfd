"""``assignment.toml``: settings that can be graded with, or one sentence and a remedy."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fuzz.holds import refused, within
from grader.course.load import load_file
from grader.course.model import AssignmentFile
from grader.course.requirements import lacking
from grader.errors import CourseError


def check(data: bytes) -> None:
    """Load a file of these bytes."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        root = Path(folder)
        (root / "assignments" / "one").mkdir(parents=True)
        (root / "assignments" / "one" / "assignment.toml").write_bytes(data)
        with within(0.5):
            found = refused(lambda: load_file(root, "one"), CourseError)
    if found is not None:
        _usable(found)


def _usable(file: AssignmentFile) -> None:
    limits = file.limits.model_dump()
    assert all(math.isfinite(each) and 0 < each < 2**53 for each in limits.values()), limits
    assert file.title and file.week >= 1
    lacking(file)


def seeds() -> Iterator[bytes]:
    """Yield files with every key, right and wrong."""
    yield b'title = "Softmax"\nweek = 3\n'
    yield (
        b'title = "T"\nweek = 1\nfeedback = "full"\ncarried_errors = "counted"\npreload = ["json"]\n'
        b'[requires]\ntorch = "pip install torch"\n"" = "x"\n'
    )
    yield (
        b'title = "T"\nweek = 1\n[limits]\nmax_bytes = 9\nimport_seconds = inf\ncase_seconds = 1e3\n'
        b"submission_seconds = nan\nmemory_mib = 1_000\noutput_kib = 0x10\nvalue_mib = 1\n"
    )
    yield b"title = 1979-05-27T07:32:00Z\nweek = [[[{a = 1}]]]\n"
    yield b"title = 'T'\nweek = " + b"9" * 4400
    yield b"title = 'T'\nweek = 0x" + b"f" * 4000
    yield b"title = 'T'\nweek = " + b"[" * 2000
