"""Messages from one child, with deadlines; how it ends where none comes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from grader.course.model import Limits
from grader.errors import BoxFailure
from grader.outcomes import Kind
from grader.sandbox.child import Child
from grader.sandbox.inside.wire import Message, Tag, Unpacker, WireError, decode

#: Seconds for a child to confine itself; nothing of the student's has run by then.
CONFINE_SECONDS: Final = 30.0

#: A case that gets no processor, because others have them, is given this many times its seconds of wall time.
WALL_FACTOR: Final = 10.0

#: Seconds between two answers in which a child did not compute, from which on it is asked whether it slept.
NOTICED: Final = 0.05

FORGED: Final = "bytes on the result channel that the runner never writes"


class Stopped(Exception):
    """The child gave no answer: what kind of end that is, and why; "" where its exit tells why."""

    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind, self.reason = kind, reason


class Talk:
    """Messages from one child, with deadlines.

    Attributes
    ----------
    used : float
        Seconds between the last two answers: of CPU time, of sleep, or of wall time scaled down to them.
    """

    def __init__(self, child: Child, limits: Limits) -> None:
        self.child = child
        self.used = 0.0
        self._unpacker = Unpacker(limits.value_mib * 2**20 + 2**20)
        self._messages: Iterator[Message] = iter(())
        self._clock = 0.0
        self._sleepless = (
            0.0  # on the monotonic clock, when a child that never slept since would have started
        )
        self._answered = 0.0

    def confined(self) -> None:
        """Wait until the child says that every layer holds; BoxFailure where one does not."""
        try:
            message = self._next(time.monotonic() + CONFINE_SECONDS, CONFINE_SECONDS)
        except Stopped as stopped:
            raise BoxFailure(
                f"a child of the box did not start: {stopped.reason or self.child.end()}"
            ) from None
        if message.tag != Tag.CONFINED:
            layer, reason, _ = decode(message.body)
            raise BoxFailure(
                f"a child of the box could not confine itself: layer={layer!r}: {reason}",
                help="run `grade doctor`; the submission was not run",
            )
        self.go_on()

    def go_on(self) -> None:
        """Let what has passed since its last answer be nobody's time: the child was made to wait."""
        self._clock = self.child.cpu_seconds()
        self._forget_sleep()
        self._answered = time.monotonic()

    def answer(self, cpu_seconds: float) -> Message:
        """Return the next message; Stopped when the child ends, or computes or sleeps for so long."""
        started = time.monotonic()
        if started - self._answered > NOTICED:  # this side was held up: so was the child, perhaps
            self._forget_sleep()
        try:
            return self._next(started + WALL_FACTOR * cpu_seconds, cpu_seconds)
        finally:
            now, self._answered = self.child.cpu_seconds(), time.monotonic()
            wall, computed, slept = self._answered - started, max(0.0, now - self._clock), 0.0
            if wall - computed > NOTICED:
                slept = min(self._slept(), wall)
                self._forget_sleep()
            self.used = max(computed + slept, wall / WALL_FACTOR)
            self._clock = max(now, self._clock)

    def _slept(self) -> float:
        """Return for how long the child neither computed nor waited for a processor, as far as it counts."""
        return max(0.0, time.monotonic() - self.child.ready_seconds() - self._sleepless)

    def _forget_sleep(self) -> None:
        self._sleepless = time.monotonic() - self.child.ready_seconds()

    def _next(self, deadline: float, cpu_seconds: float) -> Message:
        patience = cpu_seconds
        message = next(self._messages, None)
        while message is None:
            data = self.child.receive(max(0.0, min(patience, deadline - time.monotonic())))
            if data is None:
                raise Stopped(Kind.CRASHED, "")
            self._feed(data)
            message = next(self._messages, None)
            if message is not None:
                break
            computing = cpu_seconds - (self.child.cpu_seconds() - self._clock)
            if computing <= 0:
                raise Stopped(Kind.TIMED_OUT, f"it used its {cpu_seconds:g} s of CPU time")
            sleeping = cpu_seconds - self._slept()
            if sleeping <= 0:
                raise Stopped(Kind.TIMED_OUT, f"it slept for {cpu_seconds:g} s")
            patience = min(computing, sleeping)
            if time.monotonic() >= deadline:
                raise Stopped(Kind.TIMED_OUT, f"no answer in {WALL_FACTOR * cpu_seconds:g} s")
        return message

    def _feed(self, data: bytes) -> None:
        try:
            # what is left of the last feed is empty: every message is taken before more is read
            self._messages = iter(list(self._unpacker.feed(data)))
        except WireError:
            raise Stopped(Kind.TAMPERED, FORGED) from None
