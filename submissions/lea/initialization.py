# Léa, première semaine - les poids et les paramètres
import numpy as np


def initialize_parameters_zeros(layers_dims):
    # rien n'est tiré au hasard: tout est zéro
    pairs = list(zip(layers_dims[:-1], layers_dims[1:]))
    W = [np.zeros((n_out, n_in)) for n_in, n_out in pairs]
    b = [np.zeros((n_out, 1)) for _, n_out in pairs]
    return pack(W, b)


def pack(W, b):
    parameters = {}
    for l in range(len(W)):
        parameters["W" + str(l + 1)] = W[l]
        parameters["b" + str(l + 1)] = b[l]
    return parameters


def draw(layers_dims, deviation):
    np.random.seed(3)
    W, b = [], []
    for n_in, n_out in zip(layers_dims[:-1], layers_dims[1:]):
        # l'écart type dépend de la couche précédente
        W.append(np.multiply(np.random.randn(n_out, n_in), deviation(n_in)))
        b.append(np.zeros((n_out, 1)))
    return pack(W, b)


def initialize_parameters_random(layers_dims):
    return draw(layers_dims, lambda n: 0.01)


def initialize_parameters_he(layers_dims):
    return draw(layers_dims, lambda n: (2.0 / n) ** 0.5)


def initialize_parameters_xavier(layers_dims):
    return draw(layers_dims, lambda n: (1.0 / n) ** 0.5)


def activation_scale(X, parameters, activation):
    A, scales = X, []
    L = len(parameters) // 2
    for l in range(L):
        Z = np.dot(parameters["W" + str(l + 1)], A) + parameters["b" + str(l + 1)]
        A = Z if l == L - 1 else activate(Z, activation)
        scales.append(np.std(A))
    return scales


def gradient_scale(X, parameters, activation):
    A, Z = [X], [None]
    L = len(parameters) // 2
    for l in range(1, L + 1):
        Z.append(np.dot(parameters["W" + str(l)], A[l - 1]) + parameters["b" + str(l)])
        A.append(activate(Z[l], activation))
    dA = A[L]
    scales = []
    for l in range(L, 0, -1):
        if activation == "relu":
            dZ = dA * (Z[l] > 0)
        elif activation == "tanh":
            dZ = dA * (1 - A[l] ** 2)
        else:
            dZ = dA
        scales = [np.linalg.norm(np.dot(dZ, A[l - 1].T))] + scales
        dA = np.dot(parameters["W" + str(l)].T, dZ)
    return scales
