"""What gradient_checking accepts, what it refuses, and what a submission earns that is half right."""

import numpy as np
import pytest
from in_process import all_mistakes, assignment, failing, judged_as_returned, reference, solution, verdicts

from grader.results import Verdict
from grader.values import decode

CHECKING = "gradient_checking"

# As in a notebook: helpers that know one network only, verdicts in colour, cost by nansum, an extra argument.
HARD_CODED_HELPERS = """
import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def relu(x):
    return np.maximum(0, x)

def dictionary_to_vector(parameters):
    keys = []
    count = 0
    for key in ["W1", "b1", "W2", "b2", "W3", "b3"]:
        new_vector = np.reshape(parameters[key], (-1, 1))
        keys = keys + [key] * new_vector.shape[0]
        theta = new_vector if count == 0 else np.concatenate((theta, new_vector), axis=0)
        count = count + 1
    return theta, keys

def vector_to_dictionary(theta):
    parameters = {}
    parameters["W1"] = theta[:20].reshape((5, 4))
    parameters["b1"] = theta[20:25].reshape((5, 1))
    parameters["W2"] = theta[25:40].reshape((3, 5))
    parameters["b2"] = theta[40:43].reshape((3, 1))
    parameters["W3"] = theta[43:46].reshape((1, 3))
    parameters["b3"] = theta[46:47].reshape((1, 1))
    return parameters

def gradients_to_vector(gradients):
    keys = ["dW1", "db1", "dW2", "db2", "dW3", "db3"]
    return np.concatenate([np.reshape(gradients[key], (-1, 1)) for key in keys], axis=0)

def forward_propagation(x, theta):
    J = np.dot(theta, x)
    return J

def backward_propagation(x, theta):
    dtheta = x
    return dtheta

def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    theta_plus = theta + epsilon
    theta_minus = theta - epsilon
    J_plus = forward_propagation(x, theta_plus)
    J_minus = forward_propagation(x, theta_minus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference < 1e-7:
        print("\\033[92mThe gradient is correct!\\033[0m")
    else:
        print("\\033[93mThe gradient is wrong!\\033[0m")
    return difference

def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    W1 = parameters["W1"]; b1 = parameters["b1"]
    W2 = parameters["W2"]; b2 = parameters["b2"]
    W3 = parameters["W3"]; b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    cost = 1. / m * np.nansum(logprobs)
    cache = (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    return cost, cache

def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1. / m * np.dot(dZ3, A2.T)
    db3 = 1. / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1. / m * np.dot(dZ2, A1.T)
    db2 = 1. / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1. / m * np.dot(dZ1, X.T)
    db1 = 1. / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=True):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))
    for i in range(num_parameters):
        theta_plus = np.copy(parameters_values)
        theta_plus[i] = theta_plus[i] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))
        theta_minus = np.copy(parameters_values)
        theta_minus[i] = theta_minus[i] - epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if print_msg:
        print("difference = " + str(difference))
    return difference
"""

# No helper used, parameters shifted in place entry by entry, plain loops and plain Python floats.
ENTRY_BY_ENTRY = """
import math
import numpy as np

def forward_propagation(x, theta):
    return float(np.multiply(x, theta))

def backward_propagation(x, theta):
    return np.array(x)

def gradient_check(x, theta, epsilon=1e-7):
    costs = [forward_propagation(x, theta=theta + shift) for shift in (epsilon, -epsilon)]
    slope = (costs[0] - costs[1]) / epsilon / 2
    grad = backward_propagation(x=x, theta=theta)
    return abs(float(slope) - float(grad)) / (abs(float(slope)) + abs(float(grad)))

def forward_propagation_n(X, Y, parameters):
    A, cache = X, []
    for l in (1, 2, 3):
        W, b = parameters["W%d" % l], parameters["b%d" % l]
        Z = np.einsum("ij,jk->ik", W, A) + b
        A = np.where(Z > 0, Z, 0) if l < 3 else 0.5 * (1 + np.tanh(Z / 2))
        cache += [Z, A, W, b]
    cost = 0.0
    for a, y in zip(A.ravel(), np.ravel(Y)):
        cost -= math.log(a) if y else math.log(1 - a)
    return cost / A.shape[1], cache

def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = len(X.T)
    g = {}
    dA = -(Y / A3 - (1 - Y) / (1 - A3))
    g["dZ3"] = dA * A3 * (1 - A3)
    for l, A, Z, W in ((3, A2, Z2, W3), (2, A1, Z1, W2), (1, X, None, W1)):
        dZ = g["dZ%d" % l]
        g["dW%d" % l] = (dZ / m) @ A.T
        g["db%d" % l] = dZ.mean(axis=1).reshape(-1, 1)
        if Z is not None:
            g["dA%d" % (l - 1)] = W.T.dot(dZ)
            dZ = np.array(g["dA%d" % (l - 1)], copy=True)
            dZ[Z <= 0] = 0
            g["dZ%d" % (l - 1)] = dZ
    return g

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    apart = left = right = 0.0
    for name in sorted(parameters, reverse=True):
        for place in np.ndindex(parameters[name].shape):
            kept = parameters[name][place]
            costs = []
            for shift in (epsilon, -epsilon):
                parameters[name][place] = kept + shift
                costs.append(forward_propagation_n(X, Y, parameters)[0])
            parameters[name][place] = kept
            slope, grad = (costs[0] - costs[1]) / (2 * epsilon), gradients["d" + name][place]
            apart, left, right = apart + (slope - grad) ** 2, left + slope ** 2, right + grad ** 2
    return math.sqrt(apart) / (math.sqrt(left) + math.sqrt(right))
"""

