import numpy as np

forward_propagation = lambda x, theta: theta * x
backward_propagation = lambda x, theta: 1.0 * x


def central(f, at, epsilon):
    """Central difference of f in each direction."""
    directions = epsilon * np.eye(at.size)
    return np.array([(f(at + d.reshape(at.shape)) - f(at - d.reshape(at.shape))) / 2 / epsilon for d in directions])


def relative(a, b):
    a, b = np.ravel(a), np.ravel(b)
    return np.sqrt((a - b) @ (a - b)) / (np.sqrt(a @ a) + np.sqrt(b @ b))


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    approx = central(lambda t: forward_propagation(x, t.item()), np.array([theta], dtype=float), epsilon)
    return relative(backward_propagation(x, theta), approx)


def forward_propagation_n(X, Y, parameters):
    A, cache = X, ()
    for l in (1, 2, 3):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        A = sigmoid(Z) if l == 3 else np.maximum(Z, 0)
        cache += (Z, A, W, b)
    return np.mean(np.where(np.ravel(Y) == 1, -np.log(A), -np.log1p(-A))), cache


def backward_propagation_n(X, Y, cache):
    A = [X, cache[1], cache[5], cache[9]]
    W = [None, cache[2], cache[6], cache[10]]
    g, dZ, m = {}, A[3] - Y, X.shape[1]
    for l in (3, 2, 1):
        g.update({f"dZ{l}": dZ, f"dW{l}": dZ @ A[l - 1].T / m, f"db{l}": dZ.mean(axis=1, keepdims=True)})
        if l > 1:
            g[f"dA{l - 1}"] = W[l].T @ dZ
            dZ = g[f"dA{l - 1}"] * (A[l - 1] > 0)
    return g


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    theta = dictionary_to_vector(parameters)[0]
    approx = central(lambda t: forward_propagation_n(X, Y, vector_to_dictionary(t))[0], theta, epsilon)
    return relative(gradients_to_vector(gradients), approx)
