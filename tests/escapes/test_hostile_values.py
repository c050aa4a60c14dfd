"""What comes back of a submission is judged, explained and shown in little time and memory, whatever it is.

No box is needed: these are values as they cross the wall. The trusted side has no clock over itself, so that
a value which keeps it busy would keep the whole cohort waiting, and one that raises there would leave a
submission ungraded, or stop the run.
"""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.load import load_assignment
from grader.course.model import Assignment, Submission
from grader.grading import AnswerKey, mark
from grader.report.cases import Contents
from grader.report.pages import submission_page
from grader.report.tables import json_line
from grader.results import Kind, Load, Outcome, Run
from grader.values import Encoded, Opaque, decode, encode

#: CPU seconds for a whole submission that returns such a value in every case; the course's take 0.1.
MOST_SECONDS = 6.0
MOST_MEMORY = 300  # MiB

DRAWS = np.random.default_rng(1)


def each_number(change: Callable[[np.ndarray], Any]) -> Callable[[Any], Any]:
    """Make a function that changes every number and array of a value."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: changed(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(changed(item) for item in value)
        return change(np.asarray(value)) if isinstance(value, (np.ndarray, float, int)) else value

    return changed


def full(number: complex, dtype: str | None = None) -> Callable[[Any], Any]:
    return each_number(lambda array: np.full(array.shape, number, dtype))


def wide(shape: tuple[int, ...]) -> Callable[[Any], Any]:
    return each_number(lambda array: np.zeros(shape))


#: In the place of every number and array of the expected value.
NUMBERS = {
    "NaN": full(np.nan),
    "infinite": full(-np.inf),
    "almost infinite": full(1.7e308),
    "below all normal numbers": full(5e-324),
    "complex": full(complex(1e308, -1e308)),
    "complex and NaN": full(complex(np.nan, np.inf)),
    "half precision": full(65504, "f2"),
    "unsigned": full(2**64 - 1, "u8"),
    "least integers": full(-(2**63), "i8"),
    "truth values": full(True, "?"),
    "negative zero": full(-0.0),
    "of every magnitude": each_number(lambda array: 10.0 ** DRAWS.uniform(-300, 300, array.shape)),
    "NaN here and there": each_number(lambda array: np.where(DRAWS.random(array.shape) < 0.5, np.nan, 1e300)),
    "a billion empty rows": wide((10**9, 0)),
    "a billion empty columns": wide((0, 10**9)),
    "empty beyond all memory": wide((2**20, 0, 2**20)),
    "empty rows, as many as cross": wide((2**16, 0)),
    "no entry in 32 dimensions": wide((0,) * 32),
    "one entry in 32 dimensions": wide((1,) * 32),
    "one dimension more": each_number(lambda array: array[..., None, None]),
    "a long row": each_number(lambda array: DRAWS.random((1, 60_000))),
    "a large square": each_number(lambda array: DRAWS.random((250, 250))),
}

#: In the place of the whole value.
WHOLE = {
    "an integer beyond all floats": 10**1200,
    "a list of texts, one of them long": ["x" * 120_000, *[""] * 15_000],
    "lists of texts": [["x" * 6000, ""]] * 30,
    "many small parts": [()] * 28_000,
    "many numbers": [0.5] * 40_000,
    "many arrays": [np.zeros(3)] * 10_000,
    "as many keys as cross": {number: number for number in range(1000)},
    "long keys": {"k" * 1000 + str(number): 1.0 for number in range(200)},
    "a key that is not itself": {float("nan"): 1.0},
    "brackets": eval("[" * 30 + "]" * 30),
    "ragged": [[1.0], [1.0, 2.0], []] * 1000,
    "a large array of bytes": np.zeros(2**23, "u1"),
    "a large matrix": DRAWS.random((1024, 1024)),
    "a large permutation": np.arange(2.0**20)[::-1],
    "large integers": [2**1000] * 400,
    "half a character, markup, what terminals obey": "\ud800<script>\x1b[31m\u202e",
    "an object": object(),
    "nothing": None,
}


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    """One with batches, dicts, lists, splits and numbers."""
    return load_assignment(Path(__file__).parents[2], "bias_variance")


@pytest.fixture
def busy() -> Iterator[None]:
    """End the test where the trusted side computes for too long."""

    def too_long(*_: object) -> None:
        raise AssertionError(f"it computes for more than {MOST_SECONDS} s")

    before = signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def returning(assignment: Assignment, value: Callable[[Encoded], Encoded]) -> Run:
    """Return a run in which every case returned such a value, as far as there is room for them."""
    outcomes, data, structure = {}, 4 * assignment.file.limits.value_mib * 2**20, 2**18
    for exercise in assignment.exercises:
        for case in exercise.cases:
            encoded = value(case.expected)
            data, structure = data - len(encoded.data), structure - len(encoded.structure)
            fits = data >= 0 and structure >= 0
            outcome = Outcome(Kind.RETURNED, value=encoded) if fits else Outcome(Kind.TOO_LARGE)
            outcomes[exercise.name, case.name] = outcome
    return Run(Load(Kind.RETURNED), outcomes)


def assert_harmless(assignment: Assignment, run: Run) -> None:
    """Hold that judging, explaining and showing it takes little."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    graded = mark(Submission("zoe", assignment.name, b""), assignment, run, AnswerKey.of(assignment))
    contents = Contents()
    for audience in ("student", "instructor"):
        page = submission_page(graded, assignment, audience, contents)
        assert len(page) < 2**20
        assert "<script>\x1b" not in page
        page.encode()
    assert len(json_line(graded.result)) < 2**17
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY * 1024
    assert graded.result.score < 100


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.usefixtures("busy")
def test_hostile_numbers_cost_the_grader_little(assignment: Assignment, name: str):
    change = NUMBERS[name]
    assert_harmless(assignment, returning(assignment, lambda expected: encode(change(decode(expected)))))


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.usefixtures("busy")
def test_hostile_values_cost_the_grader_little(assignment: Assignment, name: str):
    whole = encode(WHOLE[name])
    assert_harmless(assignment, returning(assignment, lambda _: whole))


def test_what_makes_room_by_its_shape_alone_does_not_cross():
    assert decode(encode(np.zeros((0, 10**9)))) == Opaque("ndarray of a vast shape without entries")
    assert decode(encode(np.zeros((0, 5)))).shape == (0, 5)
