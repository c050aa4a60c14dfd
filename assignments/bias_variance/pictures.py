"""Pictures of bias_variance: what normalising does to a cloud of points."""

import numpy as np
from matplotlib.patches import Circle

from grader.report.drawing import Colour, aside, axes, done, figure, key, same, say, window, within
from grader.report.pictures import picture


@picture(
    "normalize_inputs",
    case="areas and rooms of houses",
    title="The points, normalised",
    caption="The training set's points lie around zero, about as far from it in one direction as in the "
    "other: most are within the circle of radius 2. Those of the test set (squares) keep their "
    "place beside them, for they are moved and stretched exactly as the training set is.",
)
def cloud(answer):
    right = answer.expected[:2]
    got = None if answer.returned is None else answer.returned[:2]
    if got is not None and all(same(*pair) for pair in zip(right, got, strict=True)):
        return None
    drawn = figure(height=270)
    ax = axes(drawn, x="area, normalised", y="rooms, normalised")
    limits = [view(right, got, row) for row in (0, 1)]
    # as many pixels to a unit across as upwards: a circle is round
    size = ax.get_position().size * drawn.get_size_inches()
    unit = max((high - low) / length for (low, high), length in zip(limits, size, strict=True))
    for set_limits, (low, high), length in zip((ax.set_xlim, ax.set_ylim), limits, size, strict=True):
        set_limits((low + high - unit * length) / 2, (low + high + unit * length) / 2)
    ax.add_patch(Circle((0, 0), 2, fill=False, edgecolor=Colour.LINE, linewidth=1.2))
    ax.plot(0, 0, marker="+", color=Colour.SOFT, markersize=9)
    for number, marker in enumerate("os"):
        if got is not None:
            x, y = within(got[number][0], -1e3, 1e3), within(got[number][1], -1e3, 1e3)
            ax.plot(x, y, linestyle="", marker=marker, markersize=4.5, markeredgewidth=0, color=Colour.YOURS)
        style = {"markerfacecolor": "none", "markeredgecolor": Colour.REFERENCE, "markersize": 6}
        ax.plot(*right[number], linestyle="", marker=marker, zorder=4, **style)
    key(drawn, got, shapes=("yours", "reference"))
    missing = 0 if got is None else np.count_nonzero(~inside(np.hstack(got), ax.get_xlim(), ax.get_ylim()))
    text = f"{missing} outside" if missing else "squares: test set"
    aside(ax, text)
    return done(drawn, words(right, got))


def inside(points, across, up):
    return (points[0] >= across[0]) & (points[0] <= across[1]) & (points[1] >= up[0]) & (points[1] <= up[1])


def view(right, got, row):
    others = None if got is None else np.concatenate([part[row] for part in got])
    return window(np.append(np.concatenate([part[row] for part in right]), (-2.6, 2.6)), others)


def words(right, got):
    told = "Two clouds of points around zero, those of the training set and of the test set."
    if got is None:
        return told
    parts = []
    for name, points, known in zip(("training", "test"), got, right, strict=True):
        if not same(known, points):
            centre, spread = points.mean(axis=1), points.std(axis=1)
            around = f"around ({say(centre[0])}, {say(centre[1])})"
            parts.append(f"the {name} set {around} with spreads of {say(spread[0])} and {say(spread[1])}")
    return f"{told} Yours has {' and '.join(parts)}."
