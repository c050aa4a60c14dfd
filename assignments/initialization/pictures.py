"""Pictures of initialization: what the weights do to a signal on its way through eight layers."""

import numpy as np

from grader.report.drawing import (
    axes,
    compare,
    done,
    figure,
    first_difference,
    logarithmic,
    same,
    say,
    window,
)
from grader.report.pictures import picture

DEEP = "eight layers of fifteen units"
DAMPED = "eight layers that damp a little"


def spreads(parameters, activate):
    """Return the standard deviation of the activations of each layer, for inputs that are always the same."""
    A, found = np.random.default_rng(0).normal(size=(15, 60)), []
    for layer in range(1, 9):
        A = activate(parameters[f"W{layer}"] @ A + parameters[f"b{layer}"])
        found.append(np.std(A))
    return np.array(found)


def relu(Z):
    return np.maximum(Z, 0)


def by_layer(right, got, label, what):
    """Draw one number per layer, on a logarithmic axis where there is anything but zeros."""
    if got is not None and same_scale(right, got):
        return None
    layers = np.arange(1, len(right) + 1)
    drawn = figure()
    ax = axes(drawn, x="layer", y=label, grid="y")
    ax.set(xlim=(0.7, len(right) + 0.3), xticks=layers)
    if (right > 0).all():
        seen = None if got is None else np.log10(got[got > 0])
        known = np.log10(np.append(right, right[0] * np.array([0.3, 3])))
        logarithmic(ax.yaxis, *window(known, seen, room=1))
    else:
        ax.set_ylim(window(np.append(right, 1), got, room=3))
    compare(ax, layers, right, got)
    return done(drawn, words(right, got, what))


def same_scale(right, got):
    with_logs = (right > 0).all() and (got > 0).all()
    return same(np.log(right), np.log(got)) if with_logs else same(right, got)


def words(right, got, what):
    told = f"{what}, layer by layer. The reference goes from {say(right[0])} to {say(right[-1])}."
    if got is None:
        return told
    layer = first_difference(*((np.log(right), np.log(got)) if (right > 0).all() else (right, got)))
    differs = "is off throughout" if layer in (0, None) else f"leaves it at layer {layer + 1}"
    return f"{told} Yours {differs}, and goes from {say(got[0])} to {say(got[-1])}."


def initialized(exercise, activate, activation, caption):
    """Declare the picture of one way to draw weights."""

    @picture(exercise, case=DEEP, title="A signal on its way through your weights", caption=caption)
    def signal(answer):
        right = spreads(answer.expected, activate)
        if answer.returned is None and not right.any():
            return None
        got = None if answer.returned is None else spreads(answer.returned, activate)
        return by_layer(right, got, f"spread of {activation} activations", "Spreads of the activations")

    return signal


zeros = initialized(
    "initialize_parameters_zeros",
    relu,
    "ReLU",
    "Nothing comes through: every activation is zero from the first layer on, whatever goes in. So all "
    "units of a layer stay alike, and that is what this way to start is to show.",
)
large = initialized(
    "initialize_parameters_random",
    relu,
    "ReLU",
    "The same inputs through eight ReLU layers: with weights times ten the signal grows by about the same "
    "factor in every layer, a rising line on this logarithmic scale. It explodes, and that is what this "
    "one is to show.",
)
he = initialized(
    "initialize_parameters_he",
    relu,
    "ReLU",
    "The same inputs through eight ReLU layers: with variance 2 / n the line stays level but for chance, "
    "neither exploding nor dying away. A line that falls or rises steadily has weights of another scale.",
)
xavier = initialized(
    "initialize_parameters_xavier",
    np.tanh,
    "tanh",
    "The same inputs through eight tanh layers: with variance 1 / n the signal shrinks only slowly. "
    "Weights of another scale let it die away, or drive every unit to one of its ends.",
)


@picture(
    "activation_scale",
    case=DAMPED,
    title="The spreads you measure",
    caption="On this logarithmic scale the spread falls along nearly a straight line: each layer takes "
    "about the same share away, which is how a signal vanishes in a deep network.",
)
def activations(answer):
    got = None if answer.returned is None else np.array(answer.returned)
    return by_layer(np.array(answer.expected), got, "spread of activations", "Spreads of the activations")


@picture(
    "gradient_scale",
    case=DAMPED,
    title="The gradients you measure",
    caption="Read from right to left, the way that gradients go: on this logarithmic scale they change by "
    "about the same factor from layer to layer.",
)
def gradients(answer):
    got = None if answer.returned is None else np.array(answer.returned)
    return by_layer(np.array(answer.expected), got, "norm of dW", "Norms of the gradients")
