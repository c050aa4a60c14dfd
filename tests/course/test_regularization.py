"""What the regularization assignment accepts, what it refuses, and whether its reference is right."""

import numpy as np
import pytest
from in_process import (
    all_mistakes,
    assignment,
    failing,
    judged_as_returned,
    properties,
    reference,
    solution,
    verdicts,
)

from grader.results import Verdict
from grader.values import decode

REGULARIZATION = "regularization"
PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")

# As notebooks write it: nansum, np.int64 of comparisons, 1./m, masks as whole numbers, prints.
NOTEBOOK = """
import numpy as np

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    cross_entropy_cost = 1./m * np.nansum(logprobs)
    penalty = np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))
    return np.squeeze(cross_entropy_cost + 1./m * lambd/2 * penalty)

def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * (np.dot(dZ3, A2.T) + lambd * W3)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * (np.dot(dZ2, A1.T) + lambd * W2)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * (np.dot(dZ1, X.T) + lambd * W1)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}

def forward_propagation_with_dropout(X, parameters, keep_prob = 0.5):
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(*A1.shape)
    D1 = (D1 <= keep_prob).astype(int)
    A1 = np.multiply(A1, D1)
    A1 /= keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(*A2.shape)
    D2 = 1.0 * (D2 < keep_prob)
    A2 = A2 * D2
    A2 /= keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    print("D1 =", D1)
    return A3, cache

def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 *= D1
    dA1 /= keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}

def random_flip(images, p, seed):
    np.random.seed(seed)
    for i in range(len(images)):
        if np.random.uniform() < p:
            images[i] = np.fliplr(images[i])
    return images

def random_crop(images, size, seed):
    np.random.seed(seed)
    m, H, W, C = images.shape
    crops = np.zeros((m, size[0], size[1], C))
    for i in range(m):
        top = np.random.randint(H - size[0] + 1)
        left = np.random.randint(W - size[1] + 1)
        crops[i] = images[i, top:top + size[0], left:left + size[1], :]
    return crops

def early_stopping(dev_errors, patience):
    best_error = float("inf")
    best_epoch = None
    counter = 0
    for i, error in enumerate(dev_errors):
        if error < best_error:
            best_error, best_epoch, counter = error, i, 0
        else:
            counter += 1
        if counter >= patience:
            return best_epoch
    return best_epoch
"""

# Masks as nested lists, inputs overwritten, one example at a time, dicts in another order with more in them,
# generators of Python's own, early stopping by slices.
UNUSUAL = """
import random
import numpy as np
from functools import reduce
from math import log

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.size
    total = 0
    for a, y in zip(A3[0], Y[0]):
        total -= log(a) if y else log(1 - a)
    for key, value in parameters.items():
        if key.startswith("W"):
            total += 0.5 * lambd * np.linalg.norm(value) ** 2
    return total / m

def backward(X, Y, A, W, slopes, factors, decay):
    m = float(Y.shape[1])
    grads = {"note": "more than was asked for"}
    dZ = A[3]
    dZ -= Y
    for l in (3, 2, 1):
        grads["dZ%d" % l] = dZ.copy()
        grads["db%d" % l] = np.mean(dZ, axis=1).reshape(-1, 1)
        products = sum(np.outer(dZ[:, i], A[l - 1][:, i]) for i in range(int(m)))
        grads["dW%d" % l] = products / m + decay / m * W[l]
        if l > 1:
            dA = (dZ.T @ W[l]).T
            dA *= factors[l - 1]
            grads["dA%d" % (l - 1)] = dA.copy()
            dA[~slopes[l - 1]] = 0.0
            dZ = dA
    return grads

def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    return backward(X, Y, [X, A1, A2, A3], [0, W1, W2, W3], [0, Z1 > 0, Z2 > 0], [1, 1, 1], lambd)

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    A, kept = X, []
    for l in "123":
        W, b = parameters["W" + l], parameters["b" + l]
        Z = W @ A + b
        A = Z.clip(0) if l != "3" else 1 / (1 + np.exp(-Z))
        if l == "3":
            kept += [Z, A, W, b]
        else:
            D = [[1 if u < keep_prob else 0 for u in row] for row in np.random.random_sample(Z.shape)]
            A = np.where(np.array(D) == 1, A, 0) / keep_prob
            kept += [Z, D, A, W, b]
    return [A, kept]

def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    factors = [1, D1 / keep_prob, np.where(D2, 1 / keep_prob, 0)]
    return backward(X, Y, [X, A1, A2, A3], [0, W1, W2, W3], [0, A1 > 0, A2 > 0], factors, 0)

def random_flip(images, p, seed):
    rng = random.Random(seed)
    return [image[:, ::-1, :].tolist() if rng.random() < p else image.tolist() for image in images]

def random_crop(images, size, seed):
    random.seed(seed)
    out = []
    for image in images:
        H, W = image.shape[:2]
        places = [(r, c) for r in range(H - size[0] + 1) for c in range(W - size[1] + 1)]
        r, c = random.choice(places)
        out.append(image[r:r + size[0]][:, c:c + size[1]])
    return np.stack(out).astype(np.float32)

def early_stopping(dev_errors, patience):
    for epoch, error in enumerate(dev_errors):
        if error == min(dev_errors[:epoch + 1]) and error not in dev_errors[:epoch]:
            if all(later >= error for later in dev_errors[epoch + 1:epoch + 1 + patience]):
                return np.float64(epoch)
"""

