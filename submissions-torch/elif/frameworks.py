"""Frameworks: the same network in PyTorch (week 3).

Replace each ``raise NotImplementedError`` by your own code. Names, parameters and what is returned stay as
the docstrings say; imports and helper functions of your own are welcome. Functions that are complete are
given: use them as they are.
"""

import numpy as np
import math
import torch


def linear_function(W, X, b):
    """Compute the linear part of a layer, W X + b, for all examples at once.

    W X is the matrix product, and the column b is added to each of its columns.

    Parameters
    ----------
    W : float64 tensor of shape (n, n_x)
    X : float64 tensor of shape (n_x, m)
        One example per column.
    b : float64 tensor of shape (n, 1)

    Returns
    -------
    Z : float64 tensor of shape (n, m)
        Gradients can flow back from it to W, X and b, where these ask for theirs.
    """
    raise NotImplementedError


def sigmoid(z):
    """Compute the sigmoid of each entry, 1 / (1 + exp(-z)).

    Parameters
    ----------
    z : float64 tensor of any shape
        A tensor of no dimensions, one number, too.

    Returns
    -------
    a : float64 tensor of the same shape
        Gradients can flow back from it to z, where z asks for its.
    """
    raise NotImplementedError


def one_hot_matrix(label, C):
    """Write labels as columns of zeros and ones.

    Column i has a one in the row of the class of example i, label[i], and zeros in its other rows. Classes
    are counted from 0. A class may be without examples; it has its row all the same.

    Parameters
    ----------
    label : int64 tensor of shape (m,)
        Numbers from 0 to C - 1.
    C : int
        How many classes there are.

    Returns
    -------
    one_hot : tensor of shape (C, m)
        Its entries are graded, whatever their dtype; float64 is what the rest of the network works with.
    """
    raise NotImplementedError


def initialize_parameters(layers_dims, seed):
    """Make the parameters of a network, ready to be trained.

    Call torch.manual_seed(seed) once, before the first draw. Then each Wl gets independent standard normal
    numbers times sqrt(2 / n_{l-1}), and each bl zeros. No certain numbers are asked for, but the same seed
    gives the same parameters again, and another seed gives others.

    Parameters
    ----------
    layers_dims : list of int
        n_0, n_1, ..., n_L: the number of inputs, then the units of each layer.
    seed : int

    Returns
    -------
    parameters : dict
        "W1", "b1", ..., "WL", "bL": float64 tensors of the shapes (n_l, n_{l-1}) and (n_l, 1). Each asks for
        its gradient (requires_grad) and is a leaf: the result of no computation that autograd records. Only
        such tensors can be handed to an optimizer.
    """
    raise NotImplementedError


def forward_propagation(X, parameters):
    """Compute the logits of a network for all examples.

    With A0 = X:

        Zl = Wl A(l-1) + bl        for l = 1 ... L
        Al = max(0, Zl)            for l = 1 ... L - 1

    The last layer stays linear: what is returned are the logits ZL, not probabilities.

    Parameters
    ----------
    X : float64 tensor of shape (n_x, m)
        One example per column.
    parameters : dict
        "W1", "b1", ..., "WL", "bL", for any number of layers L: half the number of entries.

    Returns
    -------
    logits : float64 tensor of shape (n_L, m)
        Gradients can flow back from it to every parameter.
    """
    raise NotImplementedError


def compute_total_loss(logits, labels):
    """Compute the total cross-entropy of a batch: the sum over its examples, not the mean.

    The softmax of a column of logits gives the probability a_k of each class k, and an example's loss is

        - sum over k of  y_k * log(a_k)

    where y is its one-hot column. The total has to be finite, and right, for logits in the thousands of
    either sign too; then a probability may be too small for a float while its logarithm is an ordinary
    number.

    Parameters
    ----------
    logits : float64 tensor of shape (C, m)
        Any real numbers: the softmax is not yet taken.
    labels : float64 tensor of shape (C, m)
        One-hot columns.

    Returns
    -------
    total : float64 tensor of no dimensions
        Gradients can flow back from it to the logits.
    """
    raise NotImplementedError


def train_step(X, Y, parameters, optimizer):
    """Train on one mini-batch: take one step of the optimizer.

    The cost is the mean loss of the batch, so that steps do not grow with its size:

        J = compute_total_loss(forward_propagation(X, parameters), Y) / m

    The step follows the gradient of this J alone. It changes the tensors of `parameters` in place: the
    optimizer holds the same tensors. The function is called again and again with the same optimizer, on one
    batch after the other, and gradients of earlier batches play no part.

    Parameters
    ----------
    X : float64 tensor of shape (n_x, m)
        One example per column. Batches may differ in m.
    Y : float64 tensor of shape (C, m)
        One-hot columns.
    parameters : dict
        "W1", "b1", ..., "WL", "bL": leaves that ask for their gradients.
    optimizer : torch.optim.Optimizer
        One that was made for these tensors, such as torch.optim.SGD or torch.optim.Adam.

    Returns
    -------
    cost : float, or tensor of no dimensions
        J as it was before the step.
    """
    raise NotImplementedError
