"""The seal of ``public.h5`` and ``hidden.h5``: damage is told before HDF5 reads any of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import h5py
import pytest

from grader.course.load import load_assignment
from grader.course.seal import FORMAT, HEAD, seal, sealed
from grader.errors import CourseError

FILES = ("assignments/warmup/public.h5", "reference/warmup/hidden.h5")
PATH = Path("assignments/warmup/public.h5")

IMAGE = seal(bytes(HEAD) + b"what HDF5 wrote")


@pytest.mark.parametrize("file", FILES, ids=["public", "hidden"])
def test_a_sealed_file_is_hdf5_for_every_reader(course: Path, file: str) -> None:
    with h5py.File(course / file) as opened:
        assert opened.userblock_size == HEAD
        assert opened.attrs["format"] == FORMAT
        assert "update_lr" in opened
    if dump := shutil.which("h5dump"):
        assert "update_lr" in subprocess.check_output([dump, "-n", course / file], text=True)


def test_the_first_line_is_for_people_too(course: Path) -> None:
    line, rest = (course / FILES[0]).read_bytes()[:HEAD].split(b"\n")
    assert line.startswith(b"softmark vectors, format 4, sha256 ")
    assert not rest.strip(b"\0")


@pytest.mark.parametrize("file", FILES, ids=["public", "hidden"])
def test_no_changed_bit_passes(course: Path, file: str) -> None:
    whole = (course / file).read_bytes()
    for place in {*range(HEAD), *range(HEAD, len(whole), 997), len(whole) - 1}:
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        with pytest.raises(CourseError, match="cannot be read"):
            sealed(bytes(changed), PATH)


@pytest.mark.parametrize("file", FILES, ids=["public", "hidden"])
def test_hdf5_is_never_asked_to_read_a_damaged_file(
    own_course: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_course / file
    image = path.read_bytes()
    path.write_bytes(image[:-1] + bytes([image[-1] ^ 1]))
    opened, open_image = [], h5py.h5f.open_file_image
    monkeypatch.setattr(h5py.h5f, "open_file_image", lambda image: opened.append(image) or open_image(image))
    with pytest.raises(CourseError, match=f"{path}: cannot be read: it is damaged") as caught:
        load_assignment(own_course, "warmup")
    assert path.read_bytes() not in opened
    assert caught.value.help == "grade build warmup"


@pytest.mark.parametrize(
    ("image", "why"),
    [
        (b"", "its first line is not that of such a file"),
        (IMAGE[:40], "its first line is not that of such a file"),
        (IMAGE[: HEAD - 1], "its bytes are not those that were written"),
        (IMAGE[:HEAD], "its bytes are not those that were written"),
        (IMAGE[:-1], "its bytes are not those that were written"),
        (IMAGE + b"\0", "its bytes are not those that were written"),
        (b"version https://git-lfs.github.com/spec/v1\n", "its first line is not that of such a file"),
        (IMAGE.replace(b"\n\0", b"\n.", 1), "its first line is not that of such a file"),
        (IMAGE.replace(b"format 4", b"format 99"), "its format is 99, and this version reads 4"),
        (b"\x89HDF\r\n\x1a\n" + bytes(600), "its format is older than 4, and this version reads 4"),
    ],
    ids=["empty", "cut in the line", "cut in the block", "the block alone", "cut", "longer", "a pointer",
         "something after the line", "another format", "not sealed"],
)  # fmt: skip
def test_what_is_not_as_it_was_written_is_told_with_the_remedy(image: bytes, why: str) -> None:
    with pytest.raises(CourseError, match=f"{PATH}: cannot be read: .*{why}") as caught:
        sealed(image, PATH)
    assert caught.value.help == "grade build warmup"
