"""Relations of single numbers, and of a number that is added to all entries."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from grader.judging.diagnosis.formulas import CLOSE, Formula, distinct, formula_of, is_plain
from grader.judging.diagnosis.relations_basics import Group, Relation, telling
from grader.judging.diagnosis.samples import norm
from grader.values import Array

__all__ = ["INSTEAD", "UNCHANGED", "always", "argument", "cost_of_offset", "expression", "offset"]

#: The cost of a formula that is an argument and nothing else.
NAME_ALONE: Final = 1.0

#: Beyond it a number that is added to everything is no slip in counting.
LARGEST_OFFSET: Final = 2.0

UNCHANGED: Final = (
    "What is returned is what was given: the result of the computation does not reach it.",
    "Look at which name the result is stored under, and which name is returned.",
)
INSTEAD: Final = (
    "What is returned is only a part of the formula.",
    "Write the formula out in full: which parts of it does the line that makes the result leave out?",
)
_ALWAYS: Final = (
    "A result that never changes does not depend on the arguments.",
    "Which line reads each argument, and does what it makes reach the return statement?",
)
_OFFSET: Final = (
    "Every entry is off by the same amount: something is added or left out once, independent of the entry.",
    "Look for a constant in the formula, or for a count that begins at 1 where it should begin at 0.",
)


def offset(group: Group) -> Relation | None:
    """Find the number that is added to all entries, and which the inputs tell."""
    rests = _rests(group)
    zeros = len(rests) > 1 and not any(sample.expected.any() for sample in group.wrong)
    if not all(np.ptp(rest) <= CLOSE * norm(rest) for rest in rests) or not (zeros or telling(group.wrong)):
        return None
    amounts = [float(rest.flat[0]) for rest in rests]
    usual = is_plain(amounts[0], 2) and abs(amounts[0]) <= LARGEST_OFFSET
    if usual and distinct(np.array(amounts)) == 1 and not group.right and len(amounts) > 1:
        return Relation("offset", f"{{is}} the right value {_signed(amounts[0])}", _OFFSET)
    found = formula_of(amounts, group.wrong, group.right, 0.0)
    if found is None:
        return None
    sign = "plus" if found.sign > 0 else "minus"
    return Relation("offset", f"{{is}} the right value {sign} `{found.written()}`", _OFFSET, found.glossary)


def cost_of_offset(group: Group) -> float:
    """Return how far what is added to single numbers is from a name alone; inf where it has no formula."""
    if any(sample.expected.size > 1 for sample in group.wrong):
        return math.inf
    amounts = [float(rest.flat[0]) for rest in _rests(group)]
    found = formula_of(amounts, group.wrong, group.right, 0.0)
    return math.inf if found is None else found.cost


def _rests(group: Group) -> list[Array]:
    return [sample.returned - sample.expected for sample in group.wrong]


def _signed(number: float) -> str:
    return f"{'plus' if number > 0 else 'minus'} {abs(number):g}"


def argument(group: Group) -> Relation | None:
    """Find the argument that is returned in the place of a number."""
    found = _expression_of(group)
    if found is None or found.cost > NAME_ALONE or found.sign < 0 or _is_size(found):
        return None
    return Relation(
        "unchanged_input", f"{{is}} what was given as `{found.written()}`", UNCHANGED, found.glossary
    )


def _is_size(found: Formula) -> bool:
    return bool(found.glossary) or "(" in found.written() or ".shape" in found.written()


def expression(group: Group) -> Relation | None:
    """Find the expression of the arguments that is returned in the place of a number."""
    found = _expression_of(group)
    if found is None:
        return None
    sign = "-" if found.sign < 0 else ""
    return Relation("instead", f"{{is}} `{sign}{found.written()}`", INSTEAD, found.glossary)


def _expression_of(group: Group) -> Formula | None:
    if group.right or len(group.wrong) < 2 or any(sample.expected.size > 1 for sample in group.wrong):
        return None
    return formula_of([float(sample.returned.flat[0]) for sample in group.wrong], group.wrong, (), 1.0)


def always(group: Group) -> Relation | None:
    """Find one number in all cases, where different ones are expected."""
    if group.right or group.largest.expected.size > 1 or not telling(group.wrong, 3):
        return None
    if distinct(np.array([float(sample.returned.flat[0]) for sample in group.wrong])) > 1:
        return None
    return Relation("constant", "{is} the same number in all these cases", _ALWAYS)
