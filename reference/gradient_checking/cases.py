"""Cases of gradient checking: where the answer is rounding noise a bound, otherwise digits.

The digits come from derivatives that are wrong on purpose, and from shifts large enough that the curvature of
the cost shows: there every step of the formula leaves its mark. calls.py puts the costs in place.
"""

from itertools import pairwise

import numpy as np

from grader.course.declare import AtMost, Cases, Holds, exercise

from . import solution

NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")

#: Weight of a public case: its answer is known, so passing it says less than passing a hidden one. The same
#: for a right gradient: whoever returns zero passes that.
KNOWN = 0.5
NOISE = AtMost(bound=1e-6)

_DEFAULT = "so small a shift moves the answer by rounding noise alone, which no digits can ask for"

#: What passes every case and may.
accepted_survivors = {
    "gradient_check": {"1e-07 → 1e-09": _DEFAULT},
    "gradient_check_n": {"1e-07 → 1e-09": _DEFAULT},
}


@exercise(points=4)
def forward_propagation(cases: Cases) -> None:
    """The cost of the smallest model there is."""
    cases.public("by hand", dict(x=2, theta=4), weight=KNOWN)
    cases.public("a negative parameter", dict(x=3, theta=-5), weight=KNOWN)
    cases.hidden("decimals", dict(x=0.37, theta=-2.9))
    cases.hidden("two negatives", dict(x=-7.3, theta=-0.61))
    cases.hidden("a large input", dict(x=1.9e4, theta=0.083))
    cases.hidden("a small input", dict(x=-4.1e-3, theta=6.7))


@exercise(points=4)
def backward_propagation(cases: Cases) -> None:
    """The derivative of that cost."""
    cases.public("by hand", dict(x=2, theta=4), weight=KNOWN)
    cases.public("a negative parameter", dict(x=3, theta=-5), weight=KNOWN)
    cases.hidden("decimals", dict(x=0.37, theta=-2.9))
    cases.hidden("two negatives", dict(x=-7.3, theta=-0.61))
    cases.hidden("a large input", dict(x=1.9e4, theta=0.083))
    cases.hidden("a small input", dict(x=-4.1e-3, theta=6.7))


@exercise(points=22)
def gradient_check(cases: Cases) -> None:
    """Is a derivative the slope of its cost? One parameter."""
    cases.public("the right derivative of a line", dict(x=2, theta=4), judge=NOISE, weight=KNOWN)
    cases.public(
        "a derivative three times too large, by hand",
        dict(x=2, theta=4, epsilon=1.0, factor=3.0),
        weight=KNOWN,
    )
    cases.public(
        "the curvature of a cube, by hand", dict(x=1, theta=2, epsilon=1.0, cost="cube"), weight=KNOWN
    )
    cases.public(
        "the wrong sign, by hand", dict(x=1, theta=3, epsilon=1.0, cost="square", factor=-1.0), weight=KNOWN
    )
    shifts = [10.0**-power for power in range(11)]
    cases.public(
        "an exponential, with ever smaller shifts",
        dict(x=2.0, theta=0.5, epsilon=shifts, cost="exponential"),
        judge=Holds(properties=("errors_fall_then_rise",)),
        weight=KNOWN,
    )
    cases.hidden("an offset", dict(x=-1.7, theta=0.6, epsilon=0.4, cost="wave", offset=-0.6))
    cases.hidden("half the derivative, epsilon left out", dict(x=5.3, theta=-0.8, factor=0.5))
    cases.hidden("the curvature of an exponential", dict(x=0.7, theta=1.3, epsilon=0.31, cost="exponential"))
    cases.hidden("the curvature of a wave", dict(x=-2.6, theta=0.7, epsilon=0.23, cost="wave"))
    cases.hidden("the curvature of a cube near zero", dict(x=-3.4, theta=-0.3, epsilon=0.11, cost="cube"))
    cases.hidden(
        "too large by a tenth", dict(x=1.6, theta=-0.9, epsilon=0.07, cost="exponential", factor=1.1)
    )
    cases.hidden(
        "a wave, downhill", dict(x=2.3, theta=1.1, epsilon=0.13, cost="wave", factor=0.7, offset=-0.4)
    )
    cases.hidden("a cube far out", dict(x=-0.6, theta=5.2, epsilon=0.9, cost="cube", offset=17.0))
    cases.hidden("the wrong sign of a cube", dict(x=1.2, theta=0.4, epsilon=0.17, cost="cube", factor=-2.4))
    cases.hidden("a line, downhill, the other way", dict(x=0.8, theta=1.9, epsilon=0.6, factor=-0.7))
    cases.hidden("a wave, default epsilon", dict(x=3.1, theta=0.23, cost="wave", offset=0.6))
    cases.hidden(
        "the right derivative of an exponential",
        dict(x=0.9, theta=0.2, cost="exponential"),
        judge=NOISE,
        weight=KNOWN,
    )


