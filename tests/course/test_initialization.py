"""What the initialization assignment accepts, what it refuses, and whether its reference is right."""

import numpy as np
import pytest
from in_process import all_mistakes, assignment, failing, judged_as_returned, reference, solution, verdicts

from grader.results import Verdict

INITIALIZATION = "initialization"
DRAWN = ["initialize_parameters_random", "initialize_parameters_he", "initialize_parameters_xavier"]

# As notebooks write it: keys by str(), integer zeros, roots as powers, arrays in the place of lists, prints.
NOTEBOOK = """
import numpy as np
import math

def initialize_parameters_zeros(layers_dims):
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.zeros((layers_dims[l], layers_dims[l-1]), dtype=int)
        parameters['b' + str(l)] = [[0]] * layers_dims[l]
        assert parameters['W' + str(l)].shape == (layers_dims[l], layers_dims[l-1])
    return parameters

def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.multiply(np.random.randn(layers_dims[l], layers_dims[l-1]), 10)
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    print("W1 = " + str(parameters["W1"]))
    return parameters

def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims) - 1
    for l in range(1, L + 1):
        scale = math.pow(2./layers_dims[l-1], 0.5)
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) * scale
        parameters['b' + str(l)] = np.zeros(shape=(layers_dims[l], 1))
    return parameters

def initialize_parameters_xavier(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n = layers_dims[l-1]
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], n) / np.sqrt(n)
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters

def activation_scale(X, parameters, activation):
    L = len(parameters) // 2
    scales = np.zeros(L)
    for l in range(1, L + 1):
        X = activate(parameters['W' + str(l)].dot(X) + parameters['b' + str(l)], activation)
        scales[l - 1] = np.sqrt(np.mean(X ** 2) - np.mean(X) ** 2) if X.size > 1 else 0
    return scales

def gradient_scale(X, parameters, activation):
    m = X.shape[1]
    L = len(parameters) // 2
    A, Z = {0: X}, {}
    for l in range(1, L + 1):
        Z[l] = np.matmul(parameters['W' + str(l)], A[l - 1]) + parameters['b' + str(l)]
        A[l] = activate(Z[l], activation)
    norms = []
    dA = np.divide(A[L], m)
    for l in reversed(range(1, L + 1)):
        if activation == "relu":
            dZ = np.array(dA, copy=True)
            dZ[Z[l] <= 0] = 0
        elif activation == "tanh":
            dZ = dA / np.cosh(Z[l]) ** 2
        else:
            dZ = dA * 1
        dW = np.dot(dZ, A[l - 1].T)
        norms.insert(0, np.sqrt((dW * dW).sum()))
        dA = np.dot(parameters['W' + str(l)].T, dZ)
    return norms

if __name__ == "__main__":
    print(initialize_parameters_zeros([3, 2, 1]))
"""

# Generators of their own, comprehensions, examples one at a time, everything in place, tuples of 0-d arrays.
UNUSUAL = """
from math import fsum, sqrt, tanh
import numpy as np

def drawn(dims, factor):
    stream = np.random.RandomState(3)
    pairs = list(zip(dims[1:], dims[:-1]))
    out = {f"W{i}": factor(n) * stream.standard_normal((k, n)) for i, (k, n) in enumerate(pairs, 1)}
    out.update({f"b{i}": np.full((k, 1), 0.0, order="F") for i, (k, _) in enumerate(pairs, 1)})
    return out

initialize_parameters_zeros = lambda layers_dims: {k: v * 0 for k, v in drawn(layers_dims, abs).items()}

def initialize_parameters_random(layers_dims):
    return drawn(layers_dims, lambda n: 1e1)

def initialize_parameters_he(layers_dims):
    return drawn(layers_dims, lambda n: sqrt(2) / sqrt(n))

def initialize_parameters_xavier(layers_dims):
    return drawn(layers_dims, lambda n: n ** -0.5)

def activate(Z, activation):
    return {"relu": lambda z: z * (z > 0), "tanh": np.vectorize(tanh), "linear": np.positive}[activation](Z)

def layers(parameters):
    return sorted(int(key[1:]) for key in parameters if key.startswith("W"))

def activation_scale(X, parameters, activation):
    scales = ()
    for l in layers(parameters):
        W, b = parameters.pop(f"W{l}"), parameters.pop(f"b{l}")
        X = np.column_stack([activate(W @ x[:, None] + b, activation) for x in X.T])
        mean = fsum(X.ravel()) / X.size
        scales += (np.array(sqrt(fsum((x - mean) ** 2 for x in X.flat) / X.size)),)
    return scales

def gradient_scale(X, parameters, activation):
    Ls = layers(parameters)
    total = {l: np.zeros_like(parameters[f"W{l}"]) for l in Ls}
    for x in X.T:
        a = [x]
        for l in Ls:
            a.append(activate(parameters[f"W{l}"] @ a[-1] + parameters[f"b{l}"][:, 0], activation))
        back = a[-1].copy()
        for l in Ls[::-1]:
            tanh_slope = (1 - a[l]) * (1 + a[l])
            back *= {"relu": np.sign(np.abs(a[l])), "tanh": tanh_slope, "linear": 1.0}[activation]
            total[l] += np.outer(back, a[l - 1])
            back = back @ parameters[f"W{l}"]
    return [np.linalg.norm(total[l].ravel() / X.shape[1]) for l in Ls]
"""


