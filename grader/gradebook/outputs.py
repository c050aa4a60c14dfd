"""What the box brought back, as bytes to keep: judging it again needs none of the student's code.

The bytes are compressed: a line of JSON, then the structure and data of every returned value, one after the
other, as they came through the wall. Nothing of it is trusted more for having been kept: values are decoded
by the strict codec when they are judged.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from grader.errors import GradebookError
from grader.outcomes import Again, Load, Outcome, Run
from grader.records import Record
from grader.values import Encoded

__all__ = ["pack_run", "unpack_run"]

_LEVEL: Final = 1


@dataclass(frozen=True, slots=True)
class _Asked(Record):
    """The outcome of one case, its value set aside."""

    exercise: str
    case: str
    outcome: Outcome
    sizes: tuple[int, int] | None
    """Of the value's structure and data, in bytes."""


@dataclass(frozen=True, slots=True)
class _Head(Record):
    """All of a run but the values."""

    load: Load
    outcomes: tuple[_Asked, ...]
    printed_public: str
    printed_hidden: str
    events: tuple[str, ...]
    sandbox: str
    spent: float
    again: dict[str, tuple[tuple[str, ...], _Head]]
    """Exercises that were run again: the helpers that the reference answered for, and the run."""


def pack_run(run: Run) -> bytes:
    """Return the bytes that `unpack_run` reads; the same run gives the same bytes."""
    # json, not pydantic's: a student's text may hold halves of characters, which are no UTF-8.
    line = json.dumps(_head(run).model_dump(), separators=(",", ":")).encode("ascii")
    blob = b"".join(part for value in _values(run) for part in (value.structure, value.data))
    return zlib.compress(line + b"\n" + blob, _LEVEL)


def unpack_run(packed: bytes) -> Run:
    """Return the run that was packed.

    Raises
    ------
    GradebookError
        The bytes are damaged.
    """
    try:
        line, _, blob = zlib.decompress(packed).partition(b"\n")
        pieces = _Pieces(blob)
        run = _run(_Head.model_validate(json.loads(line)), pieces)
        if pieces.start != len(blob):
            raise ValueError("bytes after the last value")
    except (zlib.error, ValueError, RecursionError) as error:
        raise GradebookError(
            f"kept outputs cannot be read: {type(error).__name__}.", help="grade run --fresh makes them anew"
        ) from error
    return run


def _head(run: Run) -> _Head:
    return _Head(
        load=run.load,
        outcomes=tuple(_asked(*key, outcome) for key, outcome in run.outcomes.items()),
        printed_public=run.printed_public,
        printed_hidden=run.printed_hidden,
        events=run.events,
        sandbox=run.sandbox,
        spent=run.spent,
        again={name: (again.helpers, _head(again.run)) for name, again in run.again.items()},
    )


def _values(run: Run) -> Iterator[Encoded]:
    for outcome in run.outcomes.values():
        if outcome.value is not None:
            yield outcome.value
    for again in run.again.values():
        yield from _values(again.run)


def _asked(exercise: str, case: str, outcome: Outcome) -> _Asked:
    value = outcome.value
    if value is None:
        return _Asked(exercise, case, outcome, None)
    bare = Outcome(outcome.kind, outcome.seconds, None, outcome.raised, outcome.reason)
    return _Asked(exercise, case, bare, (len(value.structure), len(value.data)))


def _run(head: _Head, pieces: _Pieces) -> Run:
    return Run(
        head.load,
        {(each.exercise, each.case): _outcome(each, pieces) for each in head.outcomes},
        head.printed_public,
        head.printed_hidden,
        head.events,
        head.sandbox,
        head.spent,
        {name: Again(helpers, _run(inner, pieces)) for name, (helpers, inner) in head.again.items()},
    )


def _outcome(asked: _Asked, pieces: _Pieces) -> Outcome:
    if asked.sizes is None:
        return asked.outcome
    structure, data = (pieces.take(size) for size in asked.sizes)
    return replace(asked.outcome, value=Encoded(structure, data))


class _Pieces:
    """Cuts bytes into pieces, in order."""

    def __init__(self, blob: bytes) -> None:
        self._blob = blob
        self.start = 0

    def take(self, size: int) -> bytes:
        """Return the next piece; ValueError where there is not as much."""
        end = self.start + size
        if not self.start <= end <= len(self._blob):
            raise ValueError("sizes that are not those of the values")
        piece, self.start = self._blob[self.start : end], end
        return piece
