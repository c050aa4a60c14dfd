"""The reference's answers to questions of a submission that is run again.

::

    the submission's child          trusted side                a child with the reference
      ASK (a function, arguments) ──▶ counts, caps ──▶ CALL
                          CALL ◀──  unread            ◀── ASK (a function that was handed over)
                      RETURNED ──▶                    ──▶ ANSWER
                        ANSWER ◀──                    ◀── RETURNED

Questions and answers are passed on unread. What a student's code asks is decoded in the reference's box,
which has the same layers and limits as the student's. The reference's code is never in the student's.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from dataclasses import dataclass

from grader.errors import BoxFailure
from grader.outcomes import Kind
from grader.sandbox.child import Child
from grader.sandbox.claims import read_loaded
from grader.sandbox.inside.wire import Encoded, Message, Tag, WireError, decode, encode, pack
from grader.sandbox.plan import Plan, source_message
from grader.sandbox.talk import Stopped, Talk

#: Calls a function that was handed over, by its number; None where it returns nothing.
CallBack = Callable[[int, Encoded], Encoded | None]


class Refused(Exception):
    """The reference has no answer: the nearest built-in exception."""

    def __init__(self, nearest: str) -> None:
        super().__init__(nearest)
        self.nearest = nearest


@dataclass(slots=True)
class Oracle:
    """The reference in a box of its own, for one submission; its child is started by the first question.

    Parameters
    ----------
    plan : Plan
        As `Plan.of_reference` makes it.
    solution : bytes
    spawn : callable
        Starts a child.

    Attributes
    ----------
    used : float
        CPU seconds that its answers took.
    """

    plan: Plan
    solution: bytes
    spawn: Callable[[], Child]
    used: float = 0.0
    _talk: Talk | None = None

    def answer(self, number: int, question: Encoded, seconds: float, call_back: CallBack) -> Encoded:
        """Answer one question.

        Parameters
        ----------
        number : int
            Of the function.
        question : Encoded
            Its arguments, as `grader.sandbox.inside.asking` sends them.
        seconds : float
            CPU seconds that it may take.
        call_back : callable
            For functions among the arguments.

        Raises
        ------
        Refused
            The reference has no answer: it raised, or took too long.
        BoxFailure
            The reference could not be started.
        """
        talk = self._talk = self._talk or self._start()
        talk.go_on()
        talk.child.queue(pack(Tag.CALL, number, question))
        answered = False
        try:
            while True:
                message = self._next(talk, seconds)
                seconds -= talk.used
                if message.tag != Tag.ASK:
                    answered = True
                    return _answer(message)
                reply = call_back(message.number, message.body)
                refused = pack(Tag.REFUSE, 0, encode("RuntimeError"))
                talk.go_on()
                talk.child.queue(refused if reply is None else pack(Tag.ANSWER, 0, reply))
        finally:
            if not answered:  # it still works on this question
                self.close()

    def close(self) -> None:
        """End its child."""
        if self._talk is not None:
            self._talk.child.end()
            self._talk = None

    def _start(self) -> Talk:
        talk = Talk(self.spawn(), self.plan.limits)
        try:
            talk.confined()
            talk.child.queue(source_message(self.solution))
            raised, notes = read_loaded(talk.answer(self.plan.limits.import_seconds).body)
            reason = f"it stopped with {raised.type_name}: {raised.message}" if raised else "; ".join(notes)
        except Stopped as stopped:
            reason = stopped.reason or talk.child.end()
        if reason:
            talk.child.end()
            raise BoxFailure(
                f"the reference's file cannot be run in the box: {reason}",
                help="import nothing in solution.py but numpy and what assignment.toml requires or preloads",
            )
        return talk

    def _next(self, talk: Talk, seconds: float) -> Message:
        """Return what the reference says next; where it does not end, that is the question's fault."""
        try:
            return talk.answer(seconds)
        except Stopped as stopped:
            raise Refused("TimeoutError" if stopped.kind is Kind.TIMED_OUT else "MemoryError") from None
        finally:
            self.used += talk.used


def _answer(message: Message) -> Encoded:
    if message.tag == Tag.RETURNED:
        return message.body
    try:
        kind = decode(message.body)
    except WireError:
        kind = ""
    raise Refused(kind if isinstance(kind, str) and hasattr(builtins, kind) else "RuntimeError")
