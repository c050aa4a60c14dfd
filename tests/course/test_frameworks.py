"""What frameworks accepts, what it refuses, and what a submission earns that is half right.

`make test-torch` runs these in an environment of their own.
"""

import pytest

pytest.importorskip(
    "torch", reason="torch is not installed: make test-torch, or pip install 'softmark[torch]'"
)

from in_process import ROOT, all_mistakes, assignment, failing, judged_as_returned, solution, verdicts

from grader.authoring.build import check_assignment
from grader.course.model import Submission
from grader.grading import grade
from grader.results import Verdict
from grader.sandbox.box import open_box
from grader.values import decode

FRAMEWORKS = "frameworks"
SAMPLES = ROOT / "submissions-torch"

# What a student may write instead of one function, beside the alternatives in reference/, for full marks.
OTHER_WAYS = {
    "linear by numpy's name": "def linear_function(W, X, b):\n    return torch.add(torch.mm(W, X), b)\n",
    "sigmoid in place": "def sigmoid(z):\n    return z.sigmoid_()\n",
    "sigmoid in float32": "def sigmoid(z):\n    return torch.sigmoid(z.float())\n",
    "one hot of integers": (
        "def one_hot_matrix(label, C):\n    return torch.nn.functional.one_hot(label, num_classes=C).t()\n"
    ),
    "one hot as a list": (
        "def one_hot_matrix(label, C):\n    return [[int(k == c) for k in label] for c in range(C)]\n"
    ),
    "forward with maximum": """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        X = torch.matmul(parameters["W" + str(l)], X) + parameters["b" + str(l)]
        X = torch.maximum(X, torch.zeros_like(X)) if l != L else X
    return X
""",
    "loss by class numbers": (
        "def compute_total_loss(logits, labels):\n"
        "    return torch.nn.functional.cross_entropy(logits.T, labels.argmax(dim=0), reduction='sum')\n"
    ),
    "loss by logsumexp": (
        "def compute_total_loss(logits, labels):\n"
        "    return torch.logsumexp(logits, dim=0).sum() - torch.sum(labels * logits)\n"
    ),
    "loss of a mean": (
        "def compute_total_loss(logits, labels):\n"
        "    return labels.shape[1] * torch.nn.functional.cross_entropy(logits.T, labels.T)\n"
    ),
}


def test_the_reference_gets_full_marks():
    assert failing(FRAMEWORKS, solution(FRAMEWORKS)) == {}


def test_the_stub_gets_nothing():
    stub = assignment(FRAMEWORKS).stub.decode()
    for exercise in assignment(FRAMEWORKS).exercises:
        assert set(verdicts(FRAMEWORKS, stub, exercise.name).values()) == {Verdict.NOT_ATTEMPTED}


def test_the_build_is_not_stale_and_is_reproduced():
    check_assignment(ROOT, FRAMEWORKS)


@pytest.mark.parametrize("way", OTHER_WAYS)
def test_other_ways_of_writing_it_get_full_marks(way):
    assert failing(FRAMEWORKS, solution(FRAMEWORKS) + "\nimport numpy as np\n" + OTHER_WAYS[way]) == {}


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(FRAMEWORKS))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(FRAMEWORKS, assignment(FRAMEWORKS).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


def failed(source, exercise):
    found = verdicts(FRAMEWORKS, solution(FRAMEWORKS) + "\nimport numpy as np\n" + source, exercise)
    return {case for case, verdict in found.items() if verdict is not Verdict.PASSED}


PLAIN_NUMBERS = {
    "linear_function": """
def linear_function(W, X, b):
    return W.detach().numpy() @ X.detach().numpy() + b.detach().numpy()
""",
    "sigmoid": """
def sigmoid(z):
    return 1 / (1 + np.exp(-z.data.numpy()))
""",
    "compute_total_loss": """
_right = compute_total_loss
def compute_total_loss(logits, labels):
    return float(_right(logits, labels))
""",
}


@pytest.mark.parametrize("exercise", PLAIN_NUMBERS)
def test_plain_numbers_pass_every_case_that_asks_for_no_gradient(exercise):
    wanted = {
        case.name for case in assignment(FRAMEWORKS).exercise(exercise).cases if "backward" in case.inputs
    }
    assert failed(PLAIN_NUMBERS[exercise], exercise) == wanted != set()


DRAWN = """
def initialize_parameters(layers_dims, seed):
    {before}
    parameters = {{}}
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        parameters[f"W{{l}}"] = ({draw}).double().requires_grad_()
        parameters[f"b{{l}}"] = torch.zeros(n_out, 1, dtype=torch.float64, requires_grad=True)
    return parameters
"""
ALL_DRAWS = {"two inputs, three units, one output", "three layers", "wide layers", "few inputs, many units",
             "one layer of many weights", "eleven layers"}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "draw", "fails"),
    [
        ("torch.manual_seed(seed)", "torch.randn(n_out, n_in).double() * (2 / n_in) ** 0.5", set()),
        ("pass", "torch.randn(n_out, n_in) * (2 / n_in) ** 0.5", ALL_DRAWS),
        ("torch.manual_seed(7)", "torch.randn(n_out, n_in) * (2 / n_in) ** 0.5", ALL_DRAWS),
        (
            "torch.manual_seed(seed)",
            "(torch.rand(n_out, n_in).double() * 2 - 1) * (6 / n_in) ** 0.5",
            {"one layer of many weights"},
        ),
        ("torch.manual_seed(seed)", "torch.full((n_out, n_in), 0.3) * torch.randn(1)", ALL_DRAWS),
        (
            "torch.manual_seed(seed)",
            "torch.randn(n_out, n_in) * 0.01",
            ALL_DRAWS - {"two inputs, three units, one output"},
        ),
    ],
    ids=["right", "no seed", "a fixed seed", "evenly spread", "all the same", "one hundredth"],
)  # fmt: skip
def test_each_property_of_the_draw_catches_what_it_is_for(before, draw, fails):
    assert fails <= failed(DRAWN.format(before=before, draw=draw), "initialize_parameters")
    assert bool(fails) is bool(failed(DRAWN.format(before=before, draw=draw), "initialize_parameters"))


