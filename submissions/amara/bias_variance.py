"""Setting up, Amara."""
import numpy as np


def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    m = X.shape[1]
    n_dev, n_test = int(dev_fraction * m), int(test_fraction * m)
    order = np.random.default_rng(seed).permutation(m)
    parts = np.split(order, [m - n_dev - n_test, m - n_test])
    return tuple((X[:, part], Y[:, part]) for part in parts)


def normalize_inputs(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = X_train.std(axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


def diagnose(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    return {
        "high_bias": train_error - bayes_error > tolerance,
        "high_variance": dev_error - train_error > tolerance,
    }


def next_step(high_bias, high_variance):
    if high_bias:
        return "train longer"
    return "more data" if high_variance else "done"
