"""Cases of the frameworks assignment: small integers in public, telling sizes in secret.

Sizes within a case differ from each other where they can. Numbers come from numpy's generators, so that the
cases are the same with every version of torch; only `initialize_parameters` draws with torch, and is judged
by properties. Tolerances are wide enough for float32, which torch makes where nobody says otherwise.
"""

from itertools import pairwise

import numpy as np

from grader.course.declare import Cases, Holds, Tolerance, exercise

#: Weight of a public case: its answer is known, so passing it says less than passing a hidden one.
KNOWN = 0.5

#: Weight of a hidden case that asks for gradients, or for tensors that can be trained: without these a
#: framework is of no use, however right the numbers are.
TRAINED = 2.0

SINGLE = Tolerance(relative=1e-5)


def spread(seed, *shape):
    """Numbers of both signs that stay clear of zero, where mistakes look alike."""
    rng = np.random.default_rng(seed)
    return rng.uniform(0.2, 1.8, shape) * rng.choice([-1.0, 1.0], shape)


def network(sizes, seed, gain=1.0):
    """Parameters of a network of these sizes, with weights of about gain / sqrt(n_in) and biases not zero."""
    parameters = {}
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = gain * spread(seed + 2 * layer, n_out, n_in) / np.sqrt(n_in)
        parameters[f"b{layer}"] = 0.3 * spread(seed + 2 * layer + 1, n_out, 1)
    return parameters


def two_layers(W1, b1, W2, b2):
    """Parameters that can be followed by hand."""
    values = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return {name: np.array(value, dtype=float) for name, value in values.items()}


def columns(labels, C):
    """Labels as one-hot columns."""
    return np.eye(C)[:, labels]


def classes(seed, C, m):
    """So many labels, in no order."""
    return np.random.default_rng(seed).integers(0, C, m)


BY_HAND = two_layers([[1, 2], [3, -4], [-1, 1]], [[0], [1], [-1]], [[1, -1, 2], [0, 2, -1]], [[-6], [3]])
TWO_EXAMPLES = np.array([[1.0, 2.0], [3.0, 1.0]])


@exercise(points=8, tolerance=SINGLE)
def linear_function(cases: Cases) -> None:
    """The linear part of a layer, W X + b."""
    cases.public(
        "two units, two examples",
        dict(
            W=np.array([[1.0, 2, 0], [0, -1, 3]]),
            X=np.array([[1.0, 4], [2, 0], [3, 1]]),
            b=np.array([[10.0], [20]]),
        ),
        weight=KNOWN,
    )
    cases.public(
        "gradients of the sum, by hand",
        dict(
            W=np.array([[2.0, 3]]), X=np.array([[1.0, 0, 4], [5, 1, 1]]), b=np.array([[7.0]]), backward=True
        ),
        weight=KNOWN,
    )
    cases.hidden("four units", dict(W=spread(11, 4, 3), X=spread(12, 3, 5), b=spread(13, 4, 1)))
    cases.hidden(
        "as many units as examples", dict(W=spread(14, 3, 5), X=spread(15, 5, 3), b=spread(16, 3, 1))
    )
    cases.hidden("everything square", dict(W=spread(17, 3, 3), X=spread(18, 3, 3), b=spread(19, 3, 1)))
    cases.hidden("one example", dict(W=spread(20, 6, 2), X=spread(21, 2, 1), b=spread(22, 6, 1)))
    cases.hidden("one unit, one input", dict(W=spread(23, 1, 1), X=spread(24, 1, 7), b=spread(25, 1, 1)))
    cases.hidden("many inputs", dict(W=spread(26, 2, 31), X=spread(27, 31, 4), b=spread(28, 2, 1)))
    cases.hidden(
        "gradients of the sum",
        dict(W=spread(29, 4, 3), X=spread(30, 3, 5), b=spread(31, 4, 1), backward=True),
        weight=TRAINED,
    )


@exercise(points=8, tolerance=SINGLE)
def sigmoid(cases: Cases) -> None:
    """The sigmoid of each entry."""
    cases.public("zero is one half", dict(z=np.array([[0.0, np.log(3.0), -np.log(3.0)]])), weight=KNOWN)
    cases.public(
        "slopes where the values are 1/4 and 3/4",
        dict(z=np.array([[-np.log(3.0)], [np.log(3.0)]]), backward=True),
        weight=KNOWN,
    )
    cases.hidden("a matrix", dict(z=2 * spread(41, 3, 4)))
    cases.hidden("a vector", dict(z=3 * spread(42, 7)))
    cases.hidden("three dimensions", dict(z=spread(43, 2, 3, 4)))
    cases.hidden("one number", dict(z=np.array(-1.3)))
    cases.hidden("whole numbers", dict(z=np.array([[-5.0, -2.0, 1.0, 4.0]])))
    cases.hidden("far from zero", dict(z=np.array([[-900.0, -40.0, 35.0, 900.0]])))
    cases.hidden("slopes", dict(z=2 * spread(44, 4, 3), backward=True), weight=TRAINED)


