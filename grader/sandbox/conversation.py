"""What the trusted side says to one submission's children, and what it makes of the answers.

The source goes first, then public cases, and only when all of these are answered and the output is drained,
the hidden ones. A child that crashes or hangs costs one case: the next child goes on from the next.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from grader.course.model import Submission
from grader.outcomes import Kind, Load, Outcome, Run, Visibility
from grader.sandbox.child import Child
from grader.sandbox.claims import read_loaded, read_raised
from grader.sandbox.inside.wire import Message, Tag, WireError
from grader.sandbox.plan import Call, Plan, source_message
from grader.sandbox.talk import FORGED, Stopped, Talk

#: After so many time-outs in one exercise the rest of it is skipped.
TIME_OUTS: Final = 2

#: After so many cases of one exercise that ended the process, the rest of it is skipped.
DEATHS: Final = 3

#: The data of all values of a submission, kept until it is judged, is at most this many times that of one.
KEPT_VALUES: Final = 4

#: So many bytes of structure are kept of a submission: judging takes long over many small parts.
KEPT_STRUCTURE: Final = 2**18

_KINDS: Final = {Tag.MISSING: Kind.MISSING, Tag.TOO_LARGE: Kind.TOO_LARGE}


@dataclass(slots=True)
class Conversation:
    """One submission's way through the box."""

    plan: Plan
    submission: Submission
    spawn: Callable[[], Child]
    sandbox: str
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    load: Load | None = None
    events: list[str] = field(default_factory=list)
    time_outs: Counter[str] = field(default_factory=Counter)
    deaths: Counter[str] = field(default_factory=Counter)
    spent: float = 0.0
    kept_data: int = 0
    kept_structure: int = 0
    hidden_entered: bool = False
    printed_public: bytearray = field(default_factory=bytearray)
    printed_hidden: bytearray = field(default_factory=bytearray)

    def run(self) -> Run:
        """Run every case and return what happened to each."""
        while self._waiting():
            self._one_child()
        return self._run()

    def _waiting(self) -> list[Call]:
        """Return the calls that are still to be made; those not worth making are answered here."""
        waiting = []
        for call in self.plan.calls:
            if call.number in self.outcomes:
                continue
            reason = self._skip(call)
            if reason:
                self.outcomes[call.number] = Outcome(Kind.SKIPPED, reason=reason)
            else:
                waiting.append(call)
        return waiting

    def _skip(self, call: Call) -> str:
        if self.time_outs[call.exercise] >= TIME_OUTS:
            return f"{TIME_OUTS} cases of this exercise ran out of time before it"
        if self.spent >= self.plan.limits.submission_seconds:
            return f"the submission's {self.plan.limits.submission_seconds:g} s were used up before it"
        if self.deaths[call.exercise] >= DEATHS:
            return f"{DEATHS} cases of this exercise ended the whole process before it"
        return ""

    def _one_child(self) -> None:
        """Have one child answer as many cases as it can."""
        talk = Talk(self.spawn(), self.plan.limits)
        try:
            talk.confined()
            loaded = self._load(talk)
            self.load = self.load or loaded
            if loaded.kind not in (Kind.RETURNED, Kind.RAISED):
                self._give_up(loaded)
                return
            if self._ask(talk, "public") and any(call.visibility == "hidden" for call in self.plan.calls):
                self._take_output(talk)
                self.hidden_entered = True
                self._ask(talk, "hidden")
        finally:
            talk.child.end()
            self._take_output(talk)

    def _give_up(self, loaded: Load) -> None:
        """Answer all that is left where the file cannot be loaded, or not a second time."""
        reason = loaded.reason or "the file could not be loaded"
        for call in self._waiting():
            self.outcomes[call.number] = Outcome(loaded.kind, reason=reason)

    def _load(self, talk: Talk) -> Load:
        """Send the source and wait until it has been run."""
        talk.child.queue(source_message(self.submission.source, self._replaced()))
        started = time.monotonic()
        try:
            message = talk.answer(self.plan.limits.import_seconds)
            if message.tag != Tag.LOADED:
                raise Stopped(Kind.TAMPERED, FORGED)
            raised, notes = read_loaded(message.body)
            kind = Kind.RETURNED if raised is None else Kind.RAISED
            return Load(kind, time.monotonic() - started, raised=raised, notes=notes)
        except Stopped as stopped:
            return self._stopped_loading(talk, stopped, time.monotonic() - started)
        except WireError:
            return self._stopped_loading(talk, Stopped(Kind.TAMPERED, FORGED), time.monotonic() - started)
        finally:
            self.spent += talk.used

    def _stopped_loading(self, talk: Talk, stopped: Stopped, seconds: float) -> Load:
        self._note(stopped)
        return Load(stopped.kind, seconds, reason=stopped.reason or talk.child.end())

    def _ask(self, talk: Talk, visibility: Visibility) -> bool:
        """Make the calls of this kind that are left; False when the child did not live through them."""
        calls = [call for call in self._waiting() if call.visibility == visibility]
        self._announce(talk, calls)
        for call in calls:
            started = time.monotonic()
            try:
                message = self._answer(talk, call)
                seconds = time.monotonic() - started
                self.outcomes[call.number] = self._explained(self._kept(_outcome(message, call, seconds)))
            except Stopped as stopped:
                seconds = time.monotonic() - started
                reason = stopped.reason or talk.child.end() or "the process ended"
                self.outcomes[call.number] = Outcome(stopped.kind, seconds, reason=reason)
                self._note(stopped)
                self.time_outs[call.exercise] += stopped.kind is Kind.TIMED_OUT
                self.deaths[call.exercise] += stopped.kind is not Kind.TIMED_OUT
                return False
            if self._skip(call):  # the budget is used up: what was queued is not worth waiting for
                return False
        return True

    def _replaced(self) -> Sequence[int]:
        """Return the numbers of exercises whose functions are answered elsewhere."""
        return ()

    def _announce(self, talk: Talk, calls: Sequence[Call]) -> None:
        """Send all calls at once: the child need not wait for the next while its answer is read."""
        talk.child.queue(b"".join(call.message for call in calls))

    def _answer(self, talk: Talk, call: Call) -> Message:
        """Wait for the answer to a call."""
        try:
            return talk.answer(call.cpu_seconds)
        finally:
            self.spent += talk.used

    def _kept(self, outcome: Outcome) -> Outcome:
        """Return the outcome, without its value where there is no room for it beside those kept so far."""
        if outcome.value is None:
            return outcome
        structure = self.kept_structure + len(outcome.value.structure)
        data = self.kept_data + len(outcome.value.data)
        if structure > KEPT_STRUCTURE or data > KEPT_VALUES * self.plan.limits.value_mib * 2**20:
            return Outcome(Kind.TOO_LARGE, outcome.seconds, reason="all values together are too large")
        self.kept_structure, self.kept_data = structure, data
        return outcome

    def _explained(self, outcome: Outcome) -> Outcome:
        """Say of a missing function whether the file broke off before it came to define it."""
        if outcome.kind is Kind.MISSING and self.load is not None and self.load.raised is not None:
            return replace(
                outcome, reason=f"the file stopped with {self.load.raised.nearest} before defining it"
            )
        return outcome

    def _note(self, stopped: Stopped) -> None:
        event = f"tampering: {stopped.reason}"
        if stopped.kind is Kind.TAMPERED and event not in self.events:
            self.events.append(event)

    def _take_output(self, talk: Talk) -> None:
        """Keep what was printed; once hidden inputs entered, even a later child can be told of them."""
        kept = self.printed_hidden if self.hidden_entered else self.printed_public
        room = self.plan.limits.output_kib * 1024 - len(kept)
        kept += talk.child.printed()[: max(0, room)]

    def _run(self) -> Run:
        load = self.load or Load(Kind.RETURNED)
        outcomes = {(call.exercise, call.case): self.outcomes[call.number] for call in self.plan.calls}
        public, hidden = (
            kept.decode(errors="replace") for kept in (self.printed_public, self.printed_hidden)
        )
        return Run(load, outcomes, public, hidden, tuple(self.events), self.sandbox, self.spent)


def _outcome(message: Message, call: Call, seconds: float) -> Outcome:
    """Make an outcome of an answer; Stopped where it is none to this call."""
    if message.number == call.number:
        if message.tag == Tag.RETURNED:
            return Outcome(Kind.RETURNED, seconds, value=message.body)
        if message.tag == Tag.RAISED:
            try:
                return Outcome(Kind.RAISED, seconds, raised=read_raised(message.body))
            except WireError:
                raise Stopped(Kind.TAMPERED, FORGED) from None
        if message.tag in _KINDS:
            return Outcome(_KINDS[Tag(message.tag)], seconds)
    raise Stopped(Kind.TAMPERED, FORGED)
