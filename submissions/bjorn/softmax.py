import numpy as np
import math


def softmax(z):
    C, m = z.shape
    A = np.zeros((C, m))
    for k in range(m):
        largest = max(z[:, k])
        total = 0.0
        for c in range(C):
            total += math.exp(z[c, k] - largest)
        for c in range(C):
            A[c, k] = math.exp(z[c, k] - largest) / total
    return A


def one_hot(labels, C):
    labels = np.array(labels).flatten()
    Y = np.zeros((C, len(labels)))
    for k in range(len(labels)):
        Y[labels[k], k] = 1
    return Y


def cross_entropy(A, Y):
    cost = 0.0
    for k in range(Y.shape[1]):
        for c in range(Y.shape[0]):
            if Y[c, k] != 0:
                cost = cost - Y[c, k] * math.log(A[c, k])
    return cost / Y.shape[1]


def softmax_loss(x, y):
    N, C = x.shape
    loss = 0.0
    dx = np.zeros((N, C))
    for i in range(N):
        largest = max(x[i])
        total = 0.0
        for c in range(C):
            total += math.exp(x[i, c] - largest)
        loss += math.log(total) + largest - x[i, y[i]]
        for c in range(C):
            dx[i, c] = math.exp(x[i, c] - largest) / total / N
        dx[i, y[i]] -= 1 / N
    return loss / N, dx


def softmax_loss_naive(W, X, y, reg):
    N, D = X.shape
    C = W.shape[1]
    loss = 0.0
    dW = np.zeros((D, C))
    for i in range(N):
        scores = []
        for c in range(C):
            s = 0.0
            for d in range(D):
                s += X[i, d] * W[d, c]
            scores.append(s)
        largest = max(scores)
        total = sum(math.exp(s - largest) for s in scores)
        loss += math.log(total) + largest - scores[y[i]]
        for c in range(C):
            p = math.exp(scores[c] - largest) / total
            if c == y[i]:
                p = p - 1
            for d in range(D):
                dW[d, c] += X[i, d] * p / N
    loss = loss / N
    for d in range(D):
        for c in range(C):
            loss += reg * W[d, c] ** 2
            dW[d, c] += 2 * reg * W[d, c]
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    scores = X.dot(W)
    loss, dscores = softmax_loss(scores, y)
    return loss + reg * np.sum(W * W), np.dot(X.T, dscores) + 2 * reg * W
