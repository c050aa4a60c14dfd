"""A small assignment whose submissions are written in the tests, and the boxes to run them in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader.course.model import (
    Assignment,
    AssignmentFile,
    Case,
    Equal,
    Exercise,
    ExerciseSpec,
    Limits,
    Submission,
)
from grader.results import Outcome, Run, Visibility
from grader.sandbox.box import Box, Kind, open_box
from grader.values import Value, decode, encode

STUB = b"""
import numpy as np

def relu(z):
    return np.maximum(z, 0)

def add(x, y=2):
    raise NotImplementedError

def scale(x, *, factor=1):
    raise NotImplementedError

def driven(x):
    raise NotImplementedError
"""

CALLS = b"""
def driven(student, x):
    student.relu = lambda z: "planted"
    return student.driven(x)
"""


def _case(name: str, inputs: dict[str, Value], visibility: Visibility = "public") -> Case:
    return Case(name, visibility, 1.0, Equal(), inputs, encode(None), encode(inputs))


def _exercise(name: str, parameters: tuple[str, ...], *cases: Case) -> Exercise:
    spec = ExerciseSpec(
        name=name, title=name, points=1, signature=name, parameters=parameters, cpu_seconds=0.2
    )
    return Exercise(spec, cases)


def small_assignment(**limits: float) -> Assignment:
    """Three exercises, public and hidden cases."""
    return Assignment(
        "small",
        AssignmentFile(title="Small", week=1, limits=Limits(import_seconds=0.6, value_mib=1, **limits)),
        (
            _exercise(
                "add",
                ("x", "y"),
                _case("defaults", {"x": 1.0}),
                _case("secret", {"x": 42.5, "y": 1.0}, "hidden"),
                _case("arrays", {"x": np.arange(3.0), "y": 5.0}),
                _case("more secret", {"x": 43.5, "y": 1.0}, "hidden"),
            ),
            _exercise(
                "scale", ("x", "factor"), _case("negative", {"x": -1.0}), _case("positive", {"x": 2.0})
            ),
            _exercise("driven", ("x",), _case("one", {"x": 1.0}), _case("two", {"x": 2.0})),
        ),
        STUB,
        CALLS,
    )


@pytest.fixture(scope="session", params=["strong", "weak"])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Every kind of box must pass the same tests."""
    if request.param == "strong" and not sys.platform.startswith("linux"):
        pytest.skip("the strong box needs Linux")
    return request.param


@pytest.fixture(scope="session")
def box(kind: Kind) -> Iterator[Box]:
    """A box for `small_assignment`, shared: no submission may change what the next one finds."""
    with open_box(small_assignment(), kind) as opened:
        yield opened


@pytest.fixture
def run(box: Box) -> Callable[[str | bytes], Run]:
    """Run a source in the box."""

    def run_source(source: str | bytes) -> Run:
        data = source if isinstance(source, bytes) else source.encode()
        return box.run(Submission("someone", "small", data))

    return run_source


def value(outcome: Outcome) -> Value:
    """The value that an outcome returned."""
    assert outcome.value is not None, outcome
    return decode(outcome.value)
