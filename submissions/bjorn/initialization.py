import numpy as np
import math

# I wrote everything with loops first to be sure that I understand it.


def initialize_parameters_zeros(layers_dims):
    parameters = {}
    l = 1
    while l < len(layers_dims):
        W = []
        b = []
        for i in range(layers_dims[l]):
            row = []
            for j in range(layers_dims[l - 1]):
                row.append(0.0)
            W.append(row)
            b.append([0.0])
        parameters["W" + str(l)] = np.array(W)
        parameters["b" + str(l)] = np.array(b)
        l = l + 1
    return parameters


def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = initialize_parameters_zeros(layers_dims)
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = 10 * np.random.randn(layers_dims[l], layers_dims[l - 1])
    return parameters


def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = initialize_parameters_zeros(layers_dims)
    for l in range(1, len(layers_dims)):
        W = np.random.randn(layers_dims[l], layers_dims[l - 1])
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                W[i, j] = W[i, j] * math.sqrt(2.0 / W.shape[1])
        parameters["W" + str(l)] = W
    return parameters


def initialize_parameters_xavier(layers_dims):
    np.random.seed(3)
    parameters = initialize_parameters_zeros(layers_dims)
    for l in range(1, len(layers_dims)):
        W = np.random.randn(layers_dims[l], layers_dims[l - 1])
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                W[i, j] = W[i, j] / math.sqrt(W.shape[1])
        parameters["W" + str(l)] = W
    return parameters


def layer(W, A, b, activation):
    Z = np.zeros((W.shape[0], A.shape[1]))
    for i in range(W.shape[0]):
        for k in range(A.shape[1]):
            total = b[i, 0]
            for j in range(W.shape[1]):
                total += W[i, j] * A[j, k]
            if activation == "relu" and total < 0:
                total = 0.0
            if activation == "tanh":
                total = math.tanh(total)
            Z[i, k] = total
    return Z


def activation_scale(X, parameters, activation):
    A = X
    scales = []
    for l in range(1, len(parameters) // 2 + 1):
        A = layer(parameters["W" + str(l)], A, parameters["b" + str(l)], activation)
        mean = 0.0
        for a in A.flatten():
            mean += a / A.size
        variance = 0.0
        for a in A.flatten():
            variance += (a - mean) ** 2 / A.size
        scales.append(math.sqrt(variance))
    return scales


def gradient_scale(X, parameters, activation):
    L = len(parameters) // 2
    m = X.shape[1]
    A = {0: X}
    for l in range(1, L + 1):
        A[l] = layer(parameters["W" + str(l)], A[l - 1], parameters["b" + str(l)], activation)
    scales = [None] * L
    dA = A[L] / m
    for l in range(L, 0, -1):
        dZ = np.zeros_like(dA)
        for i in range(dA.shape[0]):
            for k in range(m):
                if activation == "linear":
                    dZ[i, k] = dA[i, k]
                elif activation == "tanh":
                    dZ[i, k] = dA[i, k] * (1 - A[l][i, k] ** 2)
                elif A[l][i, k] > 0:
                    dZ[i, k] = dA[i, k]
        W = parameters["W" + str(l)]
        total = 0.0
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                entry = 0.0
                for k in range(m):
                    entry += dZ[i, k] * A[l - 1][j, k]
                total += entry * entry
        scales[l - 1] = math.sqrt(total)
        dA = np.dot(W.T, dZ)
    return scales
