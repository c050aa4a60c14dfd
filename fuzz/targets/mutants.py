"""Packed mutants: unpacked as they were packed, or refused as damaged."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from fuzz.drawn import Drawn
from fuzz.holds import refused, within
from grader.course.model import Mutant, MutantEdit
from grader.course.mutants import pack_mutants, read_head, unpack_mutants, unpack_words
from grader.course.signatures import sign
from grader.errors import CourseError


def check(data: bytes) -> None:
    """Unpack bytes as they are, or what was damaged before it was compressed."""
    drawn = Drawn(data)
    packed = zlib.compress(drawn.rest(), 1) if drawn.flag() else drawn.rest()
    reads: tuple[Callable[[bytes], Any], ...] = (read_head, unpack_words, unpack_mutants)
    with within(0.5):
        *_, mutants = (refused(lambda: read(packed), CourseError) for read in reads)  # noqa: B023
    # What the forms say is only believed where it was compressed, which has a checksum.
    for mutant in mutants or ():
        for signature in (each for each in mutant.signatures.values() if each is not None):
            assert signature.numbers.ndim == 1 and signature.numbers.dtype == "f4"


def seeds() -> Iterator[bytes]:
    """Yield blocks of a mutant, of several, and of one that raises; compressed and not."""
    edit = MutantEdit(function="one", operator="sign", line=3, scope="one", before="x", after="-x")
    values = (np.eye(2), {"W1": np.ones(3), "b": "word"}, 2.5)
    signatures = [sign(value) for value in values]
    rows = [Mutant((edit,), {"a": each, "b": None}) for each in signatures]
    for count in (0, 1, 3):
        expected = {"a": signatures[0], "b": signatures[1]}
        packed = pack_mutants(expected, rows[:count], made_from="9f", words={"dW1": "dW"})
        yield b"\0" + packed
        yield b"\1" + zlib.decompress(packed)