@exercise(points=14, tolerance=SINGLE)
def one_hot_matrix(cases: Cases) -> None:
    """Labels as columns of zeros and ones."""
    cases.public("four examples of three classes", dict(label=np.array([1, 2, 0, 2]), C=3), weight=KNOWN)
    cases.public("a class without examples", dict(label=np.array([0, 2]), C=4), weight=KNOWN)
    cases.hidden("as many examples as classes", dict(label=np.array([2, 0, 0, 4, 1]), C=5))
    cases.hidden("the last classes are empty", dict(label=np.array([0, 3, 1, 1, 2, 0]), C=8))
    cases.hidden("the first class is empty", dict(label=np.array([3, 1, 4, 2, 1, 3]), C=5))
    cases.hidden("one example", dict(label=np.array([4]), C=6))
    cases.hidden("two classes", dict(label=np.array([1, 0, 0, 1, 1]), C=2))
    cases.hidden("one class", dict(label=np.array([0, 0, 0]), C=1), weight=0.5)
    cases.hidden("many examples", dict(label=classes(51, 7, 40), C=7))


INITIAL = Holds(
    properties=(
        "biases_are_zero",
        "weights_are_drawn",
        "same_seed_same_numbers",
        "other_seed_other_numbers",
        "layers_are_drawn_apart",
        "weights_have_the_scale",
        "weights_are_normal",
    )
)
TRAINABLE = Holds(properties=("every_parameter_can_be_trained",))


@exercise(points=16)
def initialize_parameters(cases: Cases) -> None:
    """Parameters ready to be trained."""
    cases.public("two inputs, three units, one output", dict(layers_dims=[2, 3, 1], seed=1),
                 weight=KNOWN, judge=INITIAL)  # fmt: skip
    cases.public("ready to be trained", dict(layers_dims=[3, 2], seed=4), weight=KNOWN, judge=TRAINABLE)
    cases.hidden("three layers", dict(layers_dims=[5, 7, 4, 3], seed=11), judge=INITIAL)
    cases.hidden("wide layers", dict(layers_dims=[40, 9, 30, 3], seed=12), judge=INITIAL)
    cases.hidden("few inputs, many units", dict(layers_dims=[2, 150, 2], seed=13), judge=INITIAL)
    cases.hidden("one layer of many weights", dict(layers_dims=[36, 20], seed=14), judge=INITIAL)
    cases.hidden(
        "eleven layers", dict(layers_dims=[4, 3, 5, 2, 6, 1, 3, 4, 2, 5, 3, 2], seed=15), judge=INITIAL
    )
    cases.hidden(
        "three layers, ready to be trained",
        dict(layers_dims=[4, 6, 5, 2], seed=16),
        judge=TRAINABLE,
        weight=TRAINED,
    )


@exercise(points=20, uses=("linear_function",), tolerance=SINGLE)
def forward_propagation(cases: Cases) -> None:
    """The logits of a network of any depth."""
    cases.public("two layers, by hand", dict(X=TWO_EXAMPLES, parameters=BY_HAND), weight=KNOWN)
    cases.public(
        "gradients of the sum, by hand", dict(X=TWO_EXAMPLES, parameters=BY_HAND, backward=True), weight=KNOWN
    )
    cases.hidden("one layer", dict(X=spread(61, 4, 6), parameters=network([4, 3], 100)))
    cases.hidden("three layers", dict(X=spread(62, 3, 7), parameters=network([3, 5, 4, 2], 110)))
    cases.hidden("four layers", dict(X=spread(63, 6, 5), parameters=network([6, 4, 7, 3, 2], 130, 2.0)))
    cases.hidden("eleven layers", dict(X=spread(64, 4, 3), parameters=network(
        [4, 3, 5, 3, 6, 3, 5, 4, 3, 5, 3, 2], 150, 1.6)))  # fmt: skip
    cases.hidden("one example", dict(X=spread(65, 5, 1), parameters=network([5, 3, 4], 190)))
    cases.hidden("one output", dict(X=spread(66, 2, 9), parameters=network([2, 6, 1], 200)))
    cases.hidden("everything square", dict(X=spread(67, 3, 3), parameters=network([3, 3, 3], 210)))
    cases.hidden(
        "gradients of the sum",
        dict(X=spread(68, 3, 6), parameters=network([3, 5, 4, 2], 220), backward=True),
        weight=TRAINED,
    )


