"""The strict codec: plain values as bytes, the same on both sides of the wall.

A value is two byte strings. ``structure`` is JSON: the nesting, the keys, the small scalars, and for each
float or array a place holder with its dtype and shape. ``data`` is the raw bytes of those floats and arrays
in the order in which the structure names them. Two values of one structure can thus be compared as two flat
vectors, without decoding either.

====================  =================================================================
JSON                  value
====================  =================================================================
null true false 12    None, bool, int (numpy's too)
"f"  "c"              float, complex (numpy's scalars too): 8 and 16 bytes of data
["s", text]           str
["a", dtype, shape]   ndarray, little-endian, C order
["l", [...]]          list; "t" tuple; "e" set of scalars
["d", [[key, v]...]]  dict; keys are None, bool, int, float or str
["x", type name]      anything else: `Opaque`, only its type's name crosses
====================  =================================================================

What is decoded is a claim: dtypes are on a list, shape times item size must add up to the data, depth, nodes
and bytes are limited, arrays are of the base class and own their memory.
"""

from __future__ import annotations

import functools
import json
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

MAX_DEPTH: Final = 32
MAX_DIMENSIONS: Final = 32
MAX_NODES: Final = 50_000
MAX_BYTES: Final = 64 * 2**20
MAX_STRUCTURE: Final = 2**18
MAX_NAME: Final = 80

#: Sizes of an array without entries: what makes room by them, or goes through them, must come to an end.
MAX_EMPTY: Final = 2**16

#: Every integer that crosses is one that a float can hold.
MAX_BITS: Final = 1023

#: Keys and members of all dicts and sets of a value: many that share one hash take quadratic time to insert.
MAX_KEYS: Final = 1024

