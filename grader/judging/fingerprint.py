"""Fingerprints of wrong answers: equal for submissions that return the same wrong values in the same cases.

Of a value its signature counts, to about five digits: two ways of writing one mistake differ by rounding, and
so do two machines. Where digits mean nothing (an order of magnitude was asked for, or a property of random
numbers), the kind of mismatch counts in their place. An exception counts by its nearest built-in type: its
message and its line differ from one student's choice of names to the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from grader.course.model import Case, Exercise
from grader.course.signatures import sign
from grader.results import JudgedCase, Kind, Mismatch, Verdict
from grader.values import Encoded, WireError, decode

__all__ = ["fingerprint"]

#: Digits that count, beside the first.
_DIGITS: Final = 4

#: Below this a number is zero but for rounding.
_ZERO: Final = 1e-9

#: A value of so many bytes more than was asked for is told by its structure alone.
_LARGER: Final = 2**16

#: Values that are signed, of those wrong in an exercise: which cases are wrong tells much already.
_SIGNED: Final = 3

#: Judges to which the digits of what is returned mean something.
_BY_DIGITS: Final = ("equal", "answered")


def fingerprint(exercise: Exercise, judged: Sequence[JudgedCase]) -> str:
    """Return 16 hexadecimal digits that are equal where the wrong answers are.

    Parameters
    ----------
    exercise : Exercise
    judged : sequence of JudgedCase
        One per case, in the exercise's order.

    Returns
    -------
    str
        "" where every case passed, or none of those that did not returned or raised anything.
    """
    pairs = zip(exercise.cases, judged, strict=True)
    wrong = [(case, each) for case, each in pairs if each.verdict is not Verdict.PASSED]
    if not any(each.outcome.kind in (Kind.RETURNED, Kind.RAISED) for _, each in wrong):
        return ""
    if all(each.verdict is Verdict.NOT_ATTEMPTED for _, each in wrong):
        return ""
    by_digits = [case.name for case, each in wrong if _has_digits(case, each)]
    signed = set(_spread(by_digits))
    digest = hashlib.blake2b(digest_size=8)
    for case, each in wrong:
        for part in _parts(case, each, in_full=case.name in signed):
            digest.update(part + b"\0")
    return digest.hexdigest()


def _has_digits(case: Case, judged: JudgedCase) -> bool:
    return judged.outcome.kind is Kind.RETURNED and case.judge.kind in _BY_DIGITS


def _spread(names: Sequence[str]) -> Sequence[str]:
    """Return a few names: the first, the last, and between."""
    if len(names) <= _SIGNED:
        return names
    return [names[round(index * (len(names) - 1) / (_SIGNED - 1))] for index in range(_SIGNED)]


def _parts(case: Case, judged: JudgedCase, *, in_full: bool) -> Iterator[bytes]:
    """Yield what one case says of the answer."""
    outcome = judged.outcome
    yield case.name.encode("utf-8", "replace")
    yield outcome.kind.value.encode()
    if outcome.raised is not None:
        yield outcome.raised.nearest.encode("utf-8", "replace")
    elif outcome.value is not None and in_full:
        yield from _value(outcome.value, len(case.expected.data) + _LARGER)
    elif judged.mismatch is not None:
        yield _reason(judged.mismatch)


def _value(encoded: Encoded, most: int) -> Iterator[bytes]:
    if len(encoded.data) > most:
        yield encoded.structure
        return
    try:
        signature = sign(decode(encoded))
    except WireError:
        yield b"unreadable"
        return
    yield signature.form.encode("utf-8", "replace")
    yield _digits(signature.numbers.astype(np.float64))


def _digits(numbers: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bytes:
    """Return numbers as text, to a few digits; times pi, so that 0.00390625 lies on no edge of rounding."""
    return ",".join(
        "0" if abs(number) < _ZERO else f"{number * np.pi:.{_DIGITS}e}" for number in numbers.tolist()
    ).encode()


def _reason(mismatch: Mismatch) -> bytes:
    """Return what a mismatch says without its numbers, which differ from draw to draw and by rounding."""
    if mismatch.kind == "value":
        return b"value"
    note = re.sub(r"[-+]?\d[\d.,e+-]*", "#", mismatch.note)
    return f"{mismatch.kind} {mismatch.path} {note}".encode("utf-8", "replace")
