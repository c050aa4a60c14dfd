import numpy as np


def forward_propagation(x, theta):
    print("J =", theta * x)
    return theta * x


def backward_propagation(x, theta):
    print("dtheta =", x)
    return x


def gradient_check(x, theta, epsilon=1e-7, print_msg=True):
    plus = forward_propagation(x, theta + epsilon)
    minus = forward_propagation(x, theta - epsilon)
    approx = (plus - minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    diff = abs(grad - approx) / (abs(grad) + abs(approx))
    print("OK" if diff < 1e-7 else "NOT OK", diff)
    return diff


def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    cache = ()
    A = X
    for l in range(1, 4):
        Z = np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)]
        A = relu(Z) if l < 3 else sigmoid(Z)
        print("layer", l, Z, A)
        cache = cache + (Z, A, parameters["W" + str(l)], parameters["b" + str(l)])
    cost = -np.sum(np.log(A) * Y + np.log(1 - A) * (1 - Y)) / m
    print("cost", cost)
    return cost, cache


def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = dZ3.sum(axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2.copy()
    dZ2[Z2 <= 0] = 0
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1.copy()
    dZ1[Z1 <= 0] = 0
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    gradients = dict(dZ3=dZ3, dW3=dW3, db3=db3, dA2=dA2, dZ2=dZ2, dW2=dW2, db2=db2, dA1=dA1, dZ1=dZ1, dW1=dW1, db1=db1)
    for k in gradients:
        print(k, gradients[k])
    return gradients
