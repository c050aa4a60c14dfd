"""Sketches of files: a few numbers by which two files are told to be alike, without parsing either.

A file's *shingles* are its runs of 16 bytes, white space left out; those that the stub has, too, are nobody's
own. The sketch keeps the smallest value of each of 64 hash functions over the others. Of two files the share
of equal numbers estimates the share of shingles that they have in common (MinHash: A. Z. Broder, "On the
resemblance and containment of documents", 1997), to within 0.06 or so.
"""

from __future__ import annotations

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
    own = np.setdiff1d(_shingles(source), _shingles_of_stub(stub), assume_unique=True)
    if own.size < _FEWEST:
        return ()
    if own.size > _MOST:
        own = np.partition(own, _MOST)[:_MOST]
    smallest = (own[np.newaxis, :] * _multipliers()[:, np.newaxis]).min(axis=1)
    return tuple((smallest >> np.uint64(32)).tolist())


@lru_cache(maxsize=8)
def _shingles_of_stub(stub: bytes) -> Hashes:
    return _shingles(stub)


def _shingles(text: bytes) -> Hashes:
    """Return the distinct hashes of all runs of 16 bytes, sorted; a run's is made of those of its halves."""
    hashes = np.frombuffer(text[:_MOST_BYTES].translate(None, _WHITE), np.uint8).astype(np.uint64) + _ODD
    for width, factor in zip((1, 2, 4, 8), _factors().tolist(), strict=True):
        if hashes.size <= width:
            return np.zeros(0, np.uint64)
        hashes = _mixed(hashes[:-width] * np.uint64(factor) + hashes[width:])
    return np.unique(hashes)


def _mixed(hashes: Hashes) -> Hashes:
    """Spread every bit over the others, as in SplitMix64."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return hashes ^ (hashes >> np.uint64(27))


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