def network(sizes, seed, scale=0.9):
    """Parameters of a network with these layer sizes, the input first; biases keep most units switched on."""
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer, (fan_in, fan_out) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = scale * rng.normal(size=(fan_out, fan_in))
        parameters[f"b{layer}"] = scale * rng.uniform(0.2, 1.6, size=(fan_out, 1))
    return parameters


def examples(n_x, m, seed):
    """Inputs and labels of both kinds, in a row (1, m)."""
    rng = np.random.default_rng(seed)
    Y = (np.arange(m) % 3 != 1).astype(float).reshape(1, m)
    return dict(X=rng.normal(0.4, 1.3, size=(n_x, m)), Y=Y)


def small_network():
    """Two inputs, layers of 2, 1 and 1 units, whole numbers throughout."""
    return dict(
        zip(
            NAMES,
            (
                np.array([[1.0, -1.0], [2.0, 0.0]]),
                np.array([[0.0], [-1.0]]),
                np.array([[1.0, 1.0]]),
                np.array([[1.0]]),
                np.array([[-1.0]]),
                np.array([[2.0]]),
            ),
            strict=True,
        )
    )


SMALL = dict(X=np.array([[3.0, 1.0], [1.0, 0.0]]), Y=np.array([[1.0, 0.0]]))


def undecided_network():
    """Two inputs, layers of 2, 2 and 1 units; both predictions are one half, and gradients whole quarters.

    One unit of each hidden layer is at rest for the second example.
    """
    return {
        "W1": np.array([[1.0, -1.0], [2.0, 0.0]]),
        "b1": np.array([[0.0], [-1.0]]),
        "W2": np.array([[1.0, 2.0], [1.0, -1.0]]),
        "b2": np.array([[0.0], [1.0]]),
        "W3": np.array([[1.0, 3.0]]),
        "b3": np.array([[-6.0]]),
    }


UNDECIDED = dict(X=np.array([[1.0, 2.0], [0.0, 3.0]]), Y=np.array([[1.0, 1.0]]))


def flat_labels(data):
    """The same examples with Y of shape (m,) and whole numbers."""
    return dict(X=data["X"], Y=data["Y"].ravel().astype(int))


@exercise(points=18)
def forward_propagation_n(cases: Cases) -> None:
    """The cost of a network of three layers."""

    def inputs(sizes, m, seed, scale=0.9):
        return examples(sizes[0], m, seed + 1) | dict(parameters=network(sizes, seed, scale))

    cases.public("two examples, by hand", SMALL | dict(parameters=small_network()), weight=KNOWN)
    one = dict(X=SMALL["X"][:, :1], Y=np.array([[0.0]]))
    cases.public("one example, by hand", one | dict(parameters=small_network()), weight=KNOWN)
    cases.hidden("five, four, three, one", inputs((6, 5, 3, 1), 7, 201))
    cases.hidden("wide, then narrow", inputs((3, 8, 2, 1), 5, 203))
    cases.hidden("one unit per layer", inputs((2, 1, 1, 1), 9, 207, scale=1.4))
    cases.hidden("many examples", inputs((3, 4, 2, 1), 23, 207))
    cases.hidden("one example", inputs((5, 2, 4, 1), 1, 209, scale=0.7))
    cases.hidden("one input", inputs((1, 3, 2, 1), 6, 211, scale=1.2))
    labelled = inputs((5, 3, 2, 1), 4, 225)
    cases.hidden("labels of shape (m,)", flat_labels(labelled) | dict(parameters=labelled["parameters"]))
    cases.hidden("a network that is sure of itself", inputs((2, 3, 5, 1), 8, 215, scale=1.3))


