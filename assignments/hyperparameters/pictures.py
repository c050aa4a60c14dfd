"""Pictures of hyperparameters: where draws and trials lie, what a Gaussian process believes."""

import numpy as np

from grader.report.drawing import (
    Colour,
    aside,
    axes,
    compare,
    done,
    figure,
    first_difference,
    key,
    logarithmic,
    reference,
    same,
    say,
    window,
    within,
    yours,
)
from grader.report.pictures import picture


def spread_of_draws(values, low, high, label, across):
    """Draw how often each eighth of a range is hit, on a logarithmic scale, against an even share."""
    if values is None:
        return None
    edges = np.linspace(low, high, 9)
    even, counts = len(values) / 8, np.histogram(np.log10(values), edges)[0]
    drawn = figure()
    ax = axes(drawn, x=label, y="draws", grid="y")
    logarithmic(ax.xaxis, low - 0.15, high + 0.15)
    ax.set_ylim(0, 1.12 * max(1.6 * even, counts.max()))
    ax.bar(10 ** edges[:-1], counts, width=np.diff(10**edges) * 0.94, align="edge", color=Colour.YOURS)
    outside = len(values) - counts.sum()
    if outside:
        aside(ax, f"{outside} outside")
    reference(ax, 10 ** edges[[0, -1]], [even, even])
    key(drawn, values, shapes=("yours",))
    told = f"How many of {len(values)} draws lie in each part of the range; {even:.0f} in each would be even."
    return done(drawn, f"{told} Yours: {', '.join(map(str, counts))}, from {across[0]} to {across[1]}.")


def draws(answer):
    """Return all draws of all seeds; None without."""
    if answer.returned is None:
        return None
    drawn = np.concatenate(
        [np.ravel(answer.returned["result"]), *map(np.ravel, answer.returned["other seeds"])]
    )
    values = drawn.astype(float)
    if not np.isfinite(values).all():
        raise ValueError("not all are numbers")
    return values


@picture(
    "sample_learning_rate",
    case="from 0.0001 to 1",
    loose=True,
    title="Where your rates lie",
    caption="Draws of seven seeds, counted on a logarithmic scale. Level bars are right: as many rates "
    "between 0.0001 and 0.001 as between 0.1 and 1. Bars that pile up on the right come from an "
    "even draw of the rate itself.",
)
def rates(answer):
    return spread_of_draws(draws(answer), -4, 0, "learning rate", ("0.0001", "1"))


@picture(
    "sample_momentum",
    case="from 0.9 to 0.999",
    loose=True,
    title="Where your values of beta lie",
    caption="Draws of seven seeds, counted by their distance from 1 on a logarithmic scale. Level bars are"
    " right: as many between 0.99 and 0.999 as between 0.9 and 0.99, for near 1 small changes "
    "matter most.",
)
def betas(answer):
    values = draws(answer)
    return spread_of_draws(None if values is None else 1 - values, -3, -1, "1 − beta", ("0.999", "0.9"))


def trials(answer):
    """Return the trials of all seeds as one table; None without."""
    if answer.returned is None:
        return None
    tables = [answer.returned["result"], *answer.returned["other seeds"]]
    return np.stack([np.asarray(table, dtype=float)[:-1] for table in tables])


def plane():
    drawn = figure(height=226)
    ax = axes(drawn, x="rate", y="momentum", margins=(46, 10, 10, 40))
    logarithmic(ax.xaxis, -4.15, 0.15)
    return drawn, ax


@picture(
    "random_search",
    case="a rate and a momentum",
    loose=True,
    title="Where your search looked",
    caption="The trials of seven seeds. Right ones fill the whole plane without a pattern: the rate's "
    "scale is logarithmic, so as many lie left of 0.01 as right of it.",
)
def scattered(answer):
    return scatter(answer, (-0.05, 1.05), None)


@picture(
    "coarse_to_fine",
    case="a rate and a momentum",
    loose=True,
    title="How your search closes in",
    caption="The trials of seven seeds, darker and larger from round to round. In a right search the first"
    " round fills the whole plane and each later one a smaller part of it, around the best so far:"
    " towards the cross, where the score is highest.",
)
def closing_in(answer):
    return scatter(answer, (0.05, 1.05), answer.inputs["n_trials"])


