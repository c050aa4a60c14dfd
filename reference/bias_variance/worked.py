"""The smallest cases of setting up an application, worked by hand."""

import numpy as np

from grader.course.worked import bracketed, listed, said, summed

CASE = {
    "train_dev_test_split": "eight examples",
    "normalize_inputs": "a constant feature, by hand",
    "diagnose": "one error in a hundred, thirteen on the dev set",
    "next_step": "high bias",
}


def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    m = X.shape[1]
    n_dev, n_test = int(dev_fraction * m), int(test_fraction * m)

    def order(seed):
        return np.random.default_rng(seed).permutation(m)

    def split(seed):
        parts = np.split(order(seed), [n_dev, n_dev + n_test])
        dev, test, train = [(X[:, part], Y[:, part]) for part in parts]
        return train, dev, test

    yield (
        f"Dev: {said(dev_fraction)} · {m}, rounded down. Test: {said(test_fraction)} · {m}, rounded down. "
        "The others are for training.",
        {"train": m - n_dev - n_test, "dev": n_dev, "test": n_test},
    )
    yield (
        f"Shuffle the positions 0 to {m - 1} once, with a generator that is seeded with {seed}. "
        "Yours may give another order.",
        order(seed),
    )
    train, dev, test = split(seed)
    firsts = listed(map(str, order(seed)[:n_dev]))
    yield f"The dev set gets the first {n_dev} of it, examples {firsts}: these columns of `X`.", dev[0]
    yield "Their labels are the same columns of `Y`: one order for both.", dev[1]
    yield (
        f"The test set goes on where dev ended, with {n_test} example, and training has the rest. "
        "None is left out, none comes twice.",
        {"test": test, "train": train},
    )
    return {
        "result": split(seed),
        "same seed again": split(seed),
        "other seeds": [split(seed + 1009 * count) for count in range(1, 7)],
    }


def normalize_inputs(X_train, X_test):
    m = X_train.shape[1]
    mu = X_train.mean(axis=1, keepdims=True)
    means = listed(f"({summed(row)}) / {m}" for row in X_train)
    yield f"Features are rows. Their means over the training set: {means}.", mu
    variance = ((X_train - mu) ** 2).mean(axis=1, keepdims=True)
    squares = " + ".join(f"{bracketed(d)}²" for d in (X_train - mu)[1])
    yield (
        f"The mean squared distances from them. Row 2: ({squares}) / {m}, by m and not by m − 1.",
        variance,
    )
    sigma = np.where(variance == 0, 1.0, np.sqrt(variance))
    yield (
        f"Their roots. Row 1 never changes: in the place of 0 stands 1. Row 2: √{said(variance[1, 0])}.",
        sigma,
    )
    rows = listed(
        f"({said(x)} − {said(mean)}) / {said(s)}" for x, mean, s in zip(X_train[:, 0], mu[:, 0], sigma[:, 0])
    )
    yield f"Take the mean away, then divide. First training example: {rows}.", (X_train - mu) / sigma
    rows = listed(
        f"({said(x)} − {said(mean)}) / {said(s)}" for x, mean, s in zip(X_test[:, 1], mu[:, 0], sigma[:, 0])
    )
    yield (
        f"The test set, with the same two columns of the training set. Its second example: {rows}.",
        (X_test - mu) / sigma,
    )
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


def diagnose(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    bias, variance = train_error - bayes_error, dev_error - train_error
    yield (
        f"Bias: from the best possible to the training error, {said(train_error)} − {said(bayes_error)}.",
        bias,
    )
    yield (
        f"Variance: from the training error to the dev error, {said(dev_error)} − {said(train_error)}.",
        variance,
    )
    yield (
        f"A gap is high when it is larger than {said(tolerance)}: "
        f"{said(bias)} is not, and {said(variance)} is.",
        {"high_bias": bool(bias > tolerance), "high_variance": bool(variance > tolerance)},
    )


def next_step(high_bias, high_variance):
    yield "Bias comes first: while it is high, the training error is what to help.", high_bias
    yield (
        "Two remedies help the training error; two others help the dev error.",
        ["bigger network", "train longer"],
    )
    yield "Either of the two is right; here is the first.", "bigger network"
