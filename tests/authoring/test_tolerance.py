"""Noise, distance and the tolerance between them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader.authoring.tolerance import Measured, between, far_from, farthest, noise, nudges, takes_part
from grader.course.model import AtMost, Case, Equal, Holds, Judge, Magnitude, Mistake, Tolerance
from grader.judging.compare import compare
from grader.values import Value, decode, encode


def make_case(inputs: dict[str, Value], expected: Value, judge: Judge | None = None) -> Case:
    encoded = encode(inputs)
    return Case("case", "hidden", 1.0, judge or Equal(), decode(encoded), encode(expected), encoded)


@pytest.mark.parametrize(
    ("noise_floor", "nearest", "relative"),
    [
        (0.0, math.inf, 1e-7),
        (1e-16, 1e-2, 1e-7),
        (1e-15, 1.0, 1e-7),
        (1e-12, 1.0, 1e-6),
        (1e-10, 5.0, 1e-5),
        (1e-6, 1.0, 1e-5),
        (1e-16, 1e-9, 1e-7),
    ],
    ids=["nothing measured", "usual", "far", "noisy", "noisier", "clamped above", "clamped below"],
)
def test_the_tolerance_is_the_geometric_middle_within_bounds(
    noise_floor: float, nearest: float, relative: float
) -> None:
    assert between(noise_floor, nearest) == Tolerance(relative=relative)


def test_the_tolerance_does_not_move_with_the_last_digits_of_the_noise() -> None:
    assert between(1e-12, 0.31) == between(1.3e-12, 0.30)


def test_the_margin_is_the_thinner_side() -> None:
    assert Measured(1e-15, 1e-3, Tolerance(relative=1e-7)).margin == pytest.approx(4)
    assert Measured(1e-9, 1.0, Tolerance(relative=1e-7)).margin == pytest.approx(2)


def test_floats_move_by_one_unit_in_the_last_place_both_ways() -> None:
    up, down, extended = nudges({"x": 0.3, "A": np.array([0.1, -0.7])})
    assert (up["x"], down["x"]) == (math.nextafter(0.3, 1), math.nextafter(0.3, 0))
    np.testing.assert_array_equal(up["A"], np.nextafter([0.1, -0.7], np.inf))
    np.testing.assert_array_equal(down["A"], np.nextafter([0.1, -0.7], -np.inf))
    assert extended["A"].dtype == np.longdouble
    assert extended["x"] == 0.3


UNMOVED = {
    "zeros": np.array([0.0, -0.0]),
    "whole numbers": np.array([1.0, -3.0, 64.0]),
    "integer arrays": np.array([1, 2]),
    "bools": np.array([True]),
    "ints": 7,
    "a whole float": 2.0,
    "not a number": np.array([np.nan, np.inf]),
    "strings": "relu",
    "None": None,
}


@pytest.mark.parametrize("value", UNMOVED.values(), ids=UNMOVED)
def test_what_rounding_never_moves_is_not_moved(value: Value) -> None:
    for nudged in list(nudges({"x": value}))[:2]:
        np.testing.assert_equal(nudged["x"], value)
        assert type(nudged["x"]) is type(value)


def test_nested_values_are_moved_where_they_have_floats() -> None:
    up, *_ = nudges({"cache": ({"W1": np.array([0.1])}, [0.1, 3], "relu")})
    assert up["cache"][0]["W1"][0] > 0.1
    assert up["cache"][1][0] > 0.1
    assert (up["cache"][1][1], up["cache"][2]) == (3, "relu")


def test_noise_of_a_well_conditioned_formula_is_rounding() -> None:
    x = np.random.default_rng(1).normal(size=9)
    measured = noise(make_case({"x": x}, np.exp(x)), lambda inputs: encode(np.exp(inputs["x"])))
    assert 1e-17 < measured < 1e-14


def test_noise_shows_cancellation() -> None:
    case = make_case({"x": 0.1}, (1e6 + 0.1) - 1e6)
    assert noise(case, lambda inputs: encode((1e6 + inputs["x"]) - 1e6 + 1e3 * (inputs["x"] - 0.1))) > 1e-14


def test_noise_is_infinite_where_rounding_changes_the_form() -> None:
    case = make_case({"x": 0.1}, "low")
    assert noise(case, lambda inputs: encode("low" if inputs["x"] <= 0.1 else "high")) == math.inf


def test_noise_is_infinite_where_rounding_makes_it_raise() -> None:
    assert noise(make_case({"x": 0.1}, 1.0), lambda _: None) == math.inf


def test_code_that_refuses_extended_precision_has_the_noise_of_the_rest() -> None:
    x = np.diag([0.3, 0.7])

    def invert(inputs: dict[str, Value]) -> Value:
        if inputs["x"].dtype == np.longdouble:
            return None
        return encode(np.linalg.inv(inputs["x"]))

    assert noise(make_case({"x": x}, np.linalg.inv(x)), invert) < 1e-14


def test_a_sum_that_is_zero_but_for_rounding_is_not_far_from_another() -> None:
    zero = encode(np.array([1e-17, 3e-17]))
    assert far_from(zero, encode(np.array([-2e-17, 0.0]))) == 0
    assert far_from(zero, encode(np.array([-2e-17, 1e-9]))) > 1


def test_distance_agrees_with_the_judge_at_the_finest_tolerance() -> None:
    rng = np.random.default_rng(3)
    for size in (1e-9, 1e-3, 1.0, 1e6):
        expected = encode(rng.normal(size=5) * size)
        for exponent in (-13, -9, -8, -7, -6):
            returned = encode(decode(expected) + rng.normal(size=5) * 10.0**exponent)
            far = far_from(expected, returned)
            if compare(expected, returned, Tolerance(relative=1e-7)) is None:
                assert far <= 2e-7
            else:
                assert far > 1e-7


@pytest.mark.parametrize(
    "returned",
    [None, encode(np.ones((2, 2))), encode("text"), encode(np.array([np.nan, 1.0]))],
    ids=["raised", "another shape", "another type", "not a number"],
)
def test_what_no_tolerance_accepts_is_infinitely_far(returned: object) -> None:
    assert far_from(encode(np.ones(2)), returned) == math.inf  # type: ignore[arg-type]


def test_bools_and_words_have_a_distance_too() -> None:
    assert far_from(encode(np.array([True, False])), encode(np.array([True, False]))) == 0
    assert far_from(encode("saddle"), encode("minimum")) == math.inf


def test_a_mistake_is_as_far_as_its_farthest_case() -> None:
    cases = [make_case({}, 1.0), make_case({}, 2.0)]
    near, far = (
        Case(name, case.visibility, 1.0, case.judge, {}, case.expected, case.encoded_inputs)
        for name, case in zip(("near", "far"), cases, strict=True)
    )
    mistake = Mistake("m", "M.", (), {"near": encode(1.0), "far": encode(6.0)})
    assert farthest(mistake, [near, far]) == pytest.approx(1.0, rel=1e-4)
    assert farthest(mistake, [near]) == 0


def test_a_mistake_that_leaves_optional_items_out_is_not_far_for_that() -> None:
    case = make_case({}, (1.0, 2.0))
    mistake = Mistake("m", "M.", (), {"case": encode((1.0,))})
    assert farthest(mistake, [case], optional_tail=0) == math.inf
    assert farthest(mistake, [case], optional_tail=1) == 0


@pytest.mark.parametrize(
    ("judge", "expected"),
    [
        (Equal(), True),
        (Magnitude(decades=1), False),
        (AtMost(bound=1e-6), False),
        (Holds(properties=("p",)), False),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_only_cases_judged_by_their_numbers_are_measured(judge: Judge, expected: bool) -> None:
    assert takes_part(make_case({}, 1.0, judge)) is expected
