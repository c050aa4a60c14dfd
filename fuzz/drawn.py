"""Draws values out of bytes, so that a fuzzer that changes bytes changes values.

Beyond the end every byte is 0: every input draws something.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, Final, TypeVar

import numpy as np

from grader.sandbox.inside.codec import DTYPES

T = TypeVar("T")

#: Text that would be markup or an attribute wherever it is not escaped; see `fuzz.markup`.
PLANTED: Final = "<x-own>\"onerror=x'onload=x <script>own()</script>"

#: Formulas, controls, changes of direction, halves of characters, templates, what is long or empty.
TEXTS: Final = (
    PLANTED, "", "W1", "=1+1", "+1", "-1", "@A1", "\t=1", " =1", "\n=1", "＝1",  # noqa: RUF001
    "\u202eevil\u202c", "\x1b]0;own\x07\x1b[31mred", "\x9b31m", "\ud800", "\udfff\ud800", "\x00",
    "\x7f\x85", "\ufffe", f"`{PLANTED}`", "</script><!--", "]]>", "&lt;x-own&gt;", "%s%d%(x)n",
    "{0}{x.__class__}", "{{ 7*7 }}", "a" * 3000, "\u0301" * 500, "🙂" * 50, "\u200b\u2028\u2029",
    "../../etc/passwd", "a\\b", "nan", "1e999", "x" * 70 + PLANTED,
)  # fmt: skip

NUMBERS: Final = (
    0.0, -0.0, 1.0, -1.0, 0.5, 1 / 3, 2.0, 1e-7, 1e16, float("nan"), float("inf"), -float("inf"),
    5e-324, 1e-310, 2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308, 1e300, 1e-300,
)  # fmt: skip

INTEGERS: Final = (
    0,
    1,
    -1,
    2,
    255,
    2**31,
    2**53 + 1,
    2**63,
    -(2**63),
    2**64,
    10**20,
    10**400,
    2**4095,
    2**5000,
)

_DTYPES: Final = tuple(sorted(DTYPES))
_SIZES: Final = (0, 1, 2, 3, 4, 5, 7, 9, 13, 50, 1000)
_MOST: Final = 20_000
_STRANGE: Final = ("O", "U3", "S2", "M8[s]", "V4", "g", "G", ">f8", "i4,f8")
_KEYS: Final = (0, 1, -1, None, True, 0.5, float("nan"), 10**30, (1, 2))


class Drawn:
    """Bytes to draw from."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def left(self) -> int:
        """How many bytes are left."""
        return len(self._data) - self._at

    def take(self, size: int) -> bytes:
        """Return the next bytes, fewer at the end."""
        piece = self._data[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def rest(self) -> bytes:
        """Return all that is left."""
        return self.take(self.left)

    def below(self, count: int) -> int:
        """Return a number from 0 to one less than this."""
        return int.from_bytes(self.take(1 if count <= 256 else 4), "little") % count

    def flag(self) -> bool:
        """Return whether."""
        return bool(self.below(2))

    def pick(self, options: Sequence[T]) -> T:
        """Return one of these."""
        return options[self.below(len(options))]

    def text(self) -> str:
        """Return a text, likely an odd one."""
        kind = self.below(4)
        if kind < 2:
            return self.pick(TEXTS)
        if kind == 2:
            return self.take(self.below(40)).decode("utf-8", "surrogateescape")
        return self.take(2 * self.below(20)).decode(
            "utf-16-le", "surrogatepass" if self.flag() else "replace"
        )

    def number(self) -> float:
        """Return a float, likely an odd one."""
        if self.flag():
            return self.pick(NUMBERS)
        return float(struct.unpack("<d", self.take(8).ljust(8, b"\0"))[0])

    def array(self) -> Any:
        """Return an array of any shape and dtype, also of those that do not cross."""
        shape = [self.pick(_SIZES) for _ in range(self.below(6))]
        while np.prod(shape, dtype=float) > _MOST:
            shape.pop()
        if self.below(8) == 0:
            return np.zeros(shape, self.pick(_STRANGE))
        kind = np.dtype(self.pick(_DTYPES))
        raw = self.take(kind.itemsize * self.below(9))
        some = np.frombuffer(raw[: len(raw) // kind.itemsize * kind.itemsize], kind)
        if some.size == 0:
            with np.errstate(all="ignore"):
                some = np.array([self.number()]).astype("<f4" if kind.kind in "biu" else kind)
                some = np.nan_to_num(some).clip(0, 100).astype(kind) if kind.kind in "biu" else some
        return np.resize(some, shape).astype(kind)

    def value(self, depth: int = 0) -> Any:
        """Return what a function may return: plain, nested, or not plain at all."""
        kinds = (self.number, self.array, self.text, self.scalar, self.stranger)
        containers = (self.sequence, self.mapping, self.deep)
        kind = self.below(len(kinds) + (len(containers) if depth < 6 else 0))
        return kinds[kind]() if kind < len(kinds) else containers[kind - len(kinds)](depth + 1)

    def scalar(self) -> Any:
        """Return a number of another kind than float, a truth value, or a set."""
        kind = self.below(5)
        if kind == 0:
            return self.pick((None, True, False))
        if kind == 1:
            return complex(self.number(), self.number())
        if kind == 2:
            return self.pick((np.float32(0.1), np.int8(-5), np.bool_(True), np.longdouble(2), np.str_("W1")))
        return {self.text(), self.below(9)} if kind == 3 else self.pick(INTEGERS)

    def stranger(self) -> Any:
        """Return an object of a class of the student's, whatever its name."""
        name = self.text().replace("\0", "").encode("utf-8", "replace").decode()
        return type(name or "T", (), {})()

    def sequence(self, depth: int) -> Any:
        """Return a list or a tuple."""
        items = [self.value(depth) for _ in range(self.below(5))]
        return items if self.flag() else tuple(items)

    def mapping(self, depth: int) -> dict[Any, Any]:
        """Return a dict, likely with odd keys."""
        return {self.key(): self.value(depth) for _ in range(self.below(5))}

    def deep(self, depth: int) -> Any:
        """Return something in a list, in a list, in a list."""
        value = self.value(depth)
        for _ in range(self.below(40)):
            value = [value]
        return value

    def key(self) -> Any:
        """Return a key of a dict."""
        return self.text() if self.flag() else self.pick(_KEYS)