@exercise(points=22, handed_out="as_handed_out")
def backward_propagation_n(cases: Cases) -> None:
    """The gradients of that network: find and repair the mistakes."""

    def inputs(sizes, m, seed, scale=0.9):
        return through(examples(sizes[0], m, seed + 1), network(sizes, seed, scale))

    def through(data, parameters):
        _, cache = solution.forward_propagation_n(data["X"], data["Y"], parameters)
        return data | dict(cache=cache)

    cases.public("two examples, by hand", through(UNDECIDED, undecided_network()), weight=KNOWN)
    cases.public("one input, five examples", inputs((1, 2, 3, 1), 5, 221), weight=KNOWN)
    cases.hidden("six, five, three, one", inputs((6, 5, 3, 1), 7, 255))
    cases.hidden("wide, then narrow", inputs((3, 8, 2, 1), 5, 225))
    cases.hidden("one unit per layer", inputs((3, 1, 1, 1), 8, 249, scale=1.1))
    cases.hidden("many examples", inputs((2, 4, 3, 1), 19, 293))
    cases.hidden("one example", inputs((5, 4, 3, 1), 1, 263))
    labelled = examples(4, 6, 234)
    cases.hidden("labels of shape (m,)", through(flat_labels(labelled), network((4, 3, 5, 1), 233)))
    cases.hidden("a network that is sure of itself", inputs((2, 3, 5, 1), 9, 285, scale=1.25))


def slopes(parameters, X, Y, cost):
    """The right gradients of a cost of calls.py."""
    if cost == "network":
        _, cache = solution.forward_propagation_n(X, Y, parameters)
        return solution.backward_propagation_n(X, Y, cache)
    if cost == "cubes":
        return {"d" + name: 3 * value**2 for name, value in parameters.items()}
    if cost == "mixed":
        weights, biases = np.mean(X), np.mean(Y)
        return {
            "d" + name: weights * np.exp(value) if name.startswith("W") else biases * np.cos(value)
            for name, value in parameters.items()
        }
    if cost == "regression":
        return slopes_of_regression(X, Y, *(parameters[name] for name in NAMES))
    everything = np.concatenate([value.ravel() for value in parameters.values()])
    mean = np.mean(everything**2)
    return {"d" + name: 6 * mean**2 * value / everything.size for name, value in parameters.items()}


def slopes_of_regression(X, Y, W1, b1, W2, b2, W3, b3):
    """The right gradients of a network of tanh layers under a squared error."""
    A1 = np.tanh(W1 @ X + b1)
    A2 = np.tanh(W2 @ A1 + b2)
    dZ3 = 2 * (W3 @ A2 + b3 - Y) / X.shape[1]
    dZ2 = W3.T @ dZ3 * (1 - A2**2)
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    products = (dZ1 @ X.T, dZ1, dZ2 @ A1.T, dZ2, dZ3 @ A2.T, dZ3)
    return {
        "d" + name: value if name.startswith("W") else value.sum(axis=1, keepdims=True)
        for name, value in zip(NAMES, products, strict=True)
    }


