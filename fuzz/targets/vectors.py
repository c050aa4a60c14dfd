"""``public.h5`` and ``hidden.h5``: damaged bits, files cut short, other attributes and datasets.

Damage as it happens must be told by the seal, before HDF5 reads any of it. Behind a seal that was made anew,
which only somebody who may write the course can make, some damage has the HDF5 library itself run in circles,
or end the process: such files are tried in a child first and left out.
"""

from __future__ import annotations

import io
import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import h5py
import numpy as np

from fuzz.drawn import Drawn
from fuzz.holds import refused, within
from grader.course.contents import Settings, read_contents
from grader.course.load import POINTS, check_points
from grader.course.model import (
    AssignmentFile,
    Case,
    Equal,
    Exercise,
    ExerciseSpec,
    Holds,
    Mistake,
    Mutant,
    MutantEdit,
)
from grader.course.mutants import pack_mutants
from grader.course.seal import HEAD, seal, sealed
from grader.course.signatures import sign
from grader.course.vectors import (
    hidden_bytes,
    public_bytes,
    read_hidden,
    read_mutants,
    read_public,
    read_sources,
)
from grader.course.worked import WorkedExample, WorkedStep
from grader.errors import CourseError
from grader.values import decode, encode

_PATH: Final = Path("one") / "some.h5"

#: What stands in specs and packed datasets, and what may stand there instead.
_PIECES: Final = (
    b"null", b"[]", b"{}", b"-1", b"0", b"1e999", b"1e308", b"NaN", b"99999999999999999999", b'""', b"true",
    b'"public"', b'"hidden"', b'"equal"', b'"holds"', b'"one"', b"[[", b"\n", b"\xff", b"1.0",
    b"[0,0]", b"[0,99]",
)  # fmt: skip


def check(data: bytes) -> None:
    """Read both files, one of them damaged."""
    drawn = Drawn(data)
    files = list(images())
    which = drawn.below(2)
    files[which] = _rewritten(drawn, files[which]) if drawn.flag() else _damaged(drawn, files[which])
    if files[which] != images()[which]:
        assert refused(lambda: sealed(files[which], _PATH), CourseError) is None
    files[which] = seal(files[which].ljust(HEAD + 1, b"\0"))
    if not _ends(files):
        return
    with within(1.0):
        public, joined = _read(files)
    for exercises in (public, joined):
        if exercises:
            refused(lambda: _graded_with(exercises), CourseError)  # noqa: B023 - called at once


def _read(files: list[bytes]) -> tuple[tuple[Exercise, ...], tuple[Exercise, ...]]:
    """Return the exercises of the public file, and of both; none where they are refused."""
    first, second = (sealed(image, _PATH) for image in files)
    refused(lambda: read_contents(first), CourseError)
    public = refused(lambda: read_public(first), CourseError)
    refused(lambda: read_sources(second), CourseError)
    refused(lambda: read_mutants(second), CourseError)
    joined = public and refused(lambda: read_hidden(second, public[0]), CourseError)
    return public[0] if public else (), joined[0] if joined else ()


