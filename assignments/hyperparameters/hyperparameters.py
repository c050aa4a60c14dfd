"""Hyperparameter search: grid, random, coarse to fine, Bayesian (week 3).

Replace each ``raise NotImplementedError`` by your own code. Names, parameters and what is returned stay as
the docstrings say; imports and helper functions of your own are welcome. Functions that are complete are
given: use them as they are.
"""

import numpy as np
import math


def make_objective(kind, peak):
    """Make an objective whose highest score is at `peak`. This helper is given.

    What is not named in `peak` does not matter to the score. Distances from the peak, d for each name:

        value - peak's value                  where it is a number
        log10(value) - log10(peak's value)    where it is a number and the kind is "log hill"
        0 where it is the peak's, else 1      where it is a word

    Parameters
    ----------
    kind : str
        "hill" and "log hill": the score is 1 - sum of d^2. "stairs": the same, rounded down to a multiple of
        one half, so that many settings have the same score. "waves": cos(3 r) - r / 2, where r is the root of
        the sum of d^2: a peak with rings around it.
    peak : dict, or list of float
        Name of a hyperparameter to its best value. With a list the objective takes a vector instead of a
        setting.

    Returns
    -------
    objective : callable
        ``objective(setting)`` is a float.
    """

    def distance(value, best):
        if isinstance(best, str):
            return 0.0 if value == best else 1.0
        return math.log10(value) - math.log10(best) if kind == "log hill" else float(value) - best

    def objective(setting):
        places = peak if isinstance(peak, dict) else range(len(peak))
        total = sum(distance(setting[place], peak[place]) ** 2 for place in places)
        if kind == "waves":
            return math.cos(3 * math.sqrt(total)) - math.sqrt(total) / 2
        return math.floor(2 * (1 - total)) / 2 if kind == "stairs" else 1 - total

    return objective


def sample_learning_rate(low, high, size, seed):
    """Draw learning rates that are spread evenly over the orders of magnitude.

    The logarithm of the rate is uniform between log(low) and log(high): from 0.001 to 0.01 there are as many
    draws, on average, as from 0.01 to 0.1. The draws are independent of each other.

    Which generator of numpy (or of Python) you draw from is up to you, and so are the numbers. What counts:
    the same ``seed`` always gives the same draws, whatever was drawn before the call, and other seeds give
    other ones.

    Parameters
    ----------
    low, high : float
        Smallest and largest rate, 0 < low <= high.
    size : int
        How many to draw.
    seed : int
        0 or more.

    Returns
    -------
    rates : ndarray of shape (size,)
    """
    raise NotImplementedError


def sample_momentum(low, high, size, seed):
    """Draw values of beta that are spread evenly over what they average.

    A beta close to 1 averages over about 1 / (1 - beta) steps, so it is 1 - beta whose order of magnitude
    matters: log(1 - beta) is uniform between log(1 - low) and log(1 - high). From 0.9 to 0.99 there are as
    many draws, on average, as from 0.99 to 0.999. The draws are independent of each other.

    As in `sample_learning_rate`, you may draw from any generator; the same ``seed`` gives the same draws, and
    other seeds give other ones.

    Parameters
    ----------
    low, high : float
        Smallest and largest beta, 0 <= low <= high < 1.
    size : int
        How many to draw.
    seed : int
        0 or more.

    Returns
    -------
    betas : ndarray of shape (size,)
    """
    raise NotImplementedError


def grid_search(objective, grid):
    """Try every combination of the values given, and find the best.

    The order is that of nested loops, the first name of the grid outermost and the last innermost: with
    {"a": [1, 2], "b": [3, 4]} the settings are (1, 3), (1, 4), (2, 3), (2, 4).

    The objective is called once for each combination, no more: a call stands for a training.

    Parameters
    ----------
    objective : callable
        ``objective(setting)`` returns the score of a dictionary; higher is better. A score may be negative.
    grid : dict of str to list
        The values to try of each hyperparameter: numbers or words. One name or many.

    Returns
    -------
    best_setting : dict
        The one with the highest score; of equal ones the first that was tried.
    best_score : float
    history : list of (dict, float)
        Every setting tried and its score, in the order in which they were tried.
    """
    raise NotImplementedError


def random_search(objective, space, n_trials, seed):
    """Try settings drawn at random, and find the best.

    Each trial draws a value for every name of the space: uniform from low to high where the scale is
    "linear", uniform in the logarithm where it is "log". Trials are independent of each other, and within a
    trial so are the values of different names.

    Which generator you draw from is up to you. What counts: the same ``seed`` always gives the same trials,
    whatever was drawn before the call, and other seeds give other ones. The objective is called once per
    trial, no more.

    Parameters
    ----------
    objective : callable
        ``objective(setting)`` returns the score of a dictionary; higher is better. A score may be negative.
    space : dict of str to (float, float, str)
        For each hyperparameter (low, high, scale); low <= high, scale "linear" or "log", and with "log" low
        is above 0. Values are real numbers, not rounded.
    n_trials : int
        At least 1.
    seed : int
        0 or more.

    Returns
    -------
    best_setting : dict
        The one with the highest score; of equal ones the first that was tried.
    best_score : float
    history : list of (dict, float)
        Every setting tried and its score, in the order in which they were tried.
    """
    raise NotImplementedError


