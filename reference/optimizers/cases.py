"""Cases of the optimisers: small integers in public, telling sizes and constants in secret."""

from itertools import pairwise

import numpy as np

from grader.course.declare import Cases, Holds, exercise

#: Weight of a public case: its answer is known, so passing it says less than passing a hidden one.
KNOWN = 0.5

WIDE = (2, 5, 3)  # units per layer, the input first
DEEP = (3, 2, 5, 4)
DEEPER = (2, 4, 1, 3, 5)


def network(sizes, seed, scale=1.0, prefix=""):
    """Random "W1", "b1", ... of a network of these sizes, or "dW1", "db1", ... with the prefix "d"."""
    rng = np.random.default_rng(seed)
    arrays = {}
    for layer, (fan_in, fan_out) in enumerate(pairwise(sizes), start=1):
        arrays[f"{prefix}W{layer}"] = (
            scale * rng.uniform(0.3, 2.0, (fan_out, fan_in)) * signs(rng, (fan_out, fan_in))
        )
        arrays[f"{prefix}b{layer}"] = scale * rng.uniform(0.3, 2.0, (fan_out, 1)) * signs(rng, (fan_out, 1))
    return arrays


def signs(rng, shape):
    """An array of random signs: entries stay clear of zero, where mistakes look alike."""
    return rng.choice([-1.0, 1.0], shape)


def gradients(sizes, seed, scale=1.0):
    """Gradients "dW1", "db1", ... for a network of these sizes."""
    return network(sizes, seed, scale, prefix="d")


def averages_of_squares(sizes, seed, scale=1.0):
    """A state of RMSprop or Adam: positive."""
    return {name: value**2 for name, value in network(sizes, seed, np.sqrt(scale), prefix="d").items()}


def one_layer(W, b, prefix=""):
    """A layer with entries that can be followed by hand."""
    return {f"{prefix}W1": np.array(W, dtype=float), f"{prefix}b1": np.array(b, dtype=float)}


def two_layers(*arrays, prefix=""):
    """Two layers with entries that can be followed by hand: W1, b1, W2, b2."""
    names = ("W1", "b1", "W2", "b2")
    return {prefix + name: np.array(array, dtype=float) for name, array in zip(names, arrays, strict=True)}


SMALL = two_layers([[1, 2], [3, 4], [5, 6]], [[1], [0], [2]], [[1, 0, 2]], [[3]])
SMALL_GRADS = two_layers([[2, -4], [1, 3], [-2, 5]], [[-1], [2], [4]], [[3, -2, 1]], [[-5]], prefix="d")


#: Where the steps of several cases begin: W1 and b1 cross a long bowl, W2 and b2 slide off a saddle.
START = two_layers([[-3.2]], [[1.5]], [[-2.4]], [[0.3]])
SLOPES = {"W1": 1.0, "b1": 8.0, "W2": 1.0, "b2": -0.5}
DESCENT = "a bowl and a saddle, step by step"


def at_rest(parameters):
    """A state of zeros."""
    return {"d" + name: np.zeros_like(value) for name, value in parameters.items()}


@exercise(points=5)
def update_parameters_with_gd(cases: Cases) -> None:
    """One step of gradient descent."""
    cases.public(
        "two layers, by hand", dict(parameters=SMALL, grads=SMALL_GRADS, learning_rate=0.5), weight=KNOWN
    )
    cases.public(
        "one layer, by hand",
        dict(
            parameters=one_layer([[4, 8]], [[2]]), grads=one_layer([[1, -2]], [[3]], "d"), learning_rate=2.0
        ),
        weight=KNOWN,
    )
    cases.public(DESCENT, dict(parameters=START, slopes=SLOPES, steps=14, learning_rate=0.2), weight=KNOWN)
    cases.hidden(
        "three layers", dict(parameters=network(DEEP, 11), grads=gradients(DEEP, 12), learning_rate=0.37)
    )
    cases.hidden(
        "four layers", dict(parameters=network(DEEPER, 13), grads=gradients(DEEPER, 14), learning_rate=1.7)
    )
    cases.hidden(
        "a tiny rate", dict(parameters=network(WIDE, 15), grads=gradients(WIDE, 16, 40), learning_rate=1e-3)
    )
    cases.hidden(
        "one unit", dict(parameters=network((1, 1), 17), grads=gradients((1, 1), 18), learning_rate=0.23)
    )
    cases.hidden(
        "many inputs",
        dict(parameters=network((9, 2, 1), 19), grads=gradients((9, 2, 1), 20), learning_rate=3.1),
    )


