"""One fault of form is one finding, wherever it shows."""

import numpy as np
from judging_examples import case, exercise, returned

from grader.judging.diagnosis import diagnose
from grader.judging.judge import judge_exercise

RNG = np.random.default_rng(5)
A, B, SQUARE = RNG.normal(size=(2, 3)), RNG.normal(size=(4, 2)), RNG.normal(size=(3, 3))


def found(expected, values, *, names=None, inputs=None, tail=0):
    given = inputs or [{"x": float(index)} for index in range(len(expected))]
    cases = [
        case(answer, f"case {index}", inputs=each)
        for index, (answer, each) in enumerate(zip(expected, given, strict=True))
    ]
    one = exercise(*cases, optional_tail=tail)
    spec = one.spec.model_copy(update={"names": names or {}})
    one = type(one)(spec, one.cases)
    outcomes = {("solve", each.name): returned(value) for each, value in zip(cases, values, strict=True)}
    return [
        (each.code, each.message.partition(": ")[2])
        for each in diagnose(one, judge_exercise(one, outcomes, {}))
    ]


def test_a_transposed_square_joins_the_cases_whose_shape_shows_it():
    ((code, _),) = found([A, SQUARE, B], [A.T, SQUARE.T, B.T])
    assert code == "structure.transposed"
    codes = [code for code, _ in found([A, SQUARE], [A.T, SQUARE + 0.3 * SQUARE**2])]
    assert codes == ["structure.transposed", "facts.values_differ"]


def test_the_same_fault_in_other_layers_is_one_finding():
    expected = [{"W1": A, "W2": B}, {"W1": A, "W2": B}]
    values = [{"W1": A.T, "W2": B}, {"W1": A, "W2": B.T}]
    assert found(expected, values) == [
        ("structure.transposed", "one of `W1` and `W2` has rows and columns exchanged.")
    ]


def test_the_same_fault_in_other_items_of_a_list_is_one_finding():
    expected = [[A, B], [A, B]]
    values = [[A.T, B], [A, B.T]]
    assert found(expected, values) == [("structure.transposed", "an item has rows and columns exchanged.")]


def test_items_have_the_names_of_the_docstring():
    names = {"": ("loss", "dx")}
    expected, values = [(2.0, B)] * 2, [(B, 2.0)] * 2
    assert found(expected, values, names=names) == [
        (
            "structure.swapped_items",
            "the items `loss` and `dx` of the value returned are right, but stand in each other's places.",
        )
    ]
    assert found(expected, [B, B], names=names) == [
        ("structure.returned_one_of_several", "of the 2 items that are asked only `dx` is returned.")
    ]
    assert found([[A, B]] * 2, [B, B]) == [
        ("structure.returned_one_of_several", "one item of the list that is asked is returned alone.")
    ]


def test_items_are_called_swapped_where_what_may_be_left_out_is_missing():
    names = {"": ("parameters", "v", "extra")}
    ((code, sentence),) = found([(A, B, 1.0)] * 2, [(B, A)] * 2, names=names, tail=1)
    assert code == "structure.swapped_items"
    assert "`parameters` and `v`" in sentence


def test_facts_say_what_the_failing_cases_have_in_common():
    inputs = [{"x": each} for each in (0.0, 0.7, 1.3, 2.1)]
    expected = [A * (index + 1) for index in range(4)]
    values = [expected[0], *(each + RNG.normal(size=each.shape) for each in expected[1:])]
    cases = [case(each, f"case {i}", inputs=inputs[i]) for i, each in enumerate(expected)]
    one = exercise(*cases)
    outcomes = {("solve", each.name): returned(value) for each, value in zip(cases, values, strict=True)}
    (finding,) = diagnose(one, judge_exercise(one, outcomes, {}))
    assert finding.code == "facts.values_differ"
    assert finding.help[0] == "It fails exactly where `x` is not 0: which line behaves differently then?"


def test_the_right_value_is_looked_for_among_the_first_items_returned_alone():
    assert found([2.0] * 2, [[5.0, 2.0]] * 2)[0][0] == "structure.returned_with_more"
    assert found([2.0] * 2, [[5.0] * 999 + [2.0]] * 2)[0][0] != "structure.returned_with_more"
