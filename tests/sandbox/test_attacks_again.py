"""What a submission may gain of the reference's answers: those to its questions, and nothing else.

The ideas stand in `attacks_again`. All run in the same box, and after each an honest submission is run again
with the right answers.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course.model import Submission
from grader.results import Kind, Run
from grader.sandbox.box import Box, open_box
from tests.sandbox import attacks_again
from tests.sandbox.conftest import value
from tests.sandbox.dependent import HELPERS, WRONG, assignment

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")

#: Peak of this side's memory that one submission may add, in MiB.
MOST_MEMORY = 60
MOST_SECONDS = 6.0

Attack = Callable[[str], Run]


@pytest.fixture(scope="module")
def strong() -> Iterator[Box]:
    with open_box(assignment(submission_seconds=1.0)) as opened:
        again(opened, attacks_again.RIGHT)  # the reference's box is open
        yield opened


def again(box: Box, source: str) -> Run:
    return box.run_again(Submission("someone", "small", (WRONG + source).encode()), "user", HELPERS)


@pytest.fixture
def attack(strong: Box) -> Attack:
    """Run a source again, and hold that nobody but itself was affected."""

    def run(source: str) -> Run:
        parents = (strong._parent, strong._reference)
        descriptors, started = _descriptors(), time.monotonic()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = again(strong, source)
        assert time.monotonic() - started < MOST_SECONDS
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY * 1024
        assert (strong._parent, strong._reference) == parents
        assert _descriptors() == descriptors
        honest = again(strong, attacks_again.RIGHT)
        assert [value(honest.outcomes["user", case]) for case in ("one", "three")] == [0.5, 1.5]
        return found

    return run


def _descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.parametrize("name", attacks_again.FRUITLESS)
def test_looking_for_the_reference_finds_nothing(attack: Attack, name: str):
    for _ in range(2):  # what the first run may have left, the second would find
        assert value(attack(attacks_again.FRUITLESS[name]).outcomes["user", "one"]) == []


@pytest.mark.parametrize("name", attacks_again.ENDS)
def test_asking_out_of_order_costs_the_case(attack: Attack, name: str):
    source, ends = attacks_again.ENDS[name]
    run = attack(source)
    assert run.outcomes["user", "one"].kind.value in ends.split()
    assert bool(run.events) == (run.outcomes["user", "one"].kind is Kind.TAMPERED)


@pytest.mark.parametrize("name", ["asks for what is none of its helpers", "asks while the file is loaded"])
def test_who_is_run_the_first_time_may_not_ask(strong: Box, name: str):
    source = attacks_again.ENDS[name][0].replace("ask(5)", "ask(0)")
    run = strong.run(Submission("someone", "small", (WRONG + source).encode()))
    assert run.outcomes["user", "one"].kind is Kind.TAMPERED
