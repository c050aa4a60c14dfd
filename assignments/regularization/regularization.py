"""Regularization (week 1).

Replace each ``raise NotImplementedError`` by your own code. Names, parameters and what is returned stay as
the docstrings say; imports and helper functions of your own are welcome. Functions that are complete are
given: use them as they are.
"""

import numpy as np


def sigmoid(x):
    """Return 1 / (1 + exp(-x)) for each entry of x. This helper is given."""
    return 1 / (1 + np.exp(-x))


def relu(x):
    """Return the larger of 0 and x for each entry of x. This helper is given."""
    return np.maximum(0, x)


def compute_cost(A3, Y):
    """Return the cross-entropy of the predictions, without any penalty. This helper is given.

    The mean over the m examples of -(y log(a) + (1 - y) log(1 - a)), with the natural logarithm.

    Parameters
    ----------
    A3 : ndarray of shape (1, m)
        Predicted probabilities.
    Y : ndarray of shape (1, m)
        True labels, 0 or 1.

    Returns
    -------
    cost : float
    """
    m = Y.shape[1]
    losses = -np.log(A3) * Y - np.log(1 - A3) * (1 - Y)
    return float(np.nansum(losses) / m)


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """Compute the cross-entropy cost with an L2 penalty on the weights of all three layers.

        cost = cross-entropy + lambd / (2 m) * (sum of the squares of all entries of W1, W2 and W3)

    The helper ``compute_cost(A3, Y)`` gives the first term. Biases are not penalised.

    Parameters
    ----------
    A3 : ndarray of shape (1, m)
        Predicted probabilities, between 0 and 1.
    Y : ndarray of shape (1, m)
        True labels, 0 or 1.
    parameters : dict
        "W1", "b1", "W2", "b2", "W3", "b3".
    lambd : float
        Strength of the penalty, 0 or more. (``lambda`` is a word of Python's own.)

    Returns
    -------
    cost : float
    """
    raise NotImplementedError


