"""Setting up an application: three sets, inputs of one scale, and what the errors say.

Examples are columns: X has the shape (n_x, m), Y the shape (1, m). Errors are shares of examples that are
classified wrongly, from 0 to 1. `handout.md` has the ideas.
"""

import numpy as np


def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    """Deal the examples out to a training, a dev and a test set, by chance.

    Sizes: the dev set gets dev_fraction times m examples, rounded down to a whole number; the test set gets
    test_fraction times m, rounded down; the training set gets all the others. A set may be empty: it then
    has the shape (n_x, 0), its labels (1, 0).

    Chance alone says which example goes where: every example is as likely as any other to be in the test
    set, and so for the other two. Each example is in exactly one set and keeps its label. The order within a
    set is up to you.

    Which generator of numpy (or of Python) you draw from is up to you, and so are the numbers. What counts:
    the same ``seed`` always gives the same three sets, whatever was drawn before the call, and other seeds
    give other ones.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        One example per column.
    Y : ndarray of shape (1, m)
        The label of each example.
    dev_fraction, test_fraction : float
        0 or more, and together less than 1.
    seed : int
        0 or more.

    Returns
    -------
    train, dev, test : tuple of two ndarrays each
        (X, Y) of each set: X of shape (n_x, size of the set), Y of shape (1, size of the set).
    """
    m = X.shape[1]
    n_dev = int(dev_fraction * m)
    n_test = int(test_fraction * m)
    order = np.random.default_rng(seed).permutation(m)
    dev, test, train = order[:n_dev], order[n_dev : n_dev + n_test], order[n_dev + n_test :]
    return (X[:, train], Y[:, train]), (X[:, dev], Y[:, dev]), (X[:, test], Y[:, test])


def normalize_inputs(X_train, X_test):
    """Bring every feature to mean 0 and standard deviation 1, on the scale of the training set.

    For each feature (each row), over the m training examples:

        mu      = mean of the feature
        sigma^2 = mean of (feature - mu)^2               divided by m, not by m - 1
        normalised feature = (feature - mu) / sigma

    Training and test examples are normalised with one and the same mu and sigma, those of the training set.

    A feature that has the same value in all training examples has a standard deviation of 0, by which nothing
    can be divided. For such a feature sigma is taken to be 1, also in what is returned: it is only moved to
    mean 0.

    Parameters
    ----------
    X_train : ndarray of shape (n_x, m)
    X_test : ndarray of shape (n_x, m_test)

    Returns
    -------
    X_train_normalized : ndarray of shape (n_x, m)
    X_test_normalized : ndarray of shape (n_x, m_test)
    mu : ndarray of shape (n_x, 1)
    sigma : ndarray of shape (n_x, 1)
        With 1 in the place of 0.
    """
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


def diagnose(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    """Tell high bias and high variance from the errors on the training and the dev set.

    Two gaps are looked at, each on its own:

        from the best possible error to the training error       bias
        from the training error to the dev error                 variance

    A gap is high when it is larger than the tolerance; one that is equal to it is not. A gap below zero is
    not high either.

    Parameters
    ----------
    train_error, dev_error : float
        Shares of examples classified wrongly.
    bayes_error : float
        The best possible error, that of a perfect classifier; human error often stands in for it.
    tolerance : float
        How large a gap may be without being high.

    Returns
    -------
    diagnosis : dict
        "high_bias" and "high_variance", each True or False.
    """
    return {
        "high_bias": bool(train_error - bayes_error > tolerance),
        "high_variance": bool(dev_error - train_error > tolerance),
    }


def next_step(high_bias, high_variance):
    """Name what to try next.

    The remedies, by the names that are to be returned:

        "bigger network"    helps the training error, if the network is too small for the task
        "train longer"      helps the training error, if training has not settled yet
        "more data"         helps the dev error: what is special about single examples averages out
        "regularization"    helps the dev error, and makes the training error no better
        "done"              nothing is left to do

    The rule: bias comes first. While the bias is high, a remedy that helps the training error is next,
    whatever the variance. Only when the bias is not high (any more), variance is looked at, and a remedy that
    helps the dev error is next if it is high. With neither, it is "done".

    Where two remedies suit the situation, return one of them, whichever you like.

    Parameters
    ----------
    high_bias, high_variance : bool
        As `diagnose` has them.

    Returns
    -------
    remedy : str
        One of the five names.
    """
    if high_bias:
        return "bigger network"
    if high_variance:
        return "more data"
    return "done"