def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    """Search at random, again and again, in a window that closes in on the best setting so far.

    The first round is a random search of n_trials in the space. For every later round each name gets a new
    window, measured on its own scale, which is log10 where the scale is "log":

        width:   shrink times the width of the window of the round before, starting from the space's own
        centre:  the best setting so far, of all the rounds before
        where the window sticks out of the space, the part outside is cut off, without moving the rest

    So the uncut width in round r, counted from 0, is shrink^r times that of the space. (A window may stick
    out of the window before it; only the space itself is a limit.) The round is then a random search of
    n_trials in the window, uniform on each name's scale. Every round makes draws of its own.

    Which generator you draw from is up to you. What counts: the same ``seed`` always gives the same trials,
    whatever was drawn before the call, and other seeds give other ones. The objective is called once per
    trial, no more.

    Parameters
    ----------
    objective, space
        As in `random_search`.
    n_trials : int
        Trials in each round, at least 1.
    n_rounds : int
        At least 1.
    shrink : float
        Between 0 and 1.
    seed : int
        0 or more.

    Returns
    -------
    best_setting : dict
        The one with the highest score of all rounds; of equal ones the first that was tried.
    best_score : float
    history : list of (dict, float)
        Every setting tried and its score, in the order in which they were tried: n_rounds * n_trials of them.
    """
    raise NotImplementedError


def gp_posterior(X, y, X_new, length_scale, signal_variance, noise_variance):
    """Predict the scores of new points from those of points already tried, with a Gaussian process.

    Before anything is tried, the score at each point is a normal random variable of mean 0, and the
    covariance of the scores at two points x and z is

        k(x, z) = signal_variance * exp(-|x - z|^2 / (2 * length_scale^2))

    where |x - z| is the Euclidean distance. What was measured is the score plus noise: y_i has the noise of
    variance noise_variance, independent of all others. With

        K  of shape (n, n)    k between the points tried
        k* of shape (k, n)    k between each new point and the points tried

    the score at a new point, given the measurements, has

        mean      = k* (K + noise_variance I)^-1 y
        variance  = k(x, x) - (k* (K + noise_variance I)^-1 k*^T) of this point with itself

    It is the variance of the score itself; the noise of a new measurement is not in it.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Points tried, one per row; at least one.
    y : ndarray of shape (n,)
        Scores measured.
    X_new : ndarray of shape (k, d)
        Points to predict, one per row.
    length_scale : float
        Over which distance scores are alike, above 0.
    signal_variance : float
        How far scores are from 0, squared; above 0.
    noise_variance : float
        0 or more.

    Returns
    -------
    mean : ndarray of shape (k,)
    variance : ndarray of shape (k,)
        One number per new point. Where rounding makes it a tiny bit less than 0 you may leave it or return 0.
    """
    raise NotImplementedError


def expected_improvement(mean, variance, best, xi=0.01):
    """Say how much each candidate is expected to beat the best score so far.

    A candidate whose score f is normal with this mean and variance improves on the best by
    max(f - best - xi, 0). With sigma the root of the variance and z = (mean - best - xi) / sigma, the
    expectation is

        (mean - best - xi) * Phi(z) + sigma * phi(z)

    where phi is the density of the standard normal distribution and Phi its distribution function:

        phi(z) = exp(-z^2 / 2) / sqrt(2 pi)        Phi(z) = (1 + erf(z / sqrt(2))) / 2

    Where the variance is 0 nothing is left to chance, and the improvement is max(mean - best - xi, 0).
    `math.erf` takes one number at a time.

    Parameters
    ----------
    mean : ndarray of shape (k,)
    variance : ndarray of shape (k,)
        0 or more.
    best : float
        The highest score so far.
    xi : float
        How much better than the best it has to be to count as an improvement.

    Returns
    -------
    improvement : ndarray of shape (k,)
    """
    raise NotImplementedError


def bayesian_search(objective, candidates, n_init, n_iter, seed):
    """Search among candidates, each time trying the one from which most improvement is expected.

    1. Call np.random.seed(seed) and draw one np.random.permutation(k), where k is the number of candidates;
       draw nothing else. Try the candidates with the first n_init indices of the permutation, in its order.
    2. Then n_iter times: predict the candidates from all trials so far, with `gp_posterior` for
       length_scale 1, signal_variance 1 and noise_variance 0.001; compute `expected_improvement` over the
       best score so far, with xi at its default; try the candidate of the highest expected improvement
       among those not tried yet. Of equal ones it is the one with the lowest index.

    The objective is called once for each candidate tried, no more.

    Parameters
    ----------
    objective : callable
        ``objective(candidate)`` returns the score of a row of `candidates`; higher is better. A score may be
        negative.
    candidates : ndarray of shape (k, d)
        One per row, all different.
    n_init : int
        At least 1.
    n_iter : int
        0 or more; n_init + n_iter is at most k.
    seed : int
        0 or more.

    Returns
    -------
    best_index : int
        Row of the candidate with the highest score; of equal ones the first that was tried.
    best_score : float
    history : list of (int, float)
        Index and score of every candidate tried, in the order in which they were tried.
    """
    raise NotImplementedError
