"""Sketches of files: a few numbers by which two files are told to be alike, without parsing either.

A file's *shingles* are its runs of 16 bytes, white space left out; those that the stub has, too, are nobody's
own. The sketch keeps the smallest value of each of 64 hash functions over the others. Of two files the share
of equal numbers estimates the share of shingles that they have in common (MinHash: A. Z. Broder, "On the
resemblance and containment of documents", 1997), to within 0.06 or so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["SIZE", "sketch"]

Hashes = npt.NDArray[np.uint64]

#: Numbers in a sketch.
SIZE: Final = 64

#: A file with fewer shingles of its own says what everyone writes: about five lines of code.
_FEWEST: Final = 160

#: Bytes looked at, and shingles: those of the smallest hashes, the same in files that are alike.
_MOST_BYTES: Final = 2**16
_MOST: Final = 2**13

_WHITE: Final = b" \t\r\n\f\v"

_ODD: Final = np.uint64(1)

_SHIFTS: Final = (np.uint64(30), np.uint64(27))
_FACTOR: Final = np.uint64(0xBF58476D1CE4E5B9)

#: A table of so many bits takes 256 KiB, and its places are five times as many as a long stub's shingles.
_TABLE_BITS: Final = 15


def sketch(source: bytes, stub: bytes = b"") -> tuple[int, ...]:
    """Return a file's sketch.

    Parameters
    ----------
    source : bytes
    stub : bytes
        What every student was given.

    Returns
    -------
    tuple of int
        64 numbers of 32 bits; empty for a file that has hardly anything of its own.
    """
    own = _Stub.of(stub).without(_shingles(source))
    if own.size < _FEWEST:
        return ()
    if own.size > _MOST:
        own = np.partition(own, _MOST)[:_MOST]
    smallest = (own[np.newaxis, :] * _multipliers()[:, np.newaxis]).min(axis=1)
    return tuple((smallest >> np.uint64(32)).tolist())


@dataclass(frozen=True, slots=True)
class _Stub:
    """A stub's shingles, prepared to be taken out of those of many files.

    Most shingles of most files are the stub's. These go at one look into a table by the first bits of the
    hash, where each place has room for one; only what is left is sorted and looked up in all of them.
    """

    sorted: Hashes
    table: Hashes

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, stub: bytes) -> _Stub:
        hashes = _distinct(_shingles(stub))
        table = np.zeros(2**_TABLE_BITS, np.uint64)
        table[0] = ~np.uint64(0)  # an empty place holds a number that belongs into another one
        table[_places(hashes)] = hashes
        return cls(hashes, table)

    def without(self, hashes: Hashes) -> Hashes:
        """Return the distinct hashes that are not the stub's, sorted."""
        left = _distinct(hashes[self.table[_places(hashes)] != hashes])
        if not self.sorted.size:
            return left
        nearest = self.sorted.take(np.searchsorted(self.sorted, left), mode="clip")
        own: Hashes = left[nearest != left]
        return own


def _places(hashes: Hashes) -> npt.NDArray[np.int64]:
    return (hashes >> np.uint64(64 - _TABLE_BITS)).view(np.int64)


def _distinct(hashes: Hashes) -> Hashes:
    """Return distinct hashes, sorted; ``np.unique`` of so few takes three times as long."""
    hashes = np.sort(hashes)
    is_first = np.ones(hashes.size, np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=is_first[1:])
    distinct: Hashes = hashes[is_first]
    return distinct


def _shingles(text: bytes) -> Hashes:
    """Return the hashes of all runs of 16 bytes; a run's is made of those of its halves."""
    hashes = np.frombuffer(text[:_MOST_BYTES].translate(None, _WHITE), np.uint8).astype(np.uint64) + _ODD
    spare = np.empty_like(hashes)
    for width, factor in zip((1, 2, 4, 8), _factors(), strict=True):
        if hashes.size <= width:
            return np.zeros(0, np.uint64)
        joined, shifted = spare[: hashes.size - width], hashes[:-width]
        np.multiply(shifted, factor, out=joined)
        joined += hashes[width:]
        _mix(joined, shifted)
        hashes, spare = joined, hashes
    return hashes


def _mix(hashes: Hashes, spare: Hashes) -> None:
    """Spread every bit over the others, as in SplitMix64."""
    hashes ^= np.right_shift(hashes, _SHIFTS[0], out=spare)
    hashes *= _FACTOR
    hashes ^= np.right_shift(hashes, _SHIFTS[1], out=spare)


@lru_cache(maxsize=1)
def _factors() -> Hashes:
    return _drawn(SIZE + 4)[SIZE:]


@lru_cache(maxsize=1)
def _multipliers() -> Hashes:
    return _drawn(SIZE + 4)[:SIZE]


def _drawn(count: int) -> Hashes:
    """Return odd numbers that are the same everywhere, for all time: the legacy generator's never change."""
    halves = np.random.RandomState(7).randint(0, 2**32, (2, count), dtype=np.uint64)
    drawn: Hashes = (halves[0] << np.uint64(32)) | halves[1] | _ODD
    return drawn
