"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.files import replace_file
from grader.errors import CourseError


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    assert replace_file(path, b"one")
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_of_the_same_bytes_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace_file(path, b"one")
    before = path.stat().st_mtime_ns
    assert not replace_file(path, b"one")
    assert path.stat().st_mtime_ns == before


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(CourseError, match="file: Is a directory"):
        replace_file(tmp_path / "file", b"one")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
