"""Numbers that public offerings print for the optimisers; the reference reproduces them."""

import numpy as np
import pytest
from in_process import reference
from numpy.testing import assert_allclose, assert_array_equal

PRINTED = 5.1e-9  # eight decimals


@pytest.fixture
def optimizers():
    return reference("optimizers").module()


def drawn(columns):
    """Parameters and gradients as the offerings draw them; W2 has three or two columns."""
    rng = np.random.RandomState(1)
    shapes = {"W1": (2, 3), "b1": (2, 1), "W2": (3, columns), "b2": (3, 1)}
    parameters = {name: rng.randn(*shape) for name, shape in shapes.items()}
    return parameters, {"d" + name: rng.randn(*shape) for name, shape in shapes.items()}


def zeros(gradients):
    return {name: np.zeros_like(value) for name, value in gradients.items()}


def check(found, atol=PRINTED, **printed):
    for name, value in printed.items():
        assert_allclose(found[name], value, rtol=0, atol=atol, err_msg=name)


def test_gradient_descent_with_a_square_second_layer(optimizers):
    check(
        optimizers.update_parameters_with_gd(*drawn(3), 0.01),
        W1=[[1.63535156, -0.62320365, -0.53718766], [-1.07799357, 0.85639907, -2.29470142]],
        b1=[[1.74604067], [-0.75184921]],
        W2=[
            [0.32171798, -0.25467393, 1.46902454],
            [-2.05617317, -0.31554548, -0.3756023],
            [1.1404819, -1.09976462, -0.1612551],
        ],
        b2=[[-0.88020257], [0.02561572], [0.57539477]],
    )


def test_gradient_descent_with_a_narrow_second_layer(optimizers):
    check(
        optimizers.update_parameters_with_gd(*drawn(2), 0.01),
        W1=[[1.63312395, -0.61217855, -0.5339999], [-1.06196243, 0.85396039, -2.3105546]],
        b1=[[1.73978682], [-0.77021546]],
        W2=[[0.32587637, -0.24814147], [1.47146563, -2.05746183], [-0.32772076, -0.37713775]],
        b2=[[1.13773698], [-1.09301954], [-0.16397615]],
    )


def test_momentum_from_rest_with_a_square_second_layer(optimizers):
    parameters, grads = drawn(3)
    moved, v = optimizers.update_parameters_with_momentum(parameters, grads, zeros(grads), 0.9, 0.01)
    check(
        moved,
        W1=[[1.62544598, -0.61290114, -0.52907334], [-1.07347112, 0.86450677, -2.30085497]],
        b1=[[1.74493465], [-0.76027113]],
        W2=[
            [0.31930698, -0.24990073, 1.4627996],
            [-2.05974396, -0.32173003, -0.38320915],
            [1.13444069, -1.0998786, -0.1713109],
        ],
        b2=[[-0.87809283], [0.04055394], [0.58207317]],
    )
    check(v, dW1=[[-0.11006192, 0.11447237, 0.09015907], [0.05024943, 0.09008559, -0.06837279]])
    for name, gradient in grads.items():
        assert_allclose(v[name], 0.1 * gradient, rtol=1e-14)


def test_momentum_from_rest_with_a_narrow_second_layer(optimizers):
    parameters, grads = drawn(2)
    moved, _ = optimizers.update_parameters_with_momentum(parameters, grads, zeros(grads), 0.9, 0.01)
    check(
        moved,
        W1=[[1.62522322, -0.61179863, -0.52875457], [-1.071868, 0.86426291, -2.30244029]],
        b2=[[1.1341662], [-1.09920409], [-0.171583]],
    )


# The oldest of the offerings printed what comes out with epsilon under the root, although its formula has it
# outside. It shows where a gradient is small: in the seventh digit of one entry of W2.
USUAL_BETAS = {
    "W1": [[1.63178673, -0.61919778, -0.53561312], [-1.08040999, 0.85796626, -2.29409733]],
    "b1": [[1.75225313], [-0.75376553]],
    "W2": [
        [0.32648046, -0.25681174, 1.46954931],
        [-2.05269934, -0.31497584, -0.37661299],
        [1.14121081, -1.09245036, -0.16498684],
    ],
    "b2": [[-0.88529978], [0.03477238], [0.57537385]],
}