FLIPS = {
    "one call of rand": "np.random.seed(seed); chosen = np.random.rand(m) < p",
    "binomial": "chosen = np.random.default_rng(seed).binomial(1, p, m).astype(bool)",
    "choice": "chosen = np.random.RandomState(seed).choice([True, False], size=m, p=[p, 1 - p])",
    "kept below 1 - p": "chosen = np.random.RandomState(seed).rand(m) >= 1 - p",
    "a seed for each image": "chosen = [np.random.RandomState(seed + i).rand() < p for i in range(m)]",
    "whole numbers to a million": "chosen = np.random.RandomState(seed).randint(10**6, size=m) < p * 10**6",
}

CROPS = {
    "randint of both": "r = np.random.RandomState(seed); y, x = r.randint(0, R, m), r.randint(0, S, m)",
    "one number for the place": "q = np.random.default_rng(seed).integers(0, R * S, m); y, x = q // S, q % S",
    "floor of uniform": "u = np.random.default_rng(seed).random((m, 2)) * (R, S); y, x = u.astype(int).T",
    "columns first": "r = np.random.RandomState(seed); x, y = r.randint(0, S, m), r.randint(0, R, m)",
    "a seed for each image": (
        "rs = [np.random.RandomState(seed + i) for i in range(m)]; "
        "y, x = [r.randint(R) for r in rs], [r.randint(S) for r in rs]"
    ),
}

CHEATS = {
    "flips the first share of the batch": "chosen = np.arange(m) < p * m",
    "flips every other image": "chosen = np.arange(m) % 2 == 0",
    "flips all for odd seeds": "chosen = np.full(m, seed % 2 == 1)",
    "draws from the state left over": "chosen = np.random.rand(m) < p",
    "compares normal numbers": "chosen = np.random.RandomState(seed).randn(m) < p",
    "rounds": "chosen = np.round(np.random.RandomState(seed).rand(m) * p).astype(bool)",
}

CROP_CHEATS = {
    "one place for all": "r = np.random.RandomState(seed); y, x = [r.randint(R)] * m, [r.randint(S)] * m",
    "top left corner": "y, x = [0] * m, [0] * m",
    "rows drawn, columns not": "y, x = np.random.RandomState(seed).randint(0, R, m), [0] * m",
    "the same stream for both": (
        "y = np.random.RandomState(seed).randint(0, R, m); x = np.random.RandomState(seed).randint(0, S, m)"
    ),
    "edges left out": "r = np.random.RandomState(seed).randint; y, x = r(R - 1, size=m), r(S - 1, size=m)",
    "draws from the state left over": "y, x = np.random.randint(0, R, m), np.random.randint(0, S, m)",
}


