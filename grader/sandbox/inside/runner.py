"""Runs one submission: loads the file, calls its functions case by case, sends each result as it ends.

Everything here happens in the process of the student's code and may be tampered with by it; the trusted side
believes none of it. Only being fair to honest code is this module's concern.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import functools
import hashlib
import io
import linecache
import operator
import os
import random
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from grader.sandbox.inside.absent import Absent, AbsentFinder
from grader.sandbox.inside.wire import Encoded, Message, Tag, TooLarge, Unpacker, decode, encode, pack

MAX_FRAMES: Final = 8
MAX_TEXT: Final = 2000
MAX_LINE: Final = 200
MAX_ABSENT: Final = 12
READ_SIZE: Final = 1 << 16

#: Where the code of the stub's helpers says it stands.
GIVEN: Final = "<given>"

#: What a notebook that was saved as a file takes to be there.
NOTEBOOK: Final = {"get_ipython": Absent(), "display": Absent()}

#: Statements without which a file is another one.
DEFINING: Final = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)

#: What `from __future__ import ...` at the top asks of every part of a file.
FUTURE: Final = functools.reduce(
    operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)


class Setup:
    """What every submission of an assignment shares; nothing in it is secret.

    Parameters
    ----------
    fields : dict
        ``name`` of the assignment, ``stub`` and ``calls`` (sources), ``exercises`` (names), ``constants``
        (those of them whose value is the answer), ``preload`` (modules), ``value_bytes`` (largest value
        returned).
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
        self.calls = {name: getattr(calls, name) for name in self.exercises if hasattr(calls, name)}


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
    submission = _Submission(setup, salt)
    loaded = submission.load(source)
    _flush_output()
    channel.send(Tag.LOADED, 0, encode(loaded))
    for message in messages:
        tag, body = submission.answer(message)
        _flush_output()
        channel.send(tag, message.number, body)