def test_adam_with_its_usual_betas_and_epsilon_under_the_root():
    (inside,) = [
        each
        for each in reference("optimizers").mistakes
        if each.name == "epsilon_inside" and each.exercise == "update_parameters_with_adam"
    ]
    parameters, grads = drawn(3)
    update = reference("optimizers").module(inside).update_parameters_with_adam
    check(update(parameters, grads, zeros(grads), zeros(grads), 2)[0], **USUAL_BETAS)


def test_adam_with_its_usual_betas(optimizers):
    parameters, grads = drawn(3)
    moved, _, s, *_ = optimizers.update_parameters_with_adam(parameters, grads, zeros(grads), zeros(grads), 2)
    check(moved, atol=5e-7, **USUAL_BETAS)
    check(
        s,
        dW1=[[0.00121136, 0.00131039, 0.00081287], [0.0002525, 0.00081154, 0.00046748]],
        db1=[[1.51020075e-05], [8.75664434e-04]],
    )


def test_adam_with_betas_of_its_own_and_a_square_second_layer(optimizers):
    parameters, grads = drawn(3)
    moved, *_ = optimizers.update_parameters_with_adam(
        parameters, grads, zeros(grads), zeros(grads), 2, 0.02, 0.8, 0.888, 1e-2
    )
    check(
        moved,
        W1=[[1.63942428, -0.6268425, -0.54320974], [-1.08782943, 0.85036983, -2.2865723]],
        b1=[[1.75854357], [-0.74616067]],
        W2=[
            [0.33356139, -0.26425199, 1.47707772],
            [-2.04538458, -0.30744933, -0.36903141],
            [1.14873036, -1.09256871, -0.15734651],
        ],
        b2=[[-0.89228024], [0.02707193], [0.56782561]],
    )


def test_adam_with_betas_of_its_own_and_a_narrow_second_layer(optimizers):
    parameters, grads = drawn(2)
    moved, v, s, v_corrected, s_corrected = optimizers.update_parameters_with_adam(
        parameters, grads, zeros(grads), zeros(grads), 2, 0.02, 0.8, 0.888, 1e-2
    )
    check(
        {name: value[0] for name, value in moved.items()},
        W1=[1.63937725, -0.62327448, -0.54308727],
        W2=[0.33400549, -0.23563857],
        b1=[1.72995096],
        b2=[1.14852557],
    )
    check({"dW1": s["dW1"][0]}, dW1=[0.08631117, 0.00019958, 0.03804344])
    check({"dW1": v["dW1"][0]}, dW1=[-0.17557168, 0.00844275, 0.11656304])
    for name in grads:
        assert_allclose(v_corrected[name], v[name] / (1 - 0.8**2), rtol=1e-14)
        assert_allclose(s_corrected[name], s[name] / (1 - 0.888**2), rtol=1e-14)


def test_batches_of_sixty_four(optimizers):
    rng = np.random.RandomState(1)
    X, Y = rng.randn(12288, 148), rng.randn(1, 148) < 0.5
    batches = optimizers.random_mini_batches(X, Y, 64, 0)
    assert [X.shape for X, _ in batches] == [(12288, 64), (12288, 64), (12288, 20)]
    assert [Y.shape for _, Y in batches] == [(1, 64), (1, 64), (1, 20)]
    assert_allclose(batches[0][0][0][:3], [0.90085595, -0.7612069, 0.2344157], rtol=0, atol=PRINTED)


def test_batches_of_numbered_entries(optimizers):
    X = np.arange(12288 * 148).reshape(148, 12288).T
    Y = np.arange(148).reshape(1, 148)
    batches = optimizers.random_mini_batches(X, Y, 64, 0)
    assert_array_equal(batches[0][0][0][:3], [294912, 86016, 454656])
    assert_array_equal(batches[-1][0][-1][:3], [1425407, 1769471, 897023])


