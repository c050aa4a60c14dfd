"""Reads answers to questions: letters and numbers, in whatever plain form they were written.

======================  ====================================================================================
asked for               accepted
======================  ====================================================================================
one letter              ``"b"``, in upper or lower case, with spaces or brackets; a set, list or tuple of it
letters                 a set, list or tuple of letters, or one text: ``"a, d"``, ``"a d"``, ``"ad"``
a number                int, float, numpy's numbers; finite
======================  ====================================================================================

None, an empty text and an empty container are no answer yet.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Final

import numpy as np

from grader.course.model import Question
from grader.judging.compare import UNREADABLE
from grader.results import Kind, Mismatch, Outcome
from grader.values import Opaque, Value, WireError, decode, encode

__all__ = ["as_answered", "read_answer"]

#: More text than any answer has; what is longer is not looked through.
_LONGEST: Final = 100


def as_answered(outcome: Outcome, question: Question) -> tuple[Outcome, Mismatch | None]:
    """Return what came back as an answer.

    Parameters
    ----------
    outcome : Outcome
        Of kind RETURNED.
    question : Question

    Returns
    -------
    outcome : Outcome
        Its value is a set of letters or a float; of kind MISSING where nothing was answered.
    mismatch : Mismatch or None
        Of kind "form" where it is no answer to such a question; the outcome is then the one given.
    """
    assert outcome.value is not None
    try:
        value = decode(outcome.value)
    except WireError:
        return outcome, Mismatch("type", "", question.asks, UNREADABLE)
    answer = read_answer(question, value)
    if answer is None:
        return replace(outcome, kind=Kind.MISSING, value=None), None
    if isinstance(answer, Mismatch):
        return outcome, answer
    return replace(outcome, value=encode(answer)), None


def read_answer(question: Question, value: Value) -> set[str] | float | Mismatch | None:
    """Return the letters or the number that a value means; None where nothing is answered."""
    if value is None or (isinstance(value, (str, set, list, tuple)) and not _stripped(value)):
        return None
    said = _letters(question, value) if question.choices else _number(value)
    return Mismatch("form", "", question.asks, said) if isinstance(said, str) else said


def _stripped(value: str | set[Value] | list[Value] | tuple[Value, ...]) -> Value:
    return value.strip() if isinstance(value, str) else value


def _letters(question: Question, value: Value) -> set[str] | str:
    """Return the letters that are named; where they are not what is asked for, what came instead."""
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple, set)) or len(parts) > _LONGEST:
        return _named(value)
    if not all(isinstance(part, str) for part in parts):
        return f"{_named(value)} with more in it than letters"
    if sum(len(part) for part in parts) > _LONGEST:
        return "a long text"
    words = re.findall(r"\w+", " ".join(parts).lower())
    chosen = set("".join(word for word in words if word != "and"))
    if not chosen or not chosen <= set(question.letters):
        return "a text that names no such letter" if len(chosen) < 2 else "a text of other letters"
    if len(chosen) > 1 and not question.several:
        return f"{len(chosen)} letters"
    return chosen


def _number(value: Value) -> float | str:
    """Return the number; what came instead where it is none."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "a text" if isinstance(value, str) else _named(value)
    try:
        number = float(value)
    except OverflowError:
        return "a number beyond all floats"
    return number if math.isfinite(number) else "NaN" if math.isnan(number) else "an infinite number"


def _named(value: Value) -> str:
    kind = value.type_name if isinstance(value, Opaque) else type(value).__name__
    return f"a value of type {kind}"
