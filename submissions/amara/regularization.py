"""Regularization, Amara."""
import numpy as np


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    penalty = sum(np.sum(np.square(parameters[name])) for name in ("W1", "W2", "W3"))
    return compute_cost(A3, Y) + lambd * penalty / (2 * m)


def _step_back(dZ, A_prev, W, m):
    return dZ @ A_prev.T / m, dZ.mean(axis=1, keepdims=True), W.T @ dZ


def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    g = {"dZ3": A3 - Y}
    g["dW3"], g["db3"], g["dA2"] = _step_back(g["dZ3"], A2, W3, m)
    g["dZ2"] = np.where(A2 > 0, g["dA2"], 0)
    g["dW2"], g["db2"], g["dA1"] = _step_back(g["dZ2"], A1, W2, m)
    g["dZ1"] = np.where(A1 > 0, g["dA1"], 0)
    g["dW1"], g["db1"], _ = _step_back(g["dZ1"], X, W1, m)
    for name, W in (("dW1", W1), ("dW2", W2), ("dW3", W3)):
        g[name] = g[name] + lambd / m * W
    return g


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))

    def hidden(W, A, b):
        Z = W @ A + b
        D = (np.random.rand(*Z.shape) < keep_prob).astype(int)
        return Z, D, relu(Z) * D / keep_prob

    Z1, D1, A1 = hidden(W1, X, b1)
    Z2, D2, A2 = hidden(W2, A1, b2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    g = {"dZ3": A3 - Y}
    g["dW3"], g["db3"], dA2 = _step_back(g["dZ3"], A2, W3, m)
    g["dA2"] = dA2 * D2 / keep_prob
    g["dZ2"] = np.where(A2 > 0, g["dA2"], 0)
    g["dW2"], g["db2"], dA1 = _step_back(g["dZ2"], A1, W2, m)
    g["dA1"] = dA1 * D1 / keep_prob
    g["dZ1"] = np.where(A1 > 0, g["dA1"], 0)
    g["dW1"], g["db1"], _ = _step_back(g["dZ1"], X, W1, m)
    return g


def random_flip(images, p, seed):
    mirrored = np.flip(images, axis=2)
    chosen = np.random.default_rng(seed).random(images.shape[0]) < p
    return np.where(chosen[:, None, None, None], mirrored, images)


def random_crop(images, size, seed):
    rng = np.random.default_rng(seed)
    windows = np.lib.stride_tricks.sliding_window_view(images, size, axis=(1, 2))  # (m, H', W', C, h, w)
    m, rows, columns = windows.shape[:3]
    chosen = windows[np.arange(m), rng.integers(rows, size=m), rng.integers(columns, size=m)]
    return chosen.transpose(0, 2, 3, 1)


def early_stopping(dev_errors, patience):
    best = 0
    for epoch, error in enumerate(dev_errors):
        if error < dev_errors[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best