def flip(draw):
    return f"""
import numpy as np
def random_flip(images, p, seed):
    m = len(images)
    {draw}
    return np.where(np.array(chosen)[:, None, None, None], images[:, :, ::-1], images)
"""


def crop(draw):
    return f"""
import numpy as np
def random_crop(images, size, seed):
    m, H, W, C = images.shape
    R, S = H - size[0] + 1, W - size[1] + 1
    {draw}
    return np.array([images[i, y[i]:y[i] + size[0], x[i]:x[i] + size[1]] for i in range(m)])
"""


def notes(exercise, mistake):
    """Return what the properties say of a known mistake's results, over all cases judged by properties."""
    wanted = assignment(REGULARIZATION).exercise(exercise)
    (known,) = [each for each in wanted.mistakes if each.name == mistake]
    found = set()
    for case in wanted.cases:
        if case.judge.kind == "holds" and known.returns[case.name] is not None:
            returned = decode(known.returns[case.name])
            said = (properties(REGULARIZATION)[name](case.inputs, returned) for name in case.judge.properties)
            found.add(next((note for note in said if note), None))
    return found - {None}


def test_the_points_add_up_to_a_hundred():
    assert assignment(REGULARIZATION).max_score == 100


def test_the_reference_passes_every_case():
    assert failing(REGULARIZATION, solution(REGULARIZATION)) == {}


def test_the_untouched_stub_earns_nothing_and_counts_as_not_attempted():
    stub = assignment(REGULARIZATION).stub.decode()
    for exercise in assignment(REGULARIZATION).exercises:
        assert set(verdicts(REGULARIZATION, stub, exercise.name).values()) == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("source", [NOTEBOOK, UNUSUAL], ids=["notebook", "unusual"])
def test_another_right_formulation_passes_every_case(source):
    assert failing(REGULARIZATION, source) == {}


@pytest.mark.parametrize("draw", FLIPS.values(), ids=FLIPS)
def test_images_may_be_chosen_with_any_generator(draw):
    assert set(verdicts(REGULARIZATION, flip(draw), "random_flip").values()) == {Verdict.PASSED}


@pytest.mark.parametrize("draw", CROPS.values(), ids=CROPS)
def test_windows_may_be_drawn_with_any_generator(draw):
    assert set(verdicts(REGULARIZATION, crop(draw), "random_crop").values()) == {Verdict.PASSED}


@pytest.mark.parametrize("shift", range(1, 21))
def test_right_flips_and_crops_are_blamed_for_no_seed(shift):
    source = solution(REGULARIZATION).replace("default_rng(seed)", f"default_rng(seed + {shift} * 10**6)")
    for exercise in ("random_flip", "random_crop"):
        assert set(verdicts(REGULARIZATION, source, exercise).values()) == {Verdict.PASSED}


@pytest.mark.parametrize("draw", CHEATS.values(), ids=CHEATS)
def test_flips_that_are_not_what_was_asked_fail(draw):
    assert Verdict.FAILED in verdicts(REGULARIZATION, flip(draw), "random_flip").values()


@pytest.mark.parametrize("draw", CROP_CHEATS.values(), ids=CROP_CHEATS)
def test_crops_that_are_not_what_was_asked_fail(draw):
    assert Verdict.FAILED in verdicts(REGULARIZATION, crop(draw), "random_crop").values()


