"""Every exercise of the course has a case worked by hand that a student can follow."""

from __future__ import annotations

import numpy as np
import pytest
from in_process import assignment

from grader.course.model import Exercise
from grader.values import decode, walk

NAMES = (
    "bias_variance",
    "initialization",
    "regularization",
    "gradient_checking",
    "optimizers",
    "hyperparameters",
    "batchnorm",
    "softmax",
    "frameworks",
)

EXERCISES = [
    pytest.param(exercise, id=f"{name}-{exercise.name}")
    for name in NAMES
    for exercise in assignment(name).exercises
]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_is_worked_in_a_few_steps_that_are_sentences(exercise: Exercise) -> None:
    assert exercise.worked is not None
    assert 1 <= len(exercise.worked.steps) <= 8
    for step in exercise.worked.steps:
        assert step.sentence.endswith((".", "?"))
        assert "  " not in step.sentence
        assert "nan" not in step.sentence.split()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_worked_case_has_few_numbers(exercise: Exercise) -> None:
    assert exercise.worked is not None
    (case,) = [case for case in exercise.cases if case.name == exercise.worked.case]
    assert case.visibility == "public"
    # the largest is the network of backward passes: a cache of three layers
    assert sum(np.size(leaf) for _, leaf in walk(case.inputs)) <= 72
    zeros = [leaf for step in exercise.worked.steps for _, leaf in walk(decode(step.value))]
    negative = [zero for zero in zeros if isinstance(zero, np.ndarray) and zero.dtype.kind == "f"]
    assert not any((np.signbit(array) & (array == 0)).any() for array in negative)
