"""Weeks 1 and 2: right files of every style earn everything, answers without work next to nothing.

The files in ``right/`` were written from the mathematics, each as another kind of student would: an exported
notebook with its imports and demonstrations, functions of functions, classes, loops under other names,
everything in place. They are run in the box, as grading does.
"""

import contextlib
import copy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from in_process import assignment, properties, reference, solution

from grader.course.model import AtMost, Case, Exercise, Submission
from grader.grading import grade
from grader.judging.judge import judge_case
from grader.results import ExerciseResult, Kind, Outcome, SubmissionResult, Verdict
from grader.sandbox.box import Box, open_box
from grader.values import decode, encode

NAMES = ("initialization", "gradient_checking", "optimizers")
RIGHT = Path(__file__).parent / "right"
EXERCISES = [pytest.param(name, each, id=each.name) for name in NAMES for each in assignment(name).exercises]

Boxes = dict[str, Box]


@pytest.fixture(scope="module")
def boxes() -> Iterator[Boxes]:
    kind = "strong" if sys.platform == "linux" else "weak"
    with contextlib.ExitStack() as stack:
        yield {name: stack.enter_context(open_box(assignment(name), kind)) for name in NAMES}


def graded(boxes: Boxes, name: str, source: str) -> SubmissionResult:
    return grade(Submission("someone", name, source.encode()), assignment(name), boxes[name]).result


def right_files() -> list[Any]:
    return [
        pytest.param(path.parent.name, path, id=f"{path.parent.name}-{path.stem}")
        for path in sorted(RIGHT.glob("*/*.txt"))
    ]


@pytest.mark.parametrize(("name", "path"), right_files())
def test_right_files_of_any_style_earn_everything(boxes, name, path):
    result = graded(boxes, name, path.read_text(encoding="utf-8"))
    assert {each.name: each.findings for each in result.exercises if each.score < each.max_score} == {}
    assert result.score == 100


#: Exercise, what stands in the reference, what a submission has there, the code of what is found.
WRONG = [
    ("initialize_parameters_zeros", 'f"W{l}"', 'f"w{l}"', "structure.missing_key"),
    ("initialize_parameters_zeros", "l - 1]))", "l]))", "structure.wrong_shape"),
    ("initialize_parameters_random", "* 10", "* 100", "known.random_times_a_hundred"),
    ("initialize_parameters_random", "* 10", "* 7", "relation.factor"),
    ("initialize_parameters_random", "    np.random.seed(3)\n", "", "relation.other_draws"),
    ("initialize_parameters_he", "2 / layers", "2 // layers", "known.he_whole_division"),
    ("initialize_parameters_he", "2 / layers", "3 / layers", "mutant.change_constant"),
    ("initialize_parameters_xavier", "randn(", "rand(", "known.xavier_zero_to_one"),
    ("activation_scale", "return scales", "return scales[-1]", "known.scale_last_only"),
    ("activation_scale", "return scales", "print(scales)", "structure.returned_none"),
    ("gradient_scale", "X.shape[1]", "X.shape[0]", "known.gradient_mean_over_inputs"),
    ("gradient_scale", "norm(dW)", "norm(dW, 1)", "facts.values_differ"),
    ("gradient_check", "return np", "np", "structure.returned_none"),
    ("gradient_check", "2 * epsilon", "3 * epsilon", "mutant.change_constant"),
    ("forward_propagation_n", "/ m", "/ (2 * m)", "known.halved"),
    ("forward_propagation_n", "np.log(", "np.log10(", "mutant.swap_function"),
    ("forward_propagation_n", "cost, (Z1", "cost, (X, Z1", "structure.wrong_length"),
    ("backward_propagation_n", "(Z2 > 0)", "(Z2 < 0)", "mutant.change_comparison"),
    ("backward_propagation_n", '"dA2": dA2', '"dA": dA2', "structure.missing_key"),
    ("gradient_check_n", "zeros_like(theta)", "zeros(len(theta))", "known.flat_slopes"),
    ("gradient_check_n", "gradients_to_vector(gradients)", "gradients", "raised.operands"),
    ("update_parameters_with_gd", "value - l", "value - 2 * l", "relation.term"),
    ("random_mini_batches", "k + mini_batch_size]", "k + 2]", "structure.wrong_shape"),
    ("initialize_velocity", "np.zeros(value.shape)", "0", "structure.number_for_array"),
    (
        "update_parameters_with_momentum",
        "moved, velocity\n",
        "moved\n",
        "structure.returned_one_of_several",
    ),
    ("update_parameters_with_rmsprop", "+ epsilon", "* epsilon", "mutant.change_operator"),
    ("update_parameters_with_adam", "value - learning_rate", "value - 0.01", "known.rate_fixed"),
    ("update_parameters_with_adam", "moved, v_new, s_new", "moved, s_new, v_new", "known.averages_exchanged"),
    ("update_lr", "1 + decay", "1 - decay", "mutant.change_operator"),
    ("schedule_lr_decay", "time_interval))", "time_interval + 1))", "known.counted_from_one"),
    ("classify_critical_point", "if up else", "if not up else", "known.upside_down"),
    ("classify_critical_point", 'return "degenerate"', 'return "flat"', "facts.wrong_answer"),
]


