"""Where a large array is off: a small map of squares, larger and darker the farther off an entry is.

Size and lightness say the same, so that the map reads without colour; what it shows is also said in words.
As with tables, the markup is put together here: it is made of integers and of our own words.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

__all__ = ["heat", "where"]

#: Most squares across and down; of a larger array each stands for a block of entries.
ACROSS: Final = 48
DOWN: Final = 24

#: Units of one cell, and the sizes of the squares in it, from near to far.
_CELL: Final = 10
_SIZES: Final = (3, 5, 7, 9)

_NOT_FINITE: Final = len(_SIZES) + 1

Ratios = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int8]


def heat(ratios: Ratios) -> Markup:
    """Return the map of an array.

    Parameters
    ----------
    ratios : ndarray of any shape with at least one axis
        Deviation of each entry as a multiple of what its tolerance allows; not finite where it is no number.
        Of more than two axes each square stands for one slice along the last two.
    """
    slices = ratios.ndim > 2
    if slices:
        ratios = ratios.reshape(*ratios.shape[:-2], -1).max(axis=-1)
    grid = ratios.reshape(ratios.shape[0], -1) if ratios.ndim > 1 else ratios[None, :]
    block = (math.ceil(grid.shape[0] / DOWN), math.ceil(grid.shape[1] / ACROSS))
    coarse = _worst_of_blocks(grid, block)
    caption = _caption(grid, coarse, block, slices)
    height, width = (length * _CELL for length in coarse.shape)
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return Markup(
        f'<figure class="heat"><svg {box} role="img" aria-label="Map of the differences: {caption}">'
        f"{_paths(coarse)}</svg><figcaption>{caption}</figcaption></figure>"
    )


def where(marks: npt.NDArray[np.bool_]) -> str:
    """Say which rows and columns of a matrix the marked entries lie in; "" where they are all over it.

    Examples
    --------
    >>> where(np.array([[False, True], [False, True]]))
    'in column 1'
    """
    spans = []
    for word, axis in (("row", 1), ("column", 0)):
        found = np.flatnonzero(marks.any(axis=axis))
        first, last, length = int(found[0]), int(found[-1]), marks.shape[1 - axis]
        if last - first + 1 == length:
            continue
        spans.append(f"{word} {first}" if first == last else f"{word}s {first} to {last}")
    return f"in {' and '.join(spans)}" if spans else ""


def _worst_of_blocks(grid: Ratios, block: tuple[int, int]) -> Ratios:
    """Return the worst of each block of entries; what is not a number is worse than any."""
    if block == (1, 1):
        return np.where(np.isnan(grid), np.inf, grid)
    down, across = block
    rows, columns = (math.ceil(grid.shape[0] / down), math.ceil(grid.shape[1] / across))
    padded = np.zeros((rows * down, columns * across))
    padded[: grid.shape[0], : grid.shape[1]] = np.where(np.isnan(grid), np.inf, grid)
    worst: Ratios = padded.reshape(rows, down, columns, across).max(axis=(1, 3))
    return worst


def _levels(coarse: Ratios) -> tuple[Levels, float, float]:
    """Return how far off each square is, from 0 to the number of sizes, and the ends of the scale."""
    wrong = coarse > 1
    finite = coarse[wrong & np.isfinite(coarse)]
    least, most = (float(finite.min()), float(finite.max())) if finite.size else (1.0, 1.0)
    levels = np.zeros(coarse.shape, np.int8)
    if most > 10 * least:
        with np.errstate(all="ignore"):
            share = np.log(coarse / least) / math.log(most / least)
        share = np.nan_to_num(share, nan=0.0, posinf=0.0, neginf=0.0)
        levels[wrong] = np.minimum(share[wrong] * len(_SIZES), len(_SIZES) - 1).astype(np.int8) + 1
    else:
        levels[wrong] = len(_SIZES)
    levels[wrong & ~np.isfinite(coarse)] = _NOT_FINITE
    return levels, least, most


def _paths(coarse: Ratios) -> str:
    """Return one path for each level: runs of equal squares are one dashed line."""
    levels, _, _ = _levels(coarse)
    rows, columns = levels.shape
    ground = "".join(f"M4 {row * _CELL + 5}h{columns * _CELL - 8}" for row in range(rows))
    parts = [f'<path class="far0" d="{ground}"/>']
    for level, size in enumerate(_SIZES, 1):
        runs = _runs(levels == level)
        if runs:
            line = "".join(
                f"M{start * _CELL + (_CELL - size) / 2:g} {row * _CELL + 5}h{(length - 1) * _CELL + size}"
                for row, start, length in runs
            )
            parts.append(f'<path class="far{level}" d="{line}"/>')
    crosses = np.argwhere(levels == _NOT_FINITE)
    if crosses.size:
        line = "".join(f"M{x * _CELL + 2} {y * _CELL + 2}l6 6m0-6l-6 6" for y, x in crosses.tolist())
        parts.append(f'<path class="odd" d="{line}"/>')
    return "".join(parts)


def _runs(chosen: npt.NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return row, first column and length of each run along the rows."""
    edges = np.diff(chosen.astype(np.int8), axis=1, prepend=0, append=0)
    starts, stops = np.argwhere(edges == 1), np.argwhere(edges == -1)
    pairs = zip(starts.tolist(), stops.tolist(), strict=True)
    return [(row, start, stop - start) for (row, start), (_, stop) in pairs]


def _caption(grid: Ratios, coarse: Ratios, block: tuple[int, int], slices: bool) -> str:
    marks = ~(grid <= 1)
    count, total = int(marks.sum()), marks.size
    word = "slices" if slices else "entries"
    place = where(marks) if not slices and count else ""
    said = [f"{count} of {total} {word} differ{'' if count != 1 else 's'}{', ' if place else ''}{place}."]
    levels, least, most = _levels(coarse)
    if (levels == _NOT_FINITE).any():
        said.append("A cross is not finite, or should not be.")
    if most > 10 * least:
        ends = f"from {_times(least)} to {_times(most)} times the tolerance"
        said.append(f"The larger a square, the farther off: {ends}.")
    if block != (1, 1):
        said.append(f"Each square stands for a block of {block[0]} by {block[1]} {word}.")
    return " ".join(said)


def _times(ratio: float) -> str:
    """Return a multiple, rounded to what is worth reading."""
    return f"{ratio:.0f}" if ratio < 1000 else f"{ratio:.0e}".replace("e+0", "e").replace("e+", "e")
