"""One exercise of a submission once more, with the reference answering for its wrong helpers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from grader.outcomes import Kind
from grader.sandbox.conversation import Conversation
from grader.sandbox.inside.wire import Encoded, Message, Tag, encode, pack
from grader.sandbox.oracle import Oracle, Refused
from grader.sandbox.plan import Call
from grader.sandbox.talk import FORGED, Stopped, Talk

#: Questions that one case may ask, calls back counted in.
QUESTIONS: Final = 10_000

#: What may cross for one case, in values of the largest size.
CROSSING: Final = 4


@dataclass(slots=True, kw_only=True)
class Rerun(Conversation):
    """A submission's way through the box, with functions that are answered elsewhere.

    Parameters
    ----------
    oracle : Oracle
    helpers : tuple of int
        The numbers of the functions that the oracle answers for.
    """

    oracle: Oracle
    helpers: tuple[int, ...]

    def _replaced(self) -> Sequence[int]:
        return self.helpers

    def _announce(self, talk: Talk, calls: Sequence[Call]) -> None:
        """Send nothing ahead: while a call waits for an answer, nothing else may come."""

    def _answer(self, talk: Talk, call: Call) -> Message:
        asking = _Asking(talk, call, self.oracle, self.helpers, CROSSING * self.plan.limits.value_mib * 2**20)
        try:
            return asking.answer()
        finally:
            self.spent += asking.spent


@dataclass(slots=True)
class _Asking:
    """One case whose call may ask.

    Parameters
    ----------
    talk : Talk
        With the submission's child.
    call : Call
    oracle : Oracle
    helpers : tuple of int
        The numbers of the functions that may be asked for.
    bytes_left : int
        What may still cross.

    Attributes
    ----------
    spent : float
        Seconds used: the child's, the oracle's, and this side's between them.
    """

    talk: Talk
    call: Call
    oracle: Oracle
    helpers: tuple[int, ...]
    bytes_left: int
    spent: float = 0.0
    questions_left: int = QUESTIONS
    seconds_left: float = field(init=False)
    answers_left: float = field(init=False)

    def __post_init__(self) -> None:
        """Give the child the case's seconds, and the answers as many of their own."""
        self.seconds_left = self.answers_left = self.call.cpu_seconds

    def answer(self) -> Message:
        """Make the call, serve its questions, return its answer; Stopped as `Talk.answer`."""
        self._tell(self.call.message)
        while (message := self._next()).tag == Tag.ASK:
            if message.number not in self.helpers:
                raise Stopped(Kind.TAMPERED, FORGED)
            self._serve(message)
        return message

    def _serve(self, message: Message) -> None:
        """Have a question answered."""
        used, started = self.oracle.used, time.thread_time()
        try:
            self._count(message.body)
            answer = self.oracle.answer(message.number, message.body, self.answers_left, self._call_back)
            self._count(answer)
            reply = pack(Tag.ANSWER, message.number, answer)
        except Refused as refused:
            reply = pack(Tag.REFUSE, message.number, encode(refused.nearest))
        seconds = self.oracle.used - used + time.thread_time() - started
        self.answers_left -= seconds
        self.spent += seconds
        if self.answers_left <= 0:
            raise Stopped(Kind.TIMED_OUT, f"what it asks for takes more than {self.call.cpu_seconds:g} s")
        self._tell(reply)

    def _call_back(self, number: int, question: Encoded) -> Encoded | None:
        """Have the child call a function that it handed over."""
        self._count(question)
        self._tell(pack(Tag.CALL, number, question))
        message = self._next()
        if message.number != number or message.tag not in (Tag.RETURNED, Tag.RAISED):
            raise Stopped(Kind.TAMPERED, FORGED)
        self._count(message.body)
        return message.body if message.tag == Tag.RETURNED else None

    def _tell(self, message: bytes) -> None:
        self.talk.go_on()
        self.talk.child.queue(message)

    def _next(self) -> Message:
        try:
            return self.talk.answer(self.seconds_left)
        finally:
            self.seconds_left -= self.talk.used
            self.spent += self.talk.used

    def _count(self, body: Encoded) -> None:
        self.questions_left -= 1
        self.bytes_left -= len(body.structure) + len(body.data)
        if self.questions_left < 0 or self.bytes_left < 0:
            raise Stopped(Kind.TIMED_OUT, "it asks for too much")
