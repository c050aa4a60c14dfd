"""Pictures of optimizers: paths on a bowl and on a saddle, rates by epoch, a smoothed series."""

import numpy as np
from matplotlib.patches import Ellipse

from grader.report.drawing import (
    Colour,
    aside,
    axes,
    compare,
    done,
    figure,
    first_difference,
    key,
    reference,
    same,
    say,
    track,
    window,
)
from grader.report.pictures import picture

DESCENT = "a bowl and a saddle, step by step"
#: Captions by update rule: of the bowl, then of the saddle.
BOWL = {
    "update_parameters_with_gd": (
        "The bowl is eight times steeper across than along. So plain descent jumps from wall to wall and "
        "creeps along the floor towards the lowest point, the cross."
    ),
    "update_parameters_with_momentum": (
        "Averaging cancels what changes its sign at every step and adds up what does not: the path swings "
        "across the bowl less and less while it gains speed along the floor."
    ),
    "update_parameters_with_rmsprop": (
        "Each direction is divided by the size of its own gradients. So the first steps go as fast along the "
        "floor as down the steep wall, at an angle of 45 degrees."
    ),
    "update_parameters_with_adam": (
        "Steps start at full length in both directions, thanks to the correction of the averages, and "
        "momentum carries the path a little too far before it turns back to the lowest point, the cross."
    ),
}
SADDLE = {
    "update_parameters_with_gd": (
        "The point rolls down the valley to the middle, where the slope is almost zero, and slides off to "
        "the side slowly at first: near a saddle gradients are small."
    ),
    "update_parameters_with_momentum": (
        "The point rolls down the valley, and momentum carries it past the middle, the cross, before it "
        "slides off to the side, faster with every step."
    ),
    "update_parameters_with_rmsprop": (
        "The slope to the side is small, but divided by its own size it counts as much as any other: the "
        "point leaves the saddle at once."
    ),
    "update_parameters_with_adam": (
        "The slope to the side is small, but divided by its own size it counts as much as any other: the "
        "point leaves the saddle at once, and momentum carries it past the cross."
    ),
}


def descents(draw, title, captions):
    """Declare one picture for each of the update rules."""
    for rule, caption in captions.items():
        # what else is returned is not drawn, and may be left out
        part = () if rule == "update_parameters_with_gd" else (0,)
        picture(rule, case=DESCENT, title=title, caption=caption, part=part)(draw)


def path(answer, parameters, layer):
    """Return the points that were passed, the start first: an array of shape (steps + 1, 2)."""
    names = (f"W{layer}", f"b{layer}")
    return np.column_stack([[answer.inputs["parameters"][n].item(), *np.ravel(parameters[n])] for n in names])


def level_lines(ax, slopes, low, high):
    """Draw where the cost is the same: ellipses of a bowl, hyperbolas of a saddle."""
    for level in 0.5 * (np.arange(1, 8) / 7) ** 2 * max(abs(slopes) * np.maximum(low**2, high**2)):
        if slopes[1] > 0:
            size = 2 * np.sqrt(2 * level / slopes)
            ax.add_artist(Ellipse((0, 0), *size, fill=False, edgecolor=Colour.LINE, linewidth=1))
            continue
        along = np.append(np.linspace(-2.2, 2.2, 25), np.nan)
        near, far = np.sqrt(2 * level / abs(slopes))
        one, other = np.cosh(along), np.sinh(along)
        x, y = (
            near * np.concatenate([one, -one, other, other]),
            far * np.concatenate([other, other, one, -one]),
        )
        ax.plot(x, y, color=Colour.LINE, linewidth=1)


def descent(answer, layer, where):
    slopes = np.array([answer.inputs["slopes"][f"W{layer}"], answer.inputs["slopes"][f"b{layer}"]])
    right = path(answer, answer.expected, layer)
    got = None if answer.returned is None else path(answer, answer.returned, layer)
    if got is not None and same(right, got):
        return None
    drawn = figure()
    ax = axes(drawn, x=f"W{layer}", y=f"b{layer}", margins=(24, 8, 28, 26))
    ax.set(xticks=[], yticks=[])
    for number, axis in enumerate((ax.set_xlim, ax.set_ylim)):
        points = np.append(right[:, number], 0)
        axis(window(points, None if got is None else got[:, number]))
    (left, right_end), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    level_lines(ax, slopes, np.array([left, bottom]), np.array([right_end, top]))
    ax.plot(0, 0, marker="+", color=Colour.SOFT, markersize=9)
    leaves = None if got is None else track(ax, got)
    reference(ax, right[:, 0], right[:, 1], marker="o", markersize=2.4, markeredgewidth=0)
    ax.plot(*right[0], marker="s", color=Colour.INK, markersize=5)
    if leaves is not None:
        aside(ax, f"leaves at step {leaves}")
    key(drawn, got)
    return done(drawn, story(right, got, leaves, where))


