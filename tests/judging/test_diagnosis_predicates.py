"""What failing cases are found to have in common, by their inputs."""

import numpy as np
import pytest

from grader.judging.diagnosis.predicates import predicate
from grader.judging.diagnosis.quantities import arrays_of, quantities


def inputs(**columns):
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def examples(*shapes):
    return [{"X": np.ones(shape) * 2.5, "Y": np.ones((1, shape[1]))} for shape in shapes]


@pytest.mark.parametrize(
    ("failing", "passing", "clause"),
    [
        (inputs(t=[3, 4, 7]), inputs(t=[1, 1]), "`t` is above 1"),
        (inputs(t=[3, 4, 1]), inputs(t=[2, 2]), "`t` is not 2"),
        (inputs(lambd=[0.1, 0.7, 3.0]), inputs(lambd=[0.0]), "`lambd` is not 0"),
        (inputs(x=[-1.5, -2.0]), inputs(x=[1.0, 2.5]), "`x` is negative"),
        (inputs(keep_prob=[0.3, 0.8]), inputs(keep_prob=[1.0, 1.0]), "`keep_prob` is below 1"),
        (inputs(beta=[0.3, 0.8]), inputs(beta=[0.5, 0.5]), "`beta` is not 1/2"),
        (inputs(mode=["test", "test"]), inputs(mode=["train"] * 3), '`mode` is "test"'),
        (inputs(flag=[True, True]), inputs(flag=[False, False]), "`flag` is True"),
        (inputs(p=[{"mode": "test"}] * 2), inputs(p=[{"mode": "x"}] * 2), '`p["mode"]` is "test"'),
        ([{"t": 5.0}] * 2, [{"t": 5.0, "epsilon": 1e-3}] * 2, "`epsilon` is left out"),
        ([{"a": 1, "b": 1, "c": 1}] * 2, [{"c": 1}] * 2, "`a` and `b` are given"),
        (examples((3, 1), (2, 1)), examples((4, 5), (2, 7)), "the number of examples is 1"),
        (
            [{**each, "size": 3} for each in examples((2, 7), (2, 11))],
            [{**each, "size": 3} for each in examples((2, 6), (2, 12))],
            "the number of examples is no multiple of `size`",
        ),
        (
            [{"v": np.zeros((2, 3))}, {"v": np.zeros((2, 4))}],
            [{"v": np.ones((2, 3))}, {"v": np.ones((2, 4))}],
            "`v` holds nothing but zeros",
        ),
        (
            inputs(y=[np.array([1, 2])] * 2),
            inputs(y=[np.array([1.0, 2.0])] * 2),
            "`y` holds whole numbers",
        ),
    ],
)
def test_the_simplest_condition_is_found(failing, passing, clause):
    assert predicate(failing, passing) == clause


def test_no_condition_is_found_where_none_separates():
    assert predicate(inputs(t=[1, 2, 3]), inputs(t=[1, 2])) is None
    assert predicate([], inputs(t=[1, 2, 3, 4])) is None
    assert predicate(inputs(t=[1, 2, 3, 4]), []) is None
    assert predicate(inputs(t=[3, 4]), inputs(t=[1])) is None, "three cases are too few"


def test_a_single_case_that_stands_out_in_several_ways_has_no_condition():
    passing = inputs(t=[3, 4, 5], lambd=[0.5, 0.7, 0.6])
    assert predicate(inputs(t=[3], lambd=[0.0]), passing) == "`lambd` is 0"
    assert predicate(inputs(t=[1], lambd=[0.0]), inputs(t=[3, 4, 5], lambd=[0.5, 0.7, 1.6])) is None
    assert (
        predicate(inputs(rate=[3.5, 2.5, 0.5], beta=[0.3, 0.4, 0.2]), inputs(rate=[1.0], beta=[0.5])) is None
    )


def test_only_the_arguments_of_the_function_are_spoken_of():
    failing, passing = inputs(t=[3, 4], steps=[5, 5]), inputs(t=[1, 1], steps=[0, 0])
    assert predicate(failing, passing, ("t",)) == "`t` is above 1"
    assert predicate(inputs(seed=[1, 2]), inputs(seed=[0, 0])) is None


def test_hidden_numbers_and_long_words_are_not_named():
    assert predicate(inputs(rate=[0.123, 0.123]), inputs(rate=[0.456, 0.456])) is None
    assert predicate(inputs(text=["a secret of some length"] * 2), inputs(text=["no"] * 2)) != "a secret"


def test_numbers_of_a_case_are_arguments_and_sizes():
    X = np.ones((3, 7))
    known = quantities(
        {"X": X, "Y": np.ones((1, 7)), "lambd": 0.5, "flag": True, "dims": [3, 2, 1], "v": np.ones(4),
         "parameters": {"W1": X, "b1": X, "W2": X, "eps": 0.1}}
    )  # fmt: skip
    values = {name: each.value for name, each in known.items()}
    assert values["lambd"] == 0.5
    assert values['parameters["eps"]'] == 0.1
    assert (values["m"], values["X.shape[0]"], values["len(v)"]) == (7, 3, 4)
    assert (values["dims[0]"], values["dims[-1]"], values["len(dims)"], values["L"]) == (3, 1, 3, 2)
    assert "flag" not in values
    assert quantities({"x": X, "gamma": np.ones(7)})["N"].value == 3
    assert "m" not in quantities({"X": X, "Y": np.ones((1, 6))})


def test_arrays_of_a_case_are_those_of_dicts_and_tuples_too():
    X = np.ones((3, 7))
    found = arrays_of({"X": X, "cache": (X, 1.0, X), "grads": {"dW1": X, "n": 1}, "words": np.array(["a"])})
    assert list(found) == ["X", "cache[0]", "cache[2]", 'grads["dW1"]']
