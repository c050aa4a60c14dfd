"""Pictures of softmax: shares under a shift of the scores, and under another temperature."""

import numpy as np

from grader.report.drawing import axes, done, figure, key, note, reference, same, say, yours
from grader.report.pictures import picture


def shares(answer, across, label, told, named):
    """Draw the share of each class against what is done to the scores."""
    right, got = answer.expected, answer.returned
    if got is not None and same(right, got):
        return None
    drawn = figure()
    ax = axes(drawn, x=label, y="share", grid="y", margins=(46, 14, 28, 40))
    ax.set(xlim=(across[0], across[-1]), ylim=(-0.06, 1.06), yticks=[0, 0.5, 1])
    for number, row in enumerate(right):
        if got is not None:
            yours(ax, across, got[number], markersize=3.4, marker="osD"[number])
        reference(ax, across, row)
        note(ax, across[named], row[named] + 0.03, "ABC"[number], va="bottom")
    key(drawn, got)
    return done(drawn, told + words(right, got))


def words(right, got):
    if got is None:
        return ""
    lost = np.count_nonzero(~np.isfinite(got).all(axis=0))
    if lost:
        return f" Yours is no number in {lost} of {got.shape[1]} columns: there the lines break off."
    sums = got.sum(axis=0)
    if np.ptp(sums) > 0.01 or abs(sums[0] - 1) > 0.01:
        return f" In yours the shares of a column add up to between {say(sums.min())} and {say(sums.max())}."
    return f" Yours are off by up to {say(np.max(np.abs(right - got)))}."


@picture(
    "softmax",
    case="the same three scores, shifted further and further",
    title="The same scores, shifted",
    caption="Three flat lines: adding one number to all scores changes no share, for it multiplies "
    "numerator and denominator alike. A line that breaks off is an exponential that grew beyond "
    "all floats, or shrank to zero.",
)
def shifted(answer):
    shifts = answer.inputs["z"][1] - answer.inputs["z"][1].mean()
    told = "Shares of three classes: flat in the reference."
    return shares(answer, shifts, "shift of all three scores", told, -2)


@picture(
    "softmax",
    case="the same three scores, divided by more and more",
    title="The same scores, hotter and colder",
    caption="Far left the highest score takes all; far right all shares are nearly a third. Nowhere do lines "
    "cross: a higher score has the larger share at any temperature.",
)
def hotter(answer):
    told = "Shares of three classes: in the reference from all for one to a third for each."
    return shares(answer, np.linspace(-1, 1, 11), "logarithm (base 10) of the divisor of the scores", told, 6)