def examples(n_x, m, labels=float):
    """Columns that can be told apart, and labels of the given type."""
    rng = np.random.default_rng(1000 * n_x + m)
    X = np.round(rng.normal(size=(n_x, m)), 3) + np.arange(m)
    return dict(X=X, Y=rng.integers(0, 2, (1, m)).astype(labels))


SHUFFLED = Holds(properties=("every_example_once", "labels_stay_with_examples", "order_is_shuffled"))


@exercise(points=18)
def random_mini_batches(cases: Cases) -> None:
    """Shuffle the examples and cut them into mini-batches."""
    by_hand = dict(
        X=np.array([[0.0, 1, 2, 3, 4, 5, 6], [10, 11, 12, 13, 14, 15, 16]]), Y=np.arange(7.0).reshape(1, 7)
    )
    cases.public("seven examples in batches of two", by_hand | dict(mini_batch_size=2, seed=5), weight=KNOWN)
    cases.public(
        "six examples in batches of three", examples(1, 6) | dict(mini_batch_size=3, seed=2), weight=KNOWN
    )
    cases.hidden("two batches and a rest", examples(3, 11) | dict(mini_batch_size=4, seed=7))
    cases.hidden("three batches and a rest", examples(4, 17) | dict(mini_batch_size=5, seed=23))
    cases.hidden("a rest of all but one", examples(2, 23) | dict(mini_batch_size=6, seed=91))
    cases.hidden("no rest", examples(5, 28) | dict(mini_batch_size=7, seed=13))
    cases.hidden("fewer examples than a batch holds", examples(3, 5) | dict(mini_batch_size=8, seed=4))
    cases.hidden("exactly one batch", examples(2, 9) | dict(mini_batch_size=9, seed=31))
    cases.hidden("batches of one", examples(3, 6) | dict(mini_batch_size=1, seed=17))
    cases.hidden("a single example", examples(4, 1) | dict(mini_batch_size=3, seed=8))
    cases.hidden("whole numbers as labels", examples(2, 13, int) | dict(mini_batch_size=3, seed=6))
    cases.hidden("true and false as labels", examples(3, 14, bool) | dict(mini_batch_size=4, seed=12))
    cases.hidden("size and seed left out", examples(1, 149))
    cases.hidden(
        "a fair shuffle, whatever the seed", examples(2, 41) | dict(mini_batch_size=9, seed=3), judge=SHUFFLED
    )


@exercise(points=12)
def exponentially_weighted_average(cases: Cases) -> None:
    """Smooth a series, with and without bias correction."""
    by_hand = dict(values=np.array([8.0, 4.0, 2.0]), beta=0.5)
    cases.public("three values, corrected", by_hand | dict(bias_correction=True), weight=KNOWN)
    cases.public("three values, as they come", by_hand | dict(bias_correction=False), weight=KNOWN)
    days = np.random.default_rng(40)
    noisy = np.round(15 - 9 * np.cos(np.arange(30) / 6) + days.normal(0, 3, 30), 1)
    cases.public("thirty days", dict(values=noisy, beta=0.9, bias_correction=True), weight=KNOWN)
    rng = np.random.default_rng(41)
    cases.hidden("correction left out of the call", dict(values=rng.normal(5, 3, 7), beta=0.8))
    cases.hidden("a long memory", dict(values=rng.normal(-4, 2, 23), beta=0.98, bias_correction=True))
    cases.hidden(
        "a long memory, uncorrected", dict(values=rng.normal(6, 2, 19), beta=0.97, bias_correction=False)
    )
    cases.hidden("a short memory", dict(values=rng.normal(3, 1, 9), beta=0.15, bias_correction=True))
    cases.hidden(
        "a short memory, uncorrected", dict(values=rng.normal(-3, 1, 8), beta=0.35, bias_correction=False)
    )
    cases.hidden("no memory", dict(values=rng.normal(2, 4, 6), beta=0.0, bias_correction=True), weight=0.5)
    cases.hidden("one value", dict(values=np.array([7.3]), beta=0.9, bias_correction=True), weight=0.5)
    cases.hidden("one value, uncorrected", dict(values=np.array([-2.6]), beta=0.7, bias_correction=False))
    cases.hidden("the same value again and again", dict(values=np.full(11, 3.7), beta=0.9))


