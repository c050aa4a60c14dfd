"""Submissions that want points without work, hidden inputs, or harm: what each may gain is nothing.

The ideas stand in `attacks`. All run in the same box, and after each an honest submission is graded right.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.course.model import Assignment, Submission
from grader.results import Kind, Run
from grader.sandbox.box import Box, open_box
from grader.values import Opaque, WireError
from tests.sandbox import attacks
from tests.sandbox.conftest import small_assignment, value
from tests.sandbox.unusual import UNUSUAL

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")

#: Peak of this side's memory that one submission may add, in MiB.
MOST_MEMORY = 100
MOST_SECONDS = 5.0

Attack = Callable[[str], Run]


def impatient() -> Assignment:
    """The small assignment with the least time."""
    small = small_assignment(submission_seconds=1.0)
    exercises = [
        replace(each, spec=each.spec.model_copy(update={"cpu_seconds": 0.1})) for each in small.exercises
    ]
    return replace(small, exercises=tuple(exercises))


@pytest.fixture(scope="module")
def strong() -> Iterator[Box]:
    """One box for all attacks."""
    with open_box(impatient()) as opened:
        yield opened


@pytest.fixture
def attack(strong: Box) -> Attack:
    """Run a source, and hold that nobody but itself was affected."""

    def run(source: str) -> Run:
        parent, descriptors, started = strong._parent, _descriptors(), time.monotonic()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        run = strong.run(Submission("someone", "small", (attacks.RIGHT + source).encode()))
        assert time.monotonic() - started < MOST_SECONDS
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY * 1024
        assert strong._parent is parent
        assert _children(strong) == []
        assert _descriptors() == descriptors
        assert_right(strong.run(Submission("other", "small", attacks.RIGHT.encode())))
        return run

    return run


def _descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def _children(box: Box) -> list[str]:
    """Return what the box parent has running."""
    pid = box._parent._process.pid
    inner = Path(f"/proc/{pid}/task/{pid}/children").read_text().split() or [str(pid)]
    return Path(f"/proc/{inner[0]}/task/{inner[0]}/children").read_text().split()


def assert_right(run: Run) -> None:
    assert value(run.outcomes["add", "defaults"]) == 3.0
    np.testing.assert_array_equal(value(run.outcomes["add", "arrays"]), [5.0, 6.0, 7.0])
    assert value(run.outcomes["add", "secret"]) == 43.5
    assert_others_right(run)


def assert_others_right(run: Run) -> None:
    got = [value(run.outcomes[key]) for key in run.outcomes if key[0] != "add"]
    assert got == [0.0, 2.0, 1.0, 2.0]


def ends(run: Run) -> list[str]:
    return [run.outcomes["add", case].kind.value for case in ("defaults", "arrays")]


def rows(table: dict[str, object]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", table)


@rows(attacks.FRUITLESS)
def test_reading_and_escaping_finds_nothing(attack: Attack, name: str):
    run = attack(attacks.FRUITLESS[name])
    assert value(run.outcomes["add", "defaults"]) == []
    assert_others_right(run)


@rows(attacks.FORGED)
def test_a_forger_gains_nothing(attack: Attack, name: str):
    source, expected = attacks.FORGED[name]
    run = attack(source)
    assert ends(run)[: len(expected.split())] == expected.split()
    assert ("tampered" in expected) == any(event.startswith("tampering") for event in run.events)
    assert len(run.events) <= 1
    assert run.load.notes == ()


@rows(attacks.LYING)
def test_an_object_that_lies_harms_only_itself(attack: Attack, name: str):
    expression, before, expected = attacks.LYING[name]
    run = attack(attacks._returns(expression, before))
    assert ends(run)[0] in expected.split()
    assert_others_right(run)


@rows(attacks.TAMPERING)
def test_tampering_as_the_file_is_loaded_harms_only_itself(attack: Attack, name: str):
    attack(attacks.TAMPERING[name])


@rows(attacks.EXHAUSTING)
def test_using_up_what_there_is_costs_the_case(attack: Attack, name: str):
    call, expected = attacks.EXHAUSTING[name]
    run = attack(f"def add(x, y=2):\n    {call}\n")
    assert ends(run)[0] in expected.split()
    assert_others_right(run)


@pytest.mark.parametrize("source", ["while True: pass", "time.sleep(60)", "x = " + "-" * 200_000 + "1"])
def test_a_file_that_never_ends_loading_is_bounded_too(attack: Attack, source: str):
    assert attack(source).load.kind in (Kind.TIMED_OUT, Kind.RAISED, Kind.CRASHED)


@rows(UNUSUAL)
def test_unusual_and_right_is_right_in_every_box(run: Attack, name: str):
    assert_right(run(attacks.RIGHT + UNUSUAL[name]))


def test_every_system_call_that_is_not_allowed_is_refused(attack: Attack):
    import pyseccomp

    from grader.sandbox.inside import confine

    names = [*confine.ALLOWED_CALLS, *(name for name, _ in confine.OPENING_CALLS)]
    allowed = {pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in names}
    if platform.machine() == "x86_64":
        allowed |= {
            335,
            336,
        }  # uretprobe and uprobe: filters never see them, and a process that calls them dies
    source = f"""