def _ends(files: list[bytes]) -> bool:
    """Say whether reading ends by itself, and the process lives."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that of forking beside threads
        child = os.fork()
    if child == 0:
        for number in (signal.SIGALRM, signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE):
            signal.signal(number, signal.SIG_DFL)
        signal.alarm(4)
        with suppress(BaseException):
            _read(files)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _graded_with(exercises: tuple[Exercise, ...]) -> None:
    """Ask that whatever was read can be graded with."""
    check_points(_PATH, [exercise.spec.points for exercise in exercises])
    for exercise in exercises:
        assert 0 < exercise.spec.points <= POINTS
        for case in exercise.cases:
            assert isinstance(decode(case.encoded_inputs), dict)
            decode(case.expected)
            assert 0 <= case.weight < float("inf")


def _damaged(drawn: Drawn, image: bytes) -> bytes:
    """Return the file with some bits flipped, or cut short."""
    if drawn.below(4) == 0:
        return image[: drawn.below(65536) % len(image)]
    changed = bytearray(image)
    for _ in range(1 + drawn.below(8)):
        changed[int.from_bytes(drawn.take(3), "little") % len(changed)] ^= 1 << drawn.below(8)
    return bytes(changed)


def _rewritten(drawn: Drawn, image: bytes) -> bytes:
    """Return a sound file with something else in one or two of its places."""
    buffer = io.BytesIO(image)
    with h5py.File(buffer, "r+") as file:
        for _ in range(1 + drawn.below(2)):
            places: list[Any] = [file]
            file.visititems(lambda _, place: places.append(place))  # noqa: B023
            _change(drawn, file, drawn.pick(places))
    return buffer.getvalue()


def _change(drawn: Drawn, file: h5py.File, place: Any) -> None:
    if drawn.flag() and len(place.attrs):
        name = drawn.pick(sorted(place.attrs))
        old = place.attrs[name]
        del place.attrs[name]
        if new := drawn.below(6):
            text = old.encode() if isinstance(old, str) else b"7"
            place.attrs[name] = [_spliced(drawn, text).decode("utf-8", "replace").replace("\0", ""), 7, 2.5,
                                 np.arange(3), np.bytes_(b"\xff")][new - 1]  # fmt: skip
        return
    if place.name == "/":
        return
    name, old = place.name, place[()] if isinstance(place, h5py.Dataset) else b""
    old = old.tobytes() if isinstance(old, np.ndarray | np.generic) else b""
    del file[name]
    kind = drawn.below(7)
    if kind < 4 and old:
        file[name] = np.frombuffer(_spliced(drawn, old), np.uint8)
    elif kind == 4:
        file.create_group(name)
    elif kind == 5:
        file[name] = drawn.pick((3, "text", np.zeros((2, 2)), np.zeros(0, np.uint8), h5py.Empty("u1")))
    elif kind == 6:
        file[name] = h5py.SoftLink(drawn.pick(("/", "/nowhere", name)))


def _spliced(drawn: Drawn, text: bytes) -> bytes:
    """Return the text with a piece of it replaced."""
    start = drawn.below(65536) % (len(text) + 1)
    piece = drawn.pick(_PIECES) if drawn.flag() else drawn.take(drawn.below(12))
    return text[:start] + piece + text[start + drawn.below(12) :]


@cache
def images() -> tuple[bytes, bytes]:
    """Return both files, sound."""
    exercises = _exercises()
    settings = Settings("9f" * 32, AssignmentFile(title="Some", week=1))
    return public_bytes(exercises, "stub", settings), hidden_bytes(
        exercises, {"solution.py": "9f" * 32}, "solution"
    )


def _exercises() -> list[Exercise]:
    """Return two exercises with all that can be stored of one."""
    spec = ExerciseSpec(
        name="one", title="One.", points=60.0, signature="one(x)", parameters=("x",), cpu_seconds=0.5
    )
    cases = tuple(_case(name, index) for index, name in enumerate(("a", "b", "c")))
    mistake = Mistake(
        "sign", "The sign is wrong.", ("Look.",), {"a": encode(-np.eye(2)), "b": None, "c": encode(1.5)}
    )
    edit = MutantEdit(function="one", operator="sign", line=3, scope="one", before="x", after="-x")
    signature = sign(np.eye(2))
    mutants = pack_mutants({"a": signature}, [Mutant((edit,), {"a": sign(-np.eye(2))})], made_from="9f")
    worked = WorkedExample("a", (WorkedStep("It is the unit matrix.", encode(np.eye(2))),))
    other = spec.model_copy(update={"name": "two", "points": 40.0})
    return [
        Exercise(spec, cases, (mistake,), mutants, worked),
        Exercise(other, (_case("a", 0), _case("c", 2))),
    ]


def _case(name: str, index: int) -> Case:
    inputs = {"x": np.arange(4.0).reshape(2, 2) + index}
    judge = Holds(properties=("p",)) if index == 2 else Equal()
    return Case(name, "hidden" if index else "public", 1.0, judge, inputs, encode(np.eye(2)), encode(inputs))


def seeds() -> Iterator[bytes]:
    """Yield what draws each kind of damage."""
    yield from (
        bytes([which, how]) + bytes(range(first, first + 40))
        for which in (0, 1)
        for how in (0, 1)
        for first in (0, 3, 9, 30)
    )