def cases_of_zeros(cases: Cases) -> None:
    """The cases of the three initialisers: nothing but the shapes matters."""
    cases.public("two layers, by hand", dict(parameters=SMALL), weight=KNOWN)
    cases.public("one layer", dict(parameters=one_layer([[4, 8]], [[2]])), weight=KNOWN)
    cases.hidden("three layers", dict(parameters=network(DEEP, 51)))
    cases.hidden("four layers", dict(parameters=network(DEEPER, 52)))
    cases.hidden("one unit", dict(parameters=network((1, 1), 53)))
    cases.hidden("many inputs", dict(parameters=network((13, 2, 1), 54)))


@exercise(points=4)
def initialize_velocity(cases: Cases) -> None:
    """The velocity with which momentum starts."""
    cases_of_zeros(cases)


@exercise(points=11)
def update_parameters_with_momentum(cases: Cases) -> None:
    """One step of gradient descent with momentum."""

    def inputs(sizes, seed, beta, learning_rate, state=1.0):
        return dict(
            parameters=network(sizes, seed),
            grads=gradients(sizes, seed + 1, 1.3),
            v=gradients(sizes, seed + 2, state),
            beta=beta,
            learning_rate=learning_rate,
        )

    cases.public(
        "one layer, by hand",
        dict(
            parameters=one_layer([[1, 2]], [[3]]),
            grads=one_layer([[4, -8]], [[2]], "d"),
            v=one_layer([[2, 4]], [[-6]], "d"),
            beta=0.75,
            learning_rate=2.0,
        ),
        weight=KNOWN,
    )
    cases.public(
        "two layers from rest",
        dict(
            parameters=SMALL,
            grads=SMALL_GRADS,
            v={key: np.zeros_like(value) for key, value in SMALL_GRADS.items()},
            beta=0.5,
            learning_rate=1.0,
        ),
        weight=KNOWN,
    )
    cases.public(
        DESCENT,
        dict(parameters=START, slopes=SLOPES, steps=20, v=at_rest(START), beta=0.7, learning_rate=0.45),
        weight=KNOWN,
    )
    cases.hidden("two layers under way", inputs(WIDE, 61, 0.83, 0.29))
    cases.hidden("three layers", inputs(DEEP, 64, 0.64, 0.41))
    cases.hidden("four layers", inputs(DEEPER, 67, 0.93, 1.9))
    cases.hidden("one unit", inputs((1, 1), 70, 0.77, 0.17))
    cases.hidden("a fast velocity", inputs(WIDE, 73, 0.57, 0.013, state=30.0))
    cases.hidden("no memory", inputs(DEEP, 76, 0.0, 0.31))


@exercise(points=3)
def initialize_rmsprop(cases: Cases) -> None:
    """The average of squared gradients with which RMSprop starts."""
    cases_of_zeros(cases)


@exercise(points=12)
def update_parameters_with_rmsprop(cases: Cases) -> None:
    """One step of RMSprop."""

    def inputs(sizes, seed, beta, learning_rate, *, state=1.0, slope=1.3, **optional):
        return dict(
            parameters=network(sizes, seed),
            grads=gradients(sizes, seed + 1, slope),
            s=averages_of_squares(sizes, seed + 2, state),
            beta=beta,
            learning_rate=learning_rate,
            **optional,
        )

    # With beta = 3/4: s becomes 3/4 s + 1/4 g^2 = 9, 4 and 25.
    cases.public(
        "one layer, by hand",
        dict(
            parameters=one_layer([[1, 2]], [[3]]),
            grads=one_layer([[6, -2]], [[8]], "d"),
            s=one_layer([[0, 4]], [[12]], "d"),
            beta=0.75,
            learning_rate=2.0,
            epsilon=1.0,
        ),
        weight=KNOWN,
    )
    cases.public(
        "two layers from rest",
        dict(
            parameters=SMALL,
            grads=SMALL_GRADS,
            s={key: np.zeros_like(value) for key, value in SMALL_GRADS.items()},
            beta=0.75,
            learning_rate=0.5,
            epsilon=0.5,
        ),
        weight=KNOWN,
    )
    cases.public(
        DESCENT,
        dict(parameters=START, slopes=SLOPES, steps=16, s=at_rest(START), beta=0.9, learning_rate=0.2)
        | dict(epsilon=0.02),
        weight=KNOWN,
    )
    cases.hidden("epsilon left out", inputs(WIDE, 81, 0.83, 0.29))
    cases.hidden("epsilon left out, faint slopes", inputs(DEEP, 99, 0.79, 0.47, state=2e-8, slope=3e-4))
    cases.hidden(
        "small squares, large epsilon", inputs(DEEP, 84, 0.64, 0.41, state=0.01, slope=0.1, epsilon=0.21)
    )
    cases.hidden("four layers", inputs(DEEPER, 87, 0.93, 0.11, state=0.3, epsilon=0.05))
    cases.hidden("one unit", inputs((1, 1), 90, 0.71, 0.47, state=0.2, epsilon=0.13))
    cases.hidden("steep and flat", inputs(WIDE, 93, 0.57, 0.037, state=400.0, slope=0.02, epsilon=0.37))
    cases.hidden("no memory", inputs(DEEP, 96, 0.0, 0.19, epsilon=0.43))


