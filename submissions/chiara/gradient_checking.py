# Chiara, week 1
import numpy as np


def forward_propagation(x, theta):
    return theta * x


def backward_propagation(x, theta):
    return theta


def gradient_check(x, theta, epsilon=1e-7):
    J0 = forward_propagation(x, theta)
    J1 = forward_propagation(x, theta + epsilon)
    gradapprox = (J1 - J0) / epsilon
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    Z1 = parameters['W1'].dot(X) + parameters['b1']
    A1 = relu(Z1)
    Z2 = parameters['W2'].dot(A1) + parameters['b2']
    A2 = relu(Z2)
    Z3 = parameters['W3'].dot(A2) + parameters['b3']
    A3 = sigmoid(Z3)
    cost = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    cache = (Z1, A1, parameters['W1'], parameters['b1'], Z2, A2, parameters['W2'], parameters['b2'],
             Z3, A3, parameters['W3'], parameters['b3'])
    return cost, cache


def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = dZ3.dot(A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T.dot(dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2.dot(A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T.dot(dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1.dot(X.T) / m
    db1 = 4 * np.sum(dZ1, axis=1, keepdims=True) / m
    return {'dZ3': dZ3, 'dW3': dW3, 'db3': db3, 'dA2': dA2, 'dZ2': dZ2, 'dW2': dW2, 'db2': db2,
            'dA1': dA1, 'dZ1': dZ1, 'dW1': dW1, 'db1': db1}


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(values.shape)
    for i in range(len(values)):
        values[i] += epsilon
        J_plus = forward_propagation_n(X, Y, vector_to_dictionary(values))[0]
        values[i] -= 2 * epsilon
        J_minus = forward_propagation_n(X, Y, vector_to_dictionary(values))[0]
        values[i] += epsilon
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - gradapprox)
