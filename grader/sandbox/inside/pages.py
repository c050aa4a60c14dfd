"""Puts the box parent's memory on large pages, where the kernel can: a fork copies one entry for each.

It makes every child cheaper by what copying, and at its end undoing, some thousand entries takes. Nothing
depends on it.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from typing import Final

#: Of a large page, on most machines; where it is another size, the kernel refuses.
LARGE: Final = 1 << 21

#: Linux 6.1 and later: have this range on large pages now.
MADV_COLLAPSE: Final = 25


def use_large_pages() -> None:
    """Have the heap on large pages."""
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    with contextlib.suppress(OSError):  # a system without /proc
        for start, end in list(_heap()):
            for place in range(-(-start // LARGE) * LARGE, end - LARGE + 1, LARGE):
                madvise(place, LARGE, MADV_COLLAPSE)


def _heap() -> Iterator[tuple[int, int]]:
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.rstrip().endswith("[heap]"):
                start, _, end = line.partition(" ")[0].partition("-")
                yield int(start, 16), int(end, 16)
