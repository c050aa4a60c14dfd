"""Optimisation: from mini-batches to Adam (week 2).

Replace each ``raise NotImplementedError`` by your own code. Names, parameters and what is returned stay as
the docstrings say; imports and helper functions of your own are welcome. Functions that are complete are
given: use them as they are.
"""

import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
    """Take one step of gradient descent.

    Every parameter moves against its own gradient, by learning_rate times the gradient:

        Wl := Wl - learning_rate * dWl        bl := bl - learning_rate * dbl        for l = 1 ... L

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL", for any number of layers L: half the number of entries. Wl has the shape
        (n_l, n_{l-1}) and bl the shape (n_l, 1). Here and below you may change the arrays that you are given
        or make new ones: what is returned is what counts.
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL", of the same shapes.
    learning_rate : float

    Returns
    -------
    parameters : dict
        The same keys, after the step.
    """
    raise NotImplementedError


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    """Shuffle the examples and cut them into mini-batches.

    The shuffle is part of the task, so that everyone gets the same batches:

        1. call np.random.seed(seed)
        2. draw one np.random.permutation(m), and draw nothing else
        3. example number i of the shuffled set is example number permutation[i] of the given set,
           in X and in Y alike

    Then cut the shuffled set from left to right into batches of mini_batch_size examples. What is left over,
    if anything, makes one last, smaller batch; a batch is never empty.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        One example per column.
    Y : ndarray of shape (1, m)
        Labels: floats, ints or bools.
    mini_batch_size : int
        May be larger than m.
    seed : int

    Returns
    -------
    mini_batches : list of tuple
        Pairs (mini_X, mini_Y), of shapes (n_x, size) and (1, size).
    """
    raise NotImplementedError


def exponentially_weighted_average(values, beta, bias_correction=True):
    """Smooth a series with an exponentially weighted average.

    With v_0 = 0, for t = 1 ... n:

        v_t = beta * v_{t-1} + (1 - beta) * x_t

    With bias correction, what is reported at step t is v_t divided by 1 - beta to the power t. The recursion
    itself goes on with the uncorrected v_t.

    Parameters
    ----------
    values : ndarray of shape (n,)
        The series x_1 ... x_n.
    beta : float
        From 0 up to, but not including, 1.
    bias_correction : bool

    Returns
    -------
    averages : ndarray of shape (n,)
        One average for each value.
    """
    raise NotImplementedError


def initialize_velocity(parameters):
    """Make the velocity with which momentum starts: zeros.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL".

    Returns
    -------
    v : dict
        "dW1", "db1", ..., "dWL", "dbL": arrays of zeros, each of its parameter's shape.
    """
    raise NotImplementedError


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """Take one step of gradient descent with momentum.

    The velocity is a moving average of the gradients, and the parameters move along the velocity:

        vdW := beta * vdW + (1 - beta) * dW
        W   := W - learning_rate * vdW

    and the same for every b. No bias correction here.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL".
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL".
    v : dict
        The velocity after the previous step: "dW1", "db1", ..., "dWL", "dbL".
    beta : float
        Share of the old velocity.
    learning_rate : float

    Returns
    -------
    parameters : dict
        After the step.
    v : dict
        The new velocity.
    """
    raise NotImplementedError


def initialize_rmsprop(parameters):
    """Make the moving average of squared gradients with which RMSprop starts: zeros.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL".

    Returns
    -------
    s : dict
        "dW1", "db1", ..., "dWL", "dbL": arrays of zeros, each of its parameter's shape.
    """
    raise NotImplementedError


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    """Take one step of RMSprop.

    s is a moving average of the squared gradients, entry by entry, and each entry of the gradient is divided
    by the root of its own s:

        sdW := beta * sdW + (1 - beta) * dW^2
        W   := W - learning_rate * dW / (sqrt(sdW) + epsilon)

    and the same for every b. Epsilon is added to the root, outside of it. No bias correction here.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL".
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL".
    s : dict
        The average after the previous step: "dW1", "db1", ..., "dWL", "dbL".
    beta : float
        Share of the old average.
    learning_rate : float
    epsilon : float

    Returns
    -------
    parameters : dict
        After the step.
    s : dict
        The new average.
    """
    raise NotImplementedError


def initialize_adam(parameters):
    """Make the two moving averages with which Adam starts: zeros.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL".

    Returns
    -------
    v : dict
        "dW1", "db1", ..., "dWL", "dbL": arrays of zeros, each of its parameter's shape.
    s : dict
        The same once more: a dictionary of its own, since the two averages go separate ways from here.
    """
    raise NotImplementedError


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Take one step of Adam.

    Two moving averages, of the gradients and of their squares, both corrected for their start at zero:

        vdW := beta1 * vdW + (1 - beta1) * dW             vc = vdW / (1 - beta1^t)
        sdW := beta2 * sdW + (1 - beta2) * dW^2           sc = sdW / (1 - beta2^t)
        W   := W - learning_rate * vc / (sqrt(sc) + epsilon)

    and the same for every b. Here ^t is "to the power t". Epsilon is added to the root, outside of it. The
    averages that are kept for the next step are the uncorrected ones.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL".
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL".
    v, s : dict
        The averages after the previous step: "dW1", "db1", ..., "dWL", "dbL".
    t : int
        Number of this step; the very first one is 1. It is already counted up when the function is called.
    learning_rate, beta1, beta2, epsilon : float

    Returns
    -------
    parameters : dict
        After the step.
    v, s : dict
        The new averages, uncorrected.
    v_corrected, s_corrected : dict, optional
        You may also return the corrected averages of this step, both of them, with the same keys; then they
        are graded too.
    """
    raise NotImplementedError


def update_lr(learning_rate0, epoch_num, decay_rate):
    """Let the learning rate shrink with every epoch.

        learning_rate = learning_rate0 / (1 + decay_rate * epoch_num)

    Parameters
    ----------
    learning_rate0 : float
        The rate at the start.
    epoch_num : int
        Number of epochs done, from 0.
    decay_rate : float

    Returns
    -------
    learning_rate : float
    """
    raise NotImplementedError


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    """Let the learning rate shrink in stairs: one step down after each time_interval epochs.

        learning_rate = learning_rate0 / (1 + decay_rate * k)

    where k is the number of whole intervals in epoch_num: epoch_num / time_interval, rounded down.

    Parameters
    ----------
    learning_rate0 : float
        The rate at the start.
    epoch_num : int
        Number of epochs done, from 0.
    decay_rate : float
    time_interval : int
        Epochs between two steps down.

    Returns
    -------
    learning_rate : float
    """
    raise NotImplementedError


def classify_critical_point(hessian):
    """Say what kind of critical point this is, from the second derivatives there.

    Look at the signs of the eigenvalues of the Hessian. An eigenvalue counts as zero where its absolute value
    is at most 1e-9 times the largest absolute value among the eigenvalues: rounding leaves such crumbs where
    the exact eigenvalue is zero.

    Parameters
    ----------
    hessian : ndarray of shape (n, n)
        Symmetric.

    Returns
    -------
    kind : str
        "saddle" where there are eigenvalues of both signs, whatever else there is; otherwise "degenerate"
        where any eigenvalue is zero; otherwise "minimum" where all are positive, "maximum" where all are
        negative.
    """
    raise NotImplementedError
