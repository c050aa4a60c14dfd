"""How the two checks are called: with costs and derivatives of ours in the place of the student's.

A check that is only ever shown right derivatives of one cost could return a small constant. So each case
names a cost; what it replaces is put back afterwards.
"""

import copy

import numpy as np

PARAMETER_NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")

#: Costs of one parameter, and their derivatives with respect to theta.
SCALAR_COSTS = {
    "line": (lambda x, theta: x * theta, lambda x, theta: x),
    "square": (lambda x, theta: x * theta**2, lambda x, theta: 2 * x * theta),
    "cube": (lambda x, theta: x * theta**3, lambda x, theta: 3 * x * theta**2),
    "exponential": (lambda x, theta: x * np.exp(theta), lambda x, theta: x * np.exp(theta)),
    "wave": (lambda x, theta: np.sin(x * theta), lambda x, theta: x * np.cos(x * theta)),
}


def gradient_check(student, x, theta, epsilon=None, cost="line", factor=1.0, offset=0.0):
    """Check the derivative of a cost above, times a factor, plus an offset; right with the defaults.

    With a list of shifts the check is made with each.
    """
    value, slope = SCALAR_COSTS[cost]

    def forward_propagation(x, theta):
        return value(x, theta)

    def backward_propagation(x, theta):
        return factor * slope(x, theta) + offset

    student.forward_propagation = forward_propagation
    student.backward_propagation = backward_propagation
    if isinstance(epsilon, list):
        return [student.gradient_check(x, theta, shift) for shift in epsilon]
    return student.gradient_check(x, theta, *([] if epsilon is None else [epsilon]))


def gradient_check_n(student, parameters, gradients, X, Y, epsilon=None, cost="network"):
    """Check gradients of the student's own forward_propagation_n ("network"), or of a cost below.

    A file may carry helpers that are written for one network. It is called as it stands; only where that
    fails it is called again, with helpers for these shapes.
    """
    shapes = {name: parameters[name].shape for name in PARAMETER_NAMES}
    if cost != "network":
        student.forward_propagation_n = _costing(VECTOR_COSTS[cost], shapes)
    arguments = [parameters, gradients, X, Y] + ([] if epsilon is None else [epsilon])
    try:
        return student.gradient_check_n(*copy.deepcopy(arguments))
    except Exception:
        vars(student).update(_helpers(shapes))
        return student.gradient_check_n(*arguments)


def _costing(value, shapes):
    """A forward_propagation_n with another cost, which wants parameters of these shapes."""

    def forward_propagation_n(X, Y, parameters):
        for name, shape in shapes.items():
            if np.shape(parameters[name]) != shape:
                raise ValueError(f"{name} has the shape {np.shape(parameters[name])} where {shape} is meant")
        return value(X, Y, parameters), ()

    return forward_propagation_n


def _all(parameters):
    return np.concatenate([np.ravel(parameters[name]) for name in PARAMETER_NAMES])


def _cubes(X, Y, parameters):
    """The sum of the cubes of all parameters."""
    return np.sum(_all(parameters) ** 3)


def _mixed(X, Y, parameters):
    """The mean of X times the sum of exp(weight), plus the mean of Y times the sum of sin(bias)."""
    weights = sum(np.sum(np.exp(parameters[name])) for name in PARAMETER_NAMES[::2])
    biases = sum(np.sum(np.sin(parameters[name])) for name in PARAMETER_NAMES[1::2])
    return np.mean(X) * weights + np.mean(Y) * biases


def _coupled(X, Y, parameters):
    """The third power of the mean square of all parameters: every slope depends on every parameter."""
    return np.mean(_all(parameters) ** 2) ** 3


def _regression(X, Y, parameters):
    """A network too, but not the one of the exercises: tanh layers and a squared error.

    So a mistake in forward_propagation_n is not paid for a second time here.
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in PARAMETER_NAMES)
    outputs = W3 @ np.tanh(W2 @ np.tanh(W1 @ X + b1) + b2) + b3
    return np.sum((outputs - Y) ** 2) / X.shape[1]


VECTOR_COSTS = {"cubes": _cubes, "mixed": _mixed, "coupled": _coupled, "regression": _regression}


def _helpers(shapes):
    """The given helpers, for parameters of these shapes."""

    def dictionary_to_vector(parameters):
        keys = [name for name, (n_out, n_in) in shapes.items() for _ in range(n_out * n_in)]
        return _all(parameters).reshape(-1, 1), keys

    def gradients_to_vector(gradients):
        return np.concatenate([np.reshape(gradients["d" + name], (-1, 1)) for name in PARAMETER_NAMES])

    def vector_to_dictionary(theta):
        parameters, start = {}, 0
        for name, (n_out, n_in) in shapes.items():
            parameters[name] = np.reshape(theta[start : start + n_out * n_in], (n_out, n_in)).copy()
            start += n_out * n_in
        return parameters

    return {
        "dictionary_to_vector": dictionary_to_vector,
        "gradients_to_vector": gradients_to_vector,
        "vector_to_dictionary": vector_to_dictionary,
    }
