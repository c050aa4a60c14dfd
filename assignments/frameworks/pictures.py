"""Pictures of frameworks: the loss while a network is trained."""

import numpy as np

from grader.report.drawing import axes, compare, done, figure, first_difference, same, say, window
from grader.report.pictures import picture


@picture(
    "train_step",
    case="twenty steps on one batch",
    part=("costs",),
    title="The loss, step by step",
    caption="It falls fast at first, then more slowly: each step goes down the gradient of this one batch."
    " A line that stays level has parameters that are not moved; one that jumps up and down, "
    "gradients that add up.",
)
def loss(answer):
    right = np.array(answer.expected)
    got = None if answer.returned is None else np.array(answer.returned)
    if got is not None and same(right, got):
        return None
    drawn = figure()
    ax = axes(drawn, x="step", y="loss", grid="y")
    steps = np.arange(1, len(right) + 1)
    ax.set(xlim=(0.3, len(right) + 0.7), ylim=window(np.append(right, 0), got, room=3))
    compare(ax, steps, right, got)
    told = f"The loss of the reference falls from {say(right[0])} to {say(right[-1])} in {len(right)} steps."
    if got is None:
        return done(drawn, told)
    step = first_difference(right, got) + 1
    return done(
        drawn, f"{told} Yours leaves it at step {step}: it goes from {say(got[0])} to {say(got[-1])}."
    )