def add(x, y=2):
    found = []
    for number in sorted(set(range(471)) - {allowed!r}):
        ctypes.set_errno(0)
        result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
        if (result, ctypes.get_errno()) != (-1, errno.EPERM):
            found.append(number)
    return found
"""
    assert value(attack(source).outcomes["add", "defaults"]) == []


@pytest.mark.skipif(
    platform.machine() != "x86_64", reason="other machines have no second set of system calls"
)
@pytest.mark.parametrize(
    "call", ["libc.syscall(ctypes.c_long(0x40000000 + 39))", "old()"], ids=["x32", "i386"]
)
def test_system_calls_of_another_architecture_end_the_process(attack: Attack, call: str):
    source = f"""
import mmap
def old():
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(bytes.fromhex("b802000000cd80c3"))  # mov eax, fork; int 0x80; ret
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
def add(x, y=2):
    return {call}
"""
    run = attack(source)
    assert "SIGSYS" in run.outcomes["add", "defaults"].reason
    assert_others_right(run)


def test_a_later_child_tells_the_students_page_nothing(attack: Attack):
    """What it prints can hold what an earlier one learned: by the clock, by how often it is started."""
    source = (
        "print('loaded', time.time())\ndef add(x, y=2):\n    if np.size(x) == 1 and x > 40: os._exit(0)\n"
    )
    run = attack(source)
    assert run.outcomes["add", "more secret"].kind is Kind.CRASHED
    assert run.printed_public.count("loaded") == 1
    assert run.printed_hidden.count("loaded") == 1


def test_what_the_last_public_case_printed_before_it_ended_the_process_is_public(attack: Attack):
    run = attack("def driven(x):\n    print('last words', x, flush=True)\n    if x == 2: os._exit(0)\n")
    assert "last words 2.0" in run.printed_public


def test_an_exception_is_named_by_pythons_own_words_alone(attack: Attack):
    run = attack(attacks._forges("claim(nearest='x was 42.5', type_name='x was 42.5')"))
    raised = run.outcomes["add", "defaults"].raised
    assert raised is not None
    assert raised.nearest == "Exception"


def test_all_values_of_a_submission_together_are_bounded(attack: Attack):
    run = attack("def add(x, y=2): return np.zeros(120_000)\nscale = driven = add\n")
    kinds = [outcome.kind for outcome in run.outcomes.values()]
    assert Kind.TOO_LARGE in kinds
    assert kinds.count(Kind.RETURNED) == 4


def test_a_value_that_found_no_room_takes_none_from_others(attack: Attack):
    run = attack("def add(x, y=2): return [()] * 30_000\n")
    assert "too_large" in [outcome.kind.value for outcome in run.outcomes.values()]
    assert_others_right(run)


def test_values_that_cross_can_be_read_or_are_seen_to_be_forged(attack: Attack):
    run = attack(attacks._returns("np.zeros((1,) * 64)"))
    assert value(run.outcomes["add", "defaults"]) == Opaque("ndarray of 64 dimensions")
    expression, before, _ = attacks.LYING["a dict with the same key twice"]
    run = attack(attacks._returns(expression, before))
    with pytest.raises(WireError):
        value(run.outcomes["add", "defaults"])
