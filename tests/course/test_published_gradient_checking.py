"""Numbers that public offerings print for gradient checking; the reference reproduces them."""

import numpy as np
import pytest
from in_process import assignment, reference

CHECKING = "gradient_checking"


@pytest.fixture
def checking():
    return reference(CHECKING).module()


@pytest.fixture
def official():
    """The network and the examples that the offerings draw; Y has the shape (3,)."""
    rng = np.random.RandomState(1)
    X, Y = rng.randn(4, 3), np.array([1, 1, 0])
    shapes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    return X, Y, {name: rng.randn(*shape) for name, shape in shapes.items()}


def test_the_line_and_its_slope(checking):
    assert checking.forward_propagation(2, 4) == 8
    assert checking.backward_propagation(2, 4) == 2


def test_the_check_of_the_line(checking):
    assert checking.gradient_check(2, 4) == pytest.approx(2.919335883291695e-10, rel=1e-3)


def test_the_check_of_the_network_as_it_is_handed_out(official):
    (planted,) = [m for m in reference(CHECKING).mistakes if m.name == "as_handed_out"]
    faulty = reference(CHECKING).module(planted)
    X, Y, parameters = official
    _, cache = faulty.forward_propagation_n(X, Y, parameters)
    gradients = faulty.backward_propagation_n(X, Y, cache)
    difference = faulty.gradient_check_n(parameters, gradients, X, Y)
    # the printed digits are those of one order of summation at epsilon 1e-7
    assert difference == pytest.approx(0.2850931567761623, rel=1e-7)


def test_the_check_of_the_network_repaired(checking, official):
    X, Y, parameters = official
    _, cache = checking.forward_propagation_n(X, Y, parameters)
    gradients = checking.backward_propagation_n(X, Y, cache)
    # rounding noise: the printed 1.1890913024229996e-07 in its order of magnitude
    assert 0.3e-7 < checking.gradient_check_n(parameters, gradients, X, Y) < 4e-7


def test_the_stub_hands_out_the_two_mistakes():
    stub = assignment(CHECKING).stub.decode()
    assert "np.dot(dZ2, A1.T) * 2" in stub
    assert "db1 = 4 / m" in stub
