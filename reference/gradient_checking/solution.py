"""Gradient checking: is the gradient that backpropagation returns the slope of the cost?"""

import numpy as np

from grader.course.declare import given

PARAMETER_NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")
LAST_SHAPES = {}


@given
def sigmoid(x):
    """Return 1 / (1 + exp(-x)), entry by entry."""
    return 1 / (1 + np.exp(-x))


@given
def relu(x):
    """Return the larger of x and 0, entry by entry."""
    return np.maximum(x, 0)


@given
def dictionary_to_vector(parameters):
    """Lay all parameters of a three-layer network below each other.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", "W2", "b2", "W3", "b3", of any sizes.

    Returns
    -------
    theta : ndarray of shape (n, 1)
        All entries: W1 row by row, then b1, W2, b2, W3, b3.
    keys : list of str
        For each entry the name of the array it comes from.
    """
    LAST_SHAPES.update({name: parameters[name].shape for name in PARAMETER_NAMES})
    theta = np.concatenate([parameters[name].reshape(-1, 1) for name in PARAMETER_NAMES])
    keys = [name for name in PARAMETER_NAMES for _ in range(parameters[name].size)]
    return theta, keys


@given
def gradients_to_vector(gradients):
    """Lay "dW1", "db1", "dW2", "db2", "dW3", "db3" below each other, in the order of dictionary_to_vector.

    Parameters
    ----------
    gradients : dict
        Other entries, such as "dZ1", are left aside.

    Returns
    -------
    theta : ndarray of shape (n, 1)
    """
    return np.concatenate([gradients["d" + name].reshape(-1, 1) for name in PARAMETER_NAMES])


@given
def vector_to_dictionary(theta):
    """Undo dictionary_to_vector, with the shapes of the parameters that it was last given.

    Parameters
    ----------
    theta : ndarray of shape (n, 1)

    Returns
    -------
    parameters : dict
        "W1", "b1", "W2", "b2", "W3", "b3": new arrays.
    """
    parameters, start = {}, 0
    for name in PARAMETER_NAMES:
        n_out, n_in = LAST_SHAPES[name]
        parameters[name] = theta[start : start + n_out * n_in].reshape(n_out, n_in).copy()
        start += n_out * n_in
    return parameters


def forward_propagation(x, theta):
    """Compute the cost of the smallest model there is: J = theta * x.

    Parameters
    ----------
    x : float
        The input.
    theta : float
        The only parameter.

    Returns
    -------
    J : float
    """
    return theta * x


def backward_propagation(x, theta):
    """Compute the derivative of J = theta * x with respect to theta.

    Parameters
    ----------
    x, theta : float

    Returns
    -------
    dtheta : float
        dJ / dtheta at this x and this theta.
    """
    return x


def gradient_check(x, theta, epsilon=1e-7):
    """Compare the derivative that backward_propagation returns with the slope of the cost itself.

    The slope, measured from both sides:

        gradapprox = (J(theta + epsilon) - J(theta - epsilon)) / (2 * epsilon)

    and how far the derivative, grad, is from it, relative to the size of both:

        difference = ||grad - gradapprox|| / (||grad|| + ||gradapprox||)

    For numbers the norm ||.|| is the absolute value.

    Call forward_propagation for J and backward_propagation for grad: do not write their formulas out in here.
    A check has to work for every pair of a cost and a derivative, and some cases put another pair in their
    place.

    Parameters
    ----------
    x, theta : float
    epsilon : float
        The shift.

    Returns
    -------
    difference : float
        Around 1e-9 where the derivative is right; never negative. You may also print a verdict.
    """
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


def forward_propagation_n(X, Y, parameters):
    """Compute the cost of a network of three layers: LINEAR, ReLU, LINEAR, ReLU, LINEAR, sigmoid.

    Each layer computes Z = W A + b from the activations A of the layer before (X for the first), and its own
    activations from Z. The cost is the logistic loss, averaged over the m examples:

        cost = -(1/m) * sum of ( y * log(a) + (1 - y) * log(1 - a) )

    where a is an entry of A3 and y the label of that example. sigmoid and relu are given.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        One example per column.
    Y : ndarray of shape (1, m) or (m,)
        Labels, 0 or 1. Take m from X: a Y of either shape fits.
    parameters : dict
        "W1", "b1", "W2", "b2", "W3", "b3"; Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1), and n_3 = 1.

    Returns
    -------
    cost : float
        A number, not an array of shape (1, 1).
    cache : tuple
        (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3), in this order.
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in PARAMETER_NAMES)
    m = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    losses = -Y * np.log(A3) - (1 - Y) * np.log(1 - A3)
    cost = np.sum(losses) / m
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_n(X, Y, cache):
    """Compute the gradients of forward_propagation_n's cost. The code you are given has mistakes: repair it.

    Here dZ3 stands for m times the derivative of the cost with respect to Z3, and likewise dA2, dZ2, dA1 and
    dZ1; the division by m comes with dW and db, which are the derivatives of the cost themselves:

        dZ3 = A3 - Y
        dWl = (1/m) dZl A_{l-1}^T         dbl = (1/m) sum of dZl over the examples      (A_0 is X)
        dA_{l-1} = Wl^T dZl               dZl = dAl where Zl > 0, and 0 elsewhere       (l = 2, 1)

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
    Y : ndarray of shape (1, m) or (m,)
    cache : tuple
        What forward_propagation_n returned for X and Y.

    Returns
    -------
    gradients : dict
        "dZ3", "dW3", "db3", "dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1", each of the shape of what
        it is the gradient of.
    """
    m = X.shape[1]
    Z1, A1, _, _, Z2, A2, W2, _, _, A3, W3, _ = cache

    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (Z2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (Z1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

    return {
        "dZ3": dZ3,
        "dW3": dW3,
        "db3": db3,
        "dA2": dA2,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dA1": dA1,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    """Compare a network's gradients with the slopes of its cost, one parameter at a time.

    theta is the vector of all n parameters. For each i = 1 ... n, with all other entries as they are:

        gradapprox_i = (J(theta_i + epsilon) - J(theta_i - epsilon)) / (2 * epsilon)

    and then, with the gradients as a vector grad in the same order,

        difference = ||grad - gradapprox|| / (||grad|| + ||gradapprox||)

    where ||.|| is the Euclidean norm of the whole vector.

    Call forward_propagation_n(X, Y, parameters) for J, which is the first of what it returns. Some cases put
    another cost in its place, which wants parameters of the shapes given here. dictionary_to_vector,
    gradients_to_vector and vector_to_dictionary are given and serve any layer sizes.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", "W2", "b2", "W3", "b3".
    gradients : dict
        The gradients to be checked: "dW1", "db1", "dW2", "db2", "dW3", "db3". Other entries, such as "dZ1",
        may be there and are not checked.
    X, Y : ndarray
        As in forward_propagation_n.
    epsilon : float
        The shift of one parameter.

    Returns
    -------
    difference : float
        Around 1e-7 or less where the gradients are right. You may also print a verdict.
    """
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros_like(theta)
    for i in range(len(theta)):
        theta_plus, theta_minus = np.copy(theta), np.copy(theta)
        theta_plus[i] += epsilon
        theta_minus[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
