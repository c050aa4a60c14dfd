"""Pictures of regularization: what dropout drops, what the penalty adds, where training stops."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from grader.report.drawing import (
    Colour,
    aside,
    axes,
    done,
    figure,
    key,
    note,
    reference,
    same,
    say,
    window,
    within,
    yours,
)
from grader.report.pictures import picture


@picture(
    "forward_propagation_with_dropout",
    case="ten units, sixteen examples, three in four kept",
    part=(1, 1),
    title="Which units are kept",
    caption="Each row is a unit of the first layer, each column an example; a filled cell is kept. With "
    "keep_prob 0.75 about three in four are, scattered without a pattern: every unit of every "
    "example has its own draw. The seed makes yours the same cells as the reference's.",
)
def masks(answer):
    right, got = answer.expected != 0, answer.returned
    got = None if got is None else got != 0
    if got is not None and (right == got).all():
        return None
    drawn = figure(height=150 if got is None else 300)
    panels = [("reference", right, Colour.REFERENCE)]
    if got is not None:
        panels.insert(0, ("yours", got, Colour.YOURS))
    for number, (who, mask, colour) in enumerate(panels):
        above = 24 + 146 * number
        ax = axes(drawn, margins=(64, 64, above, drawn.get_size_inches()[1] * 72 - above - 120))
        ax.set(xlim=(0, 16), ylim=(10, 0))
        ax.set_axis_off()
        cells(ax, mask, facecolor=colour)
        cells(ax, ~mask, facecolor="none", edgecolor=Colour.LINE, linewidth=0.8)
        note(ax, 0, -0.4, f"{who}: {kept(mask)}", color=Colour.INK)
    told = f"Two patterns of 10 units by 16 examples. The reference keeps {kept(right)}."
    if got is None:
        return done(drawn, told)
    differ = np.count_nonzero(right != got)
    return done(drawn, f"{told} Yours keeps {kept(got)}; {differ} cells differ.")


def kept(mask):
    return f"{np.count_nonzero(mask)} of {mask.size} kept ({100 * mask.mean():.0f} %)"


def cells(ax, mask, **style):
    """Draw a square for each entry that is true, all in one path."""
    corners = np.array([[0.08, 0.08], [0.92, 0.08], [0.92, 0.92], [0.08, 0.92], [0.08, 0.08]])
    rows, columns = np.nonzero(mask)
    points = (np.column_stack([columns, rows])[:, None] + corners).reshape(-1, 2)
    codes = np.tile([Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY], len(rows))
    ax.add_patch(PathPatch(Path(points, codes), **{"linewidth": 0, **style}))


@picture(
    "backward_propagation_with_regularization",
    case="small whole numbers",
    title="What the penalty adds to each gradient",
    caption="Each dot is a weight: across its value, upwards what lambd adds to its gradient. They lie on "
    "a line through zero that rises by lambd / m: the larger a weight, the harder it is pulled "
    "back.",
)
def pull(answer):
    if answer.returned is not None and not all(
        same(value, answer.returned[name]) for name, value in answer.expected.items() if name[:2] != "dW"
    ):
        return None  # what is wrong is not the penalty
    weights, plain, right, got = [], [], [], []
    m, lambd = answer.inputs["X"].shape[1], answer.inputs["lambd"]
    for layer, place in ((1, 2), (2, 6), (3, 10)):
        W, name = answer.inputs["cache"][place], f"dW{layer}"
        weights.append(W.ravel())
        right.append(lambd / m * W.ravel())
        plain.append(answer.expected[name].ravel() - right[-1])
        if answer.returned is not None:
            got.append(answer.returned[name].ravel() - plain[-1])
    weights, right = np.concatenate(weights), np.concatenate(right)
    got = np.concatenate(got) if got else None
    if got is not None and same(right, got):
        return None
    drawn = figure()
    ax = axes(drawn, x="weight", y="added by the penalty", grid="both")
    ax.set(xlim=(-1.3, 2.3), ylim=window(np.append(right, 0), got))
    if got is not None:
        # dots of one weight lie side by side
        number = [np.count_nonzero(weights[:n] == weights[n]) % 4 for n in range(len(weights))]
        yours(ax, weights + 0.09 * (np.array(number) - 1.5), got, linestyle="")
    reference(ax, [-1.2, 2.2], lambd / m * np.array([-1.2, 2.2]))
    key(drawn, got)
    told = f"What the penalty adds, by weight: a line that rises by {say(lambd / m)} for each 1."
    if got is None:
        return done(drawn, told)
    off = np.count_nonzero(~(np.abs(got - right) < 1e-3))
    slope = np.polyfit(weights, within(got, -1e9, 1e9), 1)[0] if np.isfinite(got).all() else np.nan
    return done(
        drawn,
        f"{told} {off} of your {len(got)} dots are off it; the line through them rises by {say(slope)}.",
    )


@picture(
    "early_stopping",
    case=(
        "falls with a bump, then rises",
        "a better epoch after the stop is never seen",
        "improves to the end",
    ),
    title="Where to stop",
    caption="The epoch kept is the lowest one before training stops: that is once the error has not "
    "improved for as many epochs as the patience allows. What comes later was never trained.",
)
def stopping(answer):
    errors, right, got = np.array(answer.inputs["dev_errors"]), int(answer.expected), answer.returned
    drawn = figure()
    ax = axes(drawn, x="epoch", y="error on the dev set", grid="y")
    ax.set(xlim=(-0.5, len(errors) - 0.5), ylim=(0, 1.12 * errors.max()), xticks=range(len(errors)))
    seen = min(right + answer.inputs["patience"], len(errors) - 1) + 1
    ax.plot(range(seen), errors[:seen], color=Colour.SOFT, linewidth=1.6, marker="o", markersize=3.5)
    ax.plot(range(seen - 1, len(errors)), errors[seen - 1 :], color=Colour.MUTE, linewidth=1.2, linestyle=":")
    told = f"The error by epoch. The reference keeps epoch {right}, with the error {say(errors[right])}."
    if got is not None and 0 <= got < len(errors) and got == int(got):
        ax.plot(got, errors[int(got)], marker="o", markersize=8, color=Colour.YOURS)
        told += f" Yours keeps epoch {int(got)}, with the error {say(errors[int(got)])}."
    elif got is not None:
        told += f" Yours says {say(got)}, which is no epoch."
        aside(ax, f"yours says {say(got)}")
    ring = {"markerfacecolor": "none", "markeredgecolor": Colour.REFERENCE, "markeredgewidth": 1.6}
    ax.plot(right, errors[right], marker="o", markersize=13, **ring)
    key(drawn, got, shapes=("yours", "reference"))
    return done(drawn, told)
