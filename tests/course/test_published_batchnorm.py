"""Numbers that public offerings print for batch norm; the reference reproduces them."""

import numpy as np
import pytest
from in_process import reference


@pytest.fixture
def forward():
    return reference("batchnorm").module().batchnorm_forward


def draw_activations(rng, X, W1, W2):
    return np.maximum(0, X @ W1) @ W2


def test_activations_before_normalising_have_the_published_statistics():
    rng = np.random.RandomState(231)
    a = draw_activations(rng, rng.randn(200, 50), rng.randn(50, 60), rng.randn(60, 3))
    np.testing.assert_allclose(a.mean(axis=0), [-2.3814598, -13.18038246, 1.91780462], atol=5e-9)
    np.testing.assert_allclose(a.std(axis=0), [27.18502186, 34.21455511, 37.68611762], atol=5e-9)


def test_normalising_them_gives_means_beta_and_spreads_gamma(forward):
    rng = np.random.RandomState(231)
    a = draw_activations(rng, rng.randn(200, 50), rng.randn(50, 60), rng.randn(60, 3))
    gamma, beta = np.array([1.0, 2.0, 3.0]), np.array([11.0, 12.0, 13.0])
    out, _ = forward(a, gamma, beta, {"mode": "train"})
    np.testing.assert_allclose(out.mean(axis=0), beta, rtol=1e-12)
    np.testing.assert_allclose(out.std(axis=0), gamma, rtol=1e-7)


def test_test_mode_after_fifty_batches_has_the_published_statistics(forward):
    rng = np.random.RandomState(231)
    W1, W2 = rng.randn(50, 60), rng.randn(60, 3)
    bn_param = {"mode": "train"}
    for _ in range(50):
        forward(draw_activations(rng, rng.randn(200, 50), W1, W2), np.ones(3), np.zeros(3), bn_param)
    bn_param["mode"] = "test"
    out, _ = forward(draw_activations(rng, rng.randn(200, 50), W1, W2), np.ones(3), np.zeros(3), bn_param)
    np.testing.assert_allclose(out.mean(axis=0), [-0.03927354, -0.04349152, -0.10452688], atol=5e-9)
    np.testing.assert_allclose(out.std(axis=0), [1.01531428, 1.01238373, 0.97819988], atol=5e-9)