@pytest.mark.parametrize(
    ("exercise", "mistake", "words"),
    [
        ("random_flip", "flip_upside_down", "upside down"),
        ("random_flip", "flip_half_a_turn", "half a turn"),
        ("random_flip", "flip_channels", "channels are reversed"),
        ("random_flip", "flip_order_of_images", "order of the images"),
        ("random_flip", "flip_always", "Every image is mirrored"),
        ("random_flip", "flip_never", "No image is ever mirrored"),
        ("random_flip", "flip_opposite", "as often as they should be left"),
        ("random_flip", "flip_together", "all images are mirrored together"),
        ("random_flip", "flip_fixed_number", "same number of images"),
        ("random_flip", "flip_seed_ignored", "same seed give different results"),
        ("random_flip", "flip_seed_fixed", "whatever the seed"),
        ("random_crop", "crop_centre", "at the same place, whatever the seed"),
        ("random_crop", "crop_never_at_the_edge", "never begin at the last"),
        ("random_crop", "crop_same_for_all", "every image draws its own"),
        ("random_crop", "crop_one_number", "depend on each other"),
        ("random_crop", "crop_rounded", "equally often"),
        ("random_crop", "crop_other_image", "another image"),
        ("random_crop", "crop_seed_ignored", "same seed give different results"),
        ("random_crop", "crop_seed_fixed", "same places whatever the seed"),
    ],
)
def test_properties_say_what_is_wrong(exercise, mistake, words):
    assert any(words in note for note in notes(exercise, mistake))


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(REGULARIZATION))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(REGULARIZATION, assignment(REGULARIZATION).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


def test_dropout_without_its_seed_fails_wherever_anything_is_dropped():
    source = solution(REGULARIZATION).replace("np.random.seed(1)\n", "pass\n")
    found = verdicts(REGULARIZATION, source, "forward_propagation_with_dropout")
    passed = {name for name, verdict in found.items() if verdict is Verdict.PASSED}
    assert passed == {"nothing is dropped"}


def network():
    rng = np.random.default_rng(3)
    sizes = [4, 5, 3, 1]
    parameters = {}
    for layer in (1, 2, 3):
        parameters[f"W{layer}"] = rng.standard_normal((sizes[layer], sizes[layer - 1]))
        parameters[f"b{layer}"] = rng.standard_normal((sizes[layer], 1)) + 0.5
    X = rng.standard_normal((4, 7))
    return X, np.array([[1.0, 0, 0, 1, 1, 0, 1]]), parameters


def differences(cost, parameters):
    """Differentiate a cost by every parameter, one at a time."""
    found = {}
    for key, value in parameters.items():
        found[f"d{key}"] = np.zeros_like(value)
        for at in np.ndindex(value.shape):
            step = np.zeros_like(value)
            step[at] = 1e-6
            change = cost(parameters | {key: value + step}) - cost(parameters | {key: value - step})
            found[f"d{key}"][at] = change / 2e-6
    return found


def test_gradients_with_a_penalty_agree_with_differences_of_the_cost():
    module = reference(REGULARIZATION).module()
    X, Y, parameters = network()

    def forward(changed):
        # with nothing dropped, this is the plain network
        _, cache = module.forward_propagation_with_dropout(X, changed, keep_prob=1.0)
        return tuple(item for index, item in enumerate(cache) if index not in (1, 6))

    def cost(changed):
        return module.compute_cost_with_regularization(forward(changed)[9], Y, changed, lambd=0.7)

    gradients = module.backward_propagation_with_regularization(X, Y, forward(parameters), lambd=0.7)
    for key, value in differences(cost, parameters).items():
        np.testing.assert_allclose(gradients[key], value, atol=1e-8, err_msg=key)


def test_gradients_with_dropout_agree_with_differences_of_the_cost():
    module = reference(REGULARIZATION).module()
    X, Y, parameters = network()

    def cost(changed):
        return module.compute_cost(module.forward_propagation_with_dropout(X, changed, 0.7)[0], Y)

    _, cache = module.forward_propagation_with_dropout(X, parameters, 0.7)
    gradients = module.backward_propagation_with_dropout(X, Y, cache, 0.7)
    for key, value in differences(cost, parameters).items():
        np.testing.assert_allclose(gradients[key], value, atol=1e-8, err_msg=key)


def test_masks_in_every_case_drop_something_and_keep_something():
    exercise = assignment(REGULARIZATION).exercise("forward_propagation_with_dropout")
    for case in exercise.cases:
        _, cache = decode(case.expected)
        if case.inputs.get("keep_prob") != 1.0:
            masks = np.concatenate([cache[1].ravel(), cache[6].ravel()])
            assert masks.any()
            assert not masks.all(), case.name


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(REGULARIZATION).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