def scatter(answer, limits, per_round):
    table = trials(answer)
    shown = np.asarray(answer.expected["result"])[None, :-1] if table is None else table
    colour = Colour.REFERENCE if table is None else Colour.YOURS
    drawn, ax = plane()
    ax.set_ylim(limits)
    rounds = np.arange(shown.shape[1]) // (per_round or shown.shape[1])
    for number in range(rounds[-1] + 1):
        points = shown[:, rounds == number].reshape(-1, 3)
        style = {"markersize": 3 + number, "alpha": 0.55 + 0.2 * number} if per_round else {"markersize": 4}
        x = np.where(points[:, 0] > 0, points[:, 0], np.nan)
        ax.plot(
            x, within(points[:, 1], 0, 1), linestyle="", marker="o", markeredgewidth=0, color=colour, **style
        )
    if per_round:
        peak = answer.inputs["objective"]["peak"]
        ax.plot(
            peak["rate"], peak["momentum"], marker="+", markersize=13, markeredgewidth=2, color=Colour.INK
        )
    middle = np.median(shown.reshape(-1, 3), axis=0)
    told = f"{shown.shape[0] * shown.shape[1]} trials by rate and momentum; half of the rates are below "
    told += f"{say(middle[0])}, half of the momenta below {say(middle[1])}."
    if per_round:
        last = shown[:, rounds == rounds[-1]]
        span = np.mean(np.ptp(np.log10(np.maximum(last[..., 0], 1e-9)), axis=1))
        told += f" In the last round the rates of a seed span {say(span)} orders of magnitude."
    return done(drawn, told)


@picture(
    "gp_posterior",
    case="five points on a line",
    title="What the process believes",
    caption="The mean runs close by the points that were tried, and the band (two standard deviations) is "
    "narrow there. Away from them, on the right, the mean goes back to zero and the band is as "
    "wide as before any trial.",
)
def belief(answer):
    X, y, line = answer.inputs["X"][:, 0], answer.inputs["y"], answer.inputs["X_new"][:, 0]
    right, got = answer.expected, answer.returned
    if got is not None and all(same(*pair) for pair in zip(right, got, strict=True)):
        return None
    drawn = figure()
    ax = axes(drawn, x="place", y="score")
    ax.set(xlim=(0, 8), ylim=(-3.4, 3.4))
    if got is not None:
        mean, spread = got[0], 2 * np.sqrt(np.maximum(got[1], 0))
        band = within(mean - spread, -3, 3), within(mean + spread, -3, 3)
        ax.fill_between(line, *band, color=Colour.YOURS, alpha=0.22, linewidth=0)
        yours(ax, line, mean, markersize=2.6)
    spread = 2 * np.sqrt(right[1])
    reference(ax, line, right[0])
    for edge in (right[0] - spread, right[0] + spread):
        reference(ax, line, edge, linewidth=1)
    ax.plot(X, y, linestyle="", marker="x", markersize=7, markeredgewidth=2, color=Colour.INK, zorder=6)
    key(drawn, got)
    aside(ax, "crosses: tried")
    told = "Mean and band of a Gaussian process through five points."
    if got is None:
        return done(drawn, told)
    parts = [
        f"the {name} is off by up to {say(np.max(np.abs(one - other)))}"
        for name, one, other in zip(("mean", "variance"), right, got, strict=True)
        if not same(one, other)
    ]
    return done(drawn, f"{told} In yours {' and '.join(parts)}.")


@picture(
    "expected_improvement",
    case="thirty-three candidates on a line",
    title="Where to try next",
    caption="Never below zero. It is high where the mean is high, and also where the variance is large, on"
    " the right: there much may be gained though the mean is low. Its highest point is tried next.",
)
def improvement(answer):
    right, got, line = answer.expected, answer.returned, np.linspace(0, 8, 33)
    if got is not None and same(right, got):
        return None
    drawn = figure()
    ax = axes(drawn, x="candidate", y="expected improvement", grid="y")
    ax.set(xlim=(0, 8), ylim=window(np.append(right, 0), got))
    compare(ax, line, right, got, markersize=3)
    told = f"The reference is highest at candidate {np.argmax(right) + 1} of 33."
    if got is None:
        return done(drawn, told)
    first = first_difference(right, got)
    best = f"is highest at {np.nanargmax(got) + 1}" if np.isfinite(got).any() else "is nowhere a number"
    return done(drawn, f"{told} Yours leaves it at candidate {first + 1} and {best}.")
