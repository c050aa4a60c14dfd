"""What every right shuffle has, whatever its seed: properties of the batches of `random_mini_batches`."""

import numpy as np


def _joined(returned):
    """All batches side by side: X and Y."""
    return np.hstack([X for X, _ in returned]), np.hstack([Y for _, Y in returned])


def _position(column, X):
    """Where this column is in X: its index, or None."""
    found = np.flatnonzero(np.all(np.isclose(X, column[:, None]), axis=0))
    return int(found[0]) if found.size else None


def every_example_once(inputs, returned):
    """No example is lost and none comes twice."""
    X, _ = _joined(returned)
    positions = [_position(column, inputs["X"]) for column in X.T]
    if None in positions:
        return "A column of the batches is none of the given examples."
    if len(set(positions)) != inputs["X"].shape[1]:
        return "Some examples are in the batches more than once, others not at all."
    return None


def labels_stay_with_examples(inputs, returned):
    """Each example keeps its own label."""
    X, Y = _joined(returned)
    for column, label in zip(X.T, Y.T, strict=True):
        position = _position(column, inputs["X"])
        if position is not None and not np.array_equal(inputs["Y"][:, position], label):
            return "An example of the batches has the label of another one."
    return None


def order_is_shuffled(inputs, returned):
    """The examples do not come in the order in which they were given."""
    X, _ = _joined(returned)
    if np.array_equal(X, inputs["X"]):
        return "The batches have the examples in the given order."
    return None
