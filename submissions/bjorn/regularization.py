import numpy as np
import math
import random


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cost = 0.0
    for k in range(m):
        a = A3[0, k]
        y = Y[0, k]
        if y == 1:
            cost -= math.log(a)
        else:
            cost -= math.log(1 - a)
    squares = 0.0
    for name in ["W1", "W2", "W3"]:
        for row in parameters[name]:
            for w in row:
                squares += w * w
    return cost / m + lambd * squares / (2 * m)


def backward_propagation_with_regularization(X, Y, cache, lambd):
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    m = X.shape[1]
    W = [None, W1, W2, W3]
    A = [X, A1, A2, A3]
    gradients = {}
    dZ = np.zeros(A3.shape)
    for k in range(m):
        dZ[0, k] = A3[0, k] - Y[0, k]
    for l in [3, 2, 1]:
        gradients["dZ" + str(l)] = dZ
        dW = np.zeros(W[l].shape)
        db = np.zeros((W[l].shape[0], 1))
        dA = np.zeros((W[l].shape[1], m))
        for i in range(W[l].shape[0]):
            for k in range(m):
                db[i, 0] += dZ[i, k] / m
            for j in range(W[l].shape[1]):
                for k in range(m):
                    dW[i, j] += dZ[i, k] * A[l - 1][j, k] / m
                    dA[j, k] += W[l][i, j] * dZ[i, k]
                dW[i, j] += lambd * W[l][i, j] / m
        gradients["dW" + str(l)] = dW
        gradients["db" + str(l)] = db
        if l > 1:
            gradients["dA" + str(l - 1)] = dA
            dZ = np.zeros(dA.shape)
            for j in range(dA.shape[0]):
                for k in range(m):
                    if A[l - 1][j, k] > 0:
                        dZ[j, k] = dA[j, k]
    return gradients


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    m = X.shape[1]

    Z1 = np.dot(W1, X) + b1
    A1 = np.zeros(Z1.shape)
    D1 = np.random.rand(Z1.shape[0], m)
    for i in range(Z1.shape[0]):
        for k in range(m):
            if D1[i, k] < keep_prob:
                D1[i, k] = 1
                A1[i, k] = max(0, Z1[i, k]) / keep_prob
            else:
                D1[i, k] = 0

    Z2 = np.dot(W2, A1) + b2
    A2 = np.zeros(Z2.shape)
    D2 = np.random.rand(Z2.shape[0], m)
    for i in range(Z2.shape[0]):
        for k in range(m):
            if D2[i, k] < keep_prob:
                D2[i, k] = 1
                A2[i, k] = max(0, Z2[i, k]) / keep_prob
            else:
                D2[i, k] = 0

    Z3 = np.dot(W3, A2) + b3
    A3 = np.zeros(Z3.shape)
    for k in range(m):
        A3[0, k] = 1 / (1 + math.exp(-Z3[0, k]))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    m = X.shape[1]
    W = [None, W1, W2, W3]
    A = [X, A1, A2, A3]
    D = [None, D1, D2]
    gradients = {}
    dZ = A3 - Y
    for l in [3, 2, 1]:
        gradients["dZ" + str(l)] = dZ
        gradients["dW" + str(l)] = np.dot(dZ, A[l - 1].T) / m
        gradients["db" + str(l)] = np.sum(dZ, axis=1).reshape(-1, 1) / m
        if l > 1:
            dA = np.dot(W[l].T, dZ)
            dZ = np.zeros(dA.shape)
            for j in range(dA.shape[0]):
                for k in range(m):
                    if D[l - 1][j, k]:
                        dA[j, k] = dA[j, k] / keep_prob
                    else:
                        dA[j, k] = 0
                    if A[l - 1][j, k] > 0:
                        dZ[j, k] = dA[j, k]
            gradients["dA" + str(l - 1)] = dA
    return gradients


def random_flip(images, p, seed):
    random.seed(seed)
    flipped = []
    for image in images:
        if random.random() < p:
            rows = []
            for row in image:
                rows.append(list(reversed(row)))
            flipped.append(rows)
        else:
            flipped.append(image)
    return np.array(flipped)


def random_crop(images, size, seed):
    random.seed(seed)
    h, w = size
    crops = []
    for image in images:
        top = random.randint(0, image.shape[0] - h)
        left = random.randint(0, image.shape[1] - w)
        crops.append(image[top:top + h, left:left + w])
    return np.array(crops)


def early_stopping(dev_errors, patience):
    best_error = float("inf")
    best_epoch = 0
    without = 0
    epoch = 0
    while epoch < len(dev_errors) and without < patience:
        if dev_errors[epoch] < best_error:
            best_error = dev_errors[epoch]
            best_epoch = epoch
            without = 0
        else:
            without = without + 1
        epoch = epoch + 1
    return best_epoch
