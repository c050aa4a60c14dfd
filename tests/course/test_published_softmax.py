"""Numbers that public offerings print for softmax and its loss; the reference reproduces them."""

import numpy as np
from in_process import reference


def test_softmax_of_two_rows_of_scores():
    scores = np.array([[9.0, 2, 5, 0, 0], [7, 5, 0, 0, 0]])
    expected = [
        [9.80897665e-01, 8.94462891e-04, 1.79657674e-02, 1.21052389e-04, 1.21052389e-04],
        [8.78679856e-01, 1.18916387e-01, 8.01252314e-04, 8.01252314e-04, 8.01252314e-04],
    ]
    # Examples are in rows there, and in columns here.
    np.testing.assert_allclose(reference("softmax").module().softmax(scores.T).T, expected, rtol=5e-9)


def test_softmax_loss_of_small_random_scores():
    rng = np.random.RandomState(231)
    x, y = 0.001 * rng.randn(50, 10), rng.randint(10, size=50)
    loss, dx = reference("softmax").module().softmax_loss(x, y)
    np.testing.assert_allclose(loss, 2.302545844500738, rtol=1e-12)
    for place in ((0, 0), (17, y[17]), (49, 9)):
        np.testing.assert_allclose(dx[place], slope(x, y, place), rtol=1e-7)


def slope(x, y, place, step=1e-5):
    loss = reference("softmax").module().softmax_loss
    moved = np.zeros_like(x)
    moved[place] = step
    return (loss(x + moved, y)[0] - loss(x - moved, y)[0]) / (2 * step)
