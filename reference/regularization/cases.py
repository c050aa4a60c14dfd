"""Cases of the regularization assignment.

Sizes within a case differ from each other, so that no count can stand in for another; the caches of the
backward exercises come from a real pass forward. Images are random numbers, so no image looks like its own
mirror image and no two windows are alike.
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
        "windows_move",
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
    )
    cases.public(
        "no penalty",
        dict(A3=np.array([[0.8, 0.1]]), Y=np.array([[1.0, 0.0]]), parameters=parameters, lambd=0.0),
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


@exercise(points=18)
def backward_propagation_with_regularization(cases: Cases) -> None:
    """Gradients of the cost with the L2 penalty."""
    X, Y, parameters = small_network()
    cases.public("small whole numbers", dict(X=X, Y=Y, cache=forward_cache(X, parameters), lambd=0.8))
    for name, seed, (n_0, n_1, n_2, m), lambd in [
        ("seven examples", 111, (3, 5, 4, 7), 0.7),
        ("a strong penalty", 113, (4, 2, 5, 6), 7.3),
        ("no penalty", 115, (5, 4, 3, 8), 0.0),
        ("a single example", 117, (5, 3, 4, 1), 0.9),
        ("one unit per layer", 119, (2, 1, 1, 9), 1.7),
        ("a wide layer and many examples", 121, (6, 11, 8, 17), 0.35),
    ]:
        X, Y = examples(seed, n_0, m)
        cache = forward_cache(X, network(seed, n_0, n_1, n_2))
        cases.hidden(name, dict(X=X, Y=Y, cache=cache, lambd=lambd))


@exercise(points=22)
def forward_propagation_with_dropout(cases: Cases) -> None:
    """The way forward with inverted dropout."""
    X, _, parameters = small_network()
    cases.public("small whole numbers", dict(X=X, parameters=parameters, keep_prob=0.5))
    cases.public("nothing is dropped", dict(X=X, parameters=parameters, keep_prob=1.0))
    for name, seed, (n_0, n_1, n_2, m), keep_prob in [
        ("seven examples", 131, (3, 5, 4, 7), 0.7),
        ("the default probability", 133, (4, 6, 5, 8), None),
        ("most units dropped", 135, (5, 9, 7, 6), 0.27),
        ("a single example", 137, (5, 4, 3, 1), 0.17),
        ("one unit per layer", 139, (2, 1, 1, 9), 0.6),
        ("a wide layer", 141, (4, 17, 3, 5), 0.9),
    ]:
        X, _ = examples(seed, n_0, m)
        inputs = dict(X=X, parameters=network(seed, n_0, n_1, n_2))
        cases.hidden(name, inputs if keep_prob is None else inputs | {"keep_prob": keep_prob})


@exercise(points=20)
def backward_propagation_with_dropout(cases: Cases) -> None:
    """Gradients through dropout."""
    X, Y, parameters = small_network()
    _, cache = solution.forward_propagation_with_dropout(X, parameters, 0.5)
    cases.public("small whole numbers", dict(X=X, Y=Y, cache=cache, keep_prob=0.5))
    for name, seed, (n_0, n_1, n_2, m), keep_prob in [
        ("seven examples", 151, (3, 5, 4, 7), 0.7),
        ("nothing was dropped", 153, (4, 6, 5, 8), 1.0),
        ("most units dropped", 155, (5, 9, 7, 6), 0.27),
        ("a single example", 157, (5, 4, 3, 1), 0.17),
        ("one unit per layer", 159, (2, 1, 1, 9), 0.6),
        ("a wide layer", 161, (4, 17, 3, 5), 0.9),
    ]:
        X, Y = examples(seed, n_0, m)
        _, cache = solution.forward_propagation_with_dropout(X, network(seed, n_0, n_1, n_2), keep_prob)
        cases.hidden(name, dict(X=X, Y=Y, cache=cache, keep_prob=keep_prob))


@exercise(points=9)
def random_flip(cases: Cases) -> None:
    """Mirror images left to right, by chance."""
    counted = np.arange(1.0, 13.0).reshape(2, 2, 3, 1)
    cases.public("every image is mirrored", dict(images=counted, p=1.0, seed=4))
    cases.public("two small images", dict(images=counted, p=0.5, seed=0), judge=FLIP)
    cases.hidden("no image is mirrored", dict(images=images(171, 5, 3, 4, 2), p=0.0, seed=6))
    cases.hidden("colour images, all mirrored", dict(images=images(173, 2, 4, 5, 3), p=1.0, seed=7))
    cases.hidden("colour images", dict(images=images(175, 4, 2, 3, 3), p=0.6, seed=11), judge=FLIP)
    cases.hidden("a single image", dict(images=images(177, 1, 3, 2, 1), p=0.4, seed=13), judge=FLIP)
    cases.hidden(
        "many images, half of them",
        dict(images=images(179, 61, 2, 2, 1), p=0.5, seed=17),
        judge=FLIP,
        weight=2,
    )
    cases.hidden(
        "many images, few of them",
        dict(images=images(181, 41, 2, 2, 1), p=0.2, seed=19),
        judge=FLIP,
        weight=2,
    )
    cases.hidden(
        "many images, most of them",
        dict(images=images(183, 43, 2, 2, 1), p=0.85, seed=23),
        judge=FLIP,
        weight=2,
    )


@exercise(points=11)
def random_crop(cases: Cases) -> None:
    """Cut windows out of images, by chance."""
    counted = np.arange(1.0, 25.0).reshape(2, 3, 4, 1)
    cases.public("a window of the whole image", dict(images=counted, size=(3, 4), seed=4))
    cases.public("two small images", dict(images=counted, size=(2, 3), seed=0), judge=CROP)
    cases.hidden("colour images", dict(images=images(191, 3, 4, 5, 3), size=(3, 2), seed=5), judge=CROP)
    cases.hidden("a single image", dict(images=images(193, 1, 4, 5, 2), size=(3, 3), seed=6), judge=CROP)
    cases.hidden(
        "windows of full height", dict(images=images(195, 31, 2, 5, 1), size=(2, 1), seed=7), judge=CROP
    )
    cases.hidden(
        "windows of full width", dict(images=images(197, 29, 4, 2, 1), size=(1, 2), seed=8), judge=CROP
    )
    cases.hidden(
        "as many rows as columns to begin at",
        dict(images=images(201, 37, 3, 4, 1), size=(1, 2), seed=10),
        judge=CROP,
        weight=2,
    )
    cases.hidden(
        "many images", dict(images=images(199, 47, 4, 5, 1), size=(2, 2), seed=9), judge=CROP, weight=2
    )


@exercise(points=10)
def early_stopping(cases: Cases) -> None:
    """Which epoch's weights early stopping keeps."""
    cases.public("falls, then rises", dict(dev_errors=[0.5, 0.3, 0.2, 0.4, 0.6, 0.7], patience=2))
    cases.public("improves to the end", dict(dev_errors=[0.9, 0.7, 0.4, 0.1], patience=1))
    cases.public(
        "a better epoch after the stop is never seen", dict(dev_errors=[0.5, 0.4, 0.6, 0.7, 0.1], patience=2)
    )
    cases.hidden(
        "a bump shorter than the patience",
        dict(dev_errors=[0.8, 0.5, 0.6, 0.55, 0.3, 0.35, 0.4, 0.45, 0.2], patience=3),
    )
    cases.hidden(
        "a better epoch long after the stop",
        dict(dev_errors=[0.8, 0.6, 0.65, 0.7, 0.72, 0.74, 0.1], patience=2),
    )
    cases.hidden("equal errors are no improvement", dict(dev_errors=[0.6, 0.4, 0.4, 0.4, 0.3], patience=2))
    cases.hidden("equal errors, then the end", dict(dev_errors=[0.7, 0.5, 0.6, 0.5], patience=4))
    cases.hidden(
        "the first epoch is the best", dict(dev_errors=[0.2, 0.3, 0.25, 0.22, 0.21, 0.1], patience=4)
    )
    cases.hidden(
        "better than the epoch before, yet not the best",
        dict(dev_errors=[0.9, 0.3, 0.5, 0.45, 0.4, 0.35, 0.25], patience=4),
    )
    cases.hidden(
        "improves again and again after pauses",
        dict(
            dev_errors=[0.9, 0.95, 0.8, 0.85, 0.82, 0.7, 0.75, 0.72, 0.6, 0.65, 0.61, 0.62, 0.1], patience=3
        ),
    )
    cases.hidden("more patience than epochs", dict(dev_errors=[0.45, 0.31, 0.38, 0.36, 0.4], patience=10))
    cases.hidden("a single epoch", dict(dev_errors=[0.4], patience=3))
    cases.hidden("errors above one", dict(dev_errors=[7.5, 3.5, 4.0, 2.5, 2.6, 3.0, 1.0], patience=2))
