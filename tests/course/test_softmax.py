"""What softmax accepts, what it refuses, and what a submission earns that is half right."""

import pytest
from in_process import all_mistakes, assignment, failing, judged_as_returned, solution, verdicts

from grader.results import Verdict

SOFTMAX = "softmax"

# Logarithms throughout, one-hot matrices in place of indices, arguments overwritten.
LOGARITHMS = """
import numpy as np

def log_softmax(scores, axis):
    scores -= np.amax(scores, axis=axis, keepdims=True)
    scores -= np.log(np.sum(np.exp(scores), axis=axis, keepdims=True))
    return scores

def softmax(z):
    return np.exp(log_softmax(z, 0))

def one_hot(labels, C):
    return np.arange(C).reshape(-1, 1) == labels.reshape(1, -1)

def cross_entropy(A, Y):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.squeeze(-np.nansum(np.multiply(Y, np.log(A))) / Y.shape[1])

def softmax_loss(x, y):
    N, C = x.shape
    targets = np.eye(C)[y]
    logs = log_softmax(x, 1)
    return np.float64(-np.mean(np.sum(targets * logs, axis=1))), (np.exp(logs) - targets) / N

def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    num_train = X.shape[0]
    num_classes = W.shape[1]
    for i in range(num_train):
        scores = X[i].dot(W)
        scores -= np.max(scores)
        denom = 0.0
        for s in scores:
            denom += np.exp(s)
        loss += -scores[y[i]] + np.log(denom)
        for j in range(num_classes):
            dW[:, j] += (np.exp(scores[j]) / denom - (j == y[i])) * X[i]
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(np.power(W, 2))
    dW += reg * 2 * W
    return loss, dW

def softmax_loss_vectorized(W, X, y, reg):
    loss, dscores = softmax_loss(np.dot(X, W), y)
    dW = np.tensordot(X, dscores, axes=(0, 0))
    loss = loss + reg * np.linalg.norm(W) ** 2
    W *= 2 * reg
    dW += W
    return loss, dW
"""

# Python numbers and lists, one entry at a time.
BY_ENTRY = """
import math
import numpy as np

def shares(scores):
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    return [p / math.fsum(powers) for p in powers]

def surprise(scores, true):
    top = max(scores)
    return top + math.log(sum(math.exp(s - top) for s in scores)) - scores[true]

def softmax(z):
    columns = [shares(list(z[:, j])) for j in range(z.shape[1])]
    return [list(row) for row in zip(*columns)]

def one_hot(labels, C):
    return [[1 if int(label) == k else 0 for label in labels] for k in range(C)]

def cross_entropy(A, Y):
    picked = [A[k, j] for j in range(A.shape[1]) for k in range(A.shape[0]) if Y[k, j] == 1]
    return sum(-math.log(p + 1e-8) for p in picked) / len(picked)

def softmax_loss(x, y):
    N = len(y)
    loss = sum(surprise(list(x[i]), y[i]) for i in range(N)) / N
    dx = np.array([[p / N for p in shares(list(row))] for row in x])
    for i in range(N):
        dx[i, y[i]] -= 1.0 / N
    return loss, dx

def softmax_loss_naive(W, X, y, reg):
    D, C = W.shape
    scores = np.array([[sum(X[i, d] * W[d, k] for d in range(D)) for k in range(C)] for i in range(len(y))])
    loss, slopes = softmax_loss(scores, y)
    def entry(d, k):
        return sum(X[i, d] * slopes[i, k] for i in range(len(y))) + 2 * reg * W[d, k]
    dW = [[entry(d, k) for k in range(C)] for d in range(D)]
    return [loss + reg * sum(w * w for w in W.ravel()), dW]

softmax_loss_vectorized = softmax_loss_naive
"""

LOSSES = ["softmax_loss", "softmax_loss_naive", "softmax_loss_vectorized"]


def cases_of(exercise, kind):
    return {case.name for case in assignment(SOFTMAX).exercise(exercise).cases if case.judge.kind == kind}


def passed(source, exercise):
    return {
        case for case, verdict in verdicts(SOFTMAX, source, exercise).items() if verdict is Verdict.PASSED
    }


def test_the_points_add_up_to_a_hundred():
    assert assignment(SOFTMAX).max_score == 100


def test_the_reference_passes_every_case():
    assert failing(SOFTMAX, solution(SOFTMAX)) == {}


def test_the_untouched_stub_earns_nothing_and_counts_as_not_attempted():
    stub = assignment(SOFTMAX).stub.decode()
    for exercise in assignment(SOFTMAX).exercises:
        assert set(verdicts(SOFTMAX, stub, exercise.name).values()) == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("source", [LOGARITHMS, BY_ENTRY], ids=["logarithms", "entry by entry"])
def test_another_right_formulation_passes_every_case(source):
    assert failing(SOFTMAX, source) == {}


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(SOFTMAX))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(SOFTMAX, assignment(SOFTMAX).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


@pytest.mark.parametrize("exercise", LOSSES[1:])
def test_a_gradient_that_fits_another_loss_earns_the_cases_of_differences(exercise):
    source = (
        solution(SOFTMAX)
        .replace("reg * np.sum(W * W)", "0.5 * reg * np.sum(W * W)")
        .replace("2 * reg * W", "reg * W")
    )
    assert cases_of(exercise, "holds") <= passed(source, exercise)
    assert passed(source, exercise) != set(verdicts(SOFTMAX, "", exercise))


@pytest.mark.parametrize("exercise", LOSSES)
def test_a_gradient_that_does_not_fit_fails_every_case_of_differences(exercise):
    source = solution(SOFTMAX) + f"\n_right = {exercise}\n\ndef {exercise}(*arguments):\n"
    source += "    loss, gradient = _right(*arguments)\n    return loss, 1.001 * gradient\n"
    assert not cases_of(exercise, "holds") & passed(source, exercise)


def test_a_loss_that_is_no_function_of_the_scores_earns_nothing():
    source = "def softmax_loss(x, y):\n    return 1.0, 0 * x\n"
    assert passed(source, "softmax_loss") == set()


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("np.ones_like(z) / len(z)", "larger"),
        ("np.exp(z - z.max())", "sums"),
        ("np.exp(z * z.max(axis=0)) / np.exp(z * z.max(axis=0)).sum(axis=0)", "shift"),
    ],
    ids=["equal shares", "not divided", "depends on the level"],
)
def test_each_property_of_softmax_catches_what_it_is_for(body, fails):
    source = f"def softmax(z):\n    return {body}\n"
    assert not cases_of("softmax", "holds") & passed(source, "softmax"), fails


@pytest.mark.parametrize("exercise", LOSSES)
def test_losses_without_logarithms_of_sums_fail_one_case_only(exercise):
    source = solution(SOFTMAX).replace("log_p = shifted - ", "log_p = np.log(np.exp(shifted)) - ")
    source = source.replace("loss -= shifted[y[i]] -", "loss -= np.log(np.exp(shifted[y[i]])) -")
    everything = set(verdicts(SOFTMAX, "", exercise))
    assert everything - passed(source, exercise) == {"true classes thousands below the best"}


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(SOFTMAX).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
            assert all(step[0].isupper() for step in mistake.help[1:])
            assert all(step.endswith((".", "?")) for step in mistake.help)