#: The dtypes that may cross, as numpy writes them.
DTYPES: Final = frozenset(
    ["|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]
)

_KINDS: Final = {code: np.dtype(code) for code in DTYPES}
_CONSTANTS: Final = {None: "null", True: "true", False: "false"}
_FLOAT: Final = struct.Struct("<d")
_COMPLEX: Final = struct.Struct("<dd")
_SEQUENCES: Final = {"l": list, "t": tuple}


class WireError(Exception):
    """Bytes that no honest encoder writes: what is wrong with them."""


class TooLarge(Exception):
    """A value over the limits of nodes or bytes, which does not cross."""


class Encoded(NamedTuple):
    """A value as it crosses: ``structure`` is JSON, ``data`` the raw bytes of its floats and arrays."""

    structure: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Opaque:
    """Stands for a value that is not plain data; only the name of its type is known."""

    type_name: str


def encode(value: object, *, max_bytes: int = MAX_BYTES) -> Encoded:
    """Encode a plain value; whatever is not plain becomes `Opaque`.

    Raises
    ------
    TooLarge
        The value has more than `MAX_NODES` nodes, `MAX_KEYS` keys or ``max_bytes`` bytes.
    """
    encoder = _Encoder(max_bytes)
    structure = encoder.node(value, 0).encode("ascii")
    if len(structure) > min(max_bytes, MAX_STRUCTURE):
        raise TooLarge(f"a structure of {len(structure)} bytes")
    return Encoded(structure, b"".join(encoder.chunks))


def decode(encoded: Encoded) -> Any:
    """Decode what `encode` wrote; every deviation raises `WireError`."""
    if len(encoded.structure) > MAX_STRUCTURE:  # parsed JSON takes many times its size
        raise WireError(f"a structure of {len(encoded.structure)} bytes")
    try:
        text = encoded.structure.decode("ascii")
        tree, end = _JSON.raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise WireError(f"the structure is not JSON: {type(error).__name__}") from None
    if end != len(text):
        raise WireError("the structure is more than one value")
    decoder = _Decoder(encoded.data)
    value = decoder.node(tree, 0)
    if decoder.offset != len(encoded.data):
        raise WireError(f"{len(encoded.data)} bytes of data where the structure names {decoder.offset}")
    return value


class _Encoder:
    """Walks a value once, collecting the data of its leaves."""

    def __init__(self, max_bytes: int) -> None:
        self.chunks: list[bytes] = []
        self.bytes_left = max_bytes
        self.nodes_left = MAX_NODES
        self.keys_left = MAX_KEYS

    def node(self, value: Any, depth: int) -> str:
        """Return the JSON of one node."""
        self.nodes_left -= 1
        if self.nodes_left < 0:
            raise TooLarge(f"more than {MAX_NODES} nodes")
        if isinstance(value, np.ndarray):
            return self.array(value)
        if value is None or value is True or value is False:
            return _CONSTANTS[value]
        if isinstance(value, (float, np.floating)):
            return self.leaf('"f"', _FLOAT.pack(float(value)))
        if isinstance(value, str):
            return self.text(str.__str__(value))  # the text itself, also of a subclass that prints as another
        if isinstance(value, (int, np.integer)):
            return self.integer(int(value))
        if isinstance(value, np.bool_):
            return _CONSTANTS[bool(value)]
        if isinstance(value, (complex, np.complexfloating)):
            number = complex(value)
            return self.leaf('"c"', _COMPLEX.pack(number.real, number.imag))
        return self.container(value, depth + 1)

    def container(self, value: Any, depth: int) -> str:
        if depth > MAX_DEPTH:
            return _opaque(f"{_type_name(value)} nested more than {MAX_DEPTH} deep")
        if isinstance(value, dict):
            pairs = list(value.items())
            self.count_keys(len(pairs))
            odd = next((key for key, _ in pairs if not _is_scalar(key)), None)
            if odd is not None:
                return _opaque(f"dict with a key of type {_type_name(odd)}")
            items = [f"[{self.node(key, depth)},{self.node(item, depth)}]" for key, item in pairs]
            return f'["d",[{",".join(items)}]]'
        if isinstance(value, tuple):
            return f'["t",[{",".join([self.node(item, depth) for item in value])}]]'
        if isinstance(value, list):
            return f'["l",[{",".join([self.node(item, depth) for item in value])}]]'
        if isinstance(value, (set, frozenset)) and all(_is_scalar(item) for item in value):
            self.count_keys(len(value))
            return f'["e",[{",".join([self.node(item, depth) for item in sorted(value, key=repr)])}]]'
        return _opaque(_type_name(value))

    def array(self, value: np.ndarray[Any, Any]) -> str:
        size = value.nbytes
        if size > self.bytes_left:
            raise TooLarge(f"an array of shape {value.shape} ({size} bytes)")
        if type(value) is not np.ndarray or value.dtype.str not in DTYPES:
            value = _plain(value)
            size = value.nbytes
        place = _place(value.dtype.str, value.shape)
        if place is None:
            return _opaque(_strange(value))
        self.spend(size)
        self.chunks.append(value.tobytes())
        return place

    def text(self, value: str) -> str:
        self.spend(len(value))
        return f'["s",{json.dumps(value)}]'

    def integer(self, value: int) -> str:
        if value.bit_length() > MAX_BITS:
            return _opaque(f"int of more than {MAX_BITS} bits")
        return str(value)

    def count_keys(self, count: int) -> None:
        self.keys_left -= count
        if self.keys_left < 0:
            raise TooLarge(f"more than {MAX_KEYS} keys")

    def leaf(self, place: str, data: bytes) -> str:
        self.spend(len(data))
        self.chunks.append(data)
        return place

    def spend(self, size: int) -> None:
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise TooLarge("more bytes than the limit")


class _Decoder:
    """Rebuilds a value from JSON and data, trusting neither."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.offset = 0
        self.nodes_left = MAX_NODES
        self.keys_left = MAX_KEYS

    def node(self, tree: Any, depth: int) -> Any:
        """Return the value of one node."""
        self.nodes_left -= 1
        if self.nodes_left < 0 or depth > MAX_DEPTH:
            raise WireError("too many nodes, or nested too deeply")
        kind = type(tree)
        if kind is list:
            if len(tree) == 3 and tree[0] == "a":
                return self.array(tree[1], tree[2])
            if len(tree) == 2 and type(tree[0]) is str:
                return self.tagged(tree[0], tree[1], depth)
        elif tree is None or kind is bool or (kind is int and tree.bit_length() <= MAX_BITS):
            return tree
        elif tree == "f":
            return _FLOAT.unpack(self.take(8))[0]
        elif tree == "c":
            return complex(*_COMPLEX.unpack(self.take(16)))
        raise WireError("a node of no known form")

    def tagged(self, tag: str, content: Any, depth: int) -> Any:
        if tag in ("s", "x") and type(content) is str:
            return _writable(content) if tag == "s" else Opaque(_writable(content[: 2 * MAX_NAME]))
        if tag in _SEQUENCES and type(content) is list:
            return _SEQUENCES[tag](self.node(item, depth + 1) for item in content)
        if tag == "e" and type(content) is list:
            self.count_keys(len(content))
            return {self.scalar(item, depth + 1) for item in content}
        if tag == "d" and type(content) is list:
            return self.mapping(content, depth + 1)
        raise WireError(f"a node of no known form: tag={tag[:MAX_NAME]!r}")

    def mapping(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        self.count_keys(len(pairs))
        if not all(type(pair) is list and len(pair) == 2 for pair in pairs):
            raise WireError("a dict whose items are not pairs")
        result = {self.scalar(key, depth): self.node(item, depth) for key, item in pairs}
        if len(result) != len(pairs):
            raise WireError("a dict that names a key twice")
        return result

    def count_keys(self, count: int) -> None:
        self.keys_left -= count
        if self.keys_left < 0:
            raise WireError("too many keys")

    def scalar(self, tree: Any, depth: int) -> Any:
        value = self.node(tree, depth)
        if not _is_scalar(value):
            raise WireError("a key or set member that is not a scalar")
        return value

    def array(self, dtype: Any, shape: Any) -> np.ndarray[Any, Any]:
        kind = _KINDS.get(dtype) if type(dtype) is str else None
        if kind is None:
            raise WireError("an array of a dtype that may not cross")
        if (
            type(shape) is not list
            or len(shape) > MAX_DIMENSIONS
            or any([type(n) is not int or n < 0 for n in shape])  # noqa: C419 - a generator takes twice as long
        ):
            raise WireError("an array whose shape is not a list of sizes")
        size = math.prod(shape)
        if not size:
            if _is_vast(shape):
                raise WireError("an array of a vast shape without entries")
            return np.empty(shape, kind)
        raw = self.take(size * kind.itemsize)
        if dtype == "|b1":
            # any byte but 0 and 1 would make a bool that is neither
            return np.asarray(np.frombuffer(raw, np.uint8) != 0).reshape(shape)
        return np.ndarray(shape, kind, raw).copy()

    def take(self, size: int) -> bytes:
        if size > len(self.data) - self.offset:
            raise WireError("less data than the structure names")
        start, self.offset = self.offset, self.offset + size
        return self.data[start : self.offset]


def _writable(text: str) -> str:
    """Return the text with a question mark for each half of a surrogate pair, which no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _is_vast(shape: Sequence[int]) -> bool:
    """Say whether a shape has large sizes beside one of 0, which lets them all pass the count of bytes."""
    return 0 in shape and math.prod(size for size in shape if size) > MAX_EMPTY


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, (bool, int, float, str, np.integer, np.floating, np.bool_))


