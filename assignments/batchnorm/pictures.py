"""Pictures of batchnorm: two features before and after."""

import numpy as np

from grader.report.drawing import Colour, axes, done, figure, key, note, same, say, window, within
from grader.report.pictures import picture


@picture(
    "batchnorm_forward",
    case="forty examples, two features far apart",
    part=("out",),
    title="Two features, before and after",
    caption="Before, each feature has a place and a spread of its own. After, each lies around its beta "
    "with a spread of its gamma: the first around 0 with a spread of 1, the second around 3 with a"
    " spread of one half.",
)
def before_and_after(answer):
    x, right = answer.inputs["x"], answer.expected
    got = answer.returned
    if got is not None and same(right, got):
        return None
    drawn = figure(height=270)
    above = axes(drawn, y="before", margins=(30, 8, 44, 160))
    above.set(yticks=[], xlim=(-7, 14))
    below = axes(drawn, y="after", margins=(30, 8, 140, 24))
    below.set(yticks=[], xlim=window(np.append(right, (-3, 5)), got))
    for feature in (0, 1):
        bars(above, x[:, feature], fill=Colour.MUTE)
        if got is not None:
            bars(below, got[:, feature], fill=Colour.YOURS)
        bars(below, right[:, feature], line=Colour.REFERENCE)
        name = ("first", "second")[feature]
        note(above, x[:, feature].mean(), above.get_ylim()[1], name, ha="center", va="bottom")
    key(drawn, got, shapes=("yours", "reference"))
    return done(drawn, words(right, got))


def bars(ax, values, fill=None, line=None):
    """Draw a histogram of about ten bars over what can be seen."""
    edges = np.linspace(*ax.get_xlim(), 36)
    counts, _ = np.histogram(within(values, *ax.get_xlim()), edges)
    if not counts.any():
        return
    first, last = np.flatnonzero(counts)[[0, -1]]
    counts, edges = counts[first : last + 1], edges[first : last + 2]
    if fill is not None:
        ax.stairs(counts, edges, fill=True, facecolor=fill, alpha=0.75)
    else:
        ax.stairs(counts, edges, edgecolor=line, linewidth=1.6, linestyle=(0, (4, 2.2)), zorder=4)
    ax.set_ylim(0, max(ax.get_ylim()[1] if ax.patches[1:] else 0, 1.12 * counts.max()))


def words(right, got):
    def told(out):
        pairs = zip(out.mean(axis=0), out.std(axis=0), strict=True)
        return " and ".join(f"around {say(mean)} with a spread of {say(spread)}" for mean, spread in pairs)

    reference = f"Afterwards the two features of the reference lie {told(right)}."
    return reference if got is None else f"{reference} Yours lie {told(got)}."
