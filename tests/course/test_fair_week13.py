"""Regularization, batchnorm and softmax: whole files in the real box, right ones and ones without work.

`week13/` holds right files, written as different people write them: saved notebooks whose imports and data
are not there, classes, plain loops, everything overwritten, a graph taken back step by step, and few lines.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from in_process import assignment, solution

from grader.course.model import Submission
from grader.grading import AnswerKey, grade
from grader.results import ExerciseResult, SubmissionResult
from grader.sandbox.box import Box, open_box

NAMES = ("regularization", "batchnorm", "softmax")
RIGHT = sorted(Path(__file__).parent.joinpath("week13").glob("*.txt"))

#: What a submission may earn of an exercise without doing its work: that of cases in which there is nothing
#: to do, and of the public ones.
FAIR_SHARE = 0.3

SHAPES = """
import numpy as np

def gradients(A1, W1, b1, A2, W2, b2, A3, W3, b3):
    like = dict(dZ3=A3, dW3=W3, db3=b3, dA2=A2, dZ2=A2, dW2=W2, db2=b2, dA1=A1, dZ1=A1, dW1=W1, db1=b1)
    return {key: np.full(np.shape(value), FILL) for key, value in like.items()}

def compute_cost_with_regularization(A3, Y, parameters, lambd): return FILL
def backward_propagation_with_regularization(X, Y, cache, lambd):
    _, A1, W1, b1, _, A2, W2, b2, _, A3, W3, b3 = cache
    return gradients(A1, W1, b1, A2, W2, b2, A3, W3, b3)
def forward_propagation_with_dropout(X, p, keep_prob=0.5):
    one, two, three = (np.full((len(p[key]), X.shape[1]), FILL) for key in ("W1", "W2", "W3"))
    hidden = one, one, one, p["W1"], p["b1"], two, two, two, p["W2"], p["b2"]
    return three, (*hidden, three, three, p["W3"], p["b3"])
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    _, _, A1, W1, b1, _, _, A2, W2, b2, _, A3, W3, b3 = cache
    return gradients(A1, W1, b1, A2, W2, b2, A3, W3, b3)
def random_flip(images, p, seed): return np.full(images.shape, FILL)
def random_crop(images, size, seed): return np.full((len(images), *size, images.shape[3]), FILL)
def early_stopping(dev_errors, patience): return int(FILL)

def batchnorm_forward(x, gamma, beta, bn_param):
    bn_param.update(running_mean=np.full(x.shape[1], FILL), running_var=np.full(x.shape[1], FILL))
    return np.full(x.shape, FILL), None
def batchnorm_backward(dout, cache):
    return np.full(dout.shape, FILL), np.full(dout.shape[1], FILL), np.full(dout.shape[1], FILL)
batchnorm_backward_alt = layernorm_backward = batchnorm_backward
def layernorm_forward(x, gamma, beta, ln_param): return np.full(x.shape, FILL), None

def softmax(z): return np.full(z.shape, FILL)
def one_hot(labels, C): return np.full((C, len(labels)), FILL)
def cross_entropy(A, Y): return FILL
def softmax_loss(x, y): return FILL, np.full(x.shape, FILL)
def softmax_loss_naive(W, X, y, reg): return FILL, np.full(W.shape, FILL)
softmax_loss_vectorized = softmax_loss_naive
"""

# The network without what the week is about; images as they come; the best of all epochs.
NOTHING_NEW = """
import numpy as np
def compute_cost_with_regularization(A3, Y, parameters, lambd): return compute_cost(A3, Y)
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    _, A1, W1, _, _, A2, W2, _, _, A3, W3, _ = cache
    dZ3 = A3 - Y
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    db = {f"db{l}": dZ.mean(axis=1, keepdims=True) for l, dZ in ((1, dZ1), (2, dZ2), (3, dZ3))}
    dW = dict(dW1=dZ1 @ X.T / m, dW2=dZ2 @ A1.T / m, dW3=dZ3 @ A2.T / m)
    return dict(dZ3=dZ3, dA2=dA2, dZ2=dZ2, dA1=dA1, dZ1=dZ1, **dW, **db)
