"""Other right ways to write the initialisers and the two scales."""

import math

import numpy as np

from grader.course.declare import alternative


def shapes(layers_dims):
    """Pairs of (units, inputs), layer by layer."""
    return list(zip(layers_dims[1:], layers_dims[:-1], strict=True))


def drawn(layers_dims, scaled):
    """Draw with the seed of the task; `scaled` makes weights of the numbers drawn."""
    np.random.seed(3)
    parameters = {}
    for number, (units, inputs) in enumerate(shapes(layers_dims)):
        numbers = np.random.normal(size=(units, inputs))
        parameters["W" + str(number + 1)] = scaled(numbers, inputs)
        parameters["b" + str(number + 1)] = np.zeros(units)[:, None]
    return parameters


def redrawn(layers_dims, factors):
    """The same numbers from one long draw, cut into layers."""
    generator = np.random.RandomState(3)
    sizes = [units * inputs for units, inputs in shapes(layers_dims)]
    numbers, parameters = generator.randn(sum(sizes)), {}
    for number, (units, inputs) in enumerate(shapes(layers_dims)):
        start = sum(sizes[:number])
        flat = numbers[start : start + sizes[number]]
        parameters[f"W{number + 1}"] = flat.reshape(units, inputs) * factors[number]
        parameters[f"b{number + 1}"] = np.zeros_like(parameters[f"W{number + 1}"][:, :1])
    return parameters


@alternative("initialize_parameters_zeros")
def zeros_by_shapes(layers_dims):
    parameters = {}
    for number, (units, inputs) in enumerate(shapes(layers_dims)):
        parameters["W" + str(number + 1)] = np.full((units, inputs), 0.0)
        parameters["b" + str(number + 1)] = np.full((units, 1), 0.0)
    return parameters


@alternative("initialize_parameters_zeros")
def zeros_as_lists(layers_dims):
    parameters = {}
    for number, (units, inputs) in enumerate(shapes(layers_dims), start=1):
        parameters[f"b{number}"] = np.array([[0]] * units)
        parameters[f"W{number}"] = np.array([[0] * inputs] * units)
    return parameters


@alternative("initialize_parameters_random")
def random_by_shapes(layers_dims):
    return drawn(layers_dims, lambda numbers, inputs: 10 * numbers)


@alternative("initialize_parameters_random")
def random_in_one_draw(layers_dims):
    return redrawn(layers_dims, [10] * (len(layers_dims) - 1))


@alternative("initialize_parameters_he")
def he_by_shapes(layers_dims):
    return drawn(layers_dims, lambda numbers, inputs: numbers * math.sqrt(2) / math.sqrt(inputs))


@alternative("initialize_parameters_he")
def he_in_one_draw(layers_dims):
    return redrawn(layers_dims, [(n / 2) ** -0.5 for n in layers_dims])


@alternative("initialize_parameters_xavier")
def xavier_by_shapes(layers_dims):
    return drawn(layers_dims, lambda numbers, inputs: numbers / np.sqrt(inputs))


@alternative("initialize_parameters_xavier")
def xavier_in_one_draw(layers_dims):
    return redrawn(layers_dims, [math.exp(-0.5 * math.log(n)) for n in layers_dims])


FUNCTIONS = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "linear": lambda Z: Z}


def forward(X, parameters, activation):
    """Activations of all layers, the input first."""
    A = [np.array(X, dtype=float)]
    for number in range(len(parameters) // 2):
        W, b = parameters["W" + str(number + 1)], parameters["b" + str(number + 1)]
        A.append(FUNCTIONS[activation](np.matmul(W, A[-1]) + b))
    return A


@alternative("activation_scale")
def activation_scale_by_definition(X, parameters, activation):
    scales = []
    for A in forward(X, parameters, activation)[1:]:
        mean = np.sum(A) / A.size
        scales.append(math.sqrt(np.sum((A - mean) ** 2) / A.size))
    return scales


@alternative("activation_scale")
def activation_scale_one_example_at_a_time(X, parameters, activation):
    L = len(parameters) // 2
    outputs = [[] for _ in range(L)]
    for j in range(X.shape[1]):
        a = X[:, [j]]
        for l in range(L):
            z = parameters[f"W{l + 1}"].dot(a) + parameters[f"b{l + 1}"]
            a = FUNCTIONS[activation](z)
            outputs[l].extend(a.ravel().tolist())
    return np.array([np.var(values) ** 0.5 for values in outputs])


@alternative("gradient_scale")
def gradient_scale_with_slopes(X, parameters, activation):
    A = forward(X, parameters, activation)
    slopes = {"relu": lambda a: np.where(a > 0, 1.0, 0.0), "tanh": lambda a: (1 - a) * (1 + a)}
    slope = slopes.get(activation, np.ones_like)
    dA, norms = A[-1] / X.shape[1], []
    for number in reversed(range(len(parameters) // 2)):
        dZ = slope(A[number + 1]) * dA
        norms.append(np.sqrt(np.sum((dZ @ A[number].T) ** 2)))
        dA = parameters["W" + str(number + 1)].T @ dZ
    return norms[::-1]


@alternative("gradient_scale")
def gradient_scale_one_example_at_a_time(X, parameters, activation):
    """The gradient is the mean of the examples' own gradients."""
    L, m = len(parameters) // 2, X.shape[1]
    dW = [np.zeros_like(parameters[f"W{l + 1}"]) for l in range(L)]
    for j in range(m):
        a = forward(X[:, [j]], parameters, activation)
        delta = a[L]
        for l in range(L, 0, -1):
            if activation == "relu":
                delta = np.where(a[l] > 0, delta, 0)
            if activation == "tanh":
                delta = delta - delta * a[l] * a[l]
            dW[l - 1] += np.outer(delta, a[l - 1]) / m
            delta = parameters[f"W{l}"].T.dot(delta)
    return [math.sqrt(sum(entry**2 for entry in each.ravel())) for each in dW]
