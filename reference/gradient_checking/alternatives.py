"""Other right ways to write gradient checking, and the network that is checked."""

import math

import numpy as np

from grader.course.declare import alternative

from .solution import (
    PARAMETER_NAMES,
    backward_propagation,
    dictionary_to_vector,
    forward_propagation,
    forward_propagation_n,
    gradients_to_vector,
    vector_to_dictionary,
)


@alternative("forward_propagation")
def cost_as_a_dot_product(x, theta):
    return np.dot(x, theta)


@alternative("forward_propagation")
def cost_by_parts(x, theta):
    """The square of a sum holds twice the product."""
    return x * (theta / 2) + (x / 2) * theta


@alternative("backward_propagation")
def derivative_as_an_array(x, theta):
    return np.float64(x)


@alternative("backward_propagation")
def derivative_as_a_difference(x, theta):
    return x * (1 + 0 * theta)


@alternative("gradient_check")
def check_step_by_step(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta - epsilon
    J_plus = forward_propagation(x, thetaplus)
    J_minus = forward_propagation(x, thetaminus)
    gradapprox = (J_plus - J_minus) / 2 / epsilon
    grad = backward_propagation(x, theta)
    numerator = math.fabs(gradapprox - grad)
    denominator = math.fabs(gradapprox) + math.fabs(grad)
    return numerator / denominator


@alternative("gradient_check")
def check_of_vectors(x, theta, epsilon=1e-7):
    costs = [forward_propagation(x, theta + side * epsilon) for side in (1, -1)]
    slope = np.subtract(*costs) / (2.0 * epsilon)
    pair = np.array([float(backward_propagation(x, theta)), slope])
    return float(np.sqrt((pair[0] - pair[1]) ** 2) / np.sum(np.sqrt(pair**2)))


@alternative("forward_propagation_n")
def forward_with_dot(X, Y, parameters):
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    b1, b2, b3 = parameters["b1"], parameters["b2"], parameters["b3"]
    m = np.shape(X)[1]
    Z1 = np.dot(W1, X) + b1
    A1 = np.where(Z1 > 0, Z1, 0.0)
    Z2 = np.dot(W2, A1) + b2
    A2 = np.where(Z2 > 0, Z2, 0.0)
    Z3 = np.dot(W3, A2) + b3
    A3 = 1.0 / (1.0 + np.exp(-Z3))
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    cost = 1.0 / m * float(np.sum(logprobs))
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


@alternative("forward_propagation_n")
def forward_in_a_loop(X, Y, parameters):
    """-log(a) is log(1 + exp(-z)), and -log(1 - a) is log(1 + exp(z))."""
    cache, A = [], X
    for l in (1, 2, 3):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.einsum("ij,jm->im", W, A) + b
        A = np.tanh(Z / 2) / 2 + 0.5 if l == 3 else np.maximum(0, Z)
        cache += [Z, A, W, b]
    cost = 0.0
    for z, y in zip(Z.ravel(), np.ravel(Y), strict=True):
        cost += math.log1p(math.exp(-z if y else z))
    return cost / len(Z.ravel()), tuple(cache)


@alternative("backward_propagation_n")
def backward_with_int64(X, Y, cache):
    m = X.shape[1]
    A1, A2, W2, A3, W3 = (cache[place] for place in (1, 5, 6, 9, 10))
    dZ3 = -(Y - A3)
    dW3 = np.matmul(dZ3, np.transpose(A2)) / m
    db3 = np.mean(dZ3, axis=1, keepdims=True)
    dA2 = np.matmul(np.transpose(W3), dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = np.matmul(dZ2, np.transpose(A1)) / m
    db2 = np.mean(dZ2, axis=1, keepdims=True)
    dA1 = np.matmul(np.transpose(W2), dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = np.matmul(dZ1, np.transpose(X)) / m
    db1 = np.mean(dZ1, axis=1, keepdims=True)
    names = ("dZ3", "dW3", "db3", "dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1")
    return dict(zip(names, (dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1), strict=True))


@alternative("backward_propagation_n")
def backward_in_a_loop(X, Y, cache):
    A, W, Z = [X, cache[1], cache[5], cache[9]], [None, *cache[2::4]], [None, *cache[0::4]]
    m, gradients = len(X[0]), {}
    dZ = A[3] - np.reshape(Y, (1, m))
    for l in (3, 2, 1):
        if l < 3:
            gradients[f"dA{l}"] = np.einsum("ki,km->im", W[l + 1], dZ)
            dZ = gradients[f"dA{l}"].copy()
            dZ[Z[l] <= 0] = 0
        gradients[f"dZ{l}"] = dZ
        gradients[f"dW{l}"] = sum(np.outer(dZ[:, j], A[l - 1][:, j]) for j in range(m)) / m
        gradients[f"db{l}"] = dZ.sum(axis=1).reshape(-1, 1) / m
    return gradients


@alternative("gradient_check_n")
def check_n_one_copy(parameters, gradients, X, Y, epsilon=1e-7):
    """Move an entry of one vector there and back."""
    theta, _ = dictionary_to_vector(parameters)
    slopes = []
    for i in range(theta.size):
        kept, costs = theta[i, 0], []
        for moved in (kept + epsilon, kept - epsilon):
            theta[i, 0] = moved
            costs.append(forward_propagation_n(X, Y, vector_to_dictionary(theta))[0])
        theta[i, 0] = kept
        slopes.append((costs[0] - costs[1]) / (2.0 * epsilon))
    grad, slopes = gradients_to_vector(gradients).ravel(), np.array(slopes)
    numerator = math.sqrt(np.sum((grad - slopes) ** 2))
    return numerator / (math.sqrt(np.sum(slopes**2)) + math.sqrt(np.sum(grad**2)))


@alternative("gradient_check_n")
def check_n_by_names(parameters, gradients, X, Y, epsilon=1e-7):
    """Move the entries of each array where it is, without any vector."""
    squares = np.zeros(3)
    for name in PARAMETER_NAMES:
        value = parameters[name]
        for place in np.ndindex(value.shape):
            shifted = {key: each.copy() for key, each in parameters.items()}
            shifted[name][place] = value[place] + epsilon
            ahead = forward_propagation_n(X, Y, shifted)[0]
            shifted[name][place] = value[place] - epsilon
            behind = forward_propagation_n(X, Y, shifted)[0]
            slope, given = (ahead - behind) / (2 * epsilon), gradients[f"d{name}"][place]
            squares += np.square([given - slope, given, slope])
    apart, ours, theirs = np.sqrt(squares)
    return apart / (ours + theirs)
