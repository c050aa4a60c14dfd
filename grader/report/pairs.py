"""Expected against returned: the parts of a value that differ, side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from markupsafe import Markup

from grader.course.model import AtMost, Case, Exercise, Holds, Magnitude
from grader.course.naming import bare_name
from grader.report.arrays import (
    SLICES,
    Focus,
    differing,
    is_cut,
    is_table,
    show,
    show_expected,
    slim,
    worst_slices,
)
from grader.report.heat import heat
from grader.report.memo import once
from grader.report.text import clean
from grader.results import JudgedCase
from grader.values import Array, Value, WireError, decode, describe, walk

__all__ = ["Pair", "pairs_of"]

NOTHING = Markup("")

LEAVES, MORE = 3, 12


@dataclass(frozen=True, slots=True)
class Pair:
    """One part of the value, expected and returned.

    Parameters
    ----------
    path : str
    expected, returned : Markup
    map : Markup
        Where a large array is off; empty for one whose table shows all of it.
    slices : tuple of Pair
        Of an array of more than two axes the matrices that differ, the worst first, in place of its table.
    """

    path: str
    expected: Markup
    returned: Markup
    map: Markup = NOTHING
    slices: tuple[Pair, ...] = ()


def pairs_of(exercise: Exercise, case: Case, judged: JudgedCase) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Return the parts that differ, the first few of them, and where the others are."""
    if judged.outcome.value is None:
        return (), ()
    try:
        returned = decode(judged.outcome.value)
    except WireError:
        return (), ()
    if isinstance(case.judge, Holds):
        # Many answers are right: the reference's own would mislead.
        leaves = islice(walk(returned), LEAVES)
        named = ((clean(bare_name(path, exercise.spec.names), 80), leaf) for path, leaf in leaves)
        return tuple(Pair(name, NOTHING, show(leaf)) for name, leaf in named), ()
    expected = _expected(case)
    if isinstance(case.judge, (Magnitude, AtMost)):
        return (Pair("", show(expected), show(returned, _marked(returned))),), ()
    parts = list(_aligned(expected, returned, ""))
    wrong = judged.mismatch.paths if judged.mismatch is not None else ()
    known = [part for part in parts if part[0] in wrong]
    # Without the judge's word on each part all are compared here, and those not reached are left unnamed.
    pairs, rest = _differing_pairs(exercise, known or parts)
    return pairs, rest if known else ()


@once
def _expected(case: Case) -> Value:
    return decode(case.expected)


def _differing_pairs(
    exercise: Exercise, parts: list[tuple[str, Value, Value]]
) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Return the first parts that differ, and where the parts are that were not looked at."""
    pairs: list[Pair] = []
    names = exercise.spec.names
    for number, (at, left, right) in enumerate(parts):
        if len(pairs) == LEAVES:
            return tuple(pairs), tuple(clean(bare_name(at, names), 80) for at, _, _ in parts[number:][:MORE])
        path = bare_name(at, names)
        focus = differing(left, right, exercise.spec.tolerance)
        if focus is None and not _same_text(left, right):
            pairs.append(Pair(clean(path, 80), _leaf(left), _leaf(right, marked=True)))
        elif focus is not None and focus.marks.any():
            pairs.append(_pair(clean(path, 80), left, right, focus))
    return tuple(pairs), ()


def _pair(path: str, left: Value, right: Value, focus: Focus) -> Pair:
    """Return one part that differs; `left` and `right` are numbers of one shape, in whatever form."""
    if not focus.marks.ndim:
        return Pair(path, show_expected(left, focus), show(right, focus))
    left, right = np.asarray(left), np.asarray(right)
    if slim(left).ndim < 3:
        return Pair(path, show_expected(left, focus), show(right, focus), _map(left, focus))
    slices = tuple(_slice(path, index, left, right, focus) for index in worst_slices(focus))
    many = math.prod(left.shape[:-2]) > SLICES
    drawn = heat(focus.ratios) if many else NOTHING
    return Pair(f"{path} of shape {left.shape}".strip(), NOTHING, NOTHING, drawn, slices)


def _slice(path: str, index: tuple[int, ...], left: Array, right: Array, focus: Focus) -> Pair:
    """Return one matrix of an array of more than two axes."""
    place = f"{path}[{', '.join(map(str, index))}, :, :]"
    part, expected = focus.at(index), left[index]
    plain = replace(part, marked=False)
    return Pair(place, show(expected, plain), show(right[index], part), _map(expected, part))


def _map(expected: Array, focus: Focus) -> Markup:
    """Return where an array is off that its table does not show all of."""
    return heat(focus.slim().ratios) if is_cut(slim(expected)) else NOTHING


def _marked(value: Value) -> Focus | None:
    return Focus(np.ones((), bool), ()) if isinstance(value, (int, float)) else None


def _same_text(left: Value, right: Value) -> bool:
    return type(left) is type(right) and isinstance(left, (str, set, type(None))) and bool(left == right)


class _Missing:
    """Stands for a part that was not returned."""


def _aligned(expected: Value, returned: Value, path: str) -> Iterator[tuple[str, Value, Value]]:
    """Yield ``(path, expected, returned)`` down to where the structures stop being alike.

    Of a part that was not returned each leaf is yielded, for its numbers are what the reader misses.
    """
    if isinstance(expected, dict) and (isinstance(returned, dict) or returned is _Missing):
        given = returned if isinstance(returned, dict) else {}
        for key, item in expected.items():
            yield from _aligned(item, given.get(key, _Missing), f"{path}[{key!r}]".replace("'", '"'))
    elif isinstance(expected, (list, tuple)) and (
        isinstance(returned, (list, tuple)) or returned is _Missing
    ):
        items = returned if isinstance(returned, (list, tuple)) else ()
        for index, item in enumerate(expected):
            other = items[index] if index < len(items) else _Missing
            yield from _aligned(item, other, f"{path}[{index}]")
    else:
        yield path, expected, returned


def _leaf(value: Value, *, marked: bool = False) -> Markup:
    if value is _Missing:
        return Markup("<mark>missing</mark>")
    if isinstance(value, (dict, list, tuple)):
        value = clean(describe(value), 300)
    elif is_table(value):
        return show(value)
    else:
        value = show(value)
    return Markup("<mark>{}</mark>" if marked else "<span>{}</span>").format(value)
