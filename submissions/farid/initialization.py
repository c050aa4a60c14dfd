"""Initialization (week 1).

Replace each ``raise NotImplementedError`` by your own code. Names, parameters and what is returned stay as
the docstrings say; imports and helper functions of your own are welcome. Functions that are complete are
given: use them as they are.
"""

import numpy as np


def activate(Z, activation):
    """Apply an activation function to every entry of Z. This helper is given.

    Parameters
    ----------
    Z : ndarray of any shape
    activation : str
        "relu", "tanh" or "linear" (which returns Z as it is).

    Returns
    -------
    A : ndarray of the shape of Z
    """
    if activation == "relu":
        return np.maximum(0, Z)
    if activation == "tanh":
        return np.tanh(Z)
    return Z


def initialize_parameters_zeros(layers_dims):
    """Start every weight and every bias at zero.

    Parameters
    ----------
    layers_dims : list of int
        [n_0, n_1, ..., n_L]: the number of inputs, then the number of units of each layer. Its length is
        therefore one more than the number of layers.

    Returns
    -------
    parameters : dict
        "W1", "b1", ..., "WL", "bL", where Wl is an array of zeros of shape (n_l, n_{l-1}) and bl one of
        shape (n_l, 1). Keys count from 1, and the input has no parameters of its own.
    """
    raise NotImplementedError


def initialize_parameters_random(layers_dims):
    """Draw large weights: standard normal numbers times 10. Biases are zero.

    The drawing is part of the task, so that everybody gets the same numbers:

    - first, inside this function, seed numpy's generator with ``np.random.seed(3)``, once;
    - then draw one ``np.random.randn(n_l, n_{l-1})`` for each layer, from the first to the last;
    - biases draw nothing.

    Parameters
    ----------
    layers_dims : list of int
        [n_0, n_1, ..., n_L]: the number of inputs, then the number of units of each layer.

    Returns
    -------
    parameters : dict
        "W1", "b1", ..., "WL", "bL": Wl of shape (n_l, n_{l-1}) holds the numbers drawn for layer l, each
        times 10; bl of shape (n_l, 1) is zero.
    """
    raise NotImplementedError


def initialize_parameters_he(layers_dims):
    """Draw weights of variance 2 / n_{l-1}, which suits ReLU (He et al., 2015). Biases are zero.

    The standard deviation of an entry of Wl is the square root of 2 / n_{l-1}, where n_{l-1} is the number of
    inputs that a unit of layer l adds up.

    The drawing is part of the task:

    - first, inside this function, seed numpy's generator with ``np.random.seed(3)``, once;
    - then draw one ``np.random.randn(n_l, n_{l-1})`` for each layer, from the first to the last;
    - biases draw nothing.

    Parameters
    ----------
    layers_dims : list of int
        [n_0, n_1, ..., n_L]: the number of inputs, then the number of units of each layer.

    Returns
    -------
    parameters : dict
        "W1", "b1", ..., "WL", "bL": Wl of shape (n_l, n_{l-1}) holds the numbers drawn for layer l, scaled;
        bl of shape (n_l, 1) is zero.
    """
    raise NotImplementedError


def initialize_parameters_xavier(layers_dims):
    """Draw weights of variance 1 / n_{l-1}, which suits tanh and linear layers. Biases are zero.

    This is the form that counts inputs only; the handout also mentions one that averages inputs and outputs,
    which is not asked for here.

    The drawing is the same as for the other two:

    - first, inside this function, seed numpy's generator with ``np.random.seed(3)``, once;
    - then draw one ``np.random.randn(n_l, n_{l-1})`` for each layer, from the first to the last;
    - biases draw nothing.

    Parameters
    ----------
    layers_dims : list of int
        [n_0, n_1, ..., n_L]: the number of inputs, then the number of units of each layer.

    Returns
    -------
    parameters : dict
        "W1", "b1", ..., "WL", "bL": Wl of shape (n_l, n_{l-1}) holds the numbers drawn for layer l, scaled;
        bl of shape (n_l, 1) is zero.
    """
    raise NotImplementedError


def activation_scale(X, parameters, activation):
    """Measure how far the activations of each layer spread.

    Go forward through the network. With A_0 = X, each layer l = 1 ... L computes

        Z_l = W_l A_{l-1} + b_l
        A_l = g(Z_l)

    with the same activation g on every layer, the last one included. The scale of layer l is the standard
    deviation of the entries of A_l: of all n_l times m of them together, around their common mean, and
    divided by their number (the "population" standard deviation, which is numpy's default).

    Parameters
    ----------
    X : ndarray of shape (n_0, m)
        Inputs, one example per column.
    parameters : dict
        "W1", "b1", ..., "WL", "bL". Biases need not be zero.
    activation : str
        "relu", "tanh" or "linear": g, as the helper ``activate`` applies it.

    Returns
    -------
    scales : list of L floats
        The scale of layer 1 first, that of layer L last. The input has no entry. An array of shape (L,) is
        just as good.
    """
    raise NotImplementedError


def gradient_scale(X, parameters, activation):
    """Measure how large the gradient of each layer's weights is.

    Go forward as in ``activation_scale``: A_0 = X, Z_l = W_l A_{l-1} + b_l, A_l = g(Z_l), with the same g on
    every layer, the last one included. The loss is half the sum of the squares of all outputs, averaged over
    the m examples:

        J = 0.5 * sum(A_L ** 2) / m

    Then go back, from layer L to layer 1, through the activations too:

        dA_L     = derivative of J by A_L
        dZ_l     = dA_l * g'(Z_l)            entry by entry
        dW_l     = dZ_l A_{l-1}^T
        dA_{l-1} = W_l^T dZ_l

    The mean over the examples is taken once, in dA_L, so no further 1/m appears. g' is 1 for "linear",
    1 - g(Z)^2 for "tanh"; for "relu" it is 1 where Z > 0 and 0 elsewhere (at Z = 0 exactly: 0).

    The scale of layer l is the Frobenius norm of dW_l: the square root of the sum of the squares of its
    entries.

    Parameters
    ----------
    X : ndarray of shape (n_0, m)
        Inputs, one example per column.
    parameters : dict
        "W1", "b1", ..., "WL", "bL". Biases need not be zero.
    activation : str
        "relu", "tanh" or "linear".

    Returns
    -------
    scales : list of L floats
        The norm of dW_1 first, that of dW_L last. An array of shape (L,) is just as good.
    """
    raise NotImplementedError