class _Submission:
    """A student's file as a module."""

    def __init__(self, setup: Setup, salt: bytes) -> None:
        self.setup = setup
        self.salt = salt
        self.filename = f"{setup.name}.py"
        self.text = ""
        self.lines: list[str] = []
        self.module = types.ModuleType(setup.name)
        self.given: dict[str, Any] = {}

    def load(self, source: bytes) -> dict[str, Any]:
        """Run the file on top of the stub's helpers and say how that went."""
        notes: list[tuple[str, str]] = []
        try:
            code = self._compile(source, notes)
            self._execute_without(code, notes)
        except BaseException as error:
            return {"raised": self._raised(error), "notes": notes}
        return {"raised": None, "notes": notes}

    def _execute_without(self, code: types.CodeType, notes: list[tuple[str, str]]) -> None:
        """Run the file, and again with a placeholder for each package that it turns out to lack."""
        absent = AbsentFinder(self.given)
        sys.meta_path.append(absent)
        in_parts = False
        try:
            while True:
                try:
                    return self._execute_parts(code, notes) if in_parts else self._execute(code)
                except ModuleNotFoundError as error:
                    if len(absent.names) >= MAX_ABSENT or not absent.add(error.name or ""):
                        raise
                    notes.append(("absent", error.name or ""))
                except Exception:
                    if in_parts or not absent.names:
                        raise
                    in_parts = True
        finally:
            sys.meta_path.remove(absent)

    def _compile(self, source: bytes, notes: list[tuple[str, str]]) -> types.CodeType:
        self.text = text = _text(source, notes)
        self.lines = text.splitlines()
        linecache.cache[self.filename] = (len(text), None, text.splitlines(keepends=True), self.filename)
        return compile(text, self.filename, "exec", dont_inherit=True)

    def _execute(self, code: types.CodeType) -> None:
        """Run the file in a module that holds the helpers, afresh."""
        self._start_afresh()
        exec(code, self.module.__dict__)

    def _execute_parts(self, code: types.CodeType, notes: list[tuple[str, str]]) -> None:
        """Run the file afresh, but for statements that fail and define nothing.

        They show functions on data that a package would have brought, and a placeholder brings none.
        """
        self._start_afresh()
        failed = False
        for statement in ast.parse(self.text).body:
            part = ast.Module([statement], [])
            flags = code.co_flags & FUTURE
            try:
                exec(compile(part, self.filename, "exec", flags, dont_inherit=True), self.module.__dict__)
            except Exception as error:
                if isinstance(statement, DEFINING) or isinstance(error, ModuleNotFoundError):
                    raise
                failed = True
        if failed:
            notes.append(("left out", ""))

    def _start_afresh(self) -> None:
        self.module = types.ModuleType(self.setup.name)
        self.module.__dict__.update(NOTEBOOK, __file__=self.filename)
        sys.modules[self.setup.name] = self.module
        exec(self.setup.stub, self.module.__dict__)
        for name in self.setup.exercises:
            self.module.__dict__.pop(name, None)
        self.given.update(self.module.__dict__)
        self._seed(b"load")

    def answer(self, message: Message) -> tuple[Tag, Encoded]:
        """Make one call and return what to send."""
        exercise, positional, inputs = decode(message.body)
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
        function = self.module.__dict__.get(exercise)
        if function is None:
            return None
        if exercise in self.setup.constants:
            return lambda inputs: function
        if exercise in self.setup.calls:
            driver = self.setup.calls[exercise]

            def driven(inputs: dict[str, Any]) -> Any:
                with self._restored():
                    return driver(self.module, **inputs)

            return driven

        def plain(inputs: dict[str, Any]) -> Any:
            names = list(inputs)
            first = [inputs[name] for name in names[:positional]]
            return function(*first, **{name: inputs[name] for name in names[positional:]})

        return plain

    @contextlib.contextmanager
    def _restored(self) -> Iterator[None]:
        """Undo what ``calls.py`` plants in the module's names."""
        names = self.module.__dict__
        before = dict(names)
        try:
            yield
        finally:
            if names.keys() != before.keys() or any(names[name] is not before[name] for name in before):
                names.clear()
                names.update(before)

    def _seed(self, what: bytes) -> None:
        """Put both generators in a state that is repeatable, and that no seed of the student's own gives."""
        digest = hashlib.sha256(self.salt + what).digest()
        np.random.seed(np.frombuffer(digest, np.uint32))
        random.seed(digest)

    def _raised(self, error: BaseException) -> dict[str, Any]:
        frames: list[tuple[str, int, str]] = []
        traceback = error.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if code.co_filename == self.filename:
                frames.append((code.co_name[:MAX_TEXT], traceback.tb_lineno, self._line(traceback.tb_lineno)))
            traceback = traceback.tb_next
        if isinstance(error, SyntaxError) and error.filename == self.filename:
            line = error.lineno or 0
            frames = [("<file>", line, self._line(line))]
        if len(frames) > MAX_FRAMES:
            frames = frames[: MAX_FRAMES // 2] + frames[-MAX_FRAMES // 2 :]
        return {
            "type_name": type(error).__name__[:MAX_TEXT],
            "nearest": _nearest(error),
            "message": _message(error),
            "frames": frames,
        }

    def _line(self, number: int) -> str:
        return self.lines[number - 1].strip()[:MAX_LINE] if 0 < number <= len(self.lines) else ""


def _text(source: bytes, notes: list[tuple[str, str]]) -> str:
    """Decode a source file as Python would, but take Latin-1 where it is not UTF-8 and does not say so."""
    source = source.removeprefix(b"\xef\xbb\xbf")
    if b"coding" in source[:200]:
        import tokenize  # noqa: PLC0415 - rare

        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        text = source.decode(encoding)
    else:
        try:
            text = source.decode("utf-8")
        except UnicodeDecodeError:
            text = source.decode("latin-1")
            notes.append(("latin-1", ""))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)[:MAX_TEXT]
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return ""


def _nearest(error: BaseException) -> str:
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")


def capture_output() -> None:
    """Make text streams of our own on descriptors 1 and 2, whatever comes to stand behind these."""
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        raw = io.FileIO(descriptor, "w", closefd=False)
        stream = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace")
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _flush_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # closed or replaced by the student's code
            stream.flush()
