"""Softmax and multi-class classification (week 3).

Replace each ``raise NotImplementedError`` by your own code. Names, parameters and what is returned stay as
the docstrings say; imports and helper functions of your own are welcome. Functions that are complete are
given: use them as they are.
"""

import numpy as np


def softmax(z):
    """Turn the scores of each example into probabilities.

    Examples are in columns here. Each column is treated by itself:

        a[k, j] = exp(z[k, j]) / sum over all classes c of exp(z[c, j])

    Scores may be in the thousands, of either sign, and one column may lie thousands above another; the
    probabilities must be finite and right all the same. Adding one number to all scores of a column changes
    nothing in the formula: this freedom is yours to use.

    Parameters
    ----------
    z : ndarray of shape (C, m)
        Scores of C classes for m examples, one example per column.

    Returns
    -------
    a : ndarray of shape (C, m)
        Probabilities; each column sums to one.
    """
    raise NotImplementedError


def one_hot(labels, C):
    """Write each label as a column with a one in the row of its class and zeros elsewhere.

    Parameters
    ----------
    labels : ndarray of shape (m,), integers
        Class of each example, from 0 to C - 1. A class may occur often, once or never.
    C : int
        Number of classes.

    Returns
    -------
    Y : ndarray of shape (C, m)
        Zeros and ones, as floats or integers; one column per example.
    """
    raise NotImplementedError


def cross_entropy(A, Y):
    """Average over the examples how surprised the probabilities are by the true classes.

        loss = -(1/m) * sum over examples j and classes k of Y[k, j] * log(A[k, j])

    A class that is not the true one (its Y is 0) adds nothing, even where its probability is exactly 0:
    read 0 * log(0) as 0. The natural logarithm is meant. Probabilities of true classes are above 0.

    Parameters
    ----------
    A : ndarray of shape (C, m)
        Probabilities, one example per column.
    Y : ndarray of shape (C, m)
        True classes as one-hot columns.

    Returns
    -------
    loss : float
        Mean over the m examples.
    """
    raise NotImplementedError


def softmax_loss(x, y):
    """Loss of a softmax classifier, and its gradient with respect to the scores.

    Examples are in rows from here on. With p[i, k] the softmax probability of class k in row i of x:

        loss = -(1/N) * sum over examples i of log(p[i, y[i]])

    Scores may be in the thousands. The loss must be finite even where the true class lies thousands below
    the best one: its probability is too small for a float, but the logarithm of it is an ordinary number
    (about minus the difference of the two scores).

    The gradient is compared with the right one, and also with finite differences of your own loss.

    Parameters
    ----------
    x : ndarray of shape (N, C)
        Scores of C classes for N examples, one example per row.
    y : ndarray of shape (N,), integers
        True classes, from 0 to C - 1.

    Returns
    -------
    loss : float
        Mean over the N examples.
    dx : ndarray of shape (N, C)
        Gradient of that mean with respect to x.
    """
    raise NotImplementedError


def softmax_loss_naive(W, X, y, reg):
    """Regularised softmax loss of a linear classifier and its gradient, one example at a time.

    The scores of example i are its row of X times W: one score per class. With p[i, k] the softmax
    probability of class k for example i:

        loss = -(1/N) * sum over examples i of log(p[i, y[i]])
               + reg * sum of the squares of all entries of W

    There is no factor of one half in the second part, and it is not divided by N. Scores may be in
    the thousands; the loss must be finite even where the true class lies thousands below the best one.

    Write explicit loops over the examples and classes: this version is there to be read, and to check the
    vectorised one against. Only the numbers are graded.

    Parameters
    ----------
    W : ndarray of shape (D, C)
        Weights, one column per class.
    X : ndarray of shape (N, D)
        One example per row.
    y : ndarray of shape (N,), integers
        True classes, from 0 to C - 1.
    reg : float
        Strength of the regularisation.

    Returns
    -------
    loss : float
    dW : ndarray of shape (D, C)
        Gradient of the loss with respect to W.
    """
    raise NotImplementedError


def softmax_loss_vectorized(W, X, y, reg):
    """Regularised softmax loss of a linear classifier and its gradient, all examples at once.

    The same loss and gradient as softmax_loss_naive:

        loss = -(1/N) * sum over examples i of log(p[i, y[i]])
               + reg * sum of the squares of all entries of W

    finite for scores in the thousands, even where the true class lies thousands below the best one.

    Write it without a Python loop. Only the numbers are graded: nobody measures your time or reads your code
    for the word `for`. But do time both versions; the handout says how.

    The gradient is compared with the right one, and also with finite differences of your own loss.

    Parameters
    ----------
    W : ndarray of shape (D, C)
        Weights, one column per class.
    X : ndarray of shape (N, D)
        One example per row.
    y : ndarray of shape (N,), integers
        True classes, from 0 to C - 1.
    reg : float
        Strength of the regularisation.

    Returns
    -------
    loss : float
    dW : ndarray of shape (D, C)
        Gradient of the loss with respect to W.
    """
    raise NotImplementedError
