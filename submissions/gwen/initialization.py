import numpy as np


def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(len(layers_dims) - 1):
        parameters["W" + str(l)] = np.zeros((layers_dims[l + 1], layers_dims[l]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l + 1], 1))
    return parameters


def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(len(layers_dims) - 1):
        W = np.random.randn(layers_dims[l], layers_dims[l + 1]) * 10
        parameters["W" + str(l + 1)] = W.T
        parameters["b" + str(l + 1)] = np.zeros((layers_dims[l + 1], 1))
    return parameters


def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(len(layers_dims) - 1):
        shape = (layers_dims[l + 1], layers_dims[l])
        parameters["W" + str(l + 1)] = np.random.normal(0, np.sqrt(2 / layers_dims[l]), shape)
        parameters["b" + str(l + 1)] = np.zeros((layers_dims[l + 1], 1))
    return parameters


def initialize_parameters_xavier(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(len(layers_dims) - 1):
        shape = (layers_dims[l + 1], layers_dims[l])
        parameters["W" + str(l + 1)] = np.random.randn(*shape) / layers_dims[l]
        parameters["b" + str(l + 1)] = np.zeros((layers_dims[l + 1], 1))
    return parameters


def activation_scale(X, parameters, activation):
    A = X
    result = [np.std(A)]
    for l in range(1, len(parameters) // 2 + 1):
        A = activate(np.dot(parameters[f"W{l}"], A) + parameters[f"b{l}"], activation)
        result.append(np.std(A))
    return result