def forward_propagation_with_dropout(X, p, keep_prob=0.5):
    Z1 = p["W1"] @ X + p["b1"]
    A1 = relu(Z1)
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = relu(Z2)
    Z3 = p["W3"] @ A2 + p["b3"]
    A3 = sigmoid(Z3)
    hidden = Z1, A1 >= 0, A1, p["W1"], p["b1"], Z2, A2 >= 0, A2, p["W2"], p["b2"]
    return A3, (*hidden, Z3, A3, p["W3"], p["b3"])
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    return backward_propagation_with_regularization(X, Y, cache[:1] + cache[2:6] + cache[7:], 0)
def random_flip(images, p, seed): return images
def random_crop(images, size, seed): return images[:, : size[0], : size[1]]
def early_stopping(dev_errors, patience): return int(np.argmin(dev_errors))
"""

DRAWN_ONCE = """
import numpy as np
def random_flip(images, p, seed):
    return images[:, :, ::-1] if np.random.RandomState(seed).rand() < p else images
def random_crop(images, size, seed):
    draw = np.random.RandomState(seed).randint
    top, left = draw(images.shape[1] - size[0] + 1), draw(images.shape[2] - size[1] + 1)
    return images[:, top:top + size[0], left:left + size[1]]
def early_stopping(dev_errors, patience):
    rises = [i for i in range(1, len(dev_errors)) if dev_errors[i] >= dev_errors[i - 1]]
    return rises[0] - 1 if rises else len(dev_errors) - 1
"""

# Pairs of a forward and a backward that fit each other and normalise nothing.
CENTRED = """
def batchnorm_forward(x, gamma, beta, bn_param):
    return gamma * (x - x.mean(0)) + beta, (x - x.mean(0), gamma, 0)
def batchnorm_backward(dout, cache):
    centred, gamma, axis = cache
    dx = dout * gamma
    return dx - dx.mean(axis, keepdims=True), (dout * centred).sum(0), dout.sum(0)
batchnorm_backward_alt = layernorm_backward = batchnorm_backward
def layernorm_forward(x, gamma, beta, ln_param):
    centred = x - x.mean(1, keepdims=True)
    return gamma * centred + beta, (centred, gamma, 1)
"""

AFFINE = """
def batchnorm_forward(x, gamma, beta, bn_param): return gamma * x + beta, (x, gamma)
def batchnorm_backward(dout, cache): return dout * cache[1], (dout * cache[0]).sum(0), dout.sum(0)
batchnorm_backward_alt = layernorm_backward = batchnorm_backward
def layernorm_forward(x, gamma, beta, ln_param): return gamma * x + beta, (x, gamma)
"""

# Another function with its right slope.
BOWL = """
import numpy as np
def softmax(z): return (z == z.max(axis=0)) * 1.0
def one_hot(labels, C): return np.eye(C, len(labels))
def cross_entropy(A, Y): return np.log(len(A))
def softmax_loss(x, y):
    centred = x - x.mean(axis=1, keepdims=True)
    return 0.5 * (centred ** 2).sum(), centred
