"""Properties that several targets ask for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np

from grader.errors import GraderError
from grader.sandbox.inside.codec import DTYPES, MAX_DEPTH, MAX_NODES, Opaque

__all__ = ["plain", "refused", "same", "within"]

_LEAVES: Final = (type(None), bool, int, float, complex)

#: What instrumented code takes longer; `fuzz.__main__` sets it.
slowness = 1.0


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Ask that a block takes no more CPU time than this."""
    started = time.process_time()
    yield
    spent = time.process_time() - started
    assert spent <= seconds * slowness, f"{spent:.2f} s of CPU time where {seconds * slowness:g} are allowed"


def refused(call: Callable[[], Any], *kinds: type[GraderError]) -> Any:
    """Return what a call returns, or None where it refuses in one sentence with a remedy."""
    try:
        return call()
    except kinds as error:
        assert error.problem.strip(), "refused without a word"
        assert error.help.strip(), f"refused without a remedy: {error.problem}"
        assert "\n" not in error.problem and "\n" not in error.help, (
            f"more than a sentence: {error.problem!r}"
        )
        assert not re.search("[\x00-\x1f\x7f-\x9f]", error.problem), (
            f"unfit for a terminal: {error.problem!r}"
        )
        assert len(error.problem) <= 2000, f"a sentence of {len(error.problem)} characters"
        return None


def plain(value: Any) -> None:
    """Ask that a decoded value is what the codec promises, all the way down."""
    waiting, nodes = [(value, 0)], 0
    while waiting:
        each, depth = waiting.pop()
        nodes += 1
        assert depth <= MAX_DEPTH and nodes <= MAX_NODES, "over the limits"
        if type(each) is dict:
            waiting += [(item, depth + 1) for pair in each.items() for item in pair]
        elif type(each) in (list, tuple, set):
            waiting += [(item, depth + 1) for item in each]
        elif type(each) is np.ndarray:
            assert each.dtype.str in DTYPES, each.dtype
            assert each.flags.writeable, "an array of memory that is not its own"
        elif type(each) in (str, Opaque):
            (each if type(each) is str else each.type_name).encode()
        else:
            assert type(each) in _LEAVES, type(each)


def same(left: Any, right: Any) -> bool:
    """Say whether two decoded values are the same to the bit, but for NaN's and for the names of types."""
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        return (left.dtype, left.shape, left.tobytes()) == (right.dtype, right.shape, right.tobytes())
    if isinstance(left, dict):
        return same(list(left.items()), list(right.items()))
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    # sets of NaN, and complex numbers with one in them, are equal to nothing
    return isinstance(left, Opaque) or bool(left == right) or repr(left) == repr(right)
