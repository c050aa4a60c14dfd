"""How the exercises of softmax are called where one plain call is not enough.

The functions are given copies, so that a function may overwrite its arguments.
"""

import numpy as np


def softmax(student, z, shift=None):
    """Return the probabilities; with `shift`, also those of the shifted scores."""
    if shift is None:
        return student.softmax(z)
    return {
        "probabilities": student.softmax(np.copy(z)),
        "probabilities_of_shifted_scores": student.softmax(z + shift),
    }


def softmax_loss(student, x, y, directions=None, step=None):
    """Return loss and gradient, or the gradient with the loss a step ahead and behind in each direction."""

    def loss_and_gradient(moved):
        return student.softmax_loss(moved, np.copy(y))

    return _with_differences(loss_and_gradient, x, directions, step)


def softmax_loss_naive(student, W, X, y, reg, directions=None, step=None):
    """Return loss and gradient, or the gradient with the loss a step ahead and behind in each direction."""

    def loss_and_gradient(moved):
        return student.softmax_loss_naive(moved, np.copy(X), np.copy(y), reg)

    return _with_differences(loss_and_gradient, W, directions, step)


def softmax_loss_vectorized(student, W, X, y, reg, directions=None, step=None):
    """Return loss and gradient, or the gradient with the loss a step ahead and behind in each direction."""

    def loss_and_gradient(moved):
        return student.softmax_loss_vectorized(moved, np.copy(X), np.copy(y), reg)

    return _with_differences(loss_and_gradient, W, directions, step)


def _with_differences(loss_and_gradient, at, directions, step):
    if directions is None:
        return loss_and_gradient(np.copy(at))
    _, gradient = loss_and_gradient(np.copy(at))
    return {
        "gradient": gradient,
        "ahead": [loss_and_gradient(at + step * direction)[0] for direction in directions],
        "behind": [loss_and_gradient(at - step * direction)[0] for direction in directions],
    }
