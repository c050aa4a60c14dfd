"""Cases of the initialization assignment.

Layer sizes within a case differ from each other and from the constants of the formulas (2, 3, 10) where they
can, so that no mistake hides behind two numbers that happen to be equal. The one case with more than ten
layers is there for code that sorts the keys as text, where "W10" comes before "W2".
"""

import numpy as np

from grader.course.declare import Cases, exercise

#: Weight of a public case: its answer is known, so passing it says less than passing a hidden one.
KNOWN = 0.5


def network(seed, layers_dims, gain=1.0):
    """Return parameters with biases that are not zero and weights of std gain / sqrt(n_in)."""
    rng = np.random.default_rng(seed)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_out, n_in = layers_dims[l], layers_dims[l - 1]
        parameters[f"W{l}"] = gain * rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)
        parameters[f"b{l}"] = 0.3 * rng.standard_normal((n_out, 1)) + 0.2
    return parameters


def examples(seed, n, m):
    """Return m examples of n features that are off centre, so that means matter."""
    return np.random.default_rng(seed).standard_normal((n, m)) + 0.5


@exercise(points=8)
def initialize_parameters_zeros(cases: Cases) -> None:
    """All weights and biases zero."""
    cases.public("three inputs, two units, one output", dict(layers_dims=[3, 2, 1]), weight=KNOWN)
    cases.public("a single layer", dict(layers_dims=[4, 3]), weight=KNOWN)
    cases.public("eight layers of fifteen units", dict(layers_dims=[15] * 9), weight=KNOWN / 2)
    cases.hidden("four layers", dict(layers_dims=[5, 7, 4, 6, 3]))
    cases.hidden("one unit everywhere", dict(layers_dims=[1, 1, 1]))
    cases.hidden("a wide layer", dict(layers_dims=[2, 31, 5]))
    cases.hidden("eleven layers", dict(layers_dims=[4, 3, 5, 2, 6, 1, 3, 4, 2, 5, 3, 2]))


@exercise(points=14)
def initialize_parameters_random(cases: Cases) -> None:
    """Large random weights: standard normal numbers times ten."""
    cases.public("three inputs, two units, one output", dict(layers_dims=[3, 2, 1]), weight=KNOWN)
    cases.public("a single layer of one unit", dict(layers_dims=[2, 1]), weight=KNOWN)
    cases.public("eight layers of fifteen units", dict(layers_dims=[15] * 9), weight=KNOWN / 2)
    cases.hidden("four layers", dict(layers_dims=[5, 7, 4, 6, 3]))
    cases.hidden("one input", dict(layers_dims=[1, 4, 2]))
    cases.hidden("a wide layer", dict(layers_dims=[6, 23, 4]))
    cases.hidden("eleven layers", dict(layers_dims=[4, 3, 5, 2, 6, 1, 3, 4, 2, 5, 3, 2]))


@exercise(points=16)
def initialize_parameters_he(cases: Cases) -> None:
    """Weights of variance 2 / n, for ReLU."""
    cases.public("two inputs, four units, one output", dict(layers_dims=[2, 4, 1]), weight=KNOWN)
    cases.public("eight inputs, one unit: the factor is one half", dict(layers_dims=[8, 1]), weight=KNOWN)
    cases.public("eight layers of fifteen units", dict(layers_dims=[15] * 9), weight=KNOWN / 2)
    cases.hidden("one unit in the middle", dict(layers_dims=[7, 1, 3]))
    cases.hidden("four layers", dict(layers_dims=[5, 7, 4, 6, 3]))
    cases.hidden("a wide layer", dict(layers_dims=[6, 23, 9]))
    cases.hidden("eleven layers", dict(layers_dims=[4, 3, 5, 2, 6, 1, 3, 4, 2, 5, 3, 2]))


@exercise(points=14)
def initialize_parameters_xavier(cases: Cases) -> None:
    """Weights of variance 1 / n, for tanh."""
    cases.public("four inputs, three units: the factor is one half", dict(layers_dims=[4, 3]), weight=KNOWN)
    cases.public("two layers", dict(layers_dims=[9, 4, 2]), weight=KNOWN)
    cases.public("eight layers of fifteen units", dict(layers_dims=[15] * 9), weight=KNOWN / 2)
    cases.hidden("one input", dict(layers_dims=[1, 6, 5]))
    cases.hidden("four layers", dict(layers_dims=[5, 7, 4, 6, 3]))
    cases.hidden("a wide layer", dict(layers_dims=[6, 23, 9]))
    cases.hidden("eleven layers", dict(layers_dims=[4, 3, 5, 2, 6, 1, 3, 4, 2, 5, 3, 2]))


