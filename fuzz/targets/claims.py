"""What a child says of exceptions and of the file: taken apart, or refused."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from typing import Any

from fuzz.drawn import Drawn
from fuzz.holds import within
from grader.results import Raised
from grader.sandbox.claims import MAX_ITEMS, MAX_LINE, MAX_TEXT, read_loaded, read_raised
from grader.sandbox.inside.wire import Encoded, TooLarge, WireError, encode

_FRAMES = [("f", 3, "return x")]
_RAISED = {"type_name": "Odd", "nearest": "ValueError", "message": "no", "frames": _FRAMES}


def check(data: bytes) -> None:
    """Read a claim of the form that is due, with odd parts, or bytes as they are."""
    drawn = Drawn(data)
    read: Callable[[Encoded], Any] = read_loaded if drawn.flag() else read_raised
    if drawn.flag():
        structure, _, rest = drawn.rest().partition(b"\0")
        body = Encoded(structure, rest)
    else:
        claim = _raised(drawn)
        try:
            body = encode({"raised": claim, "notes": _notes(drawn)} if read is read_loaded else claim)
        except TooLarge:
            return
    with within(0.5):
        try:
            found = read(body)
        except WireError:
            return
    raised, notes = found if read is read_loaded else (found, ())
    assert len(notes) <= MAX_ITEMS and all(type(note) is str and len(note) < 300 for note in notes)
    if raised is not None:
        _fit(raised)


def _raised(drawn: Drawn) -> Any:
    claim: dict[str, Any] = dict(_RAISED)
    for key in _RAISED:
        if drawn.below(3) == 0:
            claim[key] = drawn.value()
    if drawn.below(4) == 0:
        claim["frames"] = [(drawn.text(), drawn.below(2**31), drawn.text()) for _ in range(drawn.below(20))]
    return claim if drawn.below(8) else drawn.value()


def _notes(drawn: Drawn) -> Any:
    kinds = ("latin-1", "absent", "left out")
    return (
        [(drawn.pick(kinds), drawn.text()) for _ in range(drawn.below(4))] if drawn.flag() else drawn.value()
    )


def _fit(raised: Raised) -> None:
    assert issubclass(getattr(builtins, raised.nearest), BaseException)
    texts = [raised.type_name, raised.nearest, raised.message]
    texts += [text for frame in raised.frames for text in (frame.function, frame.text)]
    assert all(type(text) is str and len(text) <= MAX_TEXT for text in texts)
    assert len(raised.frames) <= MAX_ITEMS
    assert all(type(frame.line) is int and 0 <= frame.line <= MAX_LINE for frame in raised.frames)


def seeds() -> Iterator[bytes]:
    """Yield honest claims as they are encoded, forged ones, and what draws odd ones."""
    loaded = ({"raised": _RAISED, "notes": [("absent", "torch")]}, {"raised": None, "notes": []})
    lines = [{**_RAISED, "frames": [("f", line, "")]} for line in (-1, 2**40, True, 0.5)]
    many = {**_RAISED, "frames": _FRAMES * 17}
    long = {**_RAISED, "message": "x" * 9000, "nearest": "print"}
    for claim in (*loaded, _RAISED, *lines, many, long):
        encoded = encode(claim)
        which = b"\x01" if "raised" in claim else b"\x00"
        yield which + b"\x01" + encoded.structure + b"\0" + encoded.data
    for first in (0, 1, 2, 7):
        yield from (bytes([which, 0]) + bytes(range(first, first + 60)) for which in (0, 1))
