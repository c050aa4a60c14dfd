"""Messages: however a stream is chopped, the same ones come out of it, or none."""

from __future__ import annotations

import io
from collections.abc import Iterator

from fuzz.drawn import Drawn
from fuzz.holds import within
from grader.sandbox.inside.wire import Encoded, Message, Tag, Unpacker, WireError, encode, pack, read_message

_MAX_BYTES = 4096


def check(data: bytes) -> None:
    """Feed a stream whole, in pieces, and to the reader that waits."""
    drawn = Drawn(data)
    size = 1 + drawn.below(64)
    stream = drawn.rest()
    with within(0.5):
        whole = _messages(stream, max(1, len(stream)))
        pieces = _messages(stream, size)
    assert whole == pieces, "chopped otherwise it says something else"
    assert all(len(each.body.structure) + len(each.body.data) <= _MAX_BYTES for each in whole)
    reader = io.BytesIO(stream)
    for message in whole:
        assert read_message(reader.read) == message
    assert b"".join(pack(*message) for message in whole) == stream[: reader.tell()]  # type: ignore[arg-type]


def _messages(stream: bytes, size: int) -> list[Message]:
    unpacker, found = Unpacker(_MAX_BYTES), []
    try:
        for start in range(0, len(stream), size):
            for message in unpacker.feed(stream[start : start + size]):
                found.append(message)
    except WireError:
        pass
    return found


def seeds() -> Iterator[bytes]:
    """Yield streams of one message and of several."""
    bodies = [encode(value) for value in (None, 0.5, {"W1": [1, 2.0]}, "text")]
    stream = b"".join(pack(Tag.RETURNED, number, body) for number, body in enumerate(bodies))
    yield b"\x07" + stream
    yield b"\x00" + stream[:-3]
    yield b"\x3f" + pack(Tag.LOADED, 2**32 - 1, Encoded(b"", b""))
    yield b"\x3f" + pack(Tag.CASE, 0, Encoded(b"x" * 4000, b"y" * 97))
