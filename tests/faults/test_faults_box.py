"""The box breaks from outside while a submission is in it: that costs the submission nothing."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.model import Submission
from grader.errors import BoxFailure
from grader.results import Kind
from grader.sandbox.box import Box, open_box
from tests.sandbox.conftest import small_assignment

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")

SLOW = b"""
import time
def add(x, y=2):
    time.sleep(0.12)
    return x + y
def scale(x, *, factor=1):
    return relu(x)
def driven(x):
    return relu(x)
"""
VICTIMS = ("outer", "inner", "child")
SUBMISSION = Submission("someone", "small", SLOW)


@pytest.fixture
def box() -> Iterator[Box]:
    with open_box(small_assignment(), "strong") as opened:
        yield opened


def family(process: int) -> list[int]:
    """Return all processes below one, the nearest first."""
    parents: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - names alone
        try:
            parent = int(Path("/proc", name, "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
        parents.setdefault(parent, []).append(int(name))
    found, waiting = [], [process]
    while waiting:
        below = parents.get(waiting.pop(0), [])
        found += below
        waiting += below
    return found


def killing(box: Box, which: str, times: int) -> threading.Thread:
    """Start a thread that kills the box's parent or its child as soon as the child runs."""

    def work() -> None:
        seen: dict[int, float] = {}
        killed: set[int] = set()
        until = time.monotonic() + 60
        while len(killed) < times and time.monotonic() < until:
            boxes = [each for each in family(os.getpid()) if _of_box(Path(f"/proc/{each}/cmdline"))]
            # An outer and an inner parent, and a child that lives for longer than one that tries the layers.
            child = boxes[2] if len(boxes) == 3 else 0
            if (
                child
                and child not in killed
                and time.monotonic() - seen.setdefault(child, time.monotonic()) > 0.05
            ):
                os.kill(boxes[VICTIMS.index(which)], signal.SIGKILL)
                killed.add(child)
            time.sleep(0.002)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def _of_box(path: Path) -> bool:
    try:
        return b"grader.sandbox.inside.parent" in path.read_bytes()
    except OSError:
        return False


@pytest.mark.parametrize("which", VICTIMS)
def test_one_kill_costs_the_submission_nothing(box: Box, which: str) -> None:
    undisturbed = box.run(SUBMISSION)
    thread = killing(box, which, 1)
    run = box.run(SUBMISSION)
    thread.join()
    assert {key: outcome.kind for key, outcome in run.outcomes.items()} == {
        key: outcome.kind for key, outcome in undisturbed.outcomes.items()
    }
    assert {outcome.kind for outcome in run.outcomes.values()} == {Kind.RETURNED}


def test_a_child_that_is_killed_again_and_again_is_a_fault_of_the_machine(box: Box) -> None:
    thread = killing(box, "child", 2)
    with pytest.raises(BoxFailure, match="killed from outside"):
        box.run(SUBMISSION)
    thread.join()


def test_who_closes_the_channel_has_crashed_and_is_no_fault_of_the_machine(box: Box) -> None:
    source = SLOW + b"\ndef add(x, y=2):\n    import os\n    os.closerange(3, 64)\n    time.sleep(30)\n"
    run = box.run(Submission("someone", "small", source))
    outcome = run.outcomes["add", "defaults"]
    assert (outcome.kind, outcome.reason) == (Kind.CRASHED, "it closed the channel on which it answers")


def test_who_uses_up_all_seconds_is_no_fault_of_the_machine(box: Box) -> None:
    run = box.run(Submission("someone", "small", SLOW.replace(b"time.sleep(0.12)", b"while True: pass")))
    assert run.outcomes["add", "defaults"].kind is Kind.TIMED_OUT


@pytest.mark.parametrize("kind", ["strong", "weak"])
def test_where_memory_runs_out_the_box_goes_first(kind: str) -> None:
    source = b"def add(x, y=2):\n    import time\n    time.sleep(0.15)\n    return x + y\n"
    scores: dict[int, int] = {}
    with open_box(small_assignment(), kind) as box:
        thread = threading.Thread(target=box.run, args=(Submission("someone", "small", source),))
        thread.start()
        while thread.is_alive():
            for number in family(os.getpid()):
                try:
                    if b"grader.sandbox.inside" in Path(f"/proc/{number}/cmdline").read_bytes():
                        scores[number] = int(Path(f"/proc/{number}/oom_score_adj").read_text())
                except OSError:
                    continue
            time.sleep(0.01)
        thread.join()
    assert len(scores) >= (3 if kind == "strong" else 1)
    assert set(scores.values()) == {1000}
    assert int(Path("/proc/self/oom_score_adj").read_text()) < 1000
