import numpy as np

from grader.course.declare import given


@given
def mean_of_rows(X):
    """Average over the examples, as a column."""
    return np.mean(X, axis=1, keepdims=True)


def update_lr(learning_rate0, epoch_num, decay_rate=1e-1):
    """Decay the learning rate: learning_rate0 / (1 + decay_rate * epoch_num).

    Parameters
    ----------
    learning_rate0 : float
    epoch_num : int
    decay_rate : float

    Returns
    -------
    learning_rate : float
    """
    return learning_rate0 / (1 + decay_rate * epoch_num)


def centre(X):
    """Subtract the mean of each row.

    Parameters
    ----------
    X : ndarray of shape (n, m)

    Returns
    -------
    centred : ndarray of shape (n, m)
    mu : ndarray of shape (n, 1)
    """
    mu = mean_of_rows(X)
    return X - mu, mu