@exercise(points=16, tolerance=SINGLE)
def compute_total_loss(cases: Cases) -> None:
    """The cross-entropy of a batch, from logits."""
    thirds = np.log(np.array([[1.0, 2.0], [1.0, 1.0], [2.0, 1.0]]))
    cases.public(
        "logits whose exponentials are 1 and 2", dict(logits=thirds, labels=columns([0, 0], 3)), weight=KNOWN
    )
    cases.public(
        "gradient, by hand", dict(logits=thirds, labels=columns([2, 1], 3), backward=True), weight=KNOWN
    )
    cases.hidden("four classes", dict(logits=2 * spread(71, 4, 6), labels=columns(classes(72, 4, 6), 4)))
    cases.hidden("two classes", dict(logits=3 * spread(73, 2, 5), labels=columns([1, 0, 0, 1, 1], 2)))
    cases.hidden(
        "as many classes as examples", dict(logits=spread(74, 5, 5), labels=columns([3, 0, 0, 4, 1], 5))
    )
    cases.hidden("one example", dict(logits=2 * spread(75, 6, 1), labels=columns([4], 6)))
    cases.hidden("many examples", dict(logits=2 * spread(76, 3, 37), labels=columns(classes(77, 3, 37), 3)))
    cases.hidden(
        "logits in the thousands",
        dict(
            logits=np.array(
                [[3000.0, -2000.0, 10.0, 0.5], [2990.0, -2004.0, -995.0, 1.5], [0.0, -1999.0, 4.0, -0.5]]
            ),
            labels=columns([0, 1, 0, 2], 3),
        ),
    )
    cases.hidden(
        "classes a thousand apart",
        dict(logits=np.array([[1500.0, 3.0, -2.0], [-40.0, -900.0, 1.0]]), labels=columns([1, 1, 0], 2)),
    )
    cases.hidden(
        "gradient",
        dict(logits=2 * spread(78, 4, 5), labels=columns(classes(79, 4, 5), 4), backward=True),
        weight=TRAINED,
    )


def batch(seed, n_x, C, m):
    """One mini-batch."""
    return dict(X=spread(seed, n_x, m), Y=columns(classes(seed + 1, C, m), C))


def batches(seed, n_x, C, sizes):
    """Mini-batches of these sizes, one after the other."""
    drawn = [batch(seed + 2 * number, n_x, C, m) for number, m in enumerate(sizes)]
    return dict(X=[each["X"] for each in drawn], Y=[each["Y"] for each in drawn])


@exercise(points=18, uses=("linear_function", "forward_propagation", "compute_total_loss"), tolerance=SINGLE)
def train_step(cases: Cases) -> None:
    """One step of an optimizer on a mini-batch."""
    one_layer = {"W1": np.zeros((2, 1)), "b1": np.zeros((2, 1))}
    by_hand = dict(X=np.array([[2.0, 6.0]]), Y=columns([0, 1], 2), parameters=one_layer)
    cases.public(
        "one step from zero, by hand", by_hand | dict(optimizer=dict(name="SGD", lr=0.5)), weight=KNOWN
    )
    cases.public(
        "two steps on two batches",
        dict(
            X=[np.array([[2.0, 6.0]]), np.array([[1.0, 3.0, 5.0]])],
            Y=[columns([0, 1], 2), columns([1, 0, 0], 2)],
            parameters=one_layer,
            optimizer=dict(name="SGD", lr=1.0),
        ),
        weight=KNOWN,
    )
    one = dict(X=np.round(spread(79, 2, 8), 1), Y=columns(classes(80, 3, 8), 3))
    cases.public(
        "twenty steps on one batch",
        dict(X=[one["X"]] * 20, Y=[one["Y"]] * 20, parameters=network([2, 5, 3], 290))
        | dict(optimizer=dict(name="SGD", lr=0.8)),
        weight=KNOWN,
    )
    sgd, adam = dict(name="SGD", lr=0.37), dict(name="Adam", lr=0.05, betas=(0.8, 0.9), eps=0.1)
    small, deep, wide = [3, 5, 4], [4, 6, 5, 3], [2, 7, 3]
    cases.hidden("one step", batch(81, 3, 4, 6) | dict(parameters=network(small, 300), optimizer=sgd))
    cases.hidden("one step of Adam", batch(83, 4, 3, 7) | dict(parameters=network(deep, 310), optimizer=adam))
    cases.hidden("one example", batch(85, 3, 4, 1) | dict(parameters=network(small, 320), optimizer=sgd))
    cases.hidden(
        "three batches of different sizes",
        batches(87, 3, 4, (5, 7, 2)) | dict(parameters=network(small, 330), optimizer=sgd),
    )
    cases.hidden(
        "three batches with Adam",
        batches(93, 4, 3, (6, 5, 8)) | dict(parameters=network(deep, 340), optimizer=adam),
    )
    cases.hidden(
        "four batches with momentum",
        batches(99, 2, 3, (4, 9, 5, 6))
        | dict(parameters=network(wide, 350), optimizer=dict(name="SGD", lr=0.11, momentum=0.7)),
    )
