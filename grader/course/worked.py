"""A case worked by hand, step by step, for students to compare their own steps with.

`said`, `bracketed`, `raised`, `summed`, `dotted` and `listed` are for ``worked.py``: they write as on paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from grader.values import Encoded, Value

__all__ = ["WorkedExample", "WorkedStep", "bracketed", "dotted", "listed", "raised", "said", "summed"]

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """One step of a case worked by hand: what is computed and why, and what comes out."""

    sentence: str
    value: Encoded


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A public case worked by hand; its last step has, or its last steps have the parts of, the answer.

    Parameters
    ----------
    case : str
        Name of the case.
    steps : tuple of WorkedStep
        In the order in which one computes them.
    """

    case: str
    steps: tuple[WorkedStep, ...]


def said(value: Value) -> str:
    """Write a number, a fraction to four digits, or an array or list of numbers.

    Examples
    --------
    >>> said(-2.0), said(1 / 3), said(np.array([[1.0, -0.5]]))
    ('−2', '0.3333', '[[1, −0.5]]')
    """
    if isinstance(value, (np.ndarray, list, tuple)):
        return f"[{', '.join(said(item) for item in value)}]"
    if isinstance(value, (bool, np.bool_, str)):
        return str(value)
    whole = abs(value) < 1e9 and value == round(value)
    digits, _, power = (str(round(value)) if whole else f"{value:.4g}").partition("e")
    digits = digits.replace("-", "−")
    if not power:
        return digits
    power = raised(int(power))
    return f"10{power}" if digits == "1" else f"{digits} · 10{power}"


def raised(power: int) -> str:
    """Write a power above the line.

    Examples
    --------
    >>> f"2{raised(10)}"
    '2¹⁰'
    """
    return str(power).translate(_RAISED)


def summed(terms: Iterable[float]) -> str:
    """Write out a sum.

    Examples
    --------
    >>> summed([1, -2, 0.5])
    '1 − 2 + 0.5'
    """
    first, *others = terms
    return said(first) + "".join(f" {'−' if term < 0 else '+'} {said(abs(term))}" for term in others)


def dotted(one: Iterable[float], other: Iterable[float]) -> str:
    """Write out a sum of products.

    Examples
    --------
    >>> dotted([1, 2], [-3, 0.5])
    '1 · (−3) + 2 · 0.5'
    """
    return " + ".join(f"{bracketed(a)} · {bracketed(b)}" for a, b in zip(one, other, strict=True))


def bracketed(number: float) -> str:
    """Write a number as a factor, or as what is taken away: in parentheses where it has a sign.

    Examples
    --------
    >>> bracketed(2), bracketed(-2)
    ('2', '(−2)')
    """
    text = said(number)
    return f"({text})" if text.startswith("−") else text


def listed(texts: Iterable[str]) -> str:
    """Write a list as one says it.

    Examples
    --------
    >>> listed(["1 + 2", "3", "4"])
    '1 + 2, 3 and 4'
    """
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last