@exercise(points=20)
def activation_scale(cases: Cases) -> None:
    """Spread of the activations, layer by layer."""
    cases.public(
        "one linear unit",
        dict(
            X=np.array([[1.0, 3.0]]),
            parameters={"W1": np.array([[2.0]]), "b1": np.array([[1.0]])},
            activation="linear",
        ),
        weight=KNOWN,
    )
    cases.public(
        "two ReLU layers",
        dict(
            X=np.array([[1.0, 0.0, 2.0, 1.0], [2.0, 1.0, 0.0, 1.0]]),
            parameters={
                "W1": np.array([[1.0, 1.0], [1.0, -1.0], [0.0, 2.0]]),
                "b1": np.array([[0.0], [1.0], [-1.0]]),
                "W2": np.array([[1.0, -1.0, 0.0]]),
                "b2": np.array([[-1.0]]),
            },
            activation="relu",
        ),
        weight=KNOWN,
    )
    cases.public(
        "eight layers that damp a little",
        dict(X=examples(9, 6, 10), parameters=network(10, [6] * 9, 0.8), activation="tanh"),
        weight=KNOWN,
    )
    cases.hidden("tanh", dict(X=examples(11, 5, 7), parameters=network(12, [5, 4, 3]), activation="tanh"))
    cases.hidden(
        "linear", dict(X=examples(13, 3, 6), parameters=network(14, [3, 5, 4, 2]), activation="linear")
    )
    cases.hidden(
        "ReLU", dict(X=examples(15, 4, 9), parameters=network(16, [4, 7, 5, 3], 1.5), activation="relu")
    )
    cases.hidden(
        "a single example", dict(X=examples(17, 6, 1), parameters=network(18, [6, 4, 3]), activation="tanh")
    )
    cases.hidden(
        "one unit per layer", dict(X=examples(19, 3, 8), parameters=network(20, [3, 1, 1]), activation="tanh")
    )
    cases.hidden(
        "large weights explode",
        dict(X=examples(21, 4, 5), parameters=network(22, [4, 6, 3, 7, 2], 10.0), activation="relu"),
    )
    cases.hidden(
        "eleven layers",
        dict(
            X=examples(23, 4, 6),
            parameters=network(24, [4, 3, 5, 3, 4, 3, 5, 3, 4, 3, 5, 3]),
            activation="tanh",
        ),
    )


@exercise(points=28)
def gradient_scale(cases: Cases) -> None:
    """Size of the weight gradients, layer by layer."""
    cases.public(
        "two linear layers of one unit",
        dict(
            X=np.array([[1.0, 2.0]]),
            parameters={
                "W1": np.array([[3.0]]),
                "b1": np.array([[1.0]]),
                "W2": np.array([[2.0]]),
                "b2": np.array([[-1.0]]),
            },
            activation="linear",
        ),
        weight=KNOWN,
    )
    cases.public(
        "two ReLU layers",
        dict(
            X=np.array([[1.0, 0.0, 2.0, 1.0], [2.0, 1.0, 0.0, 1.0]]),
            parameters={
                "W1": np.array([[1.0, 1.0], [1.0, -2.0], [0.0, 2.0]]),
                "b1": np.array([[0.0], [0.5], [-1.0]]),
                "W2": np.array([[1.0, -1.0, 1.0]]),
                "b2": np.array([[-1.0]]),
            },
            activation="relu",
        ),
        weight=KNOWN,
    )
    cases.public(
        "eight layers that damp a little",
        dict(X=examples(29, 6, 10), parameters=network(30, [6] * 9, 0.8), activation="tanh"),
        weight=KNOWN,
    )
    cases.hidden("tanh", dict(X=examples(31, 5, 7), parameters=network(32, [5, 4, 3]), activation="tanh"))
    cases.hidden(
        "linear", dict(X=examples(33, 3, 6), parameters=network(34, [3, 5, 4, 2]), activation="linear")
    )
    cases.hidden(
        "ReLU", dict(X=examples(35, 4, 9), parameters=network(36, [4, 7, 5, 3], 1.5), activation="relu")
    )
    cases.hidden(
        "a single example", dict(X=examples(37, 6, 1), parameters=network(38, [6, 4, 3]), activation="tanh")
    )
    cases.hidden(
        "ReLU, five layers",
        dict(X=examples(47, 3, 8), parameters=network(48, [3, 6, 5, 7, 4, 2], 1.4), activation="relu"),
    )
    cases.hidden("one layer", dict(X=examples(39, 4, 5), parameters=network(40, [4, 3]), activation="tanh"))
    cases.hidden(
        "a unit whose input is exactly zero",
        dict(
            X=examples(41, 3, 7),
            parameters=with_silent_unit(network(42, [3, 5, 4, 6], 1.5)),
            activation="relu",
        ),
    )
    cases.hidden(
        "large weights saturate",
        dict(X=examples(43, 4, 5), parameters=network(44, [4, 6, 3, 7], 2.0), activation="tanh"),
    )
    cases.hidden(
        "eleven layers",
        dict(
            X=examples(45, 4, 6),
            parameters=network(46, [4, 3, 5, 3, 4, 3, 5, 3, 4, 3, 5, 3]),
            activation="tanh",
        ),
    )


def with_silent_unit(parameters):
    """Make the first unit of layer 2 compute Z = 0 whatever comes in."""
    parameters["W2"][0] = 0.0
    parameters["b2"][0] = 0.0
    return parameters
