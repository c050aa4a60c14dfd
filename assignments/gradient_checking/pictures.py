"""Pictures of gradient_checking: how the check depends on the shift."""

import numpy as np

from grader.report.drawing import aside, axes, done, figure, key, logarithmic, reference, say, window, yours
from grader.report.pictures import picture


@picture(
    "gradient_check",
    case="an exponential, with ever smaller shifts",
    title="The check of a right gradient, by shift",
    caption="A V: from right to left the difference falls a hundredfold for each tenth of the shift, for a"
    " two-sided difference errs by the square of the shift; below about 10⁻⁵ rounding takes over "
    "and it rises again. So a shift that is too small is as bad as one that is too large.",
)
def valley(answer):
    shifts, right = np.array(answer.inputs["epsilon"]), np.array(answer.expected)
    got = None if answer.returned is None else np.array(answer.returned)
    drawn = figure()
    ax = axes(drawn, x="epsilon", y="relative difference", grid="y", margins=(54, 10, 28, 40))
    logarithmic(ax.xaxis, -10.5, 0.5)
    seen = None if got is None else np.log10(got[got > 0])
    logarithmic(ax.yaxis, *window(np.log10(right[right > 0]), seen, room=0.5))
    if got is not None:
        yours(ax, shifts, got)
        unseen = np.count_nonzero(~(got > 0))
        if unseen:
            aside(ax, f"{unseen} not above zero")
    reference(ax, shifts, np.where(right > 0, right, np.nan))
    key(drawn, got)
    return done(drawn, words(shifts, got))


def words(shifts, got):
    told = "The relative difference by shift: in the reference a V with its lowest point near 10⁻⁵."
    if got is None:
        return told
    if not (got > 0).any():
        return f"{told} Yours is nowhere above zero."
    with np.errstate(all="ignore"):
        tenfold = np.log10(got[0] / got[3]) / 3
    lowest = shifts[np.nanargmin(np.where(got > 0, got, np.nan))]
    if got[0] > 0 and got[3] > 0 and 0.3 < tenfold < 1.7:
        return f"{told} Yours falls only about {10**tenfold:.0f}-fold for each tenth of the shift."
    ends = f"{say(got[0])} to {say(got[-1])}"
    return f"{told} Yours is lowest with a shift of {say(lowest)}, and goes from {ends}."