@pytest.mark.parametrize(("exercise", "piece", "instead", "code"), WRONG)
def test_what_is_found_in_wrong_files_is_true_of_them(boxes, exercise, piece, instead, code):
    name = next(name for name in NAMES if exercise in reference_functions(name))
    found = result_of(graded(boxes, name, edited(name, exercise, piece, instead)), exercise)
    assert found.score < found.max_score
    assert found.findings[0].code == code
    for each in found.findings:
        assert each.help
        assert piece.strip() not in " ".join((each.message, *each.help))


def test_a_wrong_cost_costs_the_check_of_gradients_next_to_nothing(boxes):
    source = edited("gradient_checking", "forward_propagation_n", "np.log(", "np.log10(")
    check = result_of(graded(boxes, "gradient_checking", source), "gradient_check_n")
    assert check.score >= 0.95 * check.max_score


def reference_functions(name: str) -> set[str]:
    return {each.name for each in assignment(name).exercises}


def edited(name: str, exercise: str, piece: str, instead: str) -> str:
    """Return the reference's source with a piece of one function replaced wherever it stands in it."""
    text = solution(name).replace("from grader.course.declare import given", "given = lambda given: given")
    before, start, rest = text.partition(f"def {exercise}(")
    body, end, after = (rest + "\n\n\n").partition("\n\n\n")
    documented, quotes, code = body.rpartition('"""')
    code += "\n"
    assert piece in code
    return before + start + documented + quotes + code.replace(piece, instead) + end + after


def result_of(result: SubmissionResult, exercise: str) -> ExerciseResult:
    return next(each for each in result.exercises if each.name == exercise)


#: Exercises whose right answer takes no work by their nature: zeros of the right shape, or an argument.
ZEROS = {"initialize_parameters_zeros", "initialize_velocity", "initialize_rmsprop", "initialize_adam"}
AN_ARGUMENT = {"backward_propagation"}

MOST = 0.35


def share(name: str, exercise: Exercise, answer: Callable[[Case], Any]) -> float:
    """Return the share of an exercise's points that these answers earn."""
    earned = 0.0
    for case in exercise.cases:
        outcome = Outcome(Kind.RETURNED, value=encode(answer(case)))
        if judge_case(case, exercise, outcome, properties(name)).verdict is Verdict.PASSED:
            earned += case.weight
    return earned / sum(case.weight for case in exercise.cases)


def filled(value: Any, number: float) -> Any:
    """Return a value of the same form with one number everywhere."""
    if isinstance(value, dict):
        return {key: filled(item, number) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(filled(item, number) for item in value)
    if isinstance(value, np.ndarray):
        return np.full(value.shape, number)
    return "" if isinstance(value, str) else number


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_who_knows_the_public_answers_only_earns_less_than_a_quarter(name, exercise):
    earned = share(name, exercise, lambda c: decode(c.expected) if c.visibility == "public" else None)
    assert 0 < earned < 0.25


@pytest.mark.parametrize("number", [0.0, 1.0, 1e-9, float("nan")])
@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_one_number_everywhere_earns_little(name, exercise, number):
    if exercise.name not in ZEROS or abs(number) > 1e-6:
        assert share(name, exercise, lambda case: filled(decode(case.expected), number)) <= MOST


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_the_answer_to_one_case_earns_little_in_the_others(name, exercise):
    for known in exercise.cases:
        assert share(name, exercise, lambda _, known=known: decode(known.expected)) <= MOST


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_arguments_handed_back_earn_little(name, exercise):
    parameters = exercise.spec.parameters
    state = [each for each in parameters if each in ("parameters", "v", "s")]
    answers = [lambda case, each=each: case.inputs.get(each) for each in parameters]
    answers.append(lambda case: tuple(case.inputs.get(each) for each in state))
    shares = [share(name, exercise, answer) for answer in answers]
    if exercise.name not in AN_ARGUMENT:
        assert max(shares) <= MOST


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
@pytest.mark.filterwarnings("ignore:.*encountered:RuntimeWarning")
def test_the_function_of_another_exercise_earns_little(name, exercise):
    functions = reference(name).namespaces["solution"]
    for other in reference_functions(name) - {exercise.name}:
        if {other, exercise.name} <= ZEROS:
            continue

        def borrowed(case: Case, function: Callable[..., Any] = functions[other]) -> Any:
            try:
                return function(*copy.deepcopy(list(case.inputs.values())))
            except Exception:
                return None

        assert share(name, exercise, borrowed) <= MOST, other


def test_what_a_small_constant_passes_weighs_little():
    for exercise in assignment("gradient_checking").exercises:
        bounded = [case.weight for case in exercise.cases if isinstance(case.judge, AtMost)]
        assert sum(bounded) <= 0.1 * sum(case.weight for case in exercise.cases)