@exercise(points=4)
def initialize_adam(cases: Cases) -> None:
    """The two averages with which Adam starts."""
    cases_of_zeros(cases)


@exercise(points=18, optional_tail=2)
def update_parameters_with_adam(cases: Cases) -> None:
    """One step of Adam."""

    def inputs(sizes, seed, t, *, state=1.0, slope=1.3, **optional):
        return dict(
            parameters=network(sizes, seed),
            grads=gradients(sizes, seed + 1, slope),
            v=gradients(sizes, seed + 2, np.sqrt(state)),
            s=averages_of_squares(sizes, seed + 3, state),
            t=t,
            **optional,
        )

    # With both betas 1/2 at t = 1: v = 1/2 g and s = 1/2 g^2, corrected g and g^2.
    cases.public(
        "the first step, by hand",
        dict(
            parameters=one_layer([[1, 2]], [[3]]),
            grads=one_layer([[3, -1]], [[4]], "d"),
            v=one_layer([[0, 0]], [[0]], "d"),
            s=one_layer([[0, 0]], [[0]], "d"),
            t=1,
            learning_rate=2.0,
            beta1=0.5,
            beta2=0.5,
            epsilon=1.0,
        ),
        weight=KNOWN,
    )
    cases.public(
        "the third step of two layers",
        dict(
            parameters=SMALL,
            grads=SMALL_GRADS,
            v={key: np.full_like(value, 1.0) for key, value in SMALL_GRADS.items()},
            s={key: np.full_like(value, 4.0) for key, value in SMALL_GRADS.items()},
            t=3,
            learning_rate=1.0,
            beta1=0.5,
            beta2=0.75,
            epsilon=0.5,
        ),
        weight=KNOWN,
    )
    cases.public(
        DESCENT,
        dict(parameters=START, slopes=SLOPES, steps=18, v=at_rest(START), s=at_rest(START))
        | dict(learning_rate=0.4, beta1=0.8, beta2=0.9, epsilon=0.02),
        weight=KNOWN,
    )
    settings = dict(learning_rate=0.27, beta1=0.77, beta2=0.91, epsilon=0.31)
    cases.hidden("small squares, large epsilon", inputs(WIDE, 101, 3, state=0.02, slope=0.2) | settings)
    cases.hidden("rate, betas and epsilon left out", inputs(DEEP, 105, 4))
    cases.hidden(
        "epsilon left out, faint slopes",
        inputs(WIDE, 133, 3, state=3e-8, slope=2e-4, learning_rate=0.61, beta1=0.73, beta2=0.84),
    )
    cases.hidden(
        "far along", inputs(WIDE, 109, 37, learning_rate=0.13, beta1=0.86, beta2=0.987, epsilon=0.07)
    )
    cases.hidden(
        "four layers", inputs(DEEPER, 113, 5, learning_rate=0.53, beta1=0.68, beta2=0.81, epsilon=0.11)
    )
    cases.hidden("one unit", inputs((1, 1), 117, 7, learning_rate=0.19, beta1=0.57, beta2=0.93, epsilon=0.17))
    cases.hidden(
        "the first step of many",
        inputs(DEEP, 121, 1, state=0.05, learning_rate=0.33, beta1=0.83, beta2=0.94, epsilon=0.23),
    )
    cases.hidden("only the rate is given", inputs(DEEPER, 125, 6, state=0.4, slope=0.3, learning_rate=1.4))
    cases.hidden(
        "the second average forgets faster",
        inputs(WIDE, 129, 4, state=3.0, slope=0.4, learning_rate=0.71, beta1=0.88, beta2=0.59, epsilon=0.41),
    )


