"""Sketches of files: 64 numbers or none, whatever the bytes are."""

from __future__ import annotations

from collections.abc import Iterator

from fuzz.holds import within
from grader.intake.sketch import SIZE, sketch


def check(data: bytes) -> None:
    """Sketch a file, the file again with other white space, and the file of one who wrote nothing."""
    stub, _, source = data.partition(b"\0")
    source *= 1 + (data[-1] if data else 0) * 16  # up to what no student hands in
    with within(1.0):
        found = sketch(source, stub)
    assert len(found) in (0, SIZE) and all(type(each) is int and 0 <= each < 2**32 for each in found)
    assert sketch(source, source) == ()
    if len(source) < 2**14:
        assert sketch(source.replace(b"\n", b"\r\n \t"), stub) == found


def seeds() -> Iterator[bytes]:
    """Yield files with and without a stub, short and long, and bytes that are no text."""
    lines = b"\n".join(b"def f%d(x):\n    return x * %d + %d" % (n, n * n, 7 * n) for n in range(12))
    yield b"\0" + lines + b"\0"
    yield lines[:150] + b"\0" + lines
    yield b"\0" + bytes(range(256)) * 3
    yield b"\0" + b" \t\r\n" * 50
    yield b"\0" + lines + b"\xff"
