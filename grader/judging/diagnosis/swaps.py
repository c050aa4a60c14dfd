"""A rule for right items in the wrong order."""

from __future__ import annotations

from collections.abc import Sequence

from grader.course.model import Tolerance
from grader.judging.compare import compare
from grader.judging.diagnosis.clues import Clue
from grader.judging.diagnosis.evidence import Evidence, Item
from grader.judging.diagnosis.naming import bare_name
from grader.judging.flat import Glance, glance
from grader.results import Mismatch
from grader.values import Value, encode

__all__ = ["swap_clue"]

MAX_ITEMS = 16

_IN_TUPLE = ("Compare the order of the names in the return statement with the docstring.",)
_IN_LIST = ("Look at the order in which the items come into the list, and compare with the order asked.",)


def swap_clue(evidence: Evidence, item: Item, _: Mismatch) -> Clue | None:
    """Find the one order in which the items returned are the expected ones."""
    expected, returned = item.expected, item.returned
    if not isinstance(expected, (list, tuple)) or not isinstance(returned, (list, tuple)):
        return None
    tail = evidence.exercise.spec.optional_tail
    if not 2 <= len(returned) <= MAX_ITEMS or not len(expected) - tail <= len(returned) <= len(expected):
        return None
    expected = expected[: len(returned)]
    order = _order(expected, returned, evidence.exercise.spec.tolerance)
    if order is None:
        return None
    moved = [place for place, index in enumerate(order) if place != index]
    names = [f"`{bare_name(f'[{place}]', evidence.exercise.spec.names)}`" for place in moved]
    places = ", ".join(names[:-1]) + f" and {names[-1]}"
    sentence = f"the items {places} of the value returned are right, but stand in each other's places."
    return Clue("swapped_items", sentence, "", _IN_TUPLE if isinstance(expected, tuple) else _IN_LIST)


def _order(expected: Sequence[Value], returned: Sequence[Value], tolerance: Tolerance) -> list[int] | None:
    """Return for each expected item the index of its match; None unless each has exactly one."""
    ours, theirs = [encode(value) for value in expected], [encode(value) for value in returned]
    order: list[int] = []
    for one in ours:
        near = [
            index for index, other in enumerate(theirs) if glance(one, other, tolerance) is not Glance.FAR
        ]
        matches = [index for index in near if compare(one, theirs[index], tolerance) is None]
        if len(matches) != 1:
            return None
        order.append(matches[0])
    return order if sorted(order) == list(range(len(ours))) else None
