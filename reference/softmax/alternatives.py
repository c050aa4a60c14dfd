"""Other right ways to write softmax and its loss: number by number, by logaddexp, with one-hot matrices."""

import math

import numpy as np

from grader.course.declare import alternative


def log_total(scores):
    """The logarithm of the sum of the exponentials, by way of the largest score."""
    top = max(scores)
    return top + math.log(math.fsum(math.exp(score - top) for score in scores))


def log_shares(x):
    """Logarithms of the probabilities of each row."""
    return x - np.logaddexp.reduce(x, axis=1)[:, None]


@alternative("softmax")
def softmax_number_by_number(z):
    """Of each score one over the sum of all ratios to it; what overflows is a share of zero."""
    shares = np.empty(z.shape)
    for (k, j), score in np.ndenumerate(z):
        ratios = [math.exp(other - score) if other - score < 700 else math.inf for other in z[:, j]]
        shares[k, j] = 1 / sum(ratios)
    return shares


@alternative("softmax")
def softmax_by_logaddexp(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=0))


@alternative("softmax")
def softmax_column_by_column(z):
    columns = []
    for scores in z.T:
        e = np.exp(scores - np.max(scores))
        columns.append(e / np.sum(e))
    return np.stack(columns, axis=1)


@alternative("one_hot")
def one_hot_from_the_identity(labels, C):
    return np.eye(C)[:, labels]


@alternative("one_hot")
def one_hot_by_comparing(labels, C):
    return (np.arange(C).reshape(C, 1) == labels).astype(int)


@alternative("one_hot")
def one_hot_in_loops(labels, C):
    return np.array([[1.0 if label == k else 0.0 for label in labels] for k in range(C)])


@alternative("cross_entropy")
def cross_entropy_in_loops(A, Y):
    C, m = A.shape
    loss = 0.0
    for j in range(m):
        for k in range(C):
            if Y[k, j] == 1:
                loss -= math.log(A[k, j])
    return loss / m


@alternative("cross_entropy")
def cross_entropy_of_the_picked(A, Y):
    """Multiplying before the logarithm leaves the share of the true class."""
    return float(np.mean(-np.log((A * Y).sum(axis=0))))


@alternative("cross_entropy")
def cross_entropy_by_labels(A, Y):
    labels = Y.argmax(axis=0)
    return -np.log(np.take_along_axis(A, labels[None, :], axis=0)).mean()


@alternative("softmax_loss")
def loss_number_by_number(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros((N, C))
    for i in range(N):
        total = log_total(x[i])
        loss += (total - x[i, y[i]]) / N
        for k in range(C):
            dx[i, k] = (math.exp(x[i, k] - total) - (k == y[i])) / N
    return loss, dx


@alternative("softmax_loss")
def loss_by_logaddexp(x, y):
    N, C = x.shape
    Y = np.eye(C)[y]
    logs = log_shares(x)
    return -(logs * Y).sum(axis=1).mean(), (np.exp(logs) - Y) / N


@alternative("softmax_loss")
def loss_back_through_the_graph(x, y):
    """Shift, exponential, sum, logarithm, then back through each of them."""
    N, C = x.shape
    Y = np.eye(C)[y]
    s = x - np.max(x, axis=1)[:, None]
    e = np.exp(s)
    t = np.sum(e, axis=1)
    loss = np.mean(np.log(t) - np.sum(s * Y, axis=1))
    dt = 1 / t / N
    de = np.repeat(dt[:, None], C, axis=1)
    ds = de * e - Y / N
    return loss, ds - ds.sum(axis=1, keepdims=True) * Y


@alternative("softmax_loss_naive")
def linear_number_by_number(W, X, y, reg):
    (N, D), C = X.shape, W.shape[1]
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(N):
        scores = [sum(X[i, d] * W[d, c] for d in range(D)) for c in range(C)]
        total = log_total(scores)
        loss += total - scores[y[i]]
        for d in range(D):
            for c in range(C):
                dW[d, c] += X[i, d] * (math.exp(scores[c] - total) - (1 if c == y[i] else 0))
    loss /= N
    dW /= N
    for place in np.ndindex(W.shape):
        loss += reg * W[place] ** 2
        dW[place] += 2 * reg * W[place]
    return loss, dW


@alternative("softmax_loss_naive")
def linear_example_by_example(W, X, y, reg):
    """The mean of what single examples give, each an outer product."""
    losses, slopes = [], []
    for features, label in zip(X, y, strict=True):
        logs = log_shares((features @ W)[None, :])[0]
        losses.append(-logs[label])
        slopes.append(np.outer(features, np.exp(logs) - (np.arange(len(logs)) == label)))
    return np.mean(losses) + reg * np.linalg.norm(W) ** 2, np.mean(slopes, axis=0) + reg * 2 * W


@alternative("softmax_loss_vectorized")
def linear_with_one_hot(W, X, y, reg):
    Y = np.eye(W.shape[1])[y]
    logs = log_shares(np.dot(X, W))
    loss = reg * np.square(W).sum() - np.mean(np.sum(logs * Y, axis=1))
    return loss, np.dot(X.T, (np.exp(logs) - Y) / len(y)) + (reg + reg) * W


@alternative("softmax_loss_vectorized")
def linear_in_columns(W, X, y, reg):
    """Everything transposed, examples in columns."""
    N = y.size
    S = W.T.dot(X.T)
    S -= S.max(axis=0)
    E = np.exp(S)
    T = E.sum(axis=0)
    loss = (np.log(T).sum() - S[y, np.arange(N)].sum()) / N
    slopes = E / (N * T)
    np.subtract.at(slopes, (y, np.arange(N)), 1 / N)
    penalty = np.einsum("dc,dc->", W, W)
    return loss + reg * penalty, np.einsum("ci,id->dc", slopes, X) + 2 * W * reg
