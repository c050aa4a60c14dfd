"""Values as text: inputs on a line, expected beside returned with the differences marked.

Where all of an array is too much for a terminal, the entries that are farthest off stand for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import click
import numpy as np

from grader.course.model import Case, Tolerance
from grader.course.naming import Names, bare_name
from grader.judging.diagnosis.types import part_at
from grader.report.arrays import differing
from grader.report.text import clean
from grader.results import JudgedCase, Mismatch
from grader.values import Array, Opaque, Value, decode, describe, walk

#: An array with a longer axis is not shown whole.
LONGEST: Final = 8

#: So many wrong parts of a value are shown, and so many inputs of a case.
MOST_PARTS: Final = 2
MOST_INPUTS: Final = 8

#: Kinds of mismatch between values that can be laid side by side.
_SIDE_BY_SIDE: Final = frozenset({"value", "nan", "inf"})

_GAP: Final = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """An array's entries as text, right-aligned; those that differ have a star.

    Parameters
    ----------
    title : str
    rows : list of list of str
    marks : list of list of bool
    """

    title: str
    rows: list[list[str]]
    marks: list[list[bool]]

    @property
    def cell(self) -> int:
        """Width of an entry."""
        return max(len(text) for row in self.rows for text in row)

    @property
    def width(self) -> int:
        """Width of the whole."""
        return max(len(self.title), max(map(len, self.rows)) * (self.cell + 2))

    def lines(self) -> Iterator[str]:
        """Yield the title and the rows, each filled up to `width` columns."""
        yield click.style(self.title, bold=True) + " " * (self.width - len(self.title))
        for row, marks in zip(self.rows, self.marks, strict=True):
            cells = (self._entry(text, marked) for text, marked in zip(row, marks, strict=True))
            yield "".join(cells) + " " * (self.width - len(row) * (self.cell + 2))

    def _entry(self, text: str, marked: bool) -> str:
        entry = (
            click.style(f"{text:>{self.cell}}*", fg="red", bold=True) if marked else f"{text:>{self.cell}} "
        )
        return f" {entry}"


def size(case: Case) -> int:
    """Count the numbers of a case's inputs: the fewer, the easier to follow by hand."""
    return sum(np.size(leaf) for _, leaf in walk(case.inputs))


def inputs(case: Case, width: int, names: Names, most: int = MOST_INPUTS) -> Iterator[str]:
    """Yield each input, and each part of a nested one; of arrays that are large their shape."""
    leaves = [item for name, value in case.inputs.items() for item in walk(value, name)]
    for path, leaf in ((bare_name(path, names), leaf) for path, leaf in leaves[:most]):
        lines = [] if np.size(leaf) > LONGEST**2 else _written(path, leaf, width).splitlines()
        if 0 < len(lines) <= LONGEST and max(map(len, lines)) <= width:
            yield from lines
        else:
            yield f"{path}: {describe(leaf)}"[:width]
    if len(leaves) > most:
        yield f"and {len(leaves) - most} more inputs"


def _written(name: str, value: Value, width: int) -> str:
    """Return an assignment of the value as Python would write it."""
    start = f"{name} = "
    if isinstance(value, np.ndarray) and value.ndim:
        return start + np.array2string(value, separator=", ", prefix=" " * len(start), max_line_width=width)
    if isinstance(value, np.ndarray):
        value = value.item()
    text = f"{value:.6g}" if isinstance(value, float) else clean(repr(value), 200).replace("\n", " ")
    return start + text


def comparison(
    case: Case, judged: JudgedCase, tolerance: Tolerance, width: int, names: Names
) -> Iterator[str]:
    """Yield what was expected in a case and what was returned; nothing where nothing came back.

    Parameters
    ----------
    case : Case
        A public one.
    judged : JudgedCase
    tolerance : Tolerance
    width : int
        Columns there are.
    names : mapping of str to tuple of str
        Of the exercise: what students call the parts of a value.
    """
    mismatch, value = judged.mismatch, judged.outcome.value
    if mismatch is None or value is None:
        return
    expected, returned = decode(case.expected), decode(value)
    paths = mismatch.paths if mismatch.kind in _SIDE_BY_SIDE and mismatch.paths else (mismatch.path,)
    paths = tuple(dict.fromkeys((mismatch.path, *paths)))
    for path in paths[:MOST_PARTS]:
        theirs = part_at(expected, returned, path)
        ours, name = part_at(expected, expected, path), bare_name(path, names)
        yield from _part(f"{name} " if name else "", ours, theirs, mismatch, tolerance, width)
    if len(paths) > MOST_PARTS:
        yield f"also wrong: {', '.join(bare_name(path, names) for path in paths[MOST_PARTS:])}"