def story(right, got, leaves, where):
    """Say in words where the paths lead."""
    told = f"Steps on {where}, seen from above. The reference takes {len(right) - 1} steps and ends at "
    told += f"{point(right[-1])}."
    if got is None:
        return told
    told += f" Yours leaves it at step {first_difference(right, got)}"
    if leaves is not None:
        return f"{told} and the picture at step {leaves}."
    still = [name for name, moved in zip(("W", "b"), np.ptp(got, axis=0), strict=True) if not moved]
    if still:
        return f"{told}: {' and '.join(still)} never {'moves' if len(still) == 1 else 'move'}."
    return f"{told} and ends at {point(got[-1])}."


def point(xy):
    return f"({say(xy[0])}, {say(xy[1])})"


def bowl(answer):
    return descent(answer, 1, "a bowl")


def saddle(answer):
    return descent(answer, 2, "a saddle")


descents(bowl, "Down a long bowl", BOWL)
descents(saddle, "Off a saddle", SADDLE)


def rates(answer, epochs, drawstyle):
    right, got = np.array(answer.expected), answer.returned and np.array(answer.returned)
    if got is not None and same(right, got):
        return None
    drawn = figure()
    ax = axes(drawn, x="epoch", y="learning rate", grid="y")
    ax.set(xlim=(-0.5, len(right) - 0.5), ylim=window(np.append(right, 0), got))
    compare(ax, epochs, right, got, markersize=3, drawstyle=drawstyle)
    told = f"The reference falls from {say(right[0])} to {say(right[-1])} in {len(right) - 1} epochs."
    if got is None:
        return done(drawn, told)
    epoch = first_difference(right, got)
    return done(drawn, f"{told} Yours leaves it at epoch {epoch} and ends at {say(got[-1])}.")


@picture(
    "update_lr",
    case="forty epochs",
    title="The rate by epoch",
    caption="The rate falls fast at first and ever more slowly later: it is divided by a number that "
    "grows by the same amount each epoch.",
)
def decay(answer):
    return rates(answer, answer.inputs["epoch_num"], "default")


@picture(
    "schedule_lr_decay",
    case="forty epochs, in stairs",
    title="The rate by epoch",
    caption="Stairs: the rate stays as it is for a whole interval of ten epochs and then drops at once. Each "
    "stair is lower than the one before it.",
)
def stairs(answer):
    return rates(answer, answer.inputs["epoch_num"], "steps-post")


@picture(
    "exponentially_weighted_average",
    case="thirty days",
    title="A month, smoothed",
    caption="The average follows the values smoothly and a little late. With the correction it starts at the "
    "first value; without it, it would start near zero and take days to catch up.",
)
def smoothed(answer):
    values, days = answer.inputs["values"], np.arange(1, 31)
    if answer.returned is not None and same(answer.expected, answer.returned):
        return None
    drawn = figure()
    ax = axes(drawn, x="day", y="value", grid="y")
    ax.set(xlim=(0.2, 30.8), ylim=window(np.append(values, answer.expected), answer.returned))
    ax.plot(days, values, linestyle="", marker="x", markersize=4, color=Colour.MUTE)
    compare(ax, days, answer.expected, answer.returned, markersize=3)
    aside(ax, "crosses: the values")
    told = (
        f"Thirty values from {say(min(values))} to {say(max(values))}; the reference follows them smoothly."
    )
    if answer.returned is None:
        return done(drawn, told)
    day = first_difference(answer.expected, answer.returned)
    start = f"on day 1 it is {say(answer.returned[0])}, the reference {say(answer.expected[0])}"
    return done(drawn, f"{told} Yours leaves it on day {day + 1}: {start}.")
