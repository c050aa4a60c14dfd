"""Softmax, Amara."""
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def one_hot(labels, C):
    return np.eye(C)[np.ravel(labels)].T


def cross_entropy(A, Y):
    return -np.sum(np.where(Y > 0, Y * np.log(np.where(Y > 0, A, 1)), 0)) / Y.shape[1]


def _log_probabilities(x):
    shifted = x - x.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_loss(x, y):
    N = len(x)
    logp = _log_probabilities(x)
    dx = np.exp(logp)
    dx[np.arange(N), y] -= 1
    return -logp[np.arange(N), y].mean(), dx / N


def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for row, label in zip(X, y):
        scores = row @ W
        scores = scores - max(scores)
        p = np.exp(scores) / sum(np.exp(scores))
        loss -= scores[label] - np.log(sum(np.exp(scores)))
        for c in range(W.shape[1]):
            dW[:, c] += row * (p[c] - (c == label))
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    loss, dscores = softmax_loss(X @ W, y)
    return loss + reg * np.sum(W * W), X.T @ dscores + 2 * reg * W
