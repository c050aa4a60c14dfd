"""Runs one submission: loads the file, calls its functions case by case, sends each result as it ends.

Everything here happens in the process of the student's code and may be tampered with by it; the trusted side
believes none of it. Only being fair to honest code is this module's concern.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import io
import os
import random
import struct
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from grader.sandbox.inside.asking import Line
from grader.sandbox.inside.loading import Note, StudentFile
from grader.sandbox.inside.raising import MAX_TEXT, describe_raised
from grader.sandbox.inside.wire import Encoded, Message, Tag, TooLarge, Unpacker, decode, encode, pack

READ_SIZE: Final = 1 << 16

#: Of a digest: a seed for each generator.
_SEEDS: Final = struct.Struct("<II")
_LARGE: Final = 1 << 31

#: Where the code of the stub's helpers says it stands.
GIVEN: Final = "<given>"


class Setup:
    """What every submission of an assignment shares; nothing in it is secret.

    Parameters
    ----------
    fields : dict
        ``name`` of the assignment, ``stub`` and ``calls`` (sources), ``exercises`` (names), ``constants``
        (those of them whose value is the answer), ``preload`` (modules), ``value_bytes`` (largest value
        returned), ``held`` (messages of public cases).

    Attributes
    ----------
    held : dict
        What these messages say, by their numbers. Each submission has a process of its own, and makes each
        call once: it takes the inputs as they are.
    """

    def __init__(self, fields: dict[str, Any]) -> None:
        self.name: str = fields["name"]
        self.exercises: list[str] = fields["exercises"]
        self.constants = frozenset(fields["constants"])
        self.value_bytes: int = fields["value_bytes"]
        for module in fields["preload"]:
            __import__(module)
        self.stub = compile(fields["stub"], GIVEN, "exec", dont_inherit=True)
        calls = types.ModuleType("calls")
        exec(compile(fields["calls"], "<calls>", "exec", dont_inherit=True), calls.__dict__)
        self.held = {
            message.number: decode(message.body)
            for message in Unpacker(1 << 31).feed(fields["held"].tobytes())
        }
        self.calls = {name: getattr(calls, name) for name in self.exercises if hasattr(calls, name)}

    def named(self, name: str) -> Setup:
        """Return the same for an assignment of this name, whose one exercise has it too."""
        other = copy.copy(self)
        other.name, other.exercises, other.calls, other.constants = name, [name], {}, frozenset()
        return other


class Channel:
    """The two ends of the conversation with the trusted side, as file descriptors."""

    def __init__(self, receive: int, send: int) -> None:
        self._receive, self._send = receive, send

    def messages(self, max_bytes: int = 1 << 31) -> Iterator[Message]:
        """Yield what the trusted side sends until it closes the channel."""
        unpacker = Unpacker(max_bytes)
        while data := os.read(self._receive, READ_SIZE):
            yield from unpacker.feed(data)

    def send(self, tag: Tag, number: int = 0, body: Encoded | None = None) -> None:
        """Send one message whole."""
        left = memoryview(pack(tag, number, body or encode(None)))
        while left:
            left = left[os.write(self._send, left) :]


def converse(channel: Channel, setup: Setup) -> None:
    """Serve one submission: its source first, then case after case, until the channel closes."""
    messages = channel.messages()
    message = next(messages, None)
    if message is None or message.tag != Tag.SOURCE:
        return
    source, salt = message.body.data[32:], message.body.data[:32]
    replaced = decode(Encoded(message.body.structure, b""))
    line = Line(channel.send, messages, setup.value_bytes)
    submission = Submission(setup, salt)
    loaded = submission.load(source)
    for number in replaced:
        submission.replace(number, line)
    _flush_output()
    channel.send(Tag.LOADED, 0, encode(loaded))
    for message in messages:
        called = message.tag == Tag.CALL
        tag, body = submission.called(message, line) if called else submission.answer(message)
        _flush_output()
        channel.send(tag, message.number, body)


class Submission:
    """A student's file, loaded and called.

    Parameters
    ----------
    setup : Setup
    salt : bytes
        What the generators' states are derived from.
    """

    def __init__(self, setup: Setup, salt: bytes) -> None:
        self.setup = setup
        self.salt = salt
        self.calls = 0
        self.file = StudentFile(setup.name, setup.stub, setup.exercises, lambda: self._seed(b"load"))

    def load(self, source: bytes) -> dict[str, Any]:
        """Run the file and say how that went."""
        notes: list[Note] = []
        try:
            self.file.run(source, notes)
        except BaseException as error:
            return {"raised": self._raised(error), "notes": notes}
        return {"raised": None, "notes": notes}

    def replace(self, number: int, line: Line) -> None:
        """Have this exercise's function answered elsewhere."""
        name = self.setup.exercises[number]
        self.file.module.__dict__[name] = line.far(number, name)

    def called(self, message: Message, line: Line) -> tuple[Tag, Encoded]:
        """Answer a call that comes from another box."""
        names = self.file.module.__dict__
        function = names[self.setup.exercises[message.number]]
        given = {name: item for name, item in names.items() if hasattr(item, "__given__")}
        self.calls += 1
        self._seed(b"called" + self.calls.to_bytes(4, "little"))
        tag, body, _ = line.serve(function, message.body, given)
        return tag, body

    def answer(self, message: Message) -> tuple[Tag, Encoded]:
        """Make one call and return what to send."""
        held = message.tag == Tag.HELD
        exercise, positional, inputs = self.setup.held.pop(message.number) if held else decode(message.body)
        self._seed(message.number.to_bytes(4, "little"))
        try:
            call = self._call(exercise, positional)
            if call is None:
                return Tag.MISSING, encode(None)
            value = call(inputs)
            return Tag.RETURNED, encode(value, max_bytes=self.setup.value_bytes)
        except TooLarge as error:
            return Tag.TOO_LARGE, encode(str(error)[:MAX_TEXT])
        except BaseException as error:
            return Tag.RAISED, encode(self._raised(error))

    def _call(self, exercise: str, positional: int) -> Callable[[dict[str, Any]], Any] | None:
        function = self.file.module.__dict__.get(exercise)
        if function is None:
            return None
        if exercise in self.setup.constants:
            return lambda inputs: function
        if exercise in self.setup.calls:
            driver = self.setup.calls[exercise]

            def driven(inputs: dict[str, Any]) -> Any:
                with self._restored():
                    return driver(self.file.module, **inputs)

            return driven

        def plain(inputs: dict[str, Any]) -> Any:
            names = list(inputs)
            first = [inputs[name] for name in names[:positional]]
            return function(*first, **{name: inputs[name] for name in names[positional:]})

        return plain

    @contextlib.contextmanager
    def _restored(self) -> Iterator[None]:
        """Undo what ``calls.py`` plants in the module's names."""
        names = self.file.module.__dict__
        before = dict(names)
        try:
            yield
        finally:
            if names.keys() != before.keys() or any(names[name] is not before[name] for name in before):
                names.clear()
                names.update(before)

    def _seed(self, what: bytes) -> None:
        """Put both generators in a state that is repeatable, and given by no seed that a student writes."""
        digest = hashlib.sha256(self.salt + what).digest()
        # one number each: numpy takes several in five times as slowly. Nobody writes one so large
        first, second = _SEEDS.unpack_from(digest)
        np.random.seed(first | _LARGE)
        random.seed(second | _LARGE)

    def _raised(self, error: BaseException) -> dict[str, Any]:
        return describe_raised(error, self.file.filename, self.file.lines)


def capture_output() -> None:
    """Make text streams of our own on descriptors 1 and 2, whatever comes to stand behind these."""
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        raw = io.FileIO(descriptor, "w", closefd=False)
        stream = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace")
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _flush_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - twice for each case, and three times as fast
            stream.flush()
        except Exception:  # closed or replaced by the student's code
            pass
