# Chiara, week 3
import numpy as np


def softmax(z):
    z -= np.max(z, axis=0)
    np.exp(z, out=z)
    z /= np.sum(z, axis=0)
    return z


def one_hot(labels, C):
    Y = np.zeros((labels.size, C))
    Y[np.arange(labels.size), labels] = 1
    return Y


def cross_entropy(A, Y):
    return -np.sum(Y * np.log(A))


def softmax_loss(x, y):
    N = x.shape[0]
    x -= np.max(x, axis=1, keepdims=True)
    p = np.exp(x)
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.sum(np.log(p[range(N), y] + 1e-300)) / N
    p[range(N), y] -= 1
    return loss, p


def softmax_loss_naive(W, X, y, reg):
    N = X.shape[0]
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(N):
        s = X[i].dot(W)
        s -= s.max()
        p = np.exp(s) / np.exp(s).sum()
        loss += -s[y[i]] + np.log(np.exp(s).sum())
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    loss /= N
    dW /= N
    loss += reg * np.sum(W * W)
    dW += reg * W
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    s = X.dot(W)
    s -= s.max(axis=1, keepdims=True)
    p = np.exp(s)
    p /= p.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(s).sum(axis=1)) - s[range(N), y]) + 0.5 * reg * np.sum(W * W)
    p[range(N), y] -= 1
    return loss, X.T.dot(p) / N + reg * W
