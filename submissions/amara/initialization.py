"""Initialization, Amara."""
import numpy as np


def _draw(layers_dims, scale):
    # all three random schemes differ in the factor only
    np.random.seed(3)
    parameters = {}
    for l, (fan_in, fan_out) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        parameters[f"W{l}"] = np.random.randn(fan_out, fan_in) * scale(fan_in)
        parameters[f"b{l}"] = np.zeros((fan_out, 1))
    return parameters


def initialize_parameters_zeros(layers_dims):
    shapes = zip(layers_dims[1:], layers_dims)
    parameters = {}
    for l, (rows, columns) in enumerate(shapes, start=1):
        parameters[f"W{l}"] = np.zeros((rows, columns))
        parameters[f"b{l}"] = np.zeros((rows, 1))
    return parameters


def initialize_parameters_random(layers_dims):
    return _draw(layers_dims, lambda fan_in: 10)


def initialize_parameters_he(layers_dims):
    return _draw(layers_dims, lambda fan_in: np.sqrt(2 / fan_in))


def initialize_parameters_xavier(layers_dims):
    return _draw(layers_dims, lambda fan_in: np.sqrt(1 / fan_in))


def _forward(X, parameters, activation):
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "linear": lambda Z: Z}[activation]
    activations = [X]
    for l in range(1, len(parameters) // 2 + 1):
        activations.append(g(parameters[f"W{l}"] @ activations[-1] + parameters[f"b{l}"]))
    return activations


def activation_scale(X, parameters, activation):
    return np.array([A.std() for A in _forward(X, parameters, activation)[1:]])


def gradient_scale(X, parameters, activation):
    A = _forward(X, parameters, activation)
    # every derivative can be had from the activation itself
    slope = {"relu": lambda a: a > 0, "tanh": lambda a: 1 - a**2, "linear": np.ones_like}[activation]
    L = len(A) - 1
    dA = A[L] / X.shape[1]
    norms = []
    for l in reversed(range(1, L + 1)):
        dZ = dA * slope(A[l])
        norms.insert(0, np.sqrt(np.sum((dZ @ A[l - 1].T) ** 2)))
        dA = parameters[f"W{l}"].T @ dZ
    return norms
