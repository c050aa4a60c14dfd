# Chiara, week 1
import numpy as np


def initialize_parameters_zeros(layers_dims):
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.zeros((layers_dims[l], layers_dims[l-1]))
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = initialize_parameters_zeros(layers_dims)
    for l in range(1, len(layers_dims)):
        parameters['W' + str(l)] += np.random.randn(*parameters['W' + str(l)].shape)
        parameters['W' + str(l)] *= 10
    return parameters


def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = initialize_parameters_zeros(layers_dims)
    for l in range(1, len(layers_dims)):
        W = parameters['W' + str(l)]
        W += np.random.randn(*W.shape)
        W *= np.sqrt(2. / layers_dims[l])
    return parameters


def initialize_parameters_xavier(layers_dims):
    np.random.seed(3)
    parameters = initialize_parameters_zeros(layers_dims)
    for l in range(1, len(layers_dims)):
        W = parameters['W' + str(l)]
        W += np.random.randn(*W.shape)
        W *= np.sqrt(1. / layers_dims[l])
    return parameters


def activation_scale(X, parameters, activation):
    scales = []
    A = np.copy(X)
    for l in range(len(parameters) // 2):
        A = parameters['W%d' % (l + 1)].dot(A)
        A += parameters['b%d' % (l + 1)]
        A = activate(A, activation)
        scales += [A.std()]
    return scales


def gradient_scale(X, parameters, activation):
    m = X.shape[1]
    A = np.copy(X)
    caches = []
    for l in range(len(parameters) // 2):
        Z = parameters['W%d' % (l + 1)].dot(A) + parameters['b%d' % (l + 1)]
        caches.append((A, Z))
        A = activate(Z, activation)
    dA = A / m
    norms = []
    for l in range(len(caches), 0, -1):
        A_prev, Z = caches[l - 1]
        if activation == 'relu':
            dA[Z <= 0] = 0
        if activation == 'tanh':
            dA *= 1 - np.tanh(Z) ** 2
        norms.append(np.linalg.norm(dA.dot(A_prev.T)))
        dA = parameters['W%d' % l].T.dot(dA)
    norms.reverse()
    return norms


if __name__ == '__main__':
    p = initialize_parameters_he([2, 4, 1])
    print(p['W1'])
    print(activation_scale(np.ones((2, 3)), p, 'relu'))
