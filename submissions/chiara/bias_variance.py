# Chiara, week 1
import numpy as np


def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    np.random.seed(seed)
    m = X.shape[1]
    X = X[:, np.random.permutation(m)]
    Y = Y[:, np.random.permutation(m)]
    n_dev = int(m * dev_fraction)
    n_test = int(m * test_fraction)
    n_train = m - n_dev - n_test
    train = (X[:, :n_train], Y[:, :n_train])
    dev = (X[:, n_train:n_train + n_dev], Y[:, n_train:n_train + n_dev])
    test = (X[:, n_train + n_dev:], Y[:, n_train + n_dev:])
    return train, dev, test


def normalize_inputs(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    X_train -= mu
    sigma = np.sqrt((X_train ** 2).mean(axis=1, keepdims=True))
    sigma = np.where(sigma == 0, 1, sigma)
    X_train /= sigma
    X_test = (X_test - X_test.mean(axis=1, keepdims=True)) / sigma
    return X_train, X_test, mu, sigma


def diagnose(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    high_bias = train_error - bayes_error > tolerance
    high_variance = dev_error - bayes_error > tolerance
    return {'high_bias': high_bias, 'high_variance': high_variance}


def next_step(high_bias, high_variance):
    if high_variance:
        return 'more data'
    if high_bias:
        return 'bigger network'
    return 'done'