def _part(
    name: str, expected: Value, returned: Value, mismatch: Mismatch, tolerance: Tolerance, width: int
) -> Iterator[str]:
    """Lay one part of the value expected beside that of the value returned."""
    ours, theirs = _array(expected), _array(returned)
    if mismatch.kind == "shape" and all(_is_small(each, width) for each in (ours, theirs)):
        for word, array in (("expected", ours), ("returned", theirs)):
            yield from _alone(f"{name}{word}", array)
        return
    if mismatch.kind not in _SIDE_BY_SIDE or ours is None or theirs is None or ours.shape != theirs.shape:
        yield f"{name}expected: {clean(mismatch.expected, 200)}"
        if not mismatch.note:
            yield f"{name}returned: {clean(mismatch.returned, 200)}"
        return
    focus = differing(ours, theirs, tolerance)
    digits = focus.digits if focus else 5
    if not ours.ndim:
        yield f"{name}expected: {_number(ours.item(), digits + 1)}"
        yield f"{name}returned: {_number(theirs.item(), digits + 1)}"
        return
    marks = focus.marks if focus else np.zeros(ours.shape, bool)
    left = _grid(f"{name}expected", ours, np.zeros_like(marks), digits)
    right = _grid(f"{name}returned", theirs, marks, digits)
    if ours.ndim > 2 or max(ours.shape) > LONGEST or max(left.width, right.width) > width:
        yield from _worst(name, ours, theirs, marks, digits)
    elif left.width + _GAP + right.width <= width:
        yield from (f"{a}{' ' * _GAP}{b}".rstrip() for a, b in zip(left.lines(), right.lines(), strict=True))
    else:
        yield from (line.rstrip() for grid in (left, right) for line in grid.lines())


def _is_small(array: Array | None, width: int) -> bool:
    """Say whether all of an array can be shown, on lines of this width."""
    if array is None or not 1 <= array.ndim <= 2 or not 0 < array.size <= LONGEST**2:
        return False
    return max(array.shape) <= LONGEST and _grid("", array, np.zeros(array.shape, bool), 5).width <= width


def _alone(title: str, array: Array | None) -> Iterator[str]:
    """Yield an array and its shape, with nothing beside it."""
    if array is not None:
        grid = _grid(f"{title}, shape {array.shape}", array, np.zeros(array.shape, bool), 5)
        yield from (line.rstrip() for line in grid.lines())


def _grid(title: str, array: Array, marks: Array, digits: int) -> Grid:
    matrix, flags = np.atleast_2d(array), np.atleast_2d(marks)
    rows = [[_number(entry, digits) for entry in row] for row in matrix.tolist()]
    return Grid(title, rows, flags.tolist())


def _worst(name: str, expected: Array, returned: Array, marks: Array, digits: int) -> Iterator[str]:
    """Yield the entries of a large array that are farthest off."""
    count = int(marks.sum())
    yield f"{name}shape {expected.shape}: {count} of {marks.size} entries differ, farthest off"
    with np.errstate(all="ignore"):
        distance = np.nan_to_num(np.abs(returned - expected), nan=np.inf)
    order = np.argsort(np.where(marks, distance, -1.0), axis=None, kind="stable")[::-1][: min(count, 3)]
    for place in order:
        index = np.unravel_index(int(place), expected.shape)
        at = ", ".join(str(int(i)) for i in index)
        ours, theirs = _number(expected[index].item(), digits), _number(returned[index].item(), digits)
        yield f"  [{at}]  expected {ours}, returned {click.style(theirs, fg='red', bold=True)}"


def _array(value: Value) -> Array | None:
    """Return a part as an array of numbers, where it is one."""
    if value is None or isinstance(value, (str, dict, set, Opaque)):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # a ragged list
        return None
    if array.dtype.kind not in "biufc":
        return None
    return array.astype(np.float64) if array.dtype.kind in "biu" else array


def _number(number: complex, digits: int) -> str:
    return f"{number + 0.0:.{digits}g}"  # no negative zero
