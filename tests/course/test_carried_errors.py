"""Exercises of the course that use others: a wrong helper costs its own points and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import pytest

from grader.course.load import assignment_names
from grader.course.model import Submission
from grader.grading import grade
from grader.results import ExerciseResult
from grader.sandbox.box import Box, open_box
from tests.course.in_process import ROOT, assignment, solution

#: Calls random_search in every round.
COARSE_TO_FINE = """
def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    history, window = [], space
    for r in range(n_rounds):
        history += random_search(objective, window, n_trials, seed + r)[2]
        best = max(history, key=lambda trial: trial[1])
        window = {name: around(best[0][name], shrink ** (r + 1), *space[name]) for name in space}
    return (*best, history)

def around(centre, share, low, high, scale):
    to, back = (math.log10, lambda v: 10**v) if scale == "log" else (float, float)
    half = share * (to(high) - to(low)) / 2
    return max(back(to(centre) - half), low), min(back(to(centre) + half), high), scale
"""

SOFTMAX_LOSS = """
def softmax_loss(x, y):
    rows = np.arange(len(x))
    shifted = x - x.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[rows, y])
    return loss, (softmax(x.T) - one_hot(y, x.shape[1])).T / len(x)
"""

SCHEDULE = """
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return update_lr(learning_rate0, epoch_num // time_interval, decay_rate)
"""

#: Assignment, helper, what it does instead, what else stands in the file; who is carried.
WRONG = {
    "an unwritten forward pass": (
        "gradient_checking", "forward_propagation_n", "raise NotImplementedError", "", "gradient_check_n",
    ),
    "a cost too large": (
        "gradient_checking", "forward_propagation_n", "return right(*args)[0] * 3, 0", "",
        "gradient_check_n",
    ),
    "a posterior of zeros": (
        "hyperparameters", "gp_posterior", "return [m * 0 for m in right(*args)]", "", "bayesian_search",
    ),
    "an improvement that raises": (
        "hyperparameters", "expected_improvement", "raise ValueError(args)", "", "bayesian_search",
    ),
    "a search that finds nothing": (
        "hyperparameters", "random_search", "pass", COARSE_TO_FINE, "coarse_to_fine",
    ),
    "probabilities over the wrong axis": (
        "softmax", "softmax", "return right(args[0].T).T", SOFTMAX_LOSS, "softmax_loss",
    ),
    "a rate that grows": (
        "optimizers", "update_lr", "return 1 / right(*args)", SCHEDULE, "schedule_lr_decay",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def boxes() -> Iterator[dict[str, Box]]:
    """A box for each assignment, opened by who needs it first."""
    with ExitStack() as stack:
        opened: dict[str, Box] = {}
        for name in {each[0] for each in WRONG.values()} | {"batchnorm"}:
            opened[name] = stack.enter_context(open_box(assignment(name)))
        yield opened


def results(box: Box, name: str, more: str) -> dict[str, ExerciseResult]:
    """Grade the solution with other functions in the place of some."""
    source = solution(name).replace("from grader.course.declare import given", "given = lambda f: f") + more
    graded = grade(Submission("ana", name, source.encode()), assignment(name), box)
    assert graded.result.events == ()
    return {each.name: each for each in graded.result.exercises}


def instead(name: str, body: str) -> str:
    return f"\ndef {name}(*args, right={name}):\n    {body}\n"


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_helper_costs_its_own_points_alone(boxes: dict[str, Box], what: str):
    name, helper, body, more, carried = WRONG[what]
    found = results(boxes[name], name, more + instead(helper, body))
    assert [each.name for each in found.values() if each.carried] == [carried]
    assert [each.name for each in found.values() if each.score < each.max_score] == [helper]


def test_a_backward_on_the_students_own_cache_loses_nothing_by_the_references(boxes: dict[str, Box]):
    forward = instead("batchnorm_forward", "out, cache = right(*args); return out * 2, {'mine': cache}")
    backward = instead("batchnorm_backward", "return right(args[0], args[1]['mine'])")
    found = results(boxes["batchnorm"], "batchnorm", forward + backward)["batchnorm_backward"]
    assert 0 < found.score < found.max_score
    assert found.carried is None


@pytest.mark.parametrize("name", assignment_names(ROOT))
def test_assignments_whose_exercises_use_others_count_the_better_score(name: str):
    uses = any(each.spec.uses for each in assignment(name).exercises)
    assert (assignment(name).file.carried_errors == "counted") == uses


@pytest.mark.parametrize("name", assignment_names(ROOT))
def test_what_a_solution_calls_of_other_exercises_it_declares(name: str):
    source = "" if assignment(name).is_quiz else solution(name)
    names = {each.name for each in assignment(name).exercises}
    for each in assignment(name).exercises:
        body = re.search(rf"^def {each.name}\(.*?(?=^def |^@|\Z)", source, re.MULTILINE | re.DOTALL)
        called = {other for other in names if body and re.search(rf"(?<!def )\b{other}\(", _code(body[0]))}
        planted = {"forward_propagation", "backward_propagation"} if each.name == "gradient_check" else set()
        assert called - {each.name} - planted <= set(each.spec.uses)


_code = partial(re.sub, r'""".*?"""', "", flags=re.DOTALL)


def test_tensors_are_handed_over_without_their_history():
    """Values are carried, gradients are not: whoever needs them keeps what was earned alone."""
    pytest.importorskip("torch")
    with open_box(assignment("frameworks")) as box:
        found = results(box, "frameworks", instead("linear_function", "return 2 * right(*args)"))
    carried = found["forward_propagation"].carried
    assert carried is not None
    assert 0 == carried.alone < carried.score < found["forward_propagation"].max_score
    assert found["train_step"].carried is None
