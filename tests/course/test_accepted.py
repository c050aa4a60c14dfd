"""What a fair grader accepts: for each habit of correct files a submission that has it and earns everything.

Each row takes the reference as a submission, makes the edits named, and runs it in the box. The edits are
small on purpose: a row that loses points names the habit that cost them. Whole files of other styles are in
``right/`` and ``week13/``.
"""

import contextlib
import sys
from collections.abc import Iterator

import pytest
from in_process import assignment, reference

from benchmarks.cohort import solution
from grader.course.model import Submission
from grader.grading import grade
from grader.results import SubmissionResult
from grader.sandbox.box import Box, open_box

DROPOUT_1 = "D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob"
DROPOUT_2 = "D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob"
SQUARES = "(np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))"
COST = "return float(cross_entropy_cost + L2_regularization_cost)"
GD = "def update_parameters_with_gd("
RATE = "return learning_rate0 / (1 + decay_rate * epoch_num)"

IN_PLACE = """
def update_parameters_with_gd(parameters, grads, learning_rate):
    for key in parameters:
        parameters[key] -= learning_rate * grads["d" + key]
        grads["d" + key] *= 0
    return parameters

def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for key in grads:
        v[key] *= beta
        v[key] += (1 - beta) * grads[key]
        parameters[key[1:]] -= learning_rate * v[key]
    return parameters, v
"""

UPSTREAM_IN_PLACE = """
_batchnorm_backward = batchnorm_backward
def batchnorm_backward(dout, cache):
    result = _batchnorm_backward(dout, cache)
    dout *= 0
    return result
"""