def _plain(value: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return an array of the base class, little-endian, of a precision that crosses."""
    if value.dtype.kind in "fc" and value.dtype.newbyteorder("<").str not in DTYPES:
        # long double: the extra digits are below every tolerance
        value = value.astype("<c16" if value.dtype.kind == "c" else "<f8")
    dtype = value.dtype.newbyteorder("<")
    return np.asarray(value).astype(dtype, copy=False) if dtype.str in DTYPES else np.asarray(value)


@functools.lru_cache(1024)  # most arrays of a submission have one of a few shapes
def _place(dtype: str, shape: tuple[int, ...]) -> str | None:
    """Return the JSON of an array; None for one that does not cross."""
    if dtype not in DTYPES or len(shape) > MAX_DIMENSIONS or _is_vast(shape):
        return None
    return f'["a","{dtype}",[{",".join(map(str, shape))}]]'


def _strange(value: np.ndarray[Any, Any]) -> str:
    """Say why an array does not cross."""
    if value.ndim > MAX_DIMENSIONS:
        return f"ndarray of {value.ndim} dimensions"
    if _is_vast(value.shape):
        return "ndarray of a vast shape without entries"
    return f"ndarray of dtype {value.dtype.name[:MAX_NAME]}"


def _opaque(name: str) -> str:
    return f'["x",{json.dumps(name)}]'


def _type_name(value: object) -> str:
    return str(type(value).__name__)[:MAX_NAME]


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} in JSON")


_JSON: Final = json.JSONDecoder(parse_constant=_no_constant)
