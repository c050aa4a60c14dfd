"""Numbers that public offerings print for L2 regularisation and dropout; the reference reproduces them."""

import numpy as np
import pytest
from in_process import reference

PRINTED = 5e-9  # eight decimals
Y = np.array([[1, 1, 0, 1, 0]])
SHAPES = {"W1": (2, 3), "b1": (2, 1), "W2": (3, 2), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}


@pytest.fixture
def solution():
    return reference("regularization").module()


def draw_parameters(rng):
    return {key: rng.randn(*shape) for key, shape in SHAPES.items()}


def draw_inputs_and_parameters():
    rng = np.random.RandomState(1)
    return rng.randn(3, 5), draw_parameters(rng)


def plain_cache(X, parameters):
    W1, b1, W2, b2, W3, b3 = parameters.values()
    Z1 = W1 @ X + b1
    A1 = np.maximum(0, Z1)
    Z2 = W2 @ A1 + b2
    A2 = np.maximum(0, Z2)
    Z3 = W3 @ A2 + b3
    return (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, 1 / (1 + np.exp(-Z3)), W3, b3)


def assert_prints(gradients, printed):
    for key, value in printed.items():
        np.testing.assert_allclose(gradients[key], value, atol=PRINTED, err_msg=key)


def test_cost_with_regularization(solution):
    A3 = np.array([[0.40682402, 0.01629284, 0.16722898, 0.10118111, 0.40682402]])
    parameters = draw_parameters(np.random.RandomState(1))
    cost = solution.compute_cost_with_regularization(A3, Y, parameters, lambd=0.1)
    assert cost == pytest.approx(1.7864859451590758, rel=1e-12)


def test_backward_propagation_with_regularization(solution):
    X, parameters = draw_inputs_and_parameters()
    gradients = solution.backward_propagation_with_regularization(X, Y, plain_cache(X, parameters), lambd=0.7)
    assert_prints(
        gradients,
        {
            "dW1": [[-0.25604646, 0.12298827, -0.28297129], [-0.17706303, 0.34536094, -0.4410571]],
            "dW2": [[0.79276486, 0.85133918], [-0.0957219, -0.01720463], [-0.13100772, -0.03750433]],
            "dW3": [[-1.77691347, -0.11832879, -0.09397446]],
            "db1": [[0.11845855], [0.21236874]],
            "db2": [[0.26135226], [0], [0]],
            "db3": [[-0.38032981]],
        },
    )


def test_forward_propagation_with_dropout(solution):
    X, parameters = draw_inputs_and_parameters()
    A3, cache = solution.forward_propagation_with_dropout(X, parameters, keep_prob=0.7)
    _, D1, A1, _, _, _, D2, *_ = cache
    np.testing.assert_allclose(
        A3, [[0.36974721, 0.00305176, 0.04565099, 0.49683389, 0.36974721]], atol=PRINTED
    )
    np.testing.assert_array_equal(D1, [[1, 0, 1, 1, 1], [1, 1, 1, 1, 1]])
    np.testing.assert_array_equal(D2, [[1, 1, 1, 0, 1], [1, 1, 1, 1, 1], [0, 0, 1, 1, 0]])
    np.testing.assert_allclose(
        A1, [[0, 0, 3.05706487, 3.72429505, 0], [0, 5.94299915, 1.1293003, 2.09276446, 0]], atol=PRINTED
    )


def test_backward_propagation_with_dropout(solution):
    X = np.random.RandomState(1).randn(3, 5)
    A1 = np.array([[0, 0, 4.27989081, 5.21401307, 0], [0, 8.32019881, 1.58102041, 2.92987024, 0]])
    A2 = np.zeros((3, 5))
    A2[0] = [1.06071093, 0, 8.21049603, 0, 1.06071093]
    A3 = np.array([[0.32266394, 0.49683389, 0.00348883, 0.49683389, 0.32266394]])
    D1 = np.array([[1, 0, 1, 1, 1], [1, 1, 1, 1, 0]], dtype=bool)
    D2 = np.array([[1, 0, 1, 0, 1], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0]], dtype=bool)
    W2 = np.array([[0.50249434, 0.90085595], [-0.68372786, -0.12289023], [-0.93576943, -0.26788808]])
    W3 = np.array([[-0.6871727, -0.84520564, -0.67124613]])
    cache = (None, D1, A1, None, None, None, D2, A2, W2, None, None, A3, W3, None)
    gradients = solution.backward_propagation_with_dropout(X, Y, cache, keep_prob=0.8)
    assert_prints(
        gradients,
        {
            "dA1": [
                [0.36544439, 0, -0.00188233, 0, -0.17408748],
                [0.65515713, 0, -0.00337459, 0, 0],
            ],
            "dA2": [
                [0.58180856, 0, -0.00299679, 0, -0.27715731],
                [0, 0.53159854, 0, 0.53159854, -0.34089673],
                [0, 0, -0.00292733, 0, 0],
            ],
            "dW1": [[0.00019884, 0.00028657, 0.00012138], [0.00035647, 0.00051375, 0.00021761]],
            "dW2": [[-0.00256518, -0.0009476], [0, 0], [0, 0]],
            "dW3": [[-0.06951191, 0, 0]],
            "db1": [[-0.00037647], [-0.00067492]],
            "db2": [[0.06033089], [0], [0]],
            "db3": [[-0.2715031]],
        },
    )
