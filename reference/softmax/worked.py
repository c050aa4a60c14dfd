"""The smallest cases of softmax and its loss, worked by hand."""

import numpy as np

from grader.course.worked import bracketed, dotted, listed, said, summed

CASE = {
    "softmax": "probabilities in sixths, quarters and thirds",
    "one_hot": "four labels of three classes",
    "cross_entropy": "two examples, three classes",
    "softmax_loss": "two examples, three classes",
    "softmax_loss_naive": "the same, regularised",
    "softmax_loss_vectorized": "the same, regularised",
}


def softmax(z):
    shifted = z - z.max(axis=0)
    largest = listed(map(said, z.max(axis=0)))
    yield (
        f"Take the largest score of each column away: {largest}. No share changes, and no power overflows.",
        shifted,
    )
    powers = np.exp(shifted)
    first = listed(f"e to the power {bracketed(s)} = {said(p)}" for s, p in zip(shifted[:, 0], powers[:, 0]))
    yield f"Raise e to what is left. First column: {first}.", powers
    totals = powers.sum(axis=0)
    yield (
        f"Add up each column, one example. First: {summed(powers[:, 0])} = {said(totals[0])}.",
        totals,
    )
    first = listed(f"{said(p)} / {said(totals[0])}" for p in powers[:, 0])
    yield f"A class's share is its power over its column's total. First column: {first}.", powers / totals


def one_hot(labels, C):
    m = len(labels)
    yield f"There is a row for each of the {C} classes and a column for each of the {m} examples.", (C, m)
    first = np.zeros((C, 1))
    first[labels[0]] = 1
    yield f"Example 0 has the label {labels[0]}: a one in row {labels[0]}, counted from 0, and zeros.", first
    others = listed(f"row {label}" for label in labels[1:])
    yield f"The ones of the other examples are in {others}.", np.eye(C)[labels].T


def cross_entropy(A, Y):
    m = Y.shape[1]
    true = (A * Y).sum(axis=0)
    yield (
        f"Only the probability of the true class counts, where `Y` is 1: {listed(map(said, true))}.",
        true,
    )
    losses = -np.log(true)
    logs = listed(f"−log {said(p)} = {said(loss)}" for p, loss in zip(true, losses))
    yield f"Its natural logarithm, with the sign turned, is the example's loss: {logs}.", losses
    yield f"The loss is the mean over the {m} examples: ({summed(losses)}) / {m}.", losses.sum() / m


def softmax_loss(x, y):
    N, rows = len(x), np.arange(len(x))
    p = _shares(x)
    powers = np.exp(x[0])
    yield (
        f"Examples are rows. The first has powers {listed(map(said, powers))}, {said(powers.sum())} in all. "
        "Each over the total is its share.",
        p,
    )
    losses = -np.log(p[rows, y])
    logs = listed(f"−log {said(a)}" for a in p[rows, y])
    yield f"The true classes are {listed(map(str, y))}. Their losses are {logs}.", losses
    yield f"The loss is the mean: ({summed(losses)}) / {N}.", losses.sum() / N
    slopes = p.copy()
    slopes[rows, y] -= 1
    first = said(p[0, y[0]])
    yield (
        f"The slope by a score is its share, less 1 for the true class. First row: {first} − 1.",
        slopes,
    )
    yield f"The loss is a mean, so its gradient is divided by {N}, too.", slopes / N
    return losses.sum() / N, slopes / N


def softmax_loss_naive(W, X, y, reg):
    scores, N = X[0] @ W, len(X)
    first = listed(f"{dotted(X[0], column)} = {said(score)}" for column, score in zip(W.T, scores))
    yield f"Example 0 has a score for each class, its row of `X` times a column of `W`: {first}.", scores
    p = _shares(X @ W)
    loss = said(-np.log(p[0, y[0]]))
    yield f"Its shares are these. It belongs to class {y[0]}: −log {said(p[0, y[0]])} = {loss}.", p[0]
    yield from _losses(W, p, y, reg)
    grown = np.outer(X[0], p[0] - np.eye(W.shape[1])[y[0]]) + 0.0
    yield (
        f"Example 0 adds to column k of `dW` its share of class k, less 1 for class {y[0]}, "
        f"times its row {said(X[0])}.",
        grown,
    )
    yield f"The other examples add to `dW` in the same way; then divide by {N}.", _gradient(X, p, y)
    return (yield from _penalised(W, X, p, y, reg))


def softmax_loss_vectorized(W, X, y, reg):
    yield "All scores at once are `X` times `W`: a row for each example, a column for each class.", X @ W
    p = _shares(X @ W)
    shares = listed(map(said, p[0]))
    yield f"Along each row, powers of e over their total. The first row's shares are {shares}.", p
    yield from _losses(W, p, y, reg)
    slopes = p - np.eye(W.shape[1])[y]
    yield f"For the gradient, 1 is taken from the share of each true class: {listed(map(str, y))}.", slopes
    yield (
        f"Each weight multiplies a feature: `X` turned on its side times these slopes, divided by {len(X)}.",
        _gradient(X, p, y),
    )
    return (yield from _penalised(W, X, p, y, reg))


def _losses(W, p, y, reg):
    losses = -np.log(p[np.arange(len(y)), y])
    mean, squares = losses.mean(), said((W**2).sum())
    yield f"The mean loss over the examples: ({summed(losses)}) / {len(y)} = {said(mean)}.", mean
    yield (
        f"The squares of all of `W` add up to {squares}. With the penalty: "
        f"{said(mean)} + {said(reg)} · {squares}.",
        mean + reg * (W**2).sum(),
    )


def _penalised(W, X, p, y, reg):
    dW = _gradient(X, p, y) + 2 * reg * W
    yield f"The penalty adds its own slope, 2 · {said(reg)} · `W`; it is not divided by {len(X)}.", dW
    return -np.log(p[np.arange(len(y)), y]).mean() + reg * (W**2).sum(), dW


def _shares(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _gradient(X, p, y):
    return X.T @ (p - np.eye(p.shape[1])[y]) / len(X)
