"""Messages on the channel between the box and the trusted side, and the values in them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from grader.sandbox.inside.codec import Encoded, Opaque, TooLarge, WireError, decode, encode

__all__ = [
    "HEADER", "Encoded", "Message", "Opaque", "Tag", "TooLarge", "Unpacker", "WireError", "decode", "encode",
    "pack", "read_message",
]  # fmt: skip


class Tag(IntEnum):
    """What a message says. The box sends the first group, the trusted side the second."""

    CONFINED = 1  # every layer holds; may send the source now
    UNCONFINED = 2  # a layer failed: which, and why
    LOADED = 3  # the file was run; how that went
    RETURNED = 4  # a case's value
    RAISED = 5  # a case's exception
    MISSING = 6  # the function of a case does not exist
    TOO_LARGE = 7  # a case's value is over the limit
    TRIED = 8  # what a trial of the layers found
    ASK = 9  # a call of a function that stands elsewhere, by its number; the case waits for the answer

    SETUP = 16  # what every submission of an assignment shares
    SOURCE = 17  # a submission
    CASE = 18  # one call
    CALL = 19  # what another box asks of a function that stands here
    ANSWER = 20  # what the call asked for returned
    REFUSE = 21  # it returned nothing: the nearest built-in exception
    HELD = 22  # one call whose inputs came with the set-up


#: Messages: tag, number of the case, sizes of structure and data.
HEADER: Final = struct.Struct("<BIQQ")


class Message(NamedTuple):
    """One message on the channel."""

    tag: int
    number: int
    body: Encoded


def pack(tag: Tag, number: int, body: Encoded) -> bytes:
    """Return a message's bytes."""
    return HEADER.pack(tag, number, len(body.structure), len(body.data)) + body.structure + body.data


def read_message(read: Callable[[int], bytes]) -> Message:
    """Read exactly one message; ``read(size)`` returns at most so many bytes, b"" at the end (EOFError)."""
    tag, number, structure, data = HEADER.unpack(_exactly(read, HEADER.size))
    return Message(tag, number, Encoded(_exactly(read, structure), _exactly(read, data)))


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    pieces = []
    while size:
        piece = read(size)
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


class Unpacker:
    """Cuts a stream of bytes into messages.

    Parameters
    ----------
    max_bytes : int
        Largest body accepted; a header that announces more raises `WireError` before anything is kept.
    """

    def __init__(self, max_bytes: int) -> None:
        self._buffer = bytearray()
        self._max_bytes = max_bytes

    def feed(self, data: bytes) -> Iterator[Message]:
        """Take bytes and yield the messages that they complete."""
        self._buffer += data
        while len(self._buffer) >= HEADER.size:
            tag, number, structure, size = HEADER.unpack_from(self._buffer)
            if structure + size > self._max_bytes:
                raise WireError(f"a message of {structure + size} bytes")
            end = HEADER.size + structure + size
            if len(self._buffer) < end:
                return
            middle = HEADER.size + structure
            body = Encoded(bytes(self._buffer[HEADER.size : middle]), bytes(self._buffer[middle:end]))
            del self._buffer[:end]
            yield Message(tag, number, body)
