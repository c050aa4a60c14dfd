"""The codec: what is decoded is plain and within the limits, and what is plain comes back as it went."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from fuzz.drawn import Drawn
from fuzz.holds import plain, same, within
from grader.sandbox.inside.codec import Encoded, TooLarge, WireError, decode, encode


def check(data: bytes) -> None:
    """Decode bytes as they are, or a value on its way and back."""
    if data[:1] >= b"\x80":
        _there_and_back(Drawn(data[1:]))
    else:
        structure, _, rest = data[1:].partition(b"\0")
        _decoded(Encoded(structure, rest))


def _there_and_back(drawn: Drawn) -> None:
    value = drawn.value()
    try:
        encoded = encode(value)
    except TooLarge:
        return
    with within(0.5):
        once = decode(encoded)
    plain(once)
    again = encode(once)
    assert same(once, decode(again)), "what was decoded does not come back as it went"


def _decoded(encoded: Encoded) -> None:
    with within(0.5):
        try:
            value = decode(encoded)
        except WireError:
            return
    plain(value)
    try:
        again = encode(value)
    except TooLarge:  # letters beyond ASCII take more room as they are written than as they may be read
        return
    assert same(value, decode(again)), "what was decoded does not come back as it went"
    as_much = len(again.data) == len(encoded.data) or b'"e"' in encoded.structure  # members may be equal
    assert as_much, "some of the data is nobody's"


#: What no encoder writes: each would be something else than plain, were it believed.
_FORGED = (
    b'["a","O",[1]]', b'["a","<U2",[1]]', b'["a","<M8[s]",[1]]', b'["a","V8",[1]]', b'["a",">f8",[1]]',
    b'"f"', b'["a","<f8",[-1]]', b'["s","\\ud800"]', b'["x","\\udfff"]',
    b'["l",["f",["s","\\ud800\\udc00"]]]',
    b"1e5", b'["d",[[["l",[]],"f"]]]', b'["t",["f"]]', b'["f"]', b"Infinity",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield values of each kind as they are encoded, and what draws each kind of value."""
    values: list[Any] = [
        None, True, -3, 2**70, 0.5, 1j, "W1", [1, [2.0]], (1, "a"), {"W1": np.eye(2), 1: {3, "a"}}, object(),
        np.zeros((0, 3), "f2"), np.array([True, False]), np.arange(6).reshape(1, 2, 3), [[[[[]]]]],
    ]  # fmt: skip
    for value in values:
        encoded = encode(value)
        yield b"\0" + encoded.structure + b"\0" + encoded.data
    yield b"\0" + json.dumps(["e", [["s", "é"], "f"]], ensure_ascii=False).encode() + b"\0" + bytes(8)
    for structure in _FORGED:
        yield from (b"\0" + structure + b"\0" + bytes(size) for size in (0, 8, 9))
    yield from (bytes([0x80, kind]) + bytes(range(40)) for kind in range(8))
