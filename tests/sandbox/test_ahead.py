"""The child that waits for the next submission: confined already, with clocks of its own, and expendable."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.model import Submission
from grader.errors import BoxFailure
from grader.outcomes import Kind
from grader.sandbox.box import Box, open_box
from grader.sandbox.inside.wire import Tag, Unpacker
from tests.sandbox.conftest import small_assignment, value

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")

RIGHT = b"def add(x, y=2):\n    return x + y\n"
CRASHING = b"import os\ndef add(x, y=2):\n    os._exit(3)\n"
LOOPING = b"def add(x, y=2):\n    while True: pass\n"
STARTED = b"import time\nborn = time.process_time()\ndef add(x, y=2):\n    return born\n"


@pytest.fixture
def box() -> Iterator[Box]:
    with open_box(small_assignment()) as opened:
        yield opened


def answer(box: Box, source: bytes) -> object:
    outcome = box.run(Submission("someone", "small", source)).outcomes["add", "defaults"]
    assert outcome.kind is Kind.RETURNED, outcome
    return value(outcome)


def waiting(box: Box) -> int:
    """Return the number of the process that waits, once it does."""
    asked = box._parent._waiting
    assert select.select([asked.channel], [], [], 10)[0]
    (child,) = (pid for pid in family(box._parent._process.pid) if not family(pid))
    return child


def family(pid: int) -> set[int]:
    children = set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    return children.union(*map(family, children))


@pytest.mark.parametrize("source", [RIGHT, CRASHING, LOOPING], ids=["right", "crashing", "looping"])
def test_after_each_submission_another_child_waits_and_no_other_is_left(box: Box, source: bytes):
    before = waiting(box)
    parents = family(box._parent._process.pid) - {before}
    box.run(Submission("someone", "small", source))
    after = waiting(box)
    assert after != before
    assert family(box._parent._process.pid) == parents | {after}


def test_the_child_that_waits_has_every_layer_already(box: Box):
    child = waiting(box)
    data = box._parent._waiting.channel.recv(1 << 16)
    assert [message.tag for message in Unpacker(1 << 10).feed(data)] == [Tag.CONFINED]
    status = Path(f"/proc/{child}/status").read_text()
    assert "Seccomp:\t2\n" in status and "NoNewPrivs:\t1\n" in status
    limits = Path(f"/proc/{child}/limits").read_text().splitlines()
    assert next(line for line in limits if line.startswith("Max processes")).split()[2:4] == ["0", "0"]


def test_waiting_is_not_counted(box: Box):
    waiting(box)
    time.sleep(0.8)  # more than the file and a case may take
    run = box.run(Submission("someone", "small", RIGHT))
    assert value(run.outcomes["add", "defaults"]) == 3.0
    assert run.spent < 0.5
    assert answer(box, STARTED) < 0.5


def test_a_child_that_is_killed_while_it_waits_is_no_fault_of_the_submission(box: Box):
    parent = box._parent
    os.kill(waiting(box), signal.SIGKILL)
    assert answer(box, RIGHT) == 3.0
    assert box._parent is not parent  # whatever killed it, the box is a new one
    assert answer(box, RIGHT) == 3.0


def test_a_child_that_is_gone_before_anybody_looks_has_used_no_time(box: Box):
    child = waiting(box)
    os.kill(child, signal.SIGKILL)
    until = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < until:
        time.sleep(0.01)
    gone = box._parent.spawn()
    assert gone.cpu_seconds() == 0.0  # and not what this process has used
    with pytest.raises(BoxFailure, match="killed from outside"):
        while gone.receive(1.0) is not None:
            pass
        gone.end()


def test_a_box_parent_that_dies_while_a_child_waits_is_replaced(box: Box):
    waiting(box)
    box._parent._process.kill()
    box._parent._process.wait()
    assert answer(box, RIGHT) == 3.0


def test_a_box_that_is_closed_takes_the_child_that_waits_with_it():
    with open_box(small_assignment()) as box:
        child = waiting(box)
        box.run(Submission("someone", "small", RIGHT))
        everybody = {child, waiting(box), *family(box._parent._process.pid)}
    assert not any(Path(f"/proc/{pid}").exists() for pid in everybody)


def test_one_submission_after_another_leaves_no_descriptor(box: Box):
    def descriptors() -> int:
        waiting(box)
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    before = descriptors()
    for source in (RIGHT, CRASHING, RIGHT):
        box.run(Submission("someone", "small", source))
    assert descriptors() == before
