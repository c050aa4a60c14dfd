"""What pictures are drawn with: the reference and what was returned, told apart by more than colour.

The reference is a dashed line and a hollow shape, what was returned a line with dots and a filled shape.
Where both are the same both can be seen: the dashes lie on the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from grader.report.plot import TEXT, Colour, Powers, axes, figure, svg
from grader.values import Array, Value

__all__ = [
    "Axes",
    "Colour",
    "Figure",
    "Powers",
    "axes",
    "done",
    "figure",
    "first_difference",
    "key",
    "note",
    "reference",
    "same",
    "track",
    "window",
    "within",
    "yours",
]

Numbers = npt.ArrayLike

#: How far apart two numbers are taken for different by the eye, as a share of what the picture spans.
VISIBLE = 0.005

_REFERENCE: dict[str, Any] = {"color": Colour.REFERENCE, "linestyle": (0, (4, 2.2)), "linewidth": 1.8}
_YOURS: dict[str, Any] = {"color": Colour.YOURS, "linestyle": "-", "linewidth": 1.6, "markersize": 4.2}


def reference(ax: Axes, x: Numbers, y: Numbers, **style: Any) -> None:
    """Draw a line of the reference: dashed, above what was returned."""
    ax.plot(x, y, **{**_REFERENCE, "zorder": 4, **style})


def yours(ax: Axes, x: Numbers, y: Numbers, *, marker: str = "o", **style: Any) -> None:
    """Draw a line of what was returned: solid, with dots; clipped far outside of the picture."""
    shown = within(x, *ax.get_xlim()), within(y, *ax.get_ylim())
    ax.plot(*shown, marker=marker, markeredgewidth=0, **{**_YOURS, "zorder": 3, **style})


def track(ax: Axes, points: Array) -> int | None:
    """Draw a path that was returned, up to where it leaves the picture.

    Parameters
    ----------
    ax : Axes
        Its limits are set already.
    points : ndarray of shape (n, 2)

    Returns
    -------
    int or None
        Index of the first point that is outside or no number; None where all are inside.
    """
    low, high = np.transpose([ax.get_xlim(), ax.get_ylim()])
    outside = np.flatnonzero(~((points >= low) & (points <= high)).all(axis=1))
    if not outside.size:
        yours(ax, points[:, 0], points[:, 1])
        return None
    leaves = int(outside[0])
    shown = points[: leaves + 1].copy()
    if leaves and np.isfinite(shown[-1]).all():
        # Not the point itself, which may be far away, but one on the way to it.
        way = shown[-1] - shown[-2]
        shown[-1] = shown[-2] + way * min(
            1.0, float(np.min(2 * (high - low) / np.maximum(np.abs(way), 1e-300)))
        )
    yours(ax, shown[:, 0], shown[:, 1])
    return leaves


def key(drawn: Figure, returned: Value, *, marker: str = "o", more: Sequence[tuple[str, str]] = ()) -> None:
    """Say above the picture which line is which.

    Parameters
    ----------
    drawn : Figure
    returned : value
        Without it the reference has the key to itself.
    marker : str
        Of what was returned.
    more : sequence of (label, colour)
        Further lines, solid and without dots.
    """
    entries: list[tuple[str, dict[str, Any]]] = []
    if returned is not None:
        entries.append(("yours", {**_YOURS, "marker": marker, "markeredgewidth": 0}))
    entries.append(("reference", _REFERENCE))
    entries += [(label, {"color": colour, "linewidth": 1.6}) for label, colour in more]
    width, height = drawn.get_size_inches() * 72
    left, top = 6.0, 1 - 11 / height
    for label, style in entries:
        line = Line2D([left / width, (left + 20) / width], [top, top], **style)
        if style.get("marker"):
            line.set_markevery([1])
            line.set_data([left / width, (left + 10) / width, (left + 20) / width], [top, top, top])
        drawn.add_artist(line)
        drawn.text((left + 25) / width, top, label, va="center_baseline", fontsize=TEXT, color=Colour.INK)
        left += 25 + 6.2 * len(label) + 14


def note(ax: Axes, x: float, y: float, text: str, **style: Any) -> None:
    """Write a word or two into the picture."""
    ax.text(x, y, text, **{"fontsize": TEXT, "color": Colour.SOFT, "zorder": 5, **style})


def window(expected: Numbers, returned: Numbers | None, *, room: float = 0.6) -> tuple[float, float]:
    """Return what an axis shows: all of the reference, and of what was returned what is not too far away.

    Parameters
    ----------
    expected, returned : array-like
    room : float
        How far outside of the reference's span what was returned is still followed, as a share of the span.
    """
    known = _finite(expected)
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    span = (high - low) or abs(high) or 1.0
    others = _finite([] if returned is None else returned)
    if others.size:
        low = min(low, max(float(others.min()), low - room * span))
        high = max(high, min(float(others.max()), high + room * span))
    edge = 0.06 * max(high - low, span * 0.5)
    return low - edge, high + edge


def within(values: Numbers, low: float, high: float) -> Array:
    """Return numbers that can be drawn: those far outside of a picture moved near."""
    array = np.asarray(values, dtype=float)
    span = high - low
    clipped: Array = np.clip(array, low - 20 * span, high + 20 * span)
    return clipped


def same(expected: Numbers, returned: Numbers) -> bool:
    """Tell whether no difference can be seen."""
    return first_difference(expected, returned) is None


def first_difference(expected: Numbers, returned: Numbers) -> int | None:
    """Return the first index, along the first axis, at which a difference can be seen; None without one."""
    left, right = np.asarray(expected, dtype=float), np.asarray(returned, dtype=float)
    known = _finite(left)
    span = float(np.ptp(known)) if known.size else 0.0
    limit = VISIBLE * (span or (abs(float(known[0])) if known.size else 0.0) or 1.0)
    off = ~(np.abs(left - right) <= limit) & ~(np.isnan(left) & np.isnan(right))
    rows = np.flatnonzero(off.reshape(len(off), -1).any(axis=1)) if off.ndim else np.flatnonzero(off)
    return int(rows[0]) if rows.size else None


def done(drawn: Figure, alt: str) -> tuple[Markup, str]:
    """Return the SVG, and what it shows in words."""
    return svg(drawn, alt), alt


def _finite(values: Numbers) -> Array:
    array: Array = np.asarray(values, dtype=float).ravel()
    return array[np.abs(array) < 1e100]
