import numpy as np


def softmax(scores):
    scores = scores - scores.max(axis=0)
    return np.exp(scores) / np.exp(scores).sum(axis=0)


def one_hot(y, classes):
    out = np.zeros((classes, len(y)))
    out[y, range(len(y))] = 1.0
    return out


def cross_entropy(prob, truth):
    hit = truth.astype(bool)
    return -np.log(prob[hit]).sum() / truth.shape[1]


def softmax_loss(scores, labels):
    n = len(labels)
    prob = softmax(scores.T).T
    grad = (prob - one_hot(labels, scores.shape[1]).T) / n
    return -np.log(prob[range(n), labels]).sum() / n, grad


def softmax_loss_vectorised(W, X, labels, strength):
    loss, grad = softmax_loss(X @ W, labels)
    return loss + strength * (W * W).sum(), X.T @ grad + 2 * strength * W