# Helpers of the given names that take and return other things, in another order.
HELPERS_OF_OTHER_FORMS = """
def dictionary_to_vector(parameters):
    names = sorted(parameters)
    return np.concatenate([parameters[n].ravel() for n in names])

def vector_to_dictionary(theta, like):
    pieces = np.split(theta, np.cumsum([like[n].size for n in sorted(like)])[:-1])
    return {n: p.reshape(like[n].shape) for n, p in zip(sorted(like), pieces)}

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector({n: gradients["d" + n] for n in parameters})
    def J(shift):
        cost, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta + shift, parameters))
        return cost
    approx = np.array([(J(e) - J(-e)) / (2 * epsilon) for e in epsilon * np.eye(len(theta))])
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))
"""

INLINED = (
    solution(CHECKING)
    .replace("forward_propagation(x, theta + epsilon)", "(theta + epsilon) * x")
    .replace("forward_propagation(x, theta - epsilon)", "(theta - epsilon) * x")
)


def passed(source, exercise):
    return {
        case for case, verdict in verdicts(CHECKING, source, exercise).items() if verdict is Verdict.PASSED
    }


def all_cases(exercise):
    return {case.name for case in assignment(CHECKING).exercise(exercise).cases}


def test_the_points_add_up_to_a_hundred():
    assert assignment(CHECKING).max_score == 100


def test_the_reference_passes_every_case():
    assert failing(CHECKING, solution(CHECKING)) == {}


def test_the_untouched_stub_earns_nothing():
    stub = assignment(CHECKING).stub.decode()
    for exercise in assignment(CHECKING).exercises:
        wanted = Verdict.FAILED if exercise.name == "backward_propagation_n" else Verdict.NOT_ATTEMPTED
        assert set(verdicts(CHECKING, stub, exercise.name).values()) == {wanted}


@pytest.mark.parametrize(
    "source",
    [HARD_CODED_HELPERS, ENTRY_BY_ENTRY, solution(CHECKING) + HELPERS_OF_OTHER_FORMS],
    ids=["hard-coded helpers", "entry by entry", "helpers of other forms"],
)
def test_another_right_formulation_passes_every_case(source):
    assert failing(CHECKING, source) == {}


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(CHECKING))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(CHECKING, assignment(CHECKING).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


@pytest.mark.parametrize("number", [0.0, 1e-9, 1e-7])
def test_a_small_constant_passes_only_the_cases_of_right_gradients(number):
    source = f"def gradient_check(*_): return {number}\ndef gradient_check_n(*_): return {number}\n"
    for exercise in ("gradient_check", "gradient_check_n"):
        earned = passed(source, exercise)
        assert len(earned) == 2
        assert all(name.startswith(("the right derivative", "right gradients")) for name in earned)


def test_a_check_that_writes_the_forward_formula_out_passes_the_cases_of_a_line_only():
    line = {
        case.name
        for case in assignment(CHECKING).exercise("gradient_check").cases
        if case.inputs.get("cost", "line") == "line"
    }
    assert line <= passed(INLINED, "gradient_check") < all_cases("gradient_check")


def test_a_wrong_cost_of_ones_own_spoils_only_the_checks_of_that_network():
    source = solution(CHECKING).replace("np.sum(losses) / m", "np.sum(losses)")
    lost = all_cases("gradient_check_n") - passed(source, "gradient_check_n")
    costs = {
        case.name: case.inputs["cost"] for case in assignment(CHECKING).exercise("gradient_check_n").cases
    }
    assert lost
    assert {costs[name] for name in lost} == {"network"}


def caches():
    """Yield where, and the cache of the forward pass that the case is about."""
    for case in assignment(CHECKING).exercise("forward_propagation_n").cases:
        yield case.name, decode(case.expected)[1]
    for case in assignment(CHECKING).exercise("backward_propagation_n").cases:
        yield case.name, case.inputs["cache"]
    forward = reference(CHECKING).module().forward_propagation_n
    for case in assignment(CHECKING).exercise("gradient_check_n").cases:
        if case.inputs["cost"] == "network":
            yield case.name, forward(case.inputs["X"], case.inputs["Y"], case.inputs["parameters"])[1]


def test_outputs_stay_clear_of_zero_and_one_so_that_every_form_of_the_loss_is_exact_enough():
    for name, cache in caches():
        assert np.max(np.abs(cache[8])) < 8, name
        assert all(np.all(Z != 0) for Z in (cache[0], cache[4])), f"{name}: a unit on its kink"


def test_gradients_to_be_found_are_not_zero_because_units_are_off():
    for case in assignment(CHECKING).exercise("backward_propagation_n").cases:
        gradients = decode(case.expected)
        for name in ("dW1", "db1", "dW2", "db2", "dW3", "db3"):
            assert np.mean(gradients[name] != 0) >= 0.5, (case.name, name)


def test_helpers_given_go_there_and_back_for_any_sizes():
    module = reference(CHECKING).module()
    rng = np.random.default_rng(7)
    for sizes in ((2, 3, 4, 1), (5, 1, 2, 1)):
        parameters = {}
        for layer in (1, 2, 3):
            parameters[f"W{layer}"] = rng.normal(size=(sizes[layer], sizes[layer - 1]))
            parameters[f"b{layer}"] = rng.normal(size=(sizes[layer], 1))
        theta, keys = module.dictionary_to_vector(parameters)
        assert theta.shape == (len(keys), 1)
        assert keys[0] == "W1"
        assert keys[-1] == "b3"
        back = module.vector_to_dictionary(theta)
        for name, value in parameters.items():
            np.testing.assert_array_equal(back[name], value)
        gradients = {"d" + name: value for name, value in parameters.items()} | {"dZ1": np.ones((2, 2))}
        np.testing.assert_array_equal(module.gradients_to_vector(gradients), theta)


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(CHECKING).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
