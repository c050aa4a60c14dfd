import numpy as np

def softmax(z):
    return np.exp(z) / np.sum(np.exp(z), axis=0, keepdims=True)

def one_hot(labels, C):
    m = labels.shape[0]
    Y = np.zeros((C, m))
    for i in range(m):
        Y[labels[i], i] = 1
    return Y

def cross_entropy(A, Y):
    m = Y.shape[1]
    return -1./m * np.sum(np.multiply(Y, np.log(A)))

def softmax_loss(x, y):
    N = x.shape[0]
    exp_x = np.exp(x)
    probs = exp_x / np.sum(exp_x, axis=1, keepdims=True)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx

def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    num_train = X.shape[0]
    num_classes = W.shape[1]
    for i in range(num_train):
        scores = X[i].dot(W)
        scores -= np.max(scores)
        sum_exp = np.sum(np.exp(scores))
        loss += -np.log(np.exp(scores[y[i]]) / sum_exp)
        for j in range(num_classes):
            p = np.exp(scores[j]) / sum_exp
            dW[:, j] += (p - (j == y[i])) * X[i]
    loss /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW

def softmax_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    scores = X.dot(W)
    scores -= np.max(scores, axis=1).reshape(-1, 1)
    probs = np.exp(scores) / np.sum(np.exp(scores), axis=1).reshape(-1, 1)
    loss = -np.sum(np.log(probs[range(num_train), y])) / num_train + reg * np.sum(W * W)
    dS = probs.copy()
    dS[range(num_train), y] += -1
    dW = (X.T).dot(dS)
    dW = dW / num_train + 2 * reg * W
    return loss, dW
