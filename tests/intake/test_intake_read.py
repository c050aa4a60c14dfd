"""Reading a submission's bytes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from grader.intake.find import SubmissionFile
from grader.intake.read import read_submission


def file(path: Path) -> SubmissionFile:
    return SubmissionFile("ana", "softmax", path, "ana/softmax.py")


@pytest.mark.parametrize(
    "source", [b"x = 1\r\n", b"\xef\xbb\xbfx = 1", b"# caf\xe9", bytes(range(256)), b"\x7fELF\0\0"]
)
def test_bytes_are_read_as_they_are(tmp_path, source):
    (tmp_path / "a.py").write_bytes(source)
    submission = read_submission(file(tmp_path / "a.py"), 1000)
    assert (submission.source, submission.fault) == (source, "")
    assert submission.sha256 == hashlib.sha256(source).hexdigest()
    assert (submission.student, submission.assignment, submission.path) == (
        "ana",
        "softmax",
        "ana/softmax.py",
    )


@pytest.mark.parametrize(
    ("size", "fault"),
    [(0, "the file is empty"), (10, ""), (11, "the file is larger than the limit of 10 bytes")],
)
def test_a_file_that_is_empty_or_too_large_says_so_and_is_still_a_submission(tmp_path, size, fault):
    (tmp_path / "a.py").write_bytes(b"#" * size)
    submission = read_submission(file(tmp_path / "a.py"), 10)
    assert submission.fault == fault
    assert len(submission.source) == (0 if fault else size)


def test_no_more_than_the_limit_is_read_of_a_huge_file(tmp_path):
    with (tmp_path / "a.py").open("wb") as stream:
        stream.truncate(2**40)  # sparse: reading it whole would not fit in memory
    assert "larger than the limit" in read_submission(file(tmp_path / "a.py"), 10).fault


def test_a_file_that_has_gone_says_so(tmp_path):
    assert (
        read_submission(file(tmp_path / "a.py"), 10).fault
        == "the file cannot be read: No such file or directory"
    )


def test_a_file_without_permission_says_so(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.py").write_bytes(b"x")
    monkeypatch.setattr(os, "open", refuse)
    assert read_submission(file(tmp_path / "a.py"), 10).fault == "the file cannot be read: Permission denied"


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_what_has_become_something_else_since_it_was_found_is_not_read(tmp_path, kind):
    path = tmp_path / "a.py"
    if kind == "pipe":
        os.mkfifo(path)  # opening it for reading would wait for ever
    elif kind == "link":
        path.symlink_to("/etc/hostname")
    else:
        path.mkdir()
    submission = read_submission(file(path), 10)
    assert submission.source == b""
    assert submission.fault
