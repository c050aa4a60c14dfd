"""Mutants as they are stored: which small edit of the reference, and the signatures of what it returns.

One packed block per exercise, compressed. It is unpacked when a diagnosis asks for it and not before, so that
loading an assignment costs nothing for it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from grader.course.model import Mutant, MutantEdit
from grader.course.signatures import Signature
from grader.errors import CourseError
from grader.records import Record

__all__ = ["MutantCounts", "pack_mutants", "read_head", "unpack_mutants", "unpack_words"]

#: In the place of a form: the mutant raised, or did not end.
_RAISED: Final = -1

_LEVEL: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class MutantCounts(Record):
    """What became of the mutants of an exercise.

    Those that return what another one returns count, too.
    """

    made: int = 0
    """Different edits that were run."""
    equivalent: int = 0
    """Edits that nothing tells from the reference."""
    caught: int = 0
    """Edits that fail some case."""
    surviving: int = 0
    """Edits that pass every case and are not equivalent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head(Record):
    """The first line of a block."""

    made_from: str
    """SHA-256 of all that the mutants depend on."""
    counts: MutantCounts
    cases: tuple[str, ...]
    forms: tuple[str, ...]
    sizes: tuple[int, ...]
    """How many numbers each form has."""
    edits: tuple[tuple[MutantEdit, ...], ...]
    words: dict[str, str] = field(default_factory=dict)
    """How a sentence writes the names that students know."""


def pack_mutants(
    expected: dict[str, Signature],
    mutants: Sequence[Mutant],
    *,
    made_from: str = "",
    counts: MutantCounts | None = None,
    words: Mapping[str, str] | None = None,
) -> bytes:
    """Return the block that `unpack_mutants` reads.

    Parameters
    ----------
    expected : dict of case name to Signature
        Of what the reference returns, in the cases in which it always returns the same.
    mutants : sequence of Mutant
    made_from : str
        SHA-256 of all that the mutants depend on: while it is the same, the block may be kept.
    counts : MutantCounts, optional
    words : mapping of str to str, optional
        How a sentence writes the names that students know.
    """
    rows: list[list[Signature | None]] = [[expected[name] for name in expected]]
    rows += [[mutant.signatures[name] for name in expected] for mutant in mutants]
    forms: dict[str, int] = {}
    sizes: dict[str, int] = {}
    places = np.full((len(rows), len(expected)), _RAISED, "<i2")
    bits: list[npt.NDArray[np.uint32]] = []
    for column in range(len(expected)):
        for index, row in enumerate(rows):
            signature = row[column]
            if signature is None:
                continue
            places[index, column] = forms.setdefault(signature.form, len(forms))
            sizes[signature.form] = signature.numbers.size
            bits.append(_against(rows[0][column], signature))
    head = _Head(
        made_from=made_from,
        counts=counts or MutantCounts(caught=len(mutants)),
        cases=tuple(expected),
        forms=tuple(forms),
        sizes=tuple(sizes[form] for form in forms),
        edits=tuple(mutant.edits for mutant in mutants),
        words=dict(words or {}),
    )
    # Equal numbers became zeros; bytes of one significance side by side compress best.
    planes = np.concatenate([np.empty(0, np.uint32), *bits]).astype("<u4").view(np.uint8).reshape(-1, 4).T
    parts = [head.model_dump_json().encode(), b"\n", places.tobytes(), planes.tobytes()]
    return zlib.compress(b"".join(parts), _LEVEL)


@lru_cache(maxsize=128)
def unpack_mutants(packed: bytes) -> tuple[Mutant, ...]:
    """Return the mutants of an exercise, the likeliest first; none for an empty block.

    Raises
    ------
    CourseError
        The block is damaged.
    """
    if not packed:
        return ()
    with _damage():
        return tuple(_unpacked(*_opened(packed)))


@lru_cache(maxsize=128)
def unpack_words(packed: bytes) -> Mapping[str, str]:
    """Return how a sentence writes the names of the reference that students know.

    Raises
    ------
    CourseError
        The block is damaged.
    """
    if not packed:
        return {}
    with _damage():
        return MappingProxyType(_opened(packed)[0].words)


def read_head(packed: bytes) -> tuple[str, MutantCounts]:
    """Return what a block was made from and how many mutants there were; "" and zeros of an empty one."""
    if not packed:
        return "", MutantCounts()
    with _damage():
        head, _ = _opened(packed)
        return head.made_from, head.counts


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # damaged bytes raise of every kind
        said = str(error)[:300] or type(error).__name__
        raise CourseError(f"the mutants in hidden.h5 cannot be read: {said}.", help="grade build") from error


def _opened(packed: bytes) -> tuple[_Head, bytes]:
    line, _, rest = zlib.decompress(packed).partition(b"\n")
    return _Head.model_validate_json(line), rest


def _unpacked(head: _Head, rest: bytes) -> list[Mutant]:
    count = len(head.edits) + 1
    end = 2 * count * len(head.cases)
    places = np.frombuffer(rest[:end], "<i2").reshape(count, len(head.cases))
    planes = np.frombuffer(rest[end:], np.uint8).reshape(4, -1)
    words = np.ascontiguousarray(planes.T).view("<u4").ravel()
    signatures: list[dict[str, Signature | None]] = [{} for _ in range(count)]
    start = 0
    for column, name in enumerate(head.cases):
        base: Signature | None = None
        for row, place in zip(signatures, places[:, column], strict=True):
            row[name] = None
            if place == _RAISED:
                continue
            if place < 0:
                raise ValueError(f"a form of number {place}")
            stop = start + head.sizes[place]
            row[name] = signature = _restored(base, head.forms[place], words[start:stop])
            base, start = base or signature, stop
    if start != words.size:
        raise ValueError(f"{words.size} numbers where {start} are named")
    return [Mutant(edits, each) for edits, each in zip(head.edits, signatures[1:], strict=True)]


def _against(base: Signature | None, signature: Signature) -> npt.NDArray[np.uint32]:
    """Return the bits of the numbers; where the expected value has this form too, those that differ."""
    bits = signature.numbers.view(np.uint32)
    if base is None or base is signature or base.form != signature.form:
        return bits
    return bits ^ base.numbers.view(np.uint32)


def _restored(base: Signature | None, form: str, words: npt.NDArray[np.uint32]) -> Signature:
    bits = words if base is None or base.form != form else words ^ base.numbers.view(np.uint32)
    return Signature(form, np.ascontiguousarray(bits, np.uint32).view(np.float32))
