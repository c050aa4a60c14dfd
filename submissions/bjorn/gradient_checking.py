import numpy as np
import copy
import math


def forward_propagation(x, theta):
    J = np.dot(theta, x)
    return J


def backward_propagation(x, theta):
    dtheta = x
    return dtheta


def norm(values):
    total = 0.0
    for v in np.ravel(values):
        total += float(v) * float(v)
    return math.sqrt(total)


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    approx = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    difference = norm(grad - approx) / (norm(grad) + norm(approx))
    if print_msg:
        if difference > 2e-7:
            print("something is wrong, difference =", difference)
        else:
            print("looks right, difference =", difference)
    return difference


def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    Yflat = np.ravel(Y)
    cost = 0
    for k in range(m):
        cost += -Yflat[k] * math.log(A3[0, k]) - (1 - Yflat[k]) * math.log(1 - A3[0, k])
    return cost / m, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1. / m * np.dot(dZ3, A2.T)
    db3 = 1. / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1. / m * np.dot(dZ2, A1.T) * 2
    db2 = 1. / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1. / m * np.dot(dZ1, X.T)
    db1 = 1. / m * np.sum(dZ1, axis=1, keepdims=True)

    return {"dZ3": dZ3, "dW3": dW3, "db3": db3,
            "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    approx = []
    for l in [1, 2, 3]:
        for kind in ["W", "b"]:
            name = kind + str(l)
            for i in range(parameters[name].shape[0]):
                for j in range(parameters[name].shape[1]):
                    plus = copy.deepcopy(parameters)
                    plus[name][i, j] = plus[name][i, j] + epsilon
                    minus = copy.deepcopy(parameters)
                    minus[name][i, j] = minus[name][i, j] - epsilon
                    J_plus, cache = forward_propagation_n(X, Y, plus)
                    J_minus, cache = forward_propagation_n(X, Y, minus)
                    approx.append((J_plus - J_minus) / (2 * epsilon))
    grad = []
    for name in ["dW1", "db1", "dW2", "db2", "dW3", "db3"]:
        for g in gradients[name].flatten():
            grad.append(g)
    grad = np.array(grad)
    approx = np.array(approx)
    difference = norm(grad - approx) / (norm(grad) + norm(approx))
    if difference > 2e-7:
        print("There is a mistake in the backward propagation! difference =", difference)
    else:
        print("Your backward propagation works! difference =", difference)
    return difference
