import numpy as np


def half(x):
    """Halve.

    Parameters
    ----------
    x : ndarray of shape (n,)

    Returns
    -------
    halved : ndarray of shape (n,)
    """
    return x / 2


def quarter(x):
    """Halve twice, and take away the mean.

    Parameters
    ----------
    x : ndarray of shape (n,)

    Returns
    -------
    quartered : ndarray of shape (n,)
    """
    quartered = half(half(x))
    return quartered - np.mean(quartered)


def eighth(x):
    """Take a quarter, halve it, and add one.

    Parameters
    ----------
    x : ndarray of shape (n,)

    Returns
    -------
    eighths : ndarray of shape (n,)
    """
    return half(quarter(x)) + 1


def norm(x):
    """Take the length of a vector.

    Parameters
    ----------
    x : ndarray of shape (n,)

    Returns
    -------
    length : float
    """
    return float(np.sqrt(np.sum(x**2)))
