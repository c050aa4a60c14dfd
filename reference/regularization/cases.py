"""Cases of the regularization assignment.

Sizes within a case differ from each other, so that no count can stand in for another; the caches of the
backward exercises come from a real pass forward. No two pixels of a case's images are alike, so no image
looks like its own mirror image, and a window tells where it was cut.

Cases that are shown, or that a function passes without doing its work, weigh half.
"""

import numpy as np

from grader.course.declare import Cases, Holds, exercise

from . import solution

FLIP = Holds(
    properties=(
        "each_image_as_it_was_or_mirrored",
        "some_mirrored_and_some_not",
        "same_seed_same_result",
        "seed_decides_which_are_mirrored",
        "images_decide_for_themselves",
        "mirrored_as_often_as_asked",
    )
)
CROP = Holds(
    properties=(
        "each_crop_is_a_window_of_its_image",
        "same_seed_same_result",
        "seed_decides_where_windows_lie",
        "images_draw_their_own_place",
        "every_place_is_equally_likely",
    )
)


def network(seed, n_0, n_1, n_2):
    """Return parameters of the three-layer network, biases among them not zero."""
    rng = np.random.default_rng(seed)
    sizes = [n_0, n_1, n_2, 1]
    parameters = {}
    for l in (1, 2, 3):
        parameters[f"W{l}"] = rng.standard_normal((sizes[l], sizes[l - 1]))
        parameters[f"b{l}"] = 0.5 * rng.standard_normal((sizes[l], 1)) + 0.3
    return parameters