def test_the_points_add_up_to_a_hundred():
    assert assignment(INITIALIZATION).max_score == 100


def test_the_reference_passes_every_case():
    assert failing(INITIALIZATION, solution(INITIALIZATION)) == {}


def test_the_untouched_stub_earns_nothing_and_counts_as_not_attempted():
    stub = assignment(INITIALIZATION).stub.decode()
    for exercise in assignment(INITIALIZATION).exercises:
        assert set(verdicts(INITIALIZATION, stub, exercise.name).values()) == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("source", [NOTEBOOK, UNUSUAL], ids=["notebook", "unusual"])
def test_another_right_formulation_passes_every_case(source):
    assert failing(INITIALIZATION, source) == {}


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(INITIALIZATION))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(INITIALIZATION, assignment(INITIALIZATION).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


@pytest.mark.parametrize("exercise", DRAWN)
def test_weights_that_are_drawn_without_the_seed_fail_every_case(exercise):
    source = solution(INITIALIZATION).replace("np.random.seed(3)\n", "pass\n")
    assert set(verdicts(INITIALIZATION, source, exercise).values()) == {Verdict.FAILED}


@pytest.mark.parametrize("exercise", DRAWN)
def test_a_seed_at_the_top_of_the_file_is_not_one_inside_the_function(exercise):
    source = "import numpy as np\nnp.random.seed(3)\n"
    source += solution(INITIALIZATION).replace("np.random.seed(3)\n", "pass\n")
    assert Verdict.PASSED not in verdicts(INITIALIZATION, source, exercise).values()


@pytest.mark.parametrize("activation", ["relu", "tanh", "linear"])
def test_the_reference_agrees_with_differences_of_the_loss(activation):
    module = reference(INITIALIZATION).module()
    rng = np.random.default_rng(1)
    sizes, X = [3, 4, 2], rng.standard_normal((3, 5))
    parameters = {f"W{layer}": rng.standard_normal((sizes[layer], sizes[layer - 1])) for layer in (1, 2)}
    parameters |= {f"b{layer}": rng.standard_normal((sizes[layer], 1)) for layer in (1, 2)}

    def loss(changed):
        A = X
        for layer in (1, 2):
            A = module.activate(changed[f"W{layer}"] @ A + changed[f"b{layer}"], activation)
        return 0.5 * np.sum(A**2) / X.shape[1]

    found = []
    for layer in (1, 2):
        dW = np.zeros_like(parameters[f"W{layer}"])
        for at in np.ndindex(dW.shape):
            step = np.zeros_like(dW)
            step[at] = 1e-5
            up = loss(parameters | {f"W{layer}": parameters[f"W{layer}"] + step})
            down = loss(parameters | {f"W{layer}": parameters[f"W{layer}"] - step})
            dW[at] = (up - down) / 2e-5
        found.append(np.sqrt(np.sum(dW**2)))
    np.testing.assert_allclose(module.gradient_scale(X, parameters, activation), found, rtol=1e-7)


def test_he_keeps_the_scale_of_relu_and_xavier_that_of_linear_layers():
    module = reference(INITIALIZATION).module()
    X = np.random.default_rng(2).standard_normal((200, 100))
    he = module.activation_scale(X, module.initialize_parameters_he([200] * 9), "relu")
    assert 0.5 < he[-1] / he[0] < 2
    xavier = module.activation_scale(X, module.initialize_parameters_xavier([200] * 9), "linear")
    assert 0.5 < xavier[-1] / xavier[0] < 2


def test_a_unit_at_the_kink_is_graded_by_one_case_that_says_so():
    source = solution(INITIALIZATION).replace("(A[l] > 0)", "(Z_of[l] >= 0)")
    source = source.replace("A = [X]\n", "A = [X]\n    Z_of = {}\n")
    source = source.replace(
        "A.append(activate(Z, activation))", "Z_of[l] = Z; A.append(activate(Z, activation))"
    )
    found = failing(INITIALIZATION, source)
    assert found == {"gradient_scale": {"a unit whose input is exactly zero": Verdict.FAILED}}


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(INITIALIZATION).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
