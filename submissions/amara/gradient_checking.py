"""Gradient checking, Amara."""
import numpy as np


def forward_propagation(x, theta):
    return theta * x


def backward_propagation(x, theta):
    return x


def _relative_difference(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    slope = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    return _relative_difference(backward_propagation(x, theta), slope)


def forward_propagation_n(X, Y, parameters):
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    likelihood = Y * np.log(A3) + (1 - Y) * np.log(1 - A3)
    return -np.sum(likelihood) / X.shape[1], (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    gradients = {}
    dZ = A3 - Y
    for l, A_prev, W in ((3, A2, W3), (2, A1, W2), (1, X, W1)):
        gradients[f"dZ{l}"] = dZ
        gradients[f"dW{l}"] = dZ @ A_prev.T / m
        gradients[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            gradients[f"dA{l - 1}"] = W.T @ dZ
            dZ = gradients[f"dA{l - 1}"] * (A_prev > 0)
    return gradients


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    theta, _ = dictionary_to_vector(parameters)
    analytic = gradients_to_vector(gradients)
    numeric = np.zeros_like(theta)
    for i in range(theta.shape[0]):
        step = np.zeros_like(theta)
        step[i] = epsilon
        ahead, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta + step))
        behind, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta - step))
        numeric[i] = (ahead - behind) / (2 * epsilon)
    return _relative_difference(analytic, numeric)