def with_errors(gradients, seed, size):
    """Add an error to every entry that is checked: of either sign, up to this size."""
    rng = np.random.default_rng(seed)
    wrong = dict(gradients)
    for name in NAMES:
        value = gradients["d" + name]
        wrong["d" + name] = value + size * rng.uniform(0.3, 1.0, value.shape) * rng.choice(
            [-1, 1], value.shape
        )
    return wrong


@exercise(points=30, uses=("forward_propagation_n",))
def gradient_check_n(cases: Cases) -> None:
    """Are the gradients of a network the slopes of its cost?"""

    def inputs(sizes, m, seed, *, cost="regression", error=0.0, scale=0.9, **optional):
        parameters, data = network(sizes, seed, scale), examples(sizes[0], m, seed + 1)
        gradients = with_errors(slopes(parameters, cost=cost, **data), seed + 2, error)
        return dict(parameters=parameters, gradients=gradients) | data | optional | dict(cost=cost)

    numbers = dict(zip(NAMES, (np.full((1, 1), float(n)) for n in (1, -2, 0, 1, 2, -1)), strict=True))
    six = dict(parameters=numbers, X=np.array([[1.0]]), Y=np.array([[1.0]]), epsilon=1.0, cost="cubes")
    right = slopes(numbers, six["X"], six["Y"], "cubes")
    cases.public("the sum of six cubes, by hand", six | dict(gradients=right), weight=KNOWN)
    cases.public(
        "six cubes, one sign wrong", six | dict(gradients=right | {"dW1": -right["dW1"]}), weight=KNOWN
    )
    cases.public(
        "right gradients of a network",
        inputs((2, 3, 2, 1), 5, 323, cost="network"),
        judge=NOISE,
        weight=KNOWN,
    )

    cases.hidden("every entry wrong", inputs((3, 2, 4, 1), 6, 299, error=0.8, epsilon=0.05))
    cases.hidden("every entry wrong by little", inputs((2, 4, 3, 1), 5, 293, error=0.02, epsilon=0.003))
    cases.hidden("every entry wrong by much", inputs((5, 3, 2, 1), 7, 305, error=40.0, epsilon=0.02))
    cases.hidden("only curvature", inputs((3, 4, 2, 1), 4, 253, cost="mixed", epsilon=0.31))
    cases.hidden(
        "only curvature, parameters that depend on each other",
        inputs((2, 3, 2, 1), 3, 256, cost="coupled", epsilon=0.4),
    )
    cases.hidden(
        "depending on each other, and wrong",
        inputs((3, 2, 1, 1), 5, 259, cost="coupled", error=0.3, epsilon=0.23),
    )
    cases.hidden(
        "another cost, every entry wrong", inputs((2, 5, 3, 1), 4, 262, cost="mixed", error=0.5, epsilon=0.11)
    )
    cases.hidden(
        "one unit per layer, one example", inputs((1, 1, 1, 1), 1, 265, cost="mixed", error=0.7, epsilon=0.17)
    )
    cases.hidden("epsilon left out, every entry wrong", inputs((3, 2, 2, 1), 5, 455, error=0.4))

    last = inputs((2, 3, 2, 1), 6, 271, cost="cubes", epsilon=0.09)
    last["gradients"] = last["gradients"] | {"db3": last["gradients"]["db3"] + 2.7}
    cases.hidden("only the last parameter wrong", last)
    bias = inputs((3, 2, 3, 1), 4, 274, cost="mixed", epsilon=0.13)
    bias["gradients"] = bias["gradients"] | {"db1": -1.8 * bias["gradients"]["db1"]}
    cases.hidden("only the first biases wrong", bias)

    flat = inputs((5, 2, 3, 1), 3, 353, epsilon=0.01)
    flat |= flat_labels(flat)
    flat["gradients"] = with_errors(flat["gradients"], 279, 0.3)
    cases.hidden("labels of shape (m,), epsilon of a hundredth", flat)
    cases.hidden(
        "right gradients of a larger network", inputs((6, 3, 2, 1), 8, 308), judge=NOISE, weight=KNOWN
    )