def softmax_loss_naive(W, X, y, reg): return 0.5 * (W ** 2).sum(), W
softmax_loss_vectorized = softmax_loss_naive
"""

WITHOUT_WORK = [
    *((name, f"all {fill}", SHAPES.replace("FILL", fill)) for name in NAMES for fill in ("0.0", "1.0")),
    ("regularization", "nothing new", NOTHING_NEW),
    ("regularization", "drawn once", DRAWN_ONCE),
    ("batchnorm", "centred", CENTRED),
    ("batchnorm", "affine", AFFINE),
    ("softmax", "another loss with its slope", BOWL),
]

# (assignment, exercise, what is replaced in the solution, by what, code of the finding, words in its message)
WRONG = [
    (
        "regularization",
        "forward_propagation_with_dropout",
        {" / keep_prob": " / (1 - keep_prob)"},
        "known.forward_scaled_by_dropped",
        "probability of being dropped",
    ),
    (
        "regularization",
        "forward_propagation_with_dropout",
        {"D2 = np.random": "np.random.seed(1); D2 = np.random"},
        "known.forward_seeded_twice",
        "same random numbers",
    ),
    (
        "regularization",
        "backward_propagation_with_regularization",
        {"dZ3 = A3 - Y": "dZ3 = (A3 - Y) * A3 * (1 - A3)"},
        "known.backward_slope_of_sigmoid",
        "slope of the sigmoid",
    ),
    (
        "batchnorm",
        "batchnorm_forward",
        {'mode == "train"': "True"},
        "known.mode_not_read",
        "treated like train mode",
    ),
    (
        "batchnorm",
        "batchnorm_forward",
        {'bn_param["running_var"] =': 'bn_param["running_variance"] ='},
        "structure.missing_key",
        '`bn_param` lacks the key "running_var"',
    ),
    (
        "batchnorm",
        "batchnorm_forward",
        {"return out, cache": "return out"},
        "raised.value_error",
        "the forward pass has to return out, cache",
    ),
    (
        "softmax",
        "softmax",
        {"return powers / powers.sum(axis=0, keepdims=True)": "return (powers / powers.sum(axis=0)).T"},
        "known.examples_in_rows",
        "one row per example",
    ),
    (
        "softmax",
        "softmax_loss_naive",
        {"loss = loss / N + reg": "loss = loss + reg"},
        "known.naive_loss_not_averaged",
        "not divided by their number, while dW is",
    ),
    (
        "softmax",
        "softmax_loss_vectorized",
        {"dW = X.T @ dscores / N + 2 * reg * W": "dW = (X.T @ dscores / N + 2 * reg * W).T"},
        "known.vectorized_transposed",
        "(C, D) instead of (D, C)",
    ),
]


@pytest.fixture(scope="module")
def boxes() -> Iterator[dict[str, Box]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(open_box(assignment(name))) for name in NAMES}


@cache
def key(name: str) -> AnswerKey:
    return AnswerKey.of(assignment(name))


def graded(boxes: dict[str, Box], name: str, source: str) -> SubmissionResult:
    submission = Submission("student", name, source.encode(), f"{name}.py")
    return grade(submission, assignment(name), boxes[name], key(name)).result


def exercise(result: SubmissionResult, name: str) -> ExerciseResult:
    (found,) = [each for each in result.exercises if each.name == name]
    return found


@pytest.mark.parametrize("path", RIGHT, ids=[path.stem for path in RIGHT])
def test_a_right_file_earns_everything_however_it_is_written(boxes: dict[str, Box], path: Path) -> None:
    result = graded(boxes, path.name.partition(".")[0], path.read_text(encoding="utf-8"))
    lost = {
        each.name: [finding.message for finding in each.findings]
        for each in result.exercises
        if each.score < each.max_score
    }
    assert lost == {}


@pytest.mark.parametrize(
    ("name", "strategy", "source"), WITHOUT_WORK, ids=[f"{name}, {what}" for name, what, _ in WITHOUT_WORK]
)
def test_a_file_without_the_work_earns_little(
    boxes: dict[str, Box], name: str, strategy: str, source: str
) -> None:
    result = graded(boxes, name, source)
    shares = {each.name: each.score / each.max_score for each in result.exercises}
    assert {exercise: share for exercise, share in shares.items() if share > FAIR_SHARE} == {}


@pytest.mark.parametrize("name", NAMES)
def test_public_answers_known_by_heart_earn_a_sixth_at_most(name: str) -> None:
    for each in assignment(name).exercises:
        public = sum(case.weight for case in each.cases if case.visibility == "public")
        assert 0 < public <= sum(case.weight for case in each.cases) / 6


@pytest.mark.parametrize(
    ("name", "function", "replaced", "code", "words"), WRONG, ids=[f"{each[1]}, {each[3]}" for each in WRONG]
)
def test_a_finding_says_what_is_wrong(
    boxes: dict[str, Box], name: str, function: str, replaced: dict[str, str], code: str, words: str
) -> None:
    source = solution(name).replace("from grader.course.declare import given", "").replace("@given", "")
    for old, new in replaced.items():
        assert old in source
        source = source.replace(old, new)
    found = exercise(graded(boxes, name, source), function).findings
    assert code in {finding.code for finding in found}
    assert any(words in finding.message for finding in found)
