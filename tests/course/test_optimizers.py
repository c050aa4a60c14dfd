"""What optimizers accepts, what it refuses, and what a submission earns that is half right."""

import numpy as np
import pytest
from in_process import all_mistakes, assignment, failing, judged_as_returned, solution, verdicts

from grader.results import Verdict

OPTIMIZERS = "optimizers"

# As in a notebook: numbered layers, everything overwritten in place, three things returned from Adam.
IN_PLACE = """
import math
import copy
import numpy as np

def update_parameters_with_gd(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]
    return parameters

def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    num_complete_minibatches = math.floor(m / mini_batch_size)
    for k in range(0, num_complete_minibatches):
        mini_batch_X = shuffled_X[:, mini_batch_size * k:mini_batch_size * (k + 1)]
        mini_batch_Y = shuffled_Y[:, mini_batch_size * k:mini_batch_size * (k + 1)]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    if m % mini_batch_size != 0:
        end = m - mini_batch_size * math.floor(m / mini_batch_size)
        mini_batch_X = shuffled_X[:, m - end:m]
        mini_batch_Y = shuffled_Y[:, m - end:m]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    return mini_batches

def exponentially_weighted_average(values, beta, bias_correction=True):
    v = 0
    for i in range(len(values)):
        v = beta * v + (1 - beta) * values[i]
        values[i] = v
    if bias_correction:
        values /= 1 - beta ** np.arange(1, len(values) + 1)
    return values

def initialize_velocity(parameters):
    L = len(parameters) // 2
    v = {}
    for l in range(L):
        W = parameters["W" + str(l + 1)]
        v["dW" + str(l + 1)] = np.zeros((W.shape[0], W.shape[1]))
        v["db" + str(l + 1)] = np.zeros((parameters["b" + str(l + 1)].shape[0], 1))
    return v

def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for l in range(len(parameters) // 2):
        for kind in ("W", "b"):
            key = kind + str(l + 1)
            v["d" + key] *= beta
            v["d" + key] += (1 - beta) * grads["d" + key]
            parameters[key] -= learning_rate * v["d" + key]
    return parameters, v

def initialize_rmsprop(parameters):
    return initialize_velocity(parameters)

def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    for l in range(len(parameters) // 2):
        for kind in ("W", "b"):
            key = kind + str(l + 1)
            s["d" + key] = np.multiply(beta, s["d" + key])
            s["d" + key] += np.multiply(1 - beta, np.square(grads["d" + key]))
            grads["d" + key] /= np.sqrt(s["d" + key]) + epsilon
            parameters[key] -= learning_rate * grads["d" + key]
    return parameters, s

def initialize_adam(parameters):
    v = initialize_velocity(parameters)
    s = copy.deepcopy(v)
    return v, s

def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01,
                                beta1=0.9, beta2=0.999, epsilon=1e-8):
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}
    for l in range(L):
        for kind in ("W", "b"):
            key = "d" + kind + str(l + 1)
            v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
            v_corrected[key] = v[key] / (1 - np.power(beta1, t))
            s[key] = beta2 * s[key] + (1 - beta2) * np.power(grads[key], 2)
            s_corrected[key] = s[key] / (1 - np.power(beta2, t))
            step = learning_rate * v_corrected[key] / (np.sqrt(s_corrected[key]) + epsilon)
            parameters[kind + str(l + 1)] = parameters[kind + str(l + 1)] - step
    return parameters, v, s

def update_lr(learning_rate0, epoch_num, decay_rate):
    learning_rate = (1 / (1 + decay_rate * epoch_num)) * learning_rate0
    return learning_rate

def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return 1 / (1 + decay_rate * np.floor(epoch_num / time_interval)) * learning_rate0

def classify_critical_point(hessian):
    values, vectors = np.linalg.eig(hessian)
    print("eigenvalues:", values)
    largest = max(abs(values))
    values = np.where(abs(values) <= 1e-9 * largest, 0, values)
    if (values > 0).any() and (values < 0).any():
        return "saddle"
    if (values == 0).any():
        return "degenerate"
    return "minimum" if (values > 0).all() else "maximum"

if __name__ == "__main__":
    print(update_lr(0.5, 2, 1))
"""

