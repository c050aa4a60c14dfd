import numpy as np


def shapes(layers_dims):
    return {l: (layers_dims[l], layers_dims[l - 1]) for l in range(1, len(layers_dims))}


def initialize_parameters_zeros(layers_dims):
    W = {f"W{l}": np.zeros(shape) for l, shape in shapes(layers_dims).items()}
    b = {f"b{l}": np.zeros(shape[0]) for l, shape in shapes(layers_dims).items()}
    return {**W, **b}


def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    W = {f"W{l}": np.random.randn(*shape) * 10 for l, shape in shapes(layers_dims).items()}
    b = {f"b{l}": np.zeros(shape[0]) for l, shape in shapes(layers_dims).items()}
    return {**W, **b}


def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    W = {f"W{l}": np.random.randn(*shape) * (2 / shape[1]) ** 0.5 for l, shape in shapes(layers_dims).items()}
    b = {f"b{l}": np.zeros((shape[0], 1)) for l, shape in shapes(layers_dims).items()}
    return {**W, **b}


def initialize_parameters_xavier(layers_dims):
    np.random.seed(3)
    W = {f"W{l}": np.random.randn(*shape) / shape[1] ** 0.5 for l, shape in shapes(layers_dims).items()}
    b = {f"b{l}": np.zeros((shape[0], 1)) for l, shape in shapes(layers_dims).items()}
    return {**W, **b}


def activation_scale(X, parameters, activation):
    g = dict(relu=lambda z: np.maximum(z, 0), tanh=np.tanh, linear=lambda z: z)[activation]

    def scales(A, l):
        if f"W{l}" not in parameters:
            return []
        A = g(np.einsum("ij,jk->ik", parameters[f"W{l}"], A) + parameters[f"b{l}"])
        return [np.mean((A - A.mean()) ** 2) ** 0.5] + scales(A, l + 1)

    return scales(X, 1)


def gradient_scale(X, parameters, activation):
    L = len(parameters) // 2
    g = dict(relu=lambda z: np.maximum(z, 0), tanh=np.tanh, linear=lambda z: z)[activation]
    dg = dict(relu=lambda z: 1.0 * (z > 0), tanh=lambda z: 1 / np.cosh(z) ** 2, linear=lambda z: 1.0)[activation]

    def back(A, l):
        """Gradient by the input of layer l, and the norms from layer l on."""
        if l > L:
            return A / X.shape[1], []
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        dA, norms = back(g(Z), l + 1)
        dZ = dA * dg(Z)
        return W.T @ dZ, [np.einsum("ik,jk->ij", dZ, A).ravel() @ np.einsum("ik,jk->ij", dZ, A).ravel()] + norms

    return [n ** 0.5 for n in back(X, 1)[1]]