def test_batches_of_two(optimizers):
    rng = np.random.RandomState(1)
    X, Y = rng.randn(5, 7), rng.randn(1, 7) < 0.5
    batches = optimizers.random_mini_batches(X, Y, 2)
    first = [
        [1.74481176, -0.52817175],
        [-0.38405435, -0.24937038],
        [-1.10061918, -0.17242821],
        [-0.93576943, 0.50249434],
        [-0.67124613, -0.69166075],
    ]
    last = [[0.86540763], [-2.06014071], [0.04221375], [-0.68372786], [-0.6871727]]
    assert_allclose(batches[0][0], first, rtol=0, atol=PRINTED)
    assert_allclose(batches[-1][0], last, rtol=0, atol=PRINTED)


def test_decay_of_the_learning_rate(optimizers):
    assert optimizers.update_lr(0.5, 2, 1) == pytest.approx(0.16666666666666666, rel=1e-15)


@pytest.mark.parametrize(
    ("start", "epoch", "decay", "rate"),
    [
        (0.5, 100, 1, 0.25),
        (0.5, 10, 1, 0.5),
        (0.3, 1000, 0.25, 0.085714285),
        (0.3, 100, 0.25, 0.24),
        (0.5, 10, 0.3, 0.5),
        (0.5, 100, 0.3, 0.3846153846153846),
    ],
)
def test_decay_in_stairs_of_a_hundred_epochs(optimizers, start, epoch, decay, rate):
    assert optimizers.schedule_lr_decay(start, epoch, decay, 100) == pytest.approx(rate, abs=1e-9)


# CS231n draws nothing: all arrays are evenly spaced. Its momentum has another form, the rate
# inside and no 1 - beta; our velocity becomes theirs with a gradient and a rate to match.


def spaced(first, last):
    return np.linspace(first, last, 20).reshape(4, 5)


def test_rmsprop_of_evenly_spaced_numbers(optimizers):
    moved, s = optimizers.update_parameters_with_rmsprop(
        {"W1": spaced(-0.4, 0.6)}, {"dW1": spaced(-0.6, 0.4)}, {"dW1": spaced(0.6, 0.9)}, 0.99, 1e-2
    )
    check({"W1": moved["W1"][0]}, W1=[-0.39223849, -0.34037513, -0.28849239, -0.23659121, -0.18467247])
    check({"dW1": s["dW1"][0]}, dW1=[0.5976, 0.6126277, 0.6277108, 0.64284931, 0.65804321])


def test_momentum_of_evenly_spaced_numbers(optimizers):
    rate, beta = 1e-3, 0.9
    moved, v = optimizers.update_parameters_with_momentum(
        {"W1": spaced(-0.4, 0.6)},
        {"dW1": -rate / (1 - beta) * spaced(-0.6, 0.4)},
        {"dW1": spaced(0.6, 0.9)},
        beta,
        -1.0,
    )
    check({"dW1": v["dW1"][0]}, dW1=[0.5406, 0.55475789, 0.56891579, 0.58307368, 0.59723158])
    check({"W1": moved["W1"][0]}, W1=[0.1406, 0.20738947, 0.27417895, 0.34096842, 0.40775789])


def test_adam_of_evenly_spaced_numbers(optimizers):
    moved, v, s, *_ = optimizers.update_parameters_with_adam(
        {"W1": spaced(-0.4, 0.6)},
        {"dW1": spaced(-0.6, 0.4)},
        {"dW1": spaced(0.6, 0.9)},
        {"dW1": spaced(0.7, 0.5)},
        6,  # they count their 5 up before they use it
        1e-2,
    )
    check({"W1": moved["W1"][0]}, W1=[-0.40094747, -0.34836187, -0.29577703, -0.24319299, -0.19060977])
    check({"dW1": v["dW1"][0]}, dW1=[0.48, 0.49947368, 0.51894737, 0.53842105, 0.55789474])
    check({"dW1": s["dW1"][0]}, dW1=[0.69966, 0.68908382, 0.67851319, 0.66794809, 0.65738853])
