"""Takes apart what a child says of exceptions and of the file: only the form of a claim can be checked.

Types are compared exactly. What decodes to an array, a huge number or ten thousand frames where a sentence is
due was written by no runner, and looking closer at it would be the trusted side's time and memory.
"""

from __future__ import annotations

import builtins
from typing import Any, Final

from grader.outcomes import Frame, Raised
from grader.sandbox.inside.wire import Encoded, WireError, decode

MAX_TEXT: Final = 2000
MAX_ITEMS: Final = 16
MAX_LINE: Final = 10**7

#: What the box may say of reading a file, in our words; the name in it must be an identifier.
NOTES: Final = {
    "latin-1": "The file is not UTF-8; it was read as Latin-1.",
    "absent": 'The module "{}" is not available here; the file does without it.',
    "left out": "Statements outside the functions that need what is not available here are left out.",
}


def read_loaded(body: Encoded) -> tuple[Raised | None, tuple[str, ...]]:
    """Return the exception that ended a file, and what was put right in reading it.

    Raises
    ------
    WireError
        No runner says this.
    """
    fields = _fields(decode(body), "raised", "notes")
    raised = None if fields["raised"] is None else _raised(fields["raised"])
    return raised, tuple(_note(*pair) for pair in _tuples(fields["notes"], 2))


def read_raised(body: Encoded) -> Raised:
    """Return the exception that ended a call; raises `WireError` where no runner says this."""
    return _raised(decode(body))


def _raised(value: Any) -> Raised:
    fields = _fields(value, "type_name", "nearest", "message", "frames")
    frames = tuple(
        Frame(_text(name), _line(line), _text(text)) for name, line, text in _tuples(fields["frames"], 3)
    )
    nearest = _text(fields["nearest"])
    known = getattr(builtins, nearest, None)
    if not (isinstance(known, type) and issubclass(known, BaseException)):
        nearest = "Exception"
    return Raised(_text(fields["type_name"]), nearest, _text(fields["message"]), frames)


def _note(kind: Any, name: Any) -> str:
    if _text(kind) not in NOTES or (name != "" and not _text(name).isidentifier()):
        raise WireError("a note of no known form")
    return NOTES[kind].format(name[:80])


def _fields(value: Any, *names: str) -> dict[str, Any]:
    if type(value) is not dict or value.keys() != set(names):
        raise WireError("no dict of the fields that are due")
    return value


def _tuples(value: Any, length: int) -> list[tuple[Any, ...]]:
    if type(value) is not list or len(value) > MAX_ITEMS:
        raise WireError("no short list")
    if not all(type(item) is tuple and len(item) == length for item in value):
        raise WireError(f"no tuples of {length}")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise WireError("no text")
    return value[:MAX_TEXT]


def _line(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MAX_LINE:
        raise WireError("no line number")
    return value
