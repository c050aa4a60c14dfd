"""Numbers as small tables: arrays of any rank, large ones cut down to the part worth reading.

The markup is put together here rather than in a template, for its cells are the bulk of a page: it is made of
numbers formatted by ``%`` and of our own words. Strings within values are escaped.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from markupsafe import Markup, escape

from grader.course.model import Tolerance
from grader.report.memo import once
from grader.report.text import clean
from grader.values import Array, Opaque, Value, describe, numeric

#: An axis longer than the first is cut down to the second.
ROWS, COLUMNS, LINE = (8, 6), (8, 6), (12, 10)
SLICES = 3
#: Characters of a table that fit on a phone.
PHONE = 38

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Focus:
    """Which part of an array to show, and how.

    Parameters
    ----------
    marks : Mask
        The entries that differ: what is cut away is chosen by these.
    centre : tuple of int
        Index of the worst of them.
    digits : int
        How many make the differences visible.
    marked : bool
        Whether to mark them: yes in what was returned, no in what was expected.
    distance, allowed : ndarray or None
        How far off each entry is, and may be; None where nothing differs.
    """

    marks: Mask
    centre: tuple[int, ...]
    digits: int = 5
    marked: bool = True
    distance: npt.NDArray[np.float64] | None = None
    allowed: npt.NDArray[np.float64] | None = None

    @property
    def ratios(self) -> npt.NDArray[np.float64]:
        """Deviation of each entry as a multiple of what is allowed; 0 of one that does not differ."""
        if self.distance is None or self.allowed is None:
            return np.zeros(self.marks.shape)
        with np.errstate(all="ignore"):
            ratios = np.clip(self.distance / self.allowed, 1 + 1e-9, 1e300)
        ratios = np.where(np.isfinite(self.distance), ratios, np.inf)
        return np.where(self.marks, ratios, 0.0)

    def slim(self) -> Focus:
        """Return the focus on the array without axes of length 1, as `slim` returns that."""
        if self.marks.ndim < 3:
            return self
        flat = int(np.ravel_multi_index(self.centre, self.marks.shape))
        slimmed = self._with(slim)
        centre = tuple(int(i) for i in np.unravel_index(flat, slimmed.marks.shape))
        return replace(slimmed, centre=centre)

    def at(self, index: tuple[int, ...]) -> Focus:
        """Return the focus on one matrix of an array: the one at `index` of the leading axes."""
        part = self._with(lambda array: array[index])
        worst = int(np.argmax(part.ratios))
        return replace(part, centre=tuple(int(i) for i in np.unravel_index(worst, part.marks.shape)))

    def _with(self, change: Callable[[Array], Array]) -> Focus:
        distance = change(self.distance) if self.distance is not None else None
        allowed = change(self.allowed) if self.allowed is not None else None
        return replace(self, marks=change(self.marks), distance=distance, allowed=allowed)


def differing(expected: Value, returned: Value, tolerance: Tolerance) -> Focus | None:
    """Return where two values differ by more than the tolerance; None where they are not of one shape."""
    left, right = numeric(expected), numeric(returned)
    if left is None or right is None or left.shape != right.shape:
        return None
    # What is expected is the same for every student.
    with np.errstate(all="ignore"):
        left, scale, allowed = (_known_limits if left is expected else _limits_of)(left)(tolerance)
        distance = np.abs(right - left)
        marks = np.asarray(~(distance <= allowed))  # a distance of NaN is marked
        if not np.isfinite(distance).all():
            marks |= np.isinf(left)
            marks &= ~((left == right) | (np.isnan(left) & np.isnan(right)))
    if not marks.any():
        return Focus(marks, (0,) * left.ndim)
    centre = np.unravel_index(int(np.argmax(np.where(marks, distance, -1.0))), left.shape)
    digits = _digits(float(distance[marks].min()), scale)
    return Focus(marks, tuple(int(i) for i in centre), digits, distance=distance, allowed=allowed)


_Limits = tuple[Array, float, Array]


def _limits_of(array: Array) -> Callable[[Tolerance], _Limits]:
    """Return what tells, for a tolerance, the array as numbers, its scale, and how far each may be off."""
    left = array if array.dtype.kind == "c" else array.astype(np.float64, copy=False)
    scale = _scale(left)
    with np.errstate(all="ignore"):
        size = np.abs(left) + (scale or 1.0)
    return lambda tolerance: (left, scale, tolerance.absolute + tolerance.relative * size)


_known_limits = once(_limits_of)


def _scale(array: Array) -> float:
    """Return the root mean square of the finite entries, which judging measures by."""
    with np.errstate(all="ignore"):
        scale = math.sqrt(abs(np.vdot(array, array)) / array.size) if array.size else 0.0
        if math.isfinite(scale):
            return scale
        finite = np.abs(array[np.isfinite(array)])
        largest = float(finite.max(initial=0.0))
        return largest * float(np.sqrt(np.mean((finite / largest) ** 2))) if largest else 0.0


def is_table(value: Value) -> bool:
    """Tell whether a value is shown as a table."""
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.size > 0


def is_cut(array: Array) -> bool:
    """Tell whether a table of the array shows only a part of it."""
    if array.ndim < 2:
        return array.size > LINE[0]
    return bool(array.shape[-2] > ROWS[0] or array.shape[-1] > COLUMNS[0])


def worst_slices(focus: Focus) -> list[tuple[int, ...]]:
    """Return the index of the worst matrix of an array of more than two axes, then of others that differ."""
    leading = focus.marks.shape[:-2]
    differ = np.argwhere(focus.marks.any(axis=(-2, -1)))[: SLICES + 1]
    worst = focus.centre[:-2]
    others = [index for each in differ.tolist() if (index := tuple(each)) != worst]
    return [worst, *others][: min(SLICES, math.prod(leading))]


def show(value: Value, focus: Focus | None = None) -> Markup:
    """Return the markup of one leaf: a number or a word in the line, an array as a table."""
    if is_table(value):
        return _table(value, focus)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    marked = focus is not None and focus.marked and bool(focus.marks.any())
    return _mark(_scalar(value, focus.digits if focus else 5), marked)


def show_expected(value: Value, focus: Focus) -> Markup:
    """Return the markup of an expected leaf beside a returned one; of a small array it is made once."""
    plain = replace(focus, marked=False)
    if not isinstance(value, np.ndarray) or value.ndim not in (1, 2) or max(value.shape) > COLUMNS[0]:
        return show(value, plain)
    known = _known_tables(value)
    if focus.digits not in known:
        known[focus.digits] = show(value, plain)
    return known[focus.digits]


@once
def _known_tables(array: Array) -> dict[int, Markup]:
    """Return the tables made so far of an expected array, by the number of digits."""
    return {}


def _scalar(value: Value, digits: int) -> str:
    """Return an escaped word for anything that is no table."""
    if isinstance(value, float):
        return f"{value:.{max(digits, 6)}g}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**20 else f"an integer of {value.bit_length()} bits"
    if value is None or isinstance(value, (bool, complex)):
        return str(value)
    return str(escape(_words(value)))


def _words(value: Value) -> str:
    if isinstance(value, str):
        return f'"{clean(value, 200)}"'
    if isinstance(value, set):
        return clean("{" + ", ".join(sorted(map(repr, value))) + "}", 200)
    if isinstance(value, Opaque):
        return f"a value of type {clean(value.type_name, 80)}"
    return clean(describe(value), 300)


def _mark(text: str, marked: bool) -> Markup:
    return Markup(f"<mark>{text}</mark>" if marked else text)


def _digits(smallest: float, scale: float) -> int:
    """Return how many digits make the smallest of the differences visible."""
    relative = smallest / (scale or 1.0)
    if not 0 < relative < math.inf:
        return 5
    return min(15, max(5, 2 + math.ceil(-math.log10(relative))))


def slim(array: Array) -> Array:
    """Return the array without axes of length 1, where it is a matrix without them."""
    long = tuple(length for length in array.shape if length != 1)
    return array.reshape(long or (1,)) if array.ndim > 2 and len(long) < 3 else array


def _table(array: Array, focus: Focus | None) -> Markup:
    shape = array.shape
    if focus is None or focus.marks.shape != shape:
        focus = Focus(np.zeros(shape, bool), (0,) * array.ndim)
    if array.ndim > 2:
        array, focus = slim(array), focus.slim()
    if array.ndim == 1:
        line = replace(focus, marks=focus.marks[None, :], centre=(0, focus.centre[0]))
        body, wide = _grid(array[None, :], line, LINE)
    elif array.ndim == 2:
        body, wide = _grid(array, focus, COLUMNS)
    else:
        body, wide = _slices(array, focus)
    # What is wider than a phone scrolls, and must be reached by the keyboard for that.
    reached = ' tabindex="0"' if wide > PHONE else ""
    return Markup(f'<div class="array"{reached}>{body}<span class="shape">shape {shape}</span></div>')


def _slices(array: Array, focus: Focus) -> tuple[str, float]:
    """Return the matrices of the last two axes, those that matter first."""
    leading = array.shape[:-2]
    count = math.prod(leading)
    matrices = array.reshape(count, *array.shape[-2:])
    marks = focus.marks.reshape(matrices.shape)
    worst = int(np.ravel_multi_index(focus.centre[:-2], leading))
    wrong = [int(i) for i in np.flatnonzero(marks.any(axis=(1, 2)))[: SLICES + 1]] or range(
        min(count, SLICES)
    )
    order = sorted([worst, *(i for i in wrong if i != worst)][:SLICES])
    parts, widths = [], []
    for index in order:
        place = ", ".join(str(int(i)) for i in np.unravel_index(index, leading))
        part = replace(focus, marks=marks[index], centre=focus.centre[-2:])
        grid, wide = _grid(matrices[index], part, COLUMNS)
        widths.append(wide)
        parts.append(f'<div class="slice"><span class="at">[{place}, :, :]</span>{grid}</div>')
    rest = f'<span class="cut">{count - len(order)} more slices</span>' if count > len(order) else ""
    return f'<div class="slices">{"".join(parts)}</div>{rest}', max(widths)


def _grid(matrix: Array, focus: Focus, columns: tuple[int, int]) -> tuple[str, float]:
    """Return a table of the matrix's part around the worst entry, and its width in characters."""
    rows = _span(matrix.shape[0], ROWS, focus.centre[0])
    cols = _span(matrix.shape[1], columns, focus.centre[1])
    part = matrix[rows, cols]
    cut = part.shape != matrix.shape
    spec, numbers = _format(part, focus.digits)
    flags = focus.marks[rows, cols].ravel().tolist() if focus.marked else [False] * part.size
    cells = [f"<td><mark>{spec}</mark>" if flag else f"<td>{spec}" for flag in flags]
    width, lines = part.shape[1], []
    for row in range(part.shape[0]):
        head = f"<tr><th>{rows.start + row}" if cut and matrix.shape[0] > 1 else "<tr>"
        lines.append(head + "".join(cells[row * width : (row + 1) * width]))
    body = "".join(lines) % tuple(numbers)
    heads = _column_heads(matrix, cols) if cut else ""
    extremes = numbers if spec == "%s" else (max(numbers), min(numbers))
    widest = max(len(spec % number) for number in extremes)
    return f"<table>{heads}{body}</table>{_cut_note(matrix, rows, cols)}", (widest + 1.6) * (width + cut)


