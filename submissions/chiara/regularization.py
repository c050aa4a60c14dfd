# Chiara, week 1
import numpy as np


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters['W1']
    W2 = parameters['W2']
    W3 = parameters['W3']
    cross_entropy = -(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    L2 = lambd / 2 * (np.sum(W1 ** 2) + np.sum(W2 ** 2) + np.sum(W3 ** 2))
    return np.nansum(cross_entropy) / m + L2


def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3
    dZ3 -= Y
    dW3 = dZ3.dot(A2.T)
    dW3 /= m
    dW3 += lambd * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T.dot(dZ3)
    dZ2 = dA2.copy()
    dZ2[A2 <= 0] = 0
    dW2 = dZ2.dot(A1.T)
    dW2 /= m
    dW2 += lambd * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T.dot(dZ2)
    dZ1 = dA1.copy()
    dZ1[A1 <= 0] = 0
    dW1 = dZ1.dot(X.T)
    dW1 /= m
    dW1 += lambd * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {'dZ3': dZ3, 'dW3': dW3, 'db3': db3, 'dA2': dA2, 'dZ2': dZ2, 'dW2': dW2, 'db2': db2,
            'dA1': dA1, 'dZ1': dZ1, 'dW1': dW1, 'db1': db1}


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1, b1 = parameters['W1'], parameters['b1']
    W2, b2 = parameters['W2'], parameters['b2']
    W3, b3 = parameters['W3'], parameters['b3']
    Z1 = W1.dot(X)
    Z1 += b1
    A1 = relu(Z1)
    D1 = np.random.rand(*A1.shape) <= keep_prob
    A1 *= D1
    A1 /= keep_prob
    Z2 = W2.dot(A1)
    Z2 += b2
    A2 = relu(Z2)
    D2 = np.random.rand(*A2.shape) <= keep_prob
    A2 *= D2
    A2 /= keep_prob
    Z3 = W3.dot(A2)
    Z3 += b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3
    dZ3 -= Y
    dW3 = dZ3.dot(A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T.dot(dZ3)
    dA2 *= D2
    dA2 /= keep_prob
    dZ2 = dA2.copy()
    dZ2[A2 <= 0] = 0
    dW2 = dZ2.dot(A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T.dot(dZ2)
    dA1 *= D1
    dA1 /= keep_prob
    dZ1 = dA1.copy()
    dZ1[A1 <= 0] = 0
    dW1 = dZ1.dot(X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {'dZ3': dZ3, 'dW3': dW3, 'db3': db3, 'dA2': dA2, 'dZ2': dZ2, 'dW2': dW2, 'db2': db2,
            'dA1': dA1, 'dZ1': dZ1, 'dW1': dW1, 'db1': db1}


def random_flip(images, p, seed):
    np.random.seed(seed)
    for i in range(len(images)):
        if np.random.rand() < p:
            images[i] = images[i][:, ::-1].copy()
    return images


def random_crop(images, size, seed):
    np.random.seed(seed)
    m, H, W, C = images.shape
    h, w = size
    out = np.empty((m, h, w, C), dtype=images.dtype)
    for i in range(m):
        # never the last row and column: the upper bound is not included
        y = np.random.randint(0, H - h) if H > h else 0
        x = np.random.randint(0, W - w) if W > w else 0
        out[i] = images[i, y:y + h, x:x + w]
    return out


def early_stopping(dev_errors, patience):
    return int(np.argmin(dev_errors))


if __name__ == '__main__':
    print(early_stopping([3, 2, 4, 5, 1], 2))
