"""Outputs are kept as they came, and read back the same."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import GradebookError
from grader.gradebook.outputs import pack_run, unpack_run
from grader.results import Again, Frame, Kind, Load, Outcome, Raised, Run
from grader.values import encode

RAISED = Raised("ValueError", "ValueError", "bad \ud800 text", (Frame("f", 3, "x = 1"),))

RUN = Run(
    Load(Kind.RAISED, 0.25, raised=RAISED, notes=("a note",)),
    {
        ("softmax", "one"): Outcome(Kind.RETURNED, 0.5, value=encode({"W1": np.eye(3), "b": 2.5})),
        ("softmax", "two"): Outcome(Kind.RAISED, 0.5, raised=RAISED),
        ("loss", "one"): Outcome(Kind.RETURNED, 1e-9, value=encode(float("nan"))),
        ("loss", "two"): Outcome(Kind.TIMED_OUT, 2.0, reason="no answer"),
    },
    "printed\x00\n",
    "more",
    ("an event",),
    "weak",
    0.75,
    {
        "loss": Again(
            ("softmax",),
            Run(Load(Kind.RETURNED), {("loss", "one"): Outcome(Kind.RETURNED, value=encode(3.5))}),
        )
    },
)


def test_a_run_is_read_as_it_was_kept() -> None:
    assert unpack_run(pack_run(RUN)) == RUN


def test_the_same_run_makes_the_same_bytes() -> None:
    assert pack_run(RUN) == pack_run(RUN)


@given(st.lists(st.binary(max_size=40), max_size=5))
def test_any_returned_bytes_survive(blobs: list[bytes]) -> None:
    outcomes = {
        ("e", str(index)): Outcome(Kind.RETURNED, value=encode(np.frombuffer(blob, np.uint8)))
        for index, blob in enumerate(blobs)
    }
    assert unpack_run(pack_run(Run(Load(Kind.RETURNED), outcomes))).outcomes == outcomes


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[:-3],
        lambda packed: b"",
        lambda packed: zlib.compress(b"{}"),
        lambda packed: zlib.compress(zlib.decompress(packed) + b"x"),
        lambda packed: zlib.compress(zlib.decompress(packed)[:-1]),
        lambda packed: zlib.compress(zlib.decompress(packed).replace(b'"sizes":[', b'"sizes":[-', 1)),
    ],
    ids=["cut", "empty", "another", "longer", "shorter", "negative"],
)
def test_damage_is_noticed(damage: object) -> None:
    with pytest.raises(GradebookError, match="cannot be read"):
        unpack_run(damage(pack_run(RUN)))  # type: ignore[operator]
