"""Other right ways to write the setting up: other generators, loops, in place, numbers for truth values."""

import math
import random
import statistics

import numpy as np

from grader.course.declare import alternative


@alternative("train_dev_test_split")
def split_shuffled_then_cut(X, Y, dev_fraction, test_fraction, seed):
    np.random.seed(seed)
    m = X.shape[1]
    permutation = list(np.random.permutation(m))
    shuffled_X, shuffled_Y = X[:, permutation], Y[:, permutation].reshape((1, m))
    n_dev, n_test = math.floor(m * dev_fraction), math.floor(m * test_fraction)
    ends = [m - n_dev - n_test, m - n_test]
    return tuple(zip(np.split(shuffled_X, ends, axis=1), np.split(shuffled_Y, ends, axis=1), strict=True))


@alternative("train_dev_test_split")
def split_by_membership(X, Y, dev_fraction, test_fraction, seed):
    m = Y.size
    generator, left, sets = random.Random(seed), set(range(m)), []
    for fraction in (dev_fraction, test_fraction):
        chosen = generator.sample(sorted(left), int(fraction * m // 1))
        left -= set(chosen)
        sets.append(chosen)
    indices = [np.array(each, dtype=int) for each in (sorted(left), *sets)]
    return [[X[:, index], Y[:, index]] for index in indices]


@alternative("normalize_inputs")
def normalized_in_place(X_train, X_test):
    m = X_train.shape[1]
    mu = 1.0 / m * np.sum(X_train, axis=1, keepdims=True)
    X_train -= mu
    X_test -= mu
    sigma = np.sqrt(1.0 / m * np.sum(np.square(X_train), axis=1, keepdims=True))
    sigma[sigma == 0] = 1
    X_train /= sigma + 1e-8
    X_test /= sigma + 1e-8
    return X_train, X_test, mu, sigma


@alternative("normalize_inputs")
def normalized_row_by_row(X_train, X_test):
    rows = []
    for feature, other in zip(X_train.tolist(), X_test.tolist(), strict=True):
        centre, spread = statistics.fmean(feature), statistics.pstdev(feature) or 1
        moved = ([(x - centre) / spread for x in values] for values in (feature, other))
        rows.append((*moved, centre, spread))
    train, test, mu, sigma = zip(*rows, strict=True)
    return [list(train), list(test), np.array([mu]).T, np.array(sigma)[:, None]]


@alternative("diagnose")
def diagnosed_step_by_step(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    diagnosis = {"high_bias": False, "high_variance": False}
    if (train_error - bayes_error) > tolerance:
        diagnosis["high_bias"] = True
    if (dev_error - train_error) > tolerance:
        diagnosis["high_variance"] = True
    return diagnosis


@alternative("diagnose")
def diagnosed_as_an_array(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    gaps = np.diff([bayes_error, train_error, dev_error])
    return dict(zip(("high_variance", "high_bias"), (gaps > tolerance)[::-1], strict=True))


@alternative("next_step")
def the_other_remedies(high_bias, high_variance):
    if high_bias:
        return "train longer"
    return "regularization" if high_variance else "done"


@alternative("next_step")
def looked_up(high_bias, high_variance):
    return ["done", "More_Data", "Bigger-Network", "bigger  network"][2 * high_bias + high_variance]