# Nothing in place, generators and closed forms, lists for tuples, plain numbers, five things from Adam.
FUNCTIONAL = """
import math
from functools import reduce
import numpy as np

def zeros(parameters):
    return dict(("d" + k, 0.0 * p) for k, p in parameters.items())

def blend(beta, old, new):
    return old + (1 - beta) * (new - old)

def update_parameters_with_gd(parameters, grads, learning_rate):
    moves = ((key[1:], np.dot(learning_rate, g)) for key, g in reversed(grads.items()))
    return dict((name, np.subtract(parameters[name], move)) for name, move in moves)

def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.arange(X.shape[1])
    np.random.shuffle(order)
    pieces = np.array_split(order, range(mini_batch_size, len(order), mini_batch_size))
    return tuple([X[:, piece].copy(), Y[:, piece].astype(float)] for piece in pieces)

def exponentially_weighted_average(values, beta, bias_correction=True):
    result = []
    for t in range(1, len(values) + 1):
        v = (1 - beta) * sum(beta ** (t - 1 - i) * values[i] for i in range(t))
        result.append(float(v / (1 - math.pow(beta, t))) if bias_correction else float(v))
    return np.array(result)

def initialize_velocity(parameters):
    return zeros(parameters)

def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v = {k: blend(beta, v[k], grads[k]) for k in v}
    return [{k: p - learning_rate * v["d" + k] for k, p in parameters.items()}, v]

initialize_rmsprop = zeros

def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    s = {k: blend(beta, s[k], grads[k] * grads[k]) for k in s}
    step = {k: learning_rate / (s[k] ** 0.5 + epsilon) * grads[k] for k in s}
    return {k: p - step["d" + k] for k, p in parameters.items()}, s

def initialize_adam(parameters):
    return zeros(parameters), {k: v.copy() for k, v in zeros(parameters).items()}

def update_parameters_with_adam(parameters, grads, v, s, t,
                                learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    v = {k: blend(beta1, v[k], g) for k, g in grads.items()}
    s = {k: blend(beta2, s[k], g ** 2) for k, g in grads.items()}
    vc = {k: x / -np.expm1(t * np.log(beta1)) for k, x in v.items()}
    sc = {k: x / -math.expm1(t * math.log(beta2)) for k, x in s.items()}
    rates = {k: learning_rate / (np.sqrt(x) + epsilon) for k, x in sc.items()}
    return {k: p - rates["d" + k] * vc["d" + k] for k, p in parameters.items()}, v, s, vc, sc

def update_lr(learning_rate0, epoch_num, decay_rate):
    return np.array(learning_rate0 / np.float64(1 + decay_rate * epoch_num))

def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return update_lr(learning_rate0, int(epoch_num / time_interval), decay_rate)

def classify_critical_point(hessian):
    e = np.linalg.eigvalsh(hessian)
    signs = {0 if abs(x) <= 1e-9 * abs(e).max() else int(math.copysign(1, x)) for x in e}
    if {1, -1} <= signs:
        return "saddle"
    return "degenerate" if 0 in signs else {1: "minimum", -1: "maximum"}[signs.pop()]
"""

ONE_SHUFFLE_PER_RUN = solution(OPTIMIZERS).replace("np.random.seed(seed)", "pass")
WITHOUT_LAST_LAYER = solution(OPTIMIZERS).replace("in parameters.items()", "in list(parameters.items())[:4]")


def passed(source, exercise):
    return {
        case for case, verdict in verdicts(OPTIMIZERS, source, exercise).items() if verdict is Verdict.PASSED
    }


def test_the_points_add_up_to_a_hundred():
    assert assignment(OPTIMIZERS).max_score == 100


def test_the_reference_passes_every_case():
    assert failing(OPTIMIZERS, solution(OPTIMIZERS)) == {}


def test_the_untouched_stub_earns_nothing_and_counts_as_not_attempted():
    stub = assignment(OPTIMIZERS).stub.decode()
    for exercise in assignment(OPTIMIZERS).exercises:
        assert set(verdicts(OPTIMIZERS, stub, exercise.name).values()) == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize(
    "source",
    [IN_PLACE, FUNCTIONAL],
    ids=["in place", "functional"],
)
def test_another_right_formulation_passes_every_case(source):
    assert failing(OPTIMIZERS, source) == {}


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(OPTIMIZERS))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(OPTIMIZERS, assignment(OPTIMIZERS).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


def test_corrected_averages_may_be_left_out_but_are_graded_where_returned():
    good, tail = "return moved, v_new, s_new, v_corrected, s_corrected", "return moved, v_new, s_new"
    exercise = "update_parameters_with_adam"
    assert failing(OPTIMIZERS, solution(OPTIMIZERS).replace(good, tail)) == {}
    assert passed(solution(OPTIMIZERS).replace(good, f"{tail}, v_new, s_new"), exercise) == set()


def test_a_shuffle_without_the_seed_earns_only_the_case_that_asks_for_any_shuffle():
    exercise = "random_mini_batches"
    assert passed(ONE_SHUFFLE_PER_RUN, exercise) == {"a single example", "a fair shuffle, whatever the seed"}


def test_updates_that_stop_after_two_layers_pass_networks_of_two_layers_only():
    earned = passed(WITHOUT_LAST_LAYER, "update_parameters_with_gd")
    assert {"two layers, by hand", "one unit", "many inputs"} <= earned
    assert not earned & {"three layers", "four layers"}


def test_the_states_of_adam_may_not_be_one_dictionary_but_may_be_equal_ones():
    shared = "\ndef initialize_adam(parameters):\n    v = initialize_velocity(parameters)\n    return v, {}\n"
    assert passed(solution(OPTIMIZERS) + shared.replace("{}", "v"), "initialize_adam") == set()
    assert failing(OPTIMIZERS, solution(OPTIMIZERS) + shared.replace("{}", "dict(v)")) == {}


def test_eigenvalues_that_count_as_zero_are_crumbs_and_the_others_are_far_from_it():
    for case in assignment(OPTIMIZERS).exercise("classify_critical_point").cases:
        values = np.linalg.eigvals(case.inputs["hessian"])
        assert np.isrealobj(values)
        if np.any(values):
            relative = np.abs(values) / np.max(np.abs(values))
            assert np.all((relative < 1e-14) | (relative > 1e-6)), case.name


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(OPTIMIZERS).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
