"""What the gradebook keeps: read back as it was kept, or refused as damaged."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from fuzz.drawn import Drawn
from fuzz.holds import refused, within
from grader.cohort.packed import unpack_result
from grader.errors import GradebookError
from grader.gradebook.outputs import pack_run, unpack_run
from grader.results import Again, Frame, Kind, Load, Outcome, Raised, Run, SubmissionResult
from grader.values import Encoded, encode

_RAISED = Raised("ValueError", "ValueError", "bad \ud800 text", (Frame("f", 3, "x = 1"),))


def check(data: bytes) -> None:
    """Unpack a run or a result: bytes as they are, or what was damaged before it was compressed."""
    drawn = Drawn(data)
    read: Callable[[bytes], Any] = unpack_run if drawn.flag() else unpack_result
    packed = zlib.compress(drawn.rest(), 1) if drawn.flag() else drawn.rest()
    with within(0.5):
        found = refused(lambda: read(packed), GradebookError)
    if isinstance(found, Run):
        assert all(type(value) is Encoded for value in _values(found))
        assert unpack_run(pack_run(found)) == found or "nan" in repr(found)


def _values(run: Run) -> Iterator[Any]:
    yield from (outcome.value for outcome in run.outcomes.values() if outcome.value is not None)
    for again in run.again.values():
        yield from _values(again.run)


def seeds() -> Iterator[bytes]:
    """Yield a run and a result, compressed and not."""
    outcomes = {
        ("softmax", "one"): Outcome(Kind.RETURNED, 0.5, value=encode({"W1": np.eye(2), "b": 2.5})),
        ("softmax", "two"): Outcome(Kind.RAISED, 0.5, raised=_RAISED),
        ("loss", "one"): Outcome(Kind.TIMED_OUT, 2.0, reason="no answer"),
    }
    once_more = Again(("softmax",), Run(Load(Kind.RETURNED), {("loss", "one"): Outcome(Kind.MISSING)}))
    run = Run(Load(Kind.RAISED, 0.25, raised=_RAISED), outcomes, "printed", "", ("an event",), "weak", 0.5)
    for each in (run, Run(Load(Kind.RETURNED), {}, again={"loss": once_more})):
        packed = pack_run(each)
        yield b"\x01\x00" + packed
        yield b"\x01\x01" + zlib.decompress(packed)
    result = SubmissionResult(
        student="ada", assignment="softmax", submission_sha256="9f" * 32, score=0.0, max_score=100.0,
        sandbox="strong", seconds=0.5, graded=True, findings=(), events=("an event",), exercises=(),
    )  # fmt: skip
    line = result.model_dump_json().encode()
    yield b"\x00\x00" + zlib.compress(line, 1)
    yield b"\x00\x01" + line