def examples(seed, n_0, m):
    """Return inputs X and labels Y; with two examples or more both labels occur."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_0, m))
    Y = rng.integers(0, 2, (1, m)).astype(float)
    Y[0, 0] = 1.0
    if m > 1:
        Y[0, -1] = 0.0
    return X, Y


def forward_cache(X, parameters):
    """Return the 12-tuple that the way forward without dropout leaves."""
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = solution.relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = solution.relu(Z2)
    Z3 = W3 @ A2 + b3
    return (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, solution.sigmoid(Z3), W3, b3)


def images(seed, *shape):
    """Return images of random numbers, no two alike."""
    return np.random.default_rng(seed).random(shape)


def pixels(seed, *shape):
    """Return images of whole numbers as a camera gives them, of few bytes, no pixel like another."""
    drawn = np.random.default_rng(seed).permutation(int(np.prod(shape))) + 1
    return drawn.reshape(shape).astype(np.min_scalar_type(drawn.size))


def small_network():
    """Return inputs, labels and parameters in one-digit numbers, 3-2-2-1 units and three examples.

    No unit adds up to exactly zero, without dropout or with half of the units kept.
    """
    X = np.array([[-1.0, 0.0, 1.0], [2.0, 1.0, 0.0], [-1.0, 2.0, 1.0]])
    Y = np.array([[1.0, 0.0, 1.0]])
    parameters = {
        "W1": np.array([[1.0, -1.0, 0.0], [1.0, -1.0, 1.0]]),
        "b1": np.array([[2.0], [2.0]]),
        "W2": np.array([[-1.0, 1.0], [-1.0, 2.0]]),
        "b2": np.array([[2.0], [-2.0]]),
        "W3": np.array([[1.0, -1.0]]),
        "b3": np.array([[-2.0]]),
    }
    return X, Y, parameters


@exercise(points=10)
def compute_cost_with_regularization(cases: Cases) -> None:
    """Cross-entropy with an L2 penalty."""
    _, _, parameters = small_network()
    cases.public(
        "undecided predictions, small whole weights",
        dict(A3=np.array([[0.5, 0.5, 0.5]]), Y=np.array([[1.0, 0.0, 1.0]]), parameters=parameters, lambd=0.6),
        weight=0.5,
    )
    cases.public(
        "no penalty",
        dict(A3=np.array([[0.8, 0.1]]), Y=np.array([[1.0, 0.0]]), parameters=parameters, lambd=0.0),
        weight=0.5,
    )
    for name, seed, (n_0, n_1, n_2, m), lambd in [
        ("seven examples", 101, (3, 5, 4, 7), 0.1),
        ("a strong penalty", 103, (4, 2, 5, 6), 7.3),
        ("a single example", 105, (5, 3, 4, 1), 0.9),
        ("one unit per layer", 107, (2, 1, 1, 9), 1.7),
        ("a wide layer and many examples", 109, (6, 23, 8, 40), 0.35),
    ]:
        _, Y = examples(seed, n_0, m)
        A3 = 0.05 + 0.9 * np.random.default_rng(seed + 1).random((1, m))
        cases.hidden(name, dict(A3=A3, Y=Y, parameters=network(seed, n_0, n_1, n_2), lambd=lambd))


def undecided_network():
    """Return inputs, labels and parameters, 2-2-2-1 units and two examples, whose predictions are one half.

    So every gradient is a whole number of quarters. One unit of each hidden layer is at rest for example 2.
    """
    parameters = {
        "W1": np.array([[1.0, -1.0], [2.0, 0.0]]),
        "b1": np.array([[0.0], [-1.0]]),
        "W2": np.array([[1.0, 2.0], [1.0, -1.0]]),
        "b2": np.array([[0.0], [1.0]]),
        "W3": np.array([[1.0, 3.0]]),
        "b3": np.array([[-6.0]]),
    }
    return np.array([[1.0, 2.0], [0.0, 3.0]]), np.ones((1, 2)), parameters


def undecided_cache():
    """Return inputs, labels and what the way forward with half of the units kept may leave; see above."""
    X = np.array([[1.0, 2.0], [0.0, 3.0]])
    W1, b1 = np.array([[0.0, -1.0], [-1.0, 1.0]]), np.array([[1.0], [2.0]])
    W2, b2 = np.array([[1.0, 2.0], [1.0, -1.0]]), np.array([[0.0], [7.0]])
    W3, b3 = np.array([[-4.0, 1.0]]), np.array([[-2.0]])
    D1, D2 = np.array([[True, True], [False, True]]), np.array([[True, False], [True, True]])
    Z1 = W1 @ X + b1
    A1 = solution.relu(Z1) * D1 / 0.5
    Z2 = W2 @ A1 + b2
    A2 = solution.relu(Z2) * D2 / 0.5
    Z3 = W3 @ A2 + b3
    return X, np.ones((1, 2)), (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, solution.sigmoid(Z3), W3, b3)


@exercise(points=18)
def backward_propagation_with_regularization(cases: Cases) -> None:
    """Gradients of the cost with the L2 penalty."""
    for name, (X, Y, parameters), lambd in [
        ("small whole numbers", small_network(), 0.8),
        ("two undecided predictions, by hand", undecided_network(), 0.4),
    ]:
        cache = forward_cache(X, parameters)
        cases.public(name, dict(X=X, Y=Y, cache=cache, lambd=lambd), weight=0.5)
    for name, seed, (n_0, n_1, n_2, m), lambd in [
        ("seven examples", 111, (3, 5, 4, 7), 0.7),
        ("a strong penalty", 113, (4, 2, 5, 6), 7.3),
        ("no penalty", 115, (3, 4, 2, 5), 0.0),
        ("a single example", 117, (5, 3, 4, 1), 0.9),
        ("one unit per layer", 119, (2, 1, 1, 9), 1.7),
        ("a wide layer and many examples", 121, (5, 9, 4, 8), 0.35),
    ]:
        X, Y = examples(seed, n_0, m)
        cache = forward_cache(X, network(seed, n_0, n_1, n_2))
        cases.hidden(name, dict(X=X, Y=Y, cache=cache, lambd=lambd))


@exercise(points=22)
def forward_propagation_with_dropout(cases: Cases) -> None:
    """The way forward with inverted dropout."""
    X, _, parameters = small_network()
    cases.public("small whole numbers", dict(X=X, parameters=parameters, keep_prob=0.5), weight=0.5)
    cases.public("nothing is dropped", dict(X=X, parameters=parameters, keep_prob=1.0), weight=0.5)
    X, _ = examples(129, 3, 16)
    cases.public(
        "ten units, sixteen examples, three in four kept",
        dict(X=np.round(X, 1), parameters=network(129, 3, 10, 4), keep_prob=0.75),
        weight=0.2,
    )
    for name, seed, (n_0, n_1, n_2, m), keep_prob in [
        ("seven examples", 131, (3, 5, 4, 7), 0.7),
        ("the default probability", 133, (3, 6, 5, 4), None),
        ("most units dropped", 135, (3, 8, 4, 5), 0.27),
        ("a single example", 137, (5, 4, 3, 1), 0.17),
        ("one unit per layer", 139, (2, 1, 1, 9), 0.6),
        ("a wide layer", 141, (4, 11, 3, 5), 0.9),
    ]:
        X, _ = examples(seed, n_0, m)
        inputs = dict(X=X, parameters=network(seed, n_0, n_1, n_2))
        cases.hidden(name, inputs if keep_prob is None else inputs | {"keep_prob": keep_prob})


@exercise(points=20)
def backward_propagation_with_dropout(cases: Cases) -> None:
    """Gradients through dropout."""
    X, Y, parameters = small_network()
    _, cache = solution.forward_propagation_with_dropout(X, parameters, 0.5)
    cases.public("small whole numbers", dict(X=X, Y=Y, cache=cache, keep_prob=0.5), weight=0.5)
    X, Y, cache = undecided_cache()
    cases.public("two undecided predictions, by hand", dict(X=X, Y=Y, cache=cache, keep_prob=0.5), weight=0.5)
    for name, seed, (n_0, n_1, n_2, m), keep_prob in [
        ("seven examples", 151, (3, 5, 4, 7), 0.7),
        ("nothing was dropped", 153, (3, 6, 5, 4), 1.0),
        ("most units dropped", 155, (3, 8, 4, 5), 0.27),
        ("a single example", 157, (5, 4, 3, 1), 0.17),
        ("one unit per layer", 159, (2, 1, 1, 9), 0.6),
        ("a wide layer", 161, (4, 11, 3, 5), 0.9),
    ]:
        X, Y = examples(seed, n_0, m)
        _, cache = solution.forward_propagation_with_dropout(X, network(seed, n_0, n_1, n_2), keep_prob)
        cases.hidden(name, dict(X=X, Y=Y, cache=cache, keep_prob=keep_prob))


@exercise(points=9)
def random_flip(cases: Cases) -> None:
    """Mirror images left to right, by chance."""
    counted = np.arange(1.0, 13.0).reshape(2, 2, 3, 1)
    cases.public("every image is mirrored", dict(images=counted, p=1.0, seed=4), weight=0.5)
    cases.public("two small images", dict(images=counted, p=0.5, seed=0), judge=FLIP, weight=0.5)
    for name, drawn, p, seed in [
        ("no image is mirrored", images(171, 5, 3, 4, 2), 0.0, 6),
        ("colour images, all mirrored", images(173, 2, 4, 5, 3), 1.0, 7),
    ]:
        cases.hidden(name, dict(images=drawn, p=p, seed=seed), weight=0.5)
    for name, drawn, p, seed, weight in [
        ("colour images", pixels(175, 5, 2, 3, 4), 0.45, 11, 1),
        ("a single image", images(177, 1, 3, 2, 1), 0.1, 13, 0.5),
        ("many images, a good third of them", pixels(179, 61, 2, 2, 1), 0.35, 17, 2),
        ("many images, few of them", pixels(181, 23, 2, 2, 1), 0.2, 19, 2),
        ("many images, most of them", pixels(183, 17, 2, 2, 1), 0.85, 23, 2),
    ]:
        cases.hidden(name, dict(images=drawn, p=p, seed=seed), judge=FLIP, weight=weight)


@exercise(points=11)
def random_crop(cases: Cases) -> None:
    """Cut windows out of images, by chance."""
    counted = np.arange(1.0, 25.0).reshape(2, 3, 4, 1)
    cases.public("a window of the whole image", dict(images=counted, size=(3, 4), seed=4), weight=0.5)
    cases.public("two small images", dict(images=counted, size=(2, 3), seed=0), judge=CROP, weight=0.5)
    for name, drawn, size, seed, weight in [
        ("colour images", pixels(191, 9, 3, 4, 2), (2, 1), 5, 1),
        ("a single image", images(193, 1, 4, 5, 2), (2, 2), 6, 0.5),
        ("windows of full height", pixels(195, 19, 2, 5, 1), (2, 1), 7, 1),
        ("windows of full width", pixels(197, 17, 4, 2, 1), (1, 2), 8, 1),
        ("as many rows as columns to begin at", pixels(201, 47, 3, 4, 1), (1, 2), 10, 3),
        ("many images", pixels(199, 29, 4, 5, 1), (2, 2), 9, 3),
    ]:
        cases.hidden(name, dict(images=drawn, size=size, seed=seed), judge=CROP, weight=weight)


@exercise(points=10)
def early_stopping(cases: Cases) -> None:
    """Which epoch's weights early stopping keeps."""
    for name, dev_errors, patience in [
        ("falls with a bump, then rises", [0.5, 0.3, 0.35, 0.2, 0.4, 0.6, 0.7], 2),
        ("improves to the end", [0.9, 0.7, 0.4, 0.1], 1),
        ("a better epoch after the stop is never seen", [0.5, 0.4, 0.6, 0.7, 0.1], 2),
    ]:
        cases.public(name, dict(dev_errors=dev_errors, patience=patience), weight=0.5)
    # The last improvement is a small one, and one all the same.
    paused = [0.9, 0.95, 0.8, 0.85, 0.82, 0.7, 0.75, 0.72, 0.699, 0.75, 0.71, 0.72, 0.1]
    # Most curves have a bump before their best epoch: the first rise is not where training stops.
    for name, dev_errors, patience, weight in [
        ("a bump shorter than the patience", [0.8, 0.5, 0.6, 0.55, 0.3, 0.35, 0.4, 0.45, 0.2], 3, 1),
        (
            "a better epoch long after the stop",
            [0.8, 0.85, 0.6, 0.62, 0.5, 0.45, 0.65, 0.7, 0.72, 0.1],
            2,
            2,
        ),
        ("equal errors are no improvement", [0.9, 0.95, 0.6, 0.4, 0.4, 0.4, 0.3], 2, 1),
        ("equal errors, then the end", [0.7, 0.8, 0.5, 0.6, 0.5], 4, 1),
        ("the first epoch is the best", [0.2, 0.3, 0.25, 0.22, 0.21, 0.1], 4, 1),
        (
            "better than the epoch before, yet not the best",
            [0.9, 0.95, 0.3, 0.5, 0.45, 0.4, 0.35, 0.25],
            4,
            1,
        ),
        ("improves again and again after pauses", paused, 3, 2),
        ("more patience than epochs", [0.45, 0.5, 0.31, 0.38, 0.36, 0.4, 0.29, 0.33], 10, 1),
        ("the best comes last", [0.65, 0.7, 0.5, 0.55, 0.52, 0.35], 3, 0.5),
        ("a single epoch", [0.4], 3, 0.5),
        ("errors above one", [7.5, 8.0, 3.5, 4.0, 2.5, 2.6, 3.0, 1.0], 2, 1),
    ]:
        cases.hidden(name, dict(dev_errors=dev_errors, patience=patience), weight=weight)
