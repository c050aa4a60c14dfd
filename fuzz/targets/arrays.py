"""Values on pages, without the pages: tables, differences, heat maps, signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from fuzz.drawn import Drawn
from fuzz.holds import within
from fuzz.markup import fragment
from grader.course.model import Tolerance
from grader.course.signatures import leaves, sign
from grader.course.worked import said
from grader.judging.compare import Expectation
from grader.report.arrays import differing, show, show_expected
from grader.report.heat import heat
from grader.report.text import clean
from grader.values import TooLarge, decode, describe, encode, walk

_MOST = 60_000  # characters of one value


def check(data: bytes) -> None:
    """Show a value alone, and beside one that was expected."""
    drawn = Drawn(data)
    try:
        expected, returned = (encode(drawn.value()) for _ in range(2))
    except TooLarge:
        return
    tolerance = Tolerance(relative=drawn.pick((1e-7, 0.0, 1.0)), absolute=drawn.pick((1e-12, 0.0)))
    left, right = decode(expected), decode(returned)
    with within(0.5):
        Expectation.of(expected, tolerance).compare(returned)
    for value in (left, right):
        with within(0.5):
            _signed(value)
            clean(describe(value))
            for _, leaf in walk(value):
                _bounded(str(show(leaf)))
    with within(0.5):
        _beside(left, right, tolerance)


def _signed(value: Any) -> None:
    signature = sign(value)
    named = leaves(signature.form)
    assert signature.numbers.size == (named[-1].stop if named else 0)
    if isinstance(value, float) and np.isfinite(value):
        said(value)


def _beside(left: Any, right: Any, tolerance: Tolerance) -> None:
    focus = differing(left, right, tolerance)
    if focus is None:
        return
    _bounded(str(show(right, focus)))
    _bounded(str(show_expected(left, focus)))
    if focus.marks.ndim and focus.marks.size and focus.marks.any():
        _bounded(str(heat(focus.ratios)))


def _bounded(markup: str) -> None:
    assert len(markup) <= _MOST, f"{len(markup)} characters of markup"
    fragment(markup)


def seeds() -> Iterator[bytes]:
    """Yield what draws arrays of each dtype beside each other, and other values."""
    for kind in range(14):
        for number in (0, 3):
            yield bytes([1, 2, 2, 3, 1, kind, 0, 0, 1, 2, 2, 3, 1, kind, 0, 1, number])
    for kind in range(40):
        yield bytes([kind % 8]) + hashlib.shake_128(bytes([kind])).digest(80)