@exercise(points=3)
def update_lr(cases: Cases) -> None:
    """A learning rate that shrinks with every epoch."""
    cases.public("three epochs, by hand", dict(learning_rate0=2.0, epoch_num=3, decay_rate=1.0), weight=KNOWN)
    cases.public(
        "forty epochs", dict(learning_rate0=0.5, epoch_num=list(range(41)), decay_rate=0.25), weight=KNOWN
    )
    cases.hidden("the start", dict(learning_rate0=0.7, epoch_num=0, decay_rate=0.9))
    cases.hidden("slow decay", dict(learning_rate0=0.3, epoch_num=977, decay_rate=0.07))
    cases.hidden("fast decay", dict(learning_rate0=5.2, epoch_num=11, decay_rate=3.7))
    cases.hidden("a small rate", dict(learning_rate0=0.013, epoch_num=41, decay_rate=0.21))
    cases.hidden("one epoch", dict(learning_rate0=0.6, epoch_num=1, decay_rate=0.35))


@exercise(points=4, uses=("update_lr",))
def schedule_lr_decay(cases: Cases) -> None:
    """A learning rate that shrinks in stairs."""

    def inputs(learning_rate0, epoch_num, decay_rate, **optional):
        return dict(learning_rate0=learning_rate0, epoch_num=epoch_num, decay_rate=decay_rate, **optional)

    cases.public(
        "two whole intervals and a bit, by hand", inputs(6.0, 25, 1.0, time_interval=10), weight=KNOWN
    )
    cases.public(
        "forty epochs, in stairs",
        inputs(0.5, list(range(0, 41)), 1.0, time_interval=10),
        weight=KNOWN,
    )
    cases.hidden("just before the first step down", inputs(0.7, 99, 0.4, time_interval=100))
    cases.hidden("at a step down", inputs(0.9, 300, 0.6, time_interval=100))
    cases.hidden("between two steps", inputs(0.31, 437, 0.83, time_interval=60))
    cases.hidden("just before the next step", inputs(1.3, 559, 2.7, time_interval=70))
    cases.hidden("interval left out", inputs(0.45, 3700, 0.29))
    cases.hidden("interval left out, early", inputs(0.52, 640, 0.9))
    cases.hidden("a step in every epoch", inputs(0.8, 7, 0.37, time_interval=1))
    cases.hidden("a long way", inputs(2.9, 1234, 0.051, time_interval=35))


def rotated(eigenvalues, seed):
    """A symmetric matrix with these eigenvalues, along axes that are nobody's coordinates."""
    axes, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(len(eigenvalues), len(eigenvalues))))
    matrix = axes @ np.diag(eigenvalues) @ axes.T
    return dict(hessian=(matrix + matrix.T) / 2)


@exercise(points=6)
def classify_critical_point(cases: Cases) -> None:
    """Minimum, maximum, saddle or degenerate, from the Hessian."""
    # No kind has more than a third of the weight, so that one answer to everything does not pay.
    cases.public("a bowl", dict(hessian=np.array([[2.0, 1.0], [1.0, 2.0]])), weight=KNOWN)
    cases.public("a mountain pass", dict(hessian=np.array([[3.0, 0.0], [0.0, -1.0]])), weight=KNOWN)
    cases.public(
        "a valley with a level floor", dict(hessian=np.array([[1.0, 2.0], [2.0, 4.0]])), weight=KNOWN
    )
    cases.hidden("a pass that the diagonal does not show", dict(hessian=np.array([[2.0, 5.0], [5.0, 3.0]])))
    cases.hidden("two ways up and two ways down", rotated([2.0, -3.0, 5.0, -0.8], 143))
    cases.hidden("one way down among five", rotated([2.0, 3.0, 5.0, 7.0, -1.1], 144))
    cases.hidden("up, down and level", rotated([4.0, 0.0, -2.5], 145))
    cases.hidden("up, down and level in four dimensions", rotated([-1.2, 0.0, 0.3, -6.0], 151))
    cases.hidden("a shallow pass", rotated([2e-11, -7e-11], 149))
    cases.hidden("a summit", rotated([-1.5, -4.0, -0.6], 141), weight=1.5)
    cases.hidden("a sharp, narrow summit in two dimensions", rotated([-7e3, -0.3], 152))
    cases.hidden("one dimension, downward", dict(hessian=np.array([[-0.4]])))
    cases.hidden("a bowl in four dimensions", rotated([0.7, 3.1, 9.0, 1.9], 142), weight=1.5)
    cases.hidden("a shallow bowl", rotated([3e-10, 8e-11, 5e-10], 148))
    cases.hidden("a long, narrow bowl", rotated([4e4, 0.06, 25.0], 150))
    cases.hidden("level in one direction, but for rounding", rotated([-0.7, 0.0, -2.9, -1.4], 146), weight=2)
    cases.hidden("a valley among large numbers", rotated([6e8, 0.0, 2e8], 147), weight=2)
    cases.hidden("level everywhere", dict(hessian=np.zeros((3, 3))))
