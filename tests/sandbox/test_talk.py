"""Who is out of time: one that computes or sleeps too long, and not one that gets no processor."""

from __future__ import annotations

import time

import pytest

from grader.course.model import Limits
from grader.results import Kind
from grader.sandbox.inside.wire import Tag, encode, pack
from grader.sandbox.talk import WALL_FACTOR, Stopped, Talk

CONFINED = pack(Tag.CONFINED, 0, encode(None))
ANSWER = pack(Tag.RETURNED, 0, encode(1))


class Clock:
    """Time that passes as the tests say."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class MadeUp:
    """A child that confines itself at once and answers after so many seconds.

    Parameters
    ----------
    after : float
    computing, waiting : float
        Shares of the time in which it computes, and in which others have its processor; else it sleeps.
    """

    def __init__(self, clock: Clock, after: float, computing: float = 0.0, waiting: float = 0.0) -> None:
        self.clock, self.after, self.computing, self.waiting = clock, after, computing, waiting
        self.born = clock.now
        self.said = False

    def receive(self, seconds: float) -> bytes | None:
        if not self.said:
            self.said = True
            return CONFINED
        until = self.clock.now + max(seconds, 0.001)
        self.clock.now = min(until, max(self.clock.now, self.born + self.after))
        return ANSWER if self.clock.now >= self.born + self.after else b""

    def cpu_seconds(self) -> float:
        return self.computing * (self.clock.now - self.born)

    def ready_seconds(self) -> float:
        return (self.computing + self.waiting) * (self.clock.now - self.born)

    def queue(self, data: bytes) -> None: ...

    def printed(self) -> bytes:
        return b""

    def end(self) -> str:
        return ""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(time, "monotonic", made.monotonic)
    return made


def talk(clock: Clock, after: float, **shares: float) -> Talk:
    made = Talk(MadeUp(clock, after, **shares), Limits())
    made.confined()
    return made


def test_a_sleeper_is_out_of_time_once_it_slept_for_its_seconds(clock: Clock):
    sleeper = talk(clock, 60)
    with pytest.raises(Stopped, match=r"slept for 0\.5 s") as stopped:
        sleeper.answer(0.5)
    assert stopped.value.kind is Kind.TIMED_OUT
    assert clock.now - 1000 == pytest.approx(0.5, abs=0.01)
    assert sleeper.used == pytest.approx(0.5, abs=0.01)


def test_one_that_gets_no_processor_is_given_more_time(clock: Clock):
    starved = talk(clock, 2.0, computing=0.1, waiting=0.9)
    assert starved.answer(0.5).tag == Tag.RETURNED
    assert starved.used == pytest.approx(2.0 / WALL_FACTOR)


def test_one_that_never_gets_a_processor_is_given_up(clock: Clock):
    with pytest.raises(Stopped, match=r"no answer in 5 s"):
        talk(clock, 60, waiting=1.0).answer(0.5)


def test_computing_is_measured_as_ever(clock: Clock):
    with pytest.raises(Stopped, match="CPU time"):
        talk(clock, 60, computing=0.5, waiting=0.5).answer(0.5)
    assert clock.now - 1000 == pytest.approx(1.0, abs=0.01)


def test_half_asleep_and_half_computing_is_out_of_time_by_whichever_comes_first(clock: Clock):
    with pytest.raises(Stopped, match="slept"):
        talk(clock, 60, computing=0.4).answer(0.5)


def test_short_sleeps_are_counted_too(clock: Clock):
    drowsy = talk(clock, 0.3)
    drowsy.answer(0.5)
    assert drowsy.used == pytest.approx(0.3, abs=0.01)


def test_while_it_is_made_to_wait_it_does_not_sleep(clock: Clock):
    child = talk(clock, 0.0)
    child.answer(0.5)
    clock.now += 40
    child.child.after = clock.now + 0.4 - child.child.born
    assert child.answer(0.5).tag == Tag.RETURNED
    clock.now += 40
    child.go_on()
    child.child.after = clock.now + 0.4 - child.child.born
    assert child.answer(0.5).tag == Tag.RETURNED