def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Go back through the network for the cost with the L2 penalty.

    The gradients are those of ``compute_cost_with_regularization``. With the sigmoid and the cross-entropy
    the way back begins with

        dZ3 = A3 - Y

    and each layer l then has

        dWl  = dZl A(l-1)^T / m  +  derivative of the penalty by Wl      (A0 is X)
        dbl  = sum of dZl over the examples / m
        dA(l-1) = Wl^T dZl
        dZ(l-1) = dA(l-1) where A(l-1) > 0, and 0 elsewhere

    The penalty enters dW1, dW2 and dW3 and nothing else.

    Parameters
    ----------
    X : ndarray of shape (n_0, m)
    Y : ndarray of shape (1, m)
    cache : tuple of 12
        (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3), as the way forward left them.
    lambd : float
        Strength of the penalty.

    Returns
    -------
    gradients : dict
        "dZ3", "dW3", "db3", "dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1", each of the shape of
        what it is the derivative by; so db1 has the shape (n_1, 1).
    """
    raise NotImplementedError


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """Go forward through the network with inverted dropout on its two hidden layers.

    A hidden layer first computes Zl = Wl A(l-1) + bl and Al = relu(Zl), with A0 = X. Then, for each unit and
    each example on its own:

    1. draw a uniform number from [0, 1), so as many as Al has entries, in an array of its shape;
    2. the mask Dl is 1 (or True) where that number is below ``keep_prob``, and 0 (or False) elsewhere;
    3. switch off in Al what the mask does not keep;
    4. divide Al by ``keep_prob``, so that on average it is as large as without dropout.

    The output layer computes A3 = sigmoid(W3 A2 + b3), without dropout.

    The drawing is part of the task, so that everybody gets the same masks: inside this function call
    ``np.random.seed(1)`` once, at the beginning; then draw D1 with one ``np.random.rand`` of the shape of A1,
    and afterwards D2 with one of the shape of A2. Nothing else draws.

    Parameters
    ----------
    X : ndarray of shape (n_0, m)
    parameters : dict
        "W1", "b1", "W2", "b2", "W3", "b3".
    keep_prob : float
        Probability of keeping a unit, above 0 and at most 1.

    Returns
    -------
    A3 : ndarray of shape (1, m)
    cache : tuple of 14
        (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3), where A1 and A2 are the activations after
        steps 3 and 4, and Z1 and Z2 what the layer computed before relu.
    """
    raise NotImplementedError


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """Go back through the network whose hidden layers had inverted dropout.

    What was done to an activation on the way forward is done to its gradient on the way back: the same units
    are switched off, and the rest is divided by ``keep_prob``. So after

        dA2 = W3^T dZ3        and        dA1 = W2^T dZ2

    each is masked with D2 or D1 and scaled, before it goes on to dZ2 or dZ1. There is no L2 penalty here;
    everything else is as in ``backward_propagation_with_regularization``:

        dZ3 = A3 - Y
        dWl = dZl A(l-1)^T / m            (A0 is X)
        dbl = sum of dZl over the examples / m
        dZ(l-1) = dA(l-1) where A(l-1) > 0, and 0 elsewhere

    Parameters
    ----------
    X : ndarray of shape (n_0, m)
    Y : ndarray of shape (1, m)
    cache : tuple of 14
        (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3), as the way forward left them. D1 and D2 are
        arrays of bool.
    keep_prob : float
        Probability of keeping a unit, the one that was used on the way forward.

    Returns
    -------
    gradients : dict
        "dZ3", "dW3", "db3", "dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1", where dA2 and dA1 are
        masked and scaled already.
    """
    raise NotImplementedError


def random_flip(images, p, seed):
    """Mirror some of the images left to right, chosen by chance.

    Each image is mirrored with probability ``p`` and left as it is otherwise. Every image decides for itself,
    whatever the others do. Mirroring reverses the order of the columns; rows and channels stay in place.

    Which generator of numpy (or of Python) you draw from is up to you, and so are the numbers. What counts:
    the same ``seed`` always gives the same result, whatever was drawn before the call, and other seeds give
    other ones.

    Parameters
    ----------
    images : ndarray of shape (m, H, W, C)
        m images of H rows, W columns and C channels.
    p : float
        Probability of mirroring an image. With 0 no image is mirrored, with 1 every image is.
    seed : int
        0 or more.

    Returns
    -------
    flipped : ndarray of shape (m, H, W, C)
        The images in their order, some of them mirrored.
    """
    raise NotImplementedError


def random_crop(images, size, seed):
    """Cut a window of one size out of each image, at a place chosen by chance.

    The window of an image is a rectangle of h neighbouring rows and w neighbouring columns, with all
    channels. Every place at which the window fits is equally likely, the ones at the edges included, and
    every image draws its own place: the top row and the left column independently of each other.

    Which generator of numpy (or of Python) you draw from is up to you, and so are the numbers. What counts:
    the same ``seed`` always gives the same result, whatever was drawn before the call, and other seeds give
    other ones.

    Parameters
    ----------
    images : ndarray of shape (m, H, W, C)
        m images of H rows, W columns and C channels.
    size : tuple of two ints
        (h, w): rows and columns of the window, at least 1 and at most H and W.
    seed : int
        0 or more.

    Returns
    -------
    crops : ndarray of shape (m, h, w, C)
        One window of each image, in the images' order.
    """
    raise NotImplementedError


def early_stopping(dev_errors, patience):
    """Find the epoch whose weights early stopping keeps.

    Training goes on epoch by epoch, and the error on the dev set is measured after each. An epoch improves
    when its error is strictly lower than every error before it (the first epoch always does); an equal error
    is no improvement. As soon as ``patience`` epochs in a row have not improved, training stops: what the
    list holds beyond that point is never seen. The weights kept are those of the last epoch that improved.

    If it never comes to a stop, training runs to the end of the list.

    Parameters
    ----------
    dev_errors : list of float
        Error on the dev set after each epoch; at least one.
    patience : int
        How many epochs in a row may go without improvement, at least 1; with the last of them training stops.

    Returns
    -------
    epoch : int
        Index in ``dev_errors``, counted from 0, of the epoch whose weights are kept.
    """
    raise NotImplementedError
