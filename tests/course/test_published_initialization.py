"""Numbers that public offerings print for weight initialisation; the reference reproduces them."""

import numpy as np
import pytest
from in_process import reference

PRINTED = 5e-9  # eight decimals


@pytest.fixture
def solution():
    return reference("initialization").module()


def test_zeros(solution):
    parameters = solution.initialize_parameters_zeros([3, 2, 1])
    assert {key: value.shape for key, value in parameters.items()} == {
        "W1": (2, 3),
        "b1": (2, 1),
        "W2": (1, 2),
        "b2": (1, 1),
    }
    assert not any(value.any() for value in parameters.values())


def test_large_random_weights(solution):
    parameters = solution.initialize_parameters_random([3, 2, 1])
    W1 = [[17.88628473, 4.36509851, 0.96497468], [-18.63492703, -2.77388203, -3.54758979]]
    np.testing.assert_allclose(parameters["W1"], W1, atol=PRINTED)
    np.testing.assert_allclose(parameters["W2"], [[-0.82741481, -6.27000677]], atol=PRINTED)
    np.testing.assert_array_equal(parameters["b1"], np.zeros((2, 1)))
    np.testing.assert_array_equal(parameters["b2"], np.zeros((1, 1)))


def test_he(solution):
    parameters = solution.initialize_parameters_he([2, 4, 1])
    W1 = [
        [1.78862847, 0.43650985],
        [0.09649747, -1.8634927],
        [-0.2773882, -0.35475898],
        [-0.08274148, -0.62700068],
    ]
    np.testing.assert_allclose(parameters["W1"], W1, atol=PRINTED)
    np.testing.assert_allclose(
        parameters["W2"], [[-0.03098412, -0.33744411, -0.92904268, 0.62552248]], atol=PRINTED
    )
    np.testing.assert_array_equal(parameters["b1"], np.zeros((4, 1)))
    np.testing.assert_array_equal(parameters["b2"], np.zeros((1, 1)))


def test_he_in_the_later_offering(solution):
    parameters = solution.initialize_parameters_he([3, 1, 2])
    np.testing.assert_allclose(parameters["W1"], [[1.46040903, 0.3564088, 0.07878985]], atol=PRINTED)
    np.testing.assert_allclose(parameters["W2"], [[-2.63537665], [-0.39228616]], atol=PRINTED)
    np.testing.assert_array_equal(parameters["b1"], np.zeros((1, 1)))
    np.testing.assert_array_equal(parameters["b2"], np.zeros((2, 1)))