def _span(length: int, limits: tuple[int, int], centre: int) -> slice:
    longest, shown = limits
    if length <= longest:
        return slice(0, length)
    start = min(max(0, centre - shown // 2), length - shown)
    return slice(start, start + shown)


def _column_heads(matrix: Array, cols: slice) -> str:
    corner = "<td>" if matrix.shape[0] > 1 else ""
    return f"<tr>{corner}" + "".join(f"<th>{column}" for column in range(cols.start, cols.stop))


def _cut_note(matrix: Array, rows: slice, cols: slice) -> str:
    """Say which part is shown, where it is not the whole."""
    said = []
    if rows.stop - rows.start < matrix.shape[0]:
        said.append(f"rows {rows.start} to {rows.stop - 1} of {matrix.shape[0]}")
    if cols.stop - cols.start < matrix.shape[1]:
        word = "columns" if matrix.shape[0] > 1 else "entries"
        said.append(f"{word} {cols.start} to {cols.stop - 1} of {matrix.shape[1]}")
    return f'<span class="cut">{", ".join(said)}</span>' if said else ""


def _format(part: Array, digits: int) -> tuple[str, list[Any]]:
    """Return one ``%`` format for all entries, so that their decimals align, and the entries."""
    numbers = part.ravel().tolist()
    if part.dtype.kind in "biu":
        return ("%s" if part.dtype.kind == "b" else "%d"), numbers
    if part.dtype.kind == "c":
        return "%s", [f"{number:.{digits}g}" for number in numbers]
    sizes = [abs(number) for number in numbers if number and math.isfinite(number)]
    largest, smallest = max(sizes, default=1.0), min(sizes, default=1.0)
    if largest < 1e6 and all(number.is_integer() for number in sizes):
        return "%.0f", numbers
    for few in (1, 2, 3):  # short numbers, such as a person follows by hand, stay short
        if largest < 1e6 and all(abs(size - round(size, few)) <= 1e-12 * largest for size in sizes):
            return f"%.{few}f", numbers
    decimals = max(1, digits - 1 - math.floor(math.log10(largest)))
    if not 1e-3 <= largest < 1e6 or smallest < 10.0 ** (1 - decimals) or decimals > 15:
        return f"%.{digits - 1}e", numbers
    return f"%.{decimals}f", numbers
