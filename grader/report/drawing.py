"""What pictures are drawn with: the reference and what was returned, told apart by more than colour.

The reference is a dashed line and a hollow shape, what was returned a line with dots and a filled shape.
Where both are the same both can be seen: the dashes lie on the line.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, NullLocator

from grader.report.plot import TEXT, Colour, Powers, axes, figure, power_of_ten, svg
from grader.values import Array, Value

__all__ = [
    "Axes",
    "Colour",
    "Figure",
    "Powers",
    "aside",
    "axes",
    "compare",
    "done",
    "figure",
    "first_difference",
    "key",
    "logarithmic",
    "note",
    "reference",
    "same",
    "say",
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
    shown = _drawable(x, ax.get_xscale(), ax.get_xlim()), _drawable(y, ax.get_yscale(), ax.get_ylim())
    ax.plot(*shown, marker=marker, markeredgewidth=0, **{**_YOURS, "zorder": 3, **style})


def compare(ax: Axes, x: Numbers, right: Numbers, got: Numbers | None, **style: Any) -> None:
    """Draw both lines and the key; above them how many points of what was returned are not to be seen."""
    if got is not None:
        yours(ax, x, got, **style)
        low, high = ax.get_ylim()
        array = np.asarray(got, dtype=float)
        unseen = np.count_nonzero(~((array >= low) & (array <= high)))
        if unseen:
            aside(ax, f"{unseen} of {array.size} outside")
    reference(ax, x, right)
    key(figure_of(ax), got)


def aside(ax: Axes, text: str) -> None:
    """Write a few words above the picture, on the right."""
    drawn = figure_of(ax)
    width, height = drawn.get_size_inches() * 72
    place = 1 - 8 / width, 1 - 11 / height
    drawn.text(*place, text, ha="right", va="center_baseline", fontsize=TEXT, color=Colour.SOFT)


def figure_of(ax: Axes) -> Figure:
    """Return the figure that an axes is part of."""
    drawn = ax.get_figure(root=True)
    assert drawn is not None
    return drawn


def logarithmic(axis: Axis, low: float, high: float) -> None:
    """Give an axis a logarithmic scale from ``10**low`` to ``10**high``, with ticks at powers of ten."""
    powers = np.arange(np.ceil(low), np.floor(high) + 1)
    ticks = 10.0 ** powers[:: int(np.ceil(len(powers) / 6)) or 1]
    if len(ticks) < 2:
        ticks = np.outer(10.0 ** np.arange(np.floor(low), high + 1), (1, 3)).ravel()
    name = "x" if axis is axis.axes.xaxis else "y"
    axis.axes.set(**{f"{name}scale": "log", f"{name}lim": (10**low, 10**high)})
    axis.set_major_locator(FixedLocator(ticks[(ticks >= 10**low) & (ticks <= 10**high)].tolist()))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(Powers())


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


def key(drawn: Figure, returned: Value, *, shapes: tuple[str, ...] = ()) -> None:
    """Say above the picture which is which.

    Parameters
    ----------
    drawn : Figure
    returned : value
        Without it the reference has the key to itself.
    shapes : tuple of {"yours", "reference"}
        Which are shapes and no lines: filled, and hollow.
    """
    entries = [] if returned is None else [("yours", _YOURS | {"marker": "o", "markeredgewidth": 0})]
    entries.append(("reference", _REFERENCE))
    width, height = drawn.get_size_inches() * 72
    left, top = 6.0, 1 - 11 / height
    for label, style in entries:
        if label not in shapes:
            line = Line2D([left / width, (left + 20) / width], [top, top], **style)
            line.set_markevery([])
            drawn.add_artist(line)
            dot = [] if label == "reference" else [(left + 10) / width]
            drawn.add_artist(Line2D(dot, [top] * len(dot), **style))
        else:
            face = "none" if label == "reference" else style["color"]
            place, size = ((left + 5) / width, top - 4.5 / height), (10 / width, 9 / height)
            edge = {"edgecolor": style["color"], "linewidth": 1.4 if label == "reference" else 0}
            drawn.add_artist(Rectangle(place, *size, facecolor=face, **edge))
        drawn.text((left + 25) / width, top, label, va="center_baseline", fontsize=TEXT, color=Colour.INK)
        left += 25 + 0.56 * TEXT * len(label) + 14


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


def say(number: float) -> str:
    """Write a number in a sentence: three digits, and 0 for what is 0 but for rounding."""
    if abs(number) < 1e-12:
        return "0"
    if 1e-4 <= abs(number) < 1e6 or not np.isfinite(number):
        short = number if float(number).is_integer() else float(f"{number:.3g}")
        return f"{short:g}".replace("-", "−")
    return power_of_ten(number, 1)


def done(drawn: Figure, alt: str) -> tuple[Markup, str]:
    """Return the SVG, and what it shows in words."""
    return svg(drawn, alt), alt


def _drawable(values: Numbers, scale: str, limits: tuple[float, float]) -> Array:
    """Return numbers that matplotlib can place: what a logarithmic axis has not is NaN."""
    if scale != "log":
        return within(values, *limits)
    array = np.asarray(values, dtype=float)
    with np.errstate(all="ignore"):
        powers = within(np.log10(np.where(array > 0, array, np.nan)), *np.log10(limits))
        return np.asarray(10.0**powers)


def _finite(values: Numbers) -> Array:
    array: Array = np.asarray(values, dtype=float).ravel()
    return array[np.abs(array) < 1e100]
