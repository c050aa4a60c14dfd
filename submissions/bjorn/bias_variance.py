import numpy as np
import random
import math


def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    m = X.shape[1]
    order = list(range(m))
    random.seed(seed)
    random.shuffle(order)
    n_dev = math.floor(dev_fraction * m)
    n_test = math.floor(test_fraction * m)
    dev = []
    test = []
    train = []
    for i in range(m):
        if i < n_dev:
            dev.append(order[i])
        elif i < n_dev + n_test:
            test.append(order[i])
        else:
            train.append(order[i])
    return (X[:, train], Y[:, train]), (X[:, dev], Y[:, dev]), (X[:, test], Y[:, test])


def normalize_inputs(X_train, X_test):
    n = X_train.shape[0]
    m = X_train.shape[1]
    mu = np.zeros((n, 1))
    sigma = np.zeros((n, 1))
    for j in range(n):
        total = 0.0
        for i in range(m):
            total += X_train[j, i]
        mu[j, 0] = total / m
        squares = 0.0
        for i in range(m):
            squares += (X_train[j, i] - mu[j, 0]) ** 2
        # this is what broke it yesterday: all NaN!
        sigma[j, 0] = math.sqrt(squares / m) if squares > 0 else 1.0
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


def diagnose(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    high_bias = False
    high_variance = False
    if abs(train_error - bayes_error) > tolerance:
        high_bias = True
    if abs(dev_error - train_error) > tolerance:
        high_variance = True
    return {"high_bias": high_bias, "high_variance": high_variance}


def next_step(high_bias, high_variance):
    if high_bias == True:
        return "bigger network"
    elif high_variance == True:
        return "regularization"
    else:
        return "done"
