"""What the box brought back, as bytes to keep: judging it again needs none of the student's code.

The bytes are compressed: a line of JSON, then the structure and data of every returned value, one after the
other, as they came through the wall. Nothing of it is trusted more for having been kept: values are decoded
by the strict codec when they are judged.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from grader.errors import GradebookError
from grader.results import Load, Outcome, Run
from grader.values import Encoded

__all__ = ["pack_run", "unpack_run"]

_LEVEL: Final = 1


class _Asked(BaseModel):
    """The outcome of one case, its value set aside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: str
    case: str
    outcome: Outcome
    sizes: tuple[int, int] | None
    """Of the value's structure and data, in bytes."""


class _Head(BaseModel):
    """All of a run but the values."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    load: Load
    outcomes: tuple[_Asked, ...]
    printed_public: str
    printed_hidden: str
    events: tuple[str, ...]
    sandbox: str


def pack_run(run: Run) -> bytes:
    """Return the bytes that `unpack_run` reads; the same run gives the same bytes."""
    head = _Head(
        load=run.load,
        outcomes=tuple(_asked(*key, outcome) for key, outcome in run.outcomes.items()),
        printed_public=run.printed_public,
        printed_hidden=run.printed_hidden,
        events=run.events,
        sandbox=run.sandbox,
    )
    values = [outcome.value for outcome in run.outcomes.values() if outcome.value is not None]
    blob = b"".join(part for value in values for part in (value.structure, value.data))
    # json, not pydantic's: a student's text may hold halves of characters, which are no UTF-8.
    line = json.dumps(head.model_dump(), separators=(",", ":")).encode("ascii")
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
        head = _Head.model_validate(json.loads(line))
        outcomes = dict(_outcomes(head, blob))
    except (zlib.error, ValidationError, ValueError) as error:
        raise GradebookError(
            f"kept outputs cannot be read: {type(error).__name__}.", help="grade run --fresh makes them anew"
        ) from error
    return Run(head.load, outcomes, head.printed_public, head.printed_hidden, head.events, head.sandbox)


def _asked(exercise: str, case: str, outcome: Outcome) -> _Asked:
    value = outcome.value
    sizes = None if value is None else (len(value.structure), len(value.data))
    return _Asked(exercise=exercise, case=case, outcome=replace(outcome, value=None), sizes=sizes)


def _outcomes(head: _Head, blob: bytes) -> Iterator[tuple[tuple[str, str], Outcome]]:
    start = 0
    for asked in head.outcomes:
        value = None
        if asked.sizes is not None:
            middle, end = start + asked.sizes[0], start + sum(asked.sizes)
            if not start <= middle <= end <= len(blob):
                raise ValueError("sizes that are not those of the values")
            value, start = Encoded(blob[start:middle], blob[middle:end]), end
        yield (asked.exercise, asked.case), replace(asked.outcome, value=value)
    if start != len(blob):
        raise ValueError("bytes after the last value")
