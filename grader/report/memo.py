"""Pieces of pages that depend on the course alone, made once per process instead of once per student."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Key = TypeVar("Key")
Piece = TypeVar("Piece")

#: Far more exercises and cases than a course has; reached only by a process that serves many courses.
LIMIT = 20_000


def once(make: Callable[[Key], Piece]) -> Callable[[Key], Piece]:
    """Remember what a pure function of one part of the course made of it.

    Parts of a course hold arrays and have no hash: they are told apart by identity, and held so that an
    identity is never used again.
    """
    known: dict[int, tuple[Key, Piece]] = {}

    @wraps(make)
    def remembered(part: Key) -> Piece:
        entry = known.get(id(part))
        if entry is None:
            if len(known) >= LIMIT:
                known.clear()
            entry = known[id(part)] = (part, make(part))
        return entry[1]

    return remembered