#: The habit: assignment, pieces of the reference and what stands in their place, what is added at the end.
HABITS: dict[str, tuple[str, dict[str, str], str]] = {
    "parameters, moments and gradients changed in place": ("optimizers", {}, IN_PLACE),
    "the upstream gradient changed in place": ("batchnorm", {}, UPSTREAM_IN_PLACE),
    "masks of ints": ("regularization", {DROPOUT_1: f"D1 = 1 * ({DROPOUT_1[5:]})"}, ""),
    "masks of floats": ("regularization", {DROPOUT_1: f"D1 = ({DROPOUT_1[5:]}).astype(float)"}, ""),
    "masks of two kinds": (
        "regularization",
        {DROPOUT_1: f"D1 = ({DROPOUT_1[5:]}).astype(int)", DROPOUT_2: f"D2 = ({DROPOUT_2[5:]}) + 0.0"},
        "",
    ),
    "masks as nested lists": ("regularization", {"(Z1, D1,": "(Z1, D1.tolist(),"}, ""),
    "masks drawn with <=": ("regularization", {DROPOUT_1: DROPOUT_1.replace("<", "<=")}, ""),
    "a float where a scalar is asked": ("optimizers", {RATE: f"return float({RATE[7:]})"}, ""),
    "a numpy float where a scalar is asked": ("optimizers", {RATE: f"return np.float64({RATE[7:]})"}, ""),
    "a 0-d array where a scalar is asked": ("optimizers", {RATE: f"return np.array({RATE[7:]})"}, ""),
    "an int where a scalar is asked": (
        "optimizers",
        {RATE: f"value = {RATE[7:]}\n    return int(value) if value == int(value) else value"},
        "",
    ),
    "a squeezed cost": ("regularization", {COST: COST.replace("float(", "np.squeeze(")}, ""),
    "np.dot with scalars": (
        "regularization",
        {"lambd / (2 * m) * (np.sum(W1**2)": "np.dot(1 / m, lambd / 2) * (np.sum(W1**2)"},
        "",
    ),
    "np.power and math.pow": (
        "regularization",
        {"np.sum(W1**2)": "np.sum(np.power(W1, 2))", "lambd / (2 * m) *": "lambd / math.pow(2 * m, 1) *"},
        "import math\n",
    ),
    "a generator expression": (
        "regularization",
        {SQUARES: "sum(np.sum(np.square(W)) for W in (W1, W2, W3))"},
        "",
    ),
    "extra prints": ("optimizers", {RATE: f"print('rate', learning_rate0)\n    {RATE}"}, "print(update_lr)"),
    "imports of math and copy": ("optimizers", {GD: f"import math, copy\n\n{GD}"}, ""),
    "helper functions, classes and unused code": (
        "optimizers",
        {RATE: "return _Rate(learning_rate0).after(decay_rate * epoch_num)"},
        "class _Rate:\n    def __init__(self, start):\n        self.start = start\n"
        "    def after(self, decay):\n        return self.start / (1 + decay)\n\n"
        "def never_called():\n    return undefined_name\n",
    ),
    "a __main__ block": ("optimizers", {}, 'if __name__ == "__main__":\n    raise SystemExit("no")\n'),
    "demonstrations at top level": (
        "optimizers",
        {},
        "np.random.seed(1)\nprint(update_lr(0.5, 2, 1))\nparameters = {'W1': np.ones((2, 2))}\n",
    ),
    "the given helpers taken out of the file": (
        "regularization",
        {"def sigmoid(": "def _first(", "def relu(": "def _second(", "def compute_cost(": "def _third("},
        "",
    ),
    "given helpers of one's own": ("regularization", {}, "def relu(Z):\n    return (abs(Z) + Z) / 2\n"),
    "a gradient check that prints its verdict": (
        "gradient_checking",
        {"def gradient_check_n(": "def _check("},
        "def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=True):\n"
        "    difference = _check(parameters, gradients, X, Y, epsilon)\n"
        "    print('\\033[93mwrong' if difference > 2e-7 else '\\033[92mright', difference)\n"
        "    return difference\n",
    ),
    "a cost through nansum": (
        "regularization",
        {"def compute_cost(": "def _compute_cost("},
        "def compute_cost(A3, Y):\n"
        "    losses = -np.log(A3) * Y - np.log(1 - A3) * (1 - Y)\n"
        "    return 1.0 / Y.shape[1] * np.nansum(losses)\n",
    ),
    "another order of summation": (
        "regularization",
        {SQUARES: "sum(w * w for W in (W3, W2, W1) for w in W.flat[::-1])"},
        "",
    ),
    "the expanded form of A - Y": (
        "regularization",
        {"dZ3 = A3 - Y": "dZ3 = (-(Y / A3) + (1 - Y) / (1 - A3)) * A3 * (1 - A3)"},
        "",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def boxes() -> Iterator[dict[str, Box]]:
    kind = "strong" if sys.platform == "linux" else "weak"
    with contextlib.ExitStack() as stack:
        names = {name for name, _, _ in HABITS.values()}
        yield {name: stack.enter_context(open_box(assignment(name), kind)) for name in names}


def graded(boxes: dict[str, Box], name: str, edits: dict[str, str], added: str) -> SubmissionResult:
    source = solution(reference(name))
    for old, new in edits.items():
        assert old in source, f"{old!r} is not in the reference of {name}"
        source = source.replace(old, new)
    submission = Submission("someone", name, (source + "\n" + added).encode())
    return grade(submission, assignment(name), boxes[name]).result


@pytest.mark.parametrize("habit", HABITS)
def test_it_costs_nothing(boxes, habit):
    result = graded(boxes, *HABITS[habit])
    assert [each.findings for each in result.exercises if each.score < each.max_score] == []
    assert result.score == 100


def test_a_flat_array_is_no_column(boxes):
    """The one thing about shapes that is not forgiven."""
    edits = {GD: "def _gd("}
    added = (
        "def update_parameters_with_gd(parameters, grads, learning_rate):\n"
        "    stepped = _gd(parameters, grads, learning_rate)\n"
        "    return {k: v.ravel() if k[0] == 'b' else v for k, v in stepped.items()}\n"
    )
    result = graded(boxes, "optimizers", edits, added)
    first = result.exercises[0]
    assert (first.name, first.score) == ("update_parameters_with_gd", 0)
