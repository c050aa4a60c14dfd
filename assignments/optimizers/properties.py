"""What every right shuffle has, whatever its seed: properties of the batches of `random_mini_batches`."""

import numpy as np


def _joined(returned):
    """All batches side by side: X and Y."""
    return np.hstack([X for X, _ in returned]), np.hstack([Y for _, Y in returned])


def _positions(columns, X):
    """Where each column is in X: its index, or -1."""
    apart = np.abs(columns[:, :, None] - X[:, None, :])
    same = (apart <= 1e-8 + 1e-5 * np.abs(X[:, None, :])).all(axis=0)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1)


def every_example_once(inputs, returned):
    """No example is lost and none comes twice."""
    X, _ = _joined(returned)
    positions = _positions(X, inputs["X"])
    if (positions < 0).any():
        return "A column of the batches is none of the given examples."
    if np.unique(positions).size != inputs["X"].shape[1]:
        return "Some examples are in the batches more than once, others not at all."
    return None


def labels_stay_with_examples(inputs, returned):
    """Each example keeps its own label."""
    X, Y = _joined(returned)
    positions = _positions(X, inputs["X"])
    known = positions >= 0
    if not np.array_equal(inputs["Y"][:, positions[known]], Y[:, known]):
        return "An example of the batches has the label of another one."
    return None


def order_is_shuffled(inputs, returned):
    """The examples do not come in the order in which they were given."""
    X, _ = _joined(returned)
    if np.array_equal(X, inputs["X"]):
        return "The batches have the examples in the given order."
    return None
