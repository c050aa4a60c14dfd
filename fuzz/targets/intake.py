"""Submissions' folders: found or passed over, read or said why not, whatever the names are."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fuzz.drawn import Drawn
from fuzz.holds import refused, within
from grader.errors import SubmissionsError
from grader.intake.find import find_submissions
from grader.intake.names import printable
from grader.intake.read import read_submission
from grader.report.paths import page_path, safe_name

_ASSIGNMENTS = ("softmax", "softmax_loss", "batchnorm")
_NAMES = (
    b"softmax",
    b"ada_softmax",
    b"_softmax",
    b"softmax_loss",
    b"sofmax",
    b"..py",
    b".",
    b"con",
    b"__pycache__",
)
_MAX_BYTES = 64


def check(data: bytes) -> None:
    """Make a folder of these names, find what is in it and read it; then say the names."""
    drawn = Drawn(data)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        root = Path(folder) / "in"
        root.mkdir()
        for _ in range(1 + drawn.below(5)):
            _entry(drawn, os.fsencode(root))
        asked = drawn.pick([root, root, root, *root.iterdir()])
        with within(0.5):
            found = refused(lambda: find_submissions(asked, _ASSIGNMENTS), SubmissionsError)
        if found is not None:
            texts = [text for each in found.submissions for text in (each.student, each.shown)]
            texts += [text for each in found.passed_over for text in (each.path, each.reason)]
            assert all(text.isprintable() for text in texts)
            pairs = [(each.student, each.assignment) for each in found.submissions]
            assert len(set(pairs)) == len(pairs) and all(student for student, _ in pairs)
            for file in found.submissions:
                read = read_submission(file, _MAX_BYTES)
                assert len(read.source) <= _MAX_BYTES and bool(read.source) != bool(read.fault)
    _named(drawn.text(), drawn.text())


def _entry(drawn: Drawn, folder: bytes) -> None:
    """Add a file, a link, a pipe or a folder with files to a folder."""
    name = (
        drawn.pick(_NAMES)
        if drawn.flag()
        else drawn.take(drawn.below(32)).replace(b"\0", b"\x1b").replace(b"/", b":")
    )
    name += drawn.pick((b".py", b"", b".PY", b".txt"))
    path, kind = os.path.join(folder, name), drawn.below(6)  # noqa: PTH118 - names that are no text
    try:
        if kind == 0:
            os.symlink(drawn.pick((b"/etc/passwd", b".", b"nowhere", path)), path)  # noqa: PTH211
        elif kind == 1:
            os.mkfifo(path)
        elif kind == 2 and len(folder) < 200:
            os.mkdir(path)  # noqa: PTH102
            for _ in range(drawn.below(4)):
                _entry(drawn, path)
        else:
            with open(path, "xb") as file:  # noqa: PTH123
                file.write(b"x" * drawn.pick((0, 1, _MAX_BYTES, _MAX_BYTES + 1)))
    except OSError:  # what the file system itself refuses: "", ".", a name that is there, one too long
        pass


def _named(one: str, other: str) -> None:
    for text in (one, other):
        name = safe_name(text)
        assert (
            name
            and len(name.encode()) <= 200
            and not set(name) & set('/\\\0:*?"<>|\n')
            and name not in (".", "..")
        )
        assert printable(text).isprintable()
    if one != other:
        assert safe_name(one).casefold() != safe_name(other).casefold()
        assert printable(one) != printable(other)
    assert ".." not in page_path("student", one, other).parts


def seeds() -> Iterator[bytes]:
    """Yield what draws each kind of entry."""
    yield from (bytes([first]) + bytes(range(first, first + 50)) for first in range(0, 60, 6))
    yield bytes([3, 1, 0, 0, 3, 1, 1, 2, 0, 3, 1, 1, 1, 0, 2, 3]) * 3
