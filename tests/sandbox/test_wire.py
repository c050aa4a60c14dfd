"""The codec: everything plain comes back as it went, nothing forged is believed."""

from __future__ import annotations

import contextlib
import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox.inside import codec, wire
from grader.sandbox.inside.wire import Encoded, Opaque, Tag, TooLarge, Unpacker, WireError, decode, encode

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=8)
)
ARRAYS = hnp.arrays(
    st.sampled_from([np.dtype(code) for code in sorted(codec.DTYPES)]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
)
KEYS = st.text(max_size=4) | st.integers(-9, 9)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=8,
)


def same(left: Any, right: Any) -> bool:
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, float):
        return left == right or (math.isnan(left) and math.isnan(right))
    if isinstance(left, complex):
        return same(left.real, right.real) and same(left.imag, right.imag)
    return bool(left == right) and type(left) is type(right)


@given(VALUES)
def test_a_structure_is_the_shortest_json_of_its_tree(value: Any):
    """Whoever compares two structures compares bytes: there is one way to write each."""
    structure = encode(value).structure
    assert json.dumps(json.loads(structure), separators=(",", ":")).encode("ascii") == structure


@given(VALUES)
def test_plain_values_come_back_as_they_went(value: Any):
    assert same(value, decode(encode(value)))


@given(st.binary(max_size=200), st.binary(max_size=64))
def test_random_bytes_are_refused_or_decoded_but_never_more(structure: bytes, data: bytes):
    with contextlib.suppress(WireError):
        decode(Encoded(structure, data))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["f", "c", "a", "d", "x", "<f8", "|b1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=12,
)


@settings(max_examples=300)
@given(JSON, st.binary(max_size=64))
def test_forged_structures_are_refused_or_decoded_but_never_more(tree: Any, data: bytes):
    with contextlib.suppress(WireError):
        decode(Encoded(json.dumps(tree).encode(), data))


@pytest.mark.parametrize(
    ("structure", "data"),
    [
        ("{", b""),
        ('["a","<f8",[2]]', b"12345678"),
        ('["a","<f8",[1]]', b"1" * 16),
        ('["a","O",[1]]', b"12345678"),
        ('["a",["<f8"],[1]]', b"12345678"),
        ('["a","<f8",[-1]]', b""),
        ('["a","<f8",[true]]', b"12345678"),
        ('["a","<f8",[1000000000000,0]]', b""),
        ('["a","<f8",[9999999999,9999999999]]', b""),
        ('["a","<f8",' + str([1] * 33) + "]", b"12345678"),
        ("NaN", b""),
        ("1.5", b""),
        (str(1 << 1023), b""),
        ('{"a":1}', b""),
        ('["d",[["k"]]]', b""),
        ('["d",[[["s","k"],1],[["s","k"],2]]]', b""),
        ('["d",[[["l",[]],1]]]', b""),
        ('["e",[["l",[]]]]', b""),
        ('["q",1]', b""),
        ('["l",1]', b""),
        ('"z"', b""),
        ("[" * 100_000, b""),
        ("[" * 100 + "]" * 100, b""),
        ('["l",[' * 40 + "1" + "]]" * 40, b""),
        ('["l",[' + "1," * 200_001 + "1]]", b""),
        ("9" * 5000, b""),
        ("[]", b""),
        ("[" + "[]," * 1_500_000 + "[]]", b""),
        (json.dumps(["e", list(range(codec.MAX_KEYS + 1))]), b""),
        (json.dumps(["d", [[key, 1] for key in range(codec.MAX_KEYS + 1)]]), b""),
    ],
    ids=range(30),
)
def test_what_no_encoder_writes_is_refused(structure: str, data: bytes):
    with pytest.raises(WireError):
        decode(Encoded(structure.encode(), data))


def test_arrays_own_their_memory_and_are_of_the_base_class():
    array = decode(encode(np.array([[1.0, 2.0]]).view(np.recarray)))
    assert type(array) is np.ndarray
    assert array.flags.writeable
    array += 1


def test_bytes_that_are_no_bool_become_one():
    assert decode(Encoded(b'["a","|b1",[2]]', b"\x00\x07")).tolist() == [False, True]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.longdouble(0.5), 0.5),
        (np.str_("saddle"), "saddle"),
        (np.array([1.0]).astype(">f8"), np.array([1.0])),
        (np.array([0.5], np.longdouble), np.array([0.5])),
        (object(), Opaque("object")),
        ({(1, 2): 3}, Opaque("dict with a key of type tuple")),
        (np.array(["a"]), Opaque("ndarray of dtype str32")),
        (1 << 1023, Opaque("int of more than 1023 bits")),
        (np.zeros((10**9, 0)), Opaque("ndarray of a vast shape without entries")),
        ({3, "a"}, {3, "a"}),
        ({(1, 2)}, Opaque("set")),
        (np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.arange(6.0).reshape(2, 3)),
    ],
    ids=range(15),
)
def test_numpys_kinds_become_plain_ones_and_the_rest_a_name(value: Any, expected: Any):
    assert same(expected, decode(encode(value)))


@pytest.mark.parametrize(
    "value",
    [np.zeros(200), "x" * 2000, [1] * 2000, [np.zeros(100), np.zeros(100)]],
    ids=["array", "text", "structure", "sum"],
)
def test_values_over_the_limit_are_refused_before_they_are_copied(value: Any):
    with pytest.raises(TooLarge):
        encode(value, max_bytes=1000)


@pytest.mark.parametrize("value", [set(range(5000)), dict.fromkeys(range(5000)), [{1: {2}}] * 600])
def test_keys_and_members_are_counted_over_the_whole_value(value: Any):
    with pytest.raises(TooLarge, match="keys"):
        encode(value)


def test_half_a_surrogate_pair_crosses_as_a_question_mark():
    assert decode(encode({"a\ud800": "é\udfff"})) == {"a?": "é?"}


def test_a_text_is_its_characters_whatever_it_prints_as():
    class Name(str):
        def __str__(self) -> str:
            return "another"

    assert decode(encode(Name("W1"))) == "W1"


def test_a_huge_view_of_little_memory_is_refused():
    with pytest.raises(TooLarge):
        encode(np.broadcast_to(1.0, (10**6, 10**6)))


def test_depth_is_cut_and_nodes_are_counted():
    knot: list[Any] = []
    knot.append(knot)
    assert "nested more than" in str(decode(encode(knot)))
    with pytest.raises(TooLarge):
        encode([[0] * 1000] * 1000)


@given(st.lists(VALUES, max_size=4), st.integers(1, 40))
def test_messages_are_cut_out_of_a_stream_however_it_is_chopped(values: list[Any], size: int):
    stream = b"".join(wire.pack(Tag.RETURNED, number, encode(value)) for number, value in enumerate(values))
    unpacker = Unpacker(1 << 20)
    messages = [
        message
        for start in range(0, len(stream), size)
        for message in unpacker.feed(stream[start : start + size])
    ]
    assert [message.number for message in messages] == list(range(len(values)))
    assert all(same(value, decode(message.body)) for value, message in zip(values, messages, strict=True))


def test_a_header_that_announces_too_much_is_refused_at_once():
    with pytest.raises(WireError):
        list(Unpacker(100).feed(wire.HEADER.pack(4, 0, 1 << 60, 1 << 60)))


def test_a_message_that_breaks_off_is_an_end_of_file():
    stream = [wire.HEADER.pack(4, 0, 10, 0), b"12345", b""]
    with pytest.raises(EOFError):
        wire.read_message(lambda size: stream.pop(0))