@pytest.mark.parametrize("seed", range(40))
def test_no_right_draw_is_objected_to(seed):
    draw = f"torch.randn(n_out, n_in, dtype=torch.float64) * (2 / n_in) ** 0.5 + 0 * {seed}"
    source = DRAWN.format(before=f"torch.manual_seed({1000 * seed} + seed)", draw=draw)
    assert failed(source, "initialize_parameters") == set()


def test_public_cases_weigh_less_than_a_third():
    for exercise in assignment(FRAMEWORKS).exercises:
        public = sum(case.weight for case in exercise.cases if case.visibility == "public")
        assert public <= 0.3 * sum(case.weight for case in exercise.cases)
        assert len(exercise.cases) >= 6


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(FRAMEWORKS).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
            assert all(step.endswith((".", "?")) for step in mistake.help)


@pytest.fixture(scope="module")
def box():
    with open_box(assignment(FRAMEWORKS)) as opened:
        yield opened


@pytest.fixture
def graded(box, request):
    source = request.param if isinstance(request.param, bytes) else request.param.read_bytes()
    return grade(Submission("somebody", FRAMEWORKS, source), assignment(FRAMEWORKS), box).result


@pytest.mark.parametrize(
    ("graded", "lowest", "highest"),
    [
        (SAMPLES / "amara" / "frameworks.py", 100, 100),
        (SAMPLES / "bjorn" / "frameworks.py", 20, 40),
        (SAMPLES / "chiara" / "frameworks.py", 100, 100),
        (SAMPLES / "dmitri" / "frameworks.py", 20, 45),
        (SAMPLES / "elif" / "frameworks.py", 0, 0),
        (SAMPLES / "farid" / "frameworks.py", 50, 75),
        (SAMPLES / "gwen" / "frameworks.py", 16, 16),
    ],
    indirect=["graded"],
    ids=["amara", "bjorn", "chiara", "dmitri", "elif", "farid", "gwen"],
)
def test_the_strong_box_grades_the_samples(graded, lowest, highest):
    assert graded.graded
    assert lowest <= graded.score <= highest


@pytest.mark.parametrize(
    "graded",
    [
        b"import torch\ndef one_hot_matrix(label, C):\n    return torch.zeros(2**34)\n",
        b"import torch, os\ndef one_hot_matrix(label, C):\n    return torch.save({}, '/tmp/a-file')\n",
        b"import torch\ndef one_hot_matrix(label, C):\n    return torch.hub.list('pytorch/vision')\n",
    ],
    indirect=True,
    ids=["memory", "files", "network"],
)
def test_the_strong_box_holds_torch_too(graded):
    (exercise,) = [each for each in graded.exercises if each.name == "one_hot_matrix"]
    assert graded.graded
    assert exercise.score == 0
    assert {case.outcome for case in exercise.cases} <= {"raised"}


def test_torch_computes_with_one_thread(box):
    source = b"import torch\ndef one_hot_matrix(label, C):\n    return torch.get_num_threads()\n"
    run = box.run(Submission("somebody", FRAMEWORKS, source))
    returned = [
        outcome.value for (exercise, _), outcome in run.outcomes.items() if exercise == "one_hot_matrix"
    ]
    assert [decode(value) for value in returned if value] == [1] * len(returned)
