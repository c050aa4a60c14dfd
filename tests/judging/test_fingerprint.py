from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging_examples import case, ended, exercise, raised, returned

from grader.course.model import Exercise, Holds, Magnitude
from grader.judging.fingerprint import fingerprint
from grader.results import JudgedCase, Kind, Mismatch, Outcome, Verdict

ASKED = exercise(*(case(np.arange(6.0).reshape(2, 3), f"case {number}") for number in range(8)))


def wrong(outcome: Outcome, name: str = "case 0", kind: str = "value") -> JudgedCase:
    verdict = {Kind.RETURNED: Verdict.FAILED, Kind.RAISED: Verdict.ERRORED}.get(
        outcome.kind, Verdict.TIMED_OUT
    )
    return JudgedCase(name, outcome, verdict, Mismatch(kind) if outcome.kind is Kind.RETURNED else None)


def right(name: str) -> JudgedCase:
    return JudgedCase(name, returned(np.arange(6.0).reshape(2, 3)), Verdict.PASSED)


def of(*outcomes: Any, asked: Exercise = ASKED) -> str:
    """The fingerprint of these outcomes in the first cases; the others pass."""
    judged = [wrong(each, case.name) for case, each in zip(asked.cases, outcomes, strict=False)]
    judged += [right(case.name) for case in asked.cases[len(outcomes) :]]
    return fingerprint(asked, judged)


def test_what_is_all_right_has_no_fingerprint() -> None:
    assert of() == ""


@pytest.mark.parametrize("kind", [Kind.TIMED_OUT, Kind.CRASHED, Kind.SKIPPED, Kind.MISSING, Kind.NOT_RUN])
def test_where_nothing_came_back_there_is_no_answer(kind: Kind) -> None:
    assert of(ended(kind)) == ""


def test_an_untouched_stub_is_no_answer_though_it_raises() -> None:
    untouched = JudgedCase("case 0", raised("NotImplementedError"), Verdict.NOT_ATTEMPTED)
    assert fingerprint(exercise(case(1.0, "case 0")), [untouched]) == ""


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=6), st.floats(-1e-13, 1e-13))
def test_rounding_makes_no_difference(numbers: list[float], noise: float) -> None:
    array = np.array(numbers)
    assert of(returned(array)) == of(returned(array * (1 + noise)))


@pytest.mark.parametrize("number", [0.00390625, 1 / 2**10, 1.000005, 12345.5], ids=str)
def test_no_plain_number_lies_on_an_edge_of_rounding(number: float) -> None:
    below, above = number * (1 - 1e-7), number * (1 + 1e-7)
    assert of(returned(below)) == of(returned(number)) == of(returned(above))


def test_other_values_other_cases_and_other_shapes_tell_apart() -> None:
    array = np.arange(6.0)
    answers = [
        of(returned(array)),
        of(returned(array * 1.001)),
        of(returned(array), returned(array)),
        of(returned(array.reshape(3, 2))),
        of(returned(array.reshape(2, 3))),
        of(raised("ValueError")),
        of(raised("TypeError")),
    ]
    assert len(set(answers)) == len(answers)


def test_a_value_that_differs_in_any_of_the_few_looked_at_tells_apart() -> None:
    same = [returned(np.ones(3))] * 8
    other = [*same[:7], returned(np.full(3, 2.0))]
    assert of(*same) != of(*other)


def test_a_list_and_a_float_count_as_an_array_and_a_number() -> None:
    assert of(returned([1.0, 2.0])) == of(returned(np.array([1.0, 2.0])))
    assert of(returned(2)) == of(returned(2.0))


def test_of_an_exception_its_nearest_type_counts_and_none_of_the_students_words() -> None:
    one = raised("MyError", "my words", nearest="ValueError", line=3, text="x = y")
    other = raised("ValueError", "other words", line=99, text="a = b")
    assert of(one) == of(other) != ""


@pytest.mark.parametrize(
    "judge", [Holds(properties=("p",)), Magnitude(decades=1)], ids=["holds", "magnitude"]
)
def test_where_digits_mean_nothing_they_do_not_count(judge: Holds | Magnitude) -> None:
    asked = exercise(case(1e-7, "case 0", judge=judge))
    notes = [Mismatch("property", note=f"the mean is {mean}, not 0") for mean in (0.31, -4.2e-3)]
    judged = [
        JudgedCase("case 0", returned(value), Verdict.FAILED, note)
        for value, note in zip((1.5e-3, 2.5e-3), notes, strict=True)
    ]
    other = JudgedCase("case 0", returned(1.5e-3), Verdict.FAILED, Mismatch("property", note="it grows"))
    assert fingerprint(asked, judged[:1]) == fingerprint(asked, judged[1:]) != fingerprint(asked, [other])


def test_a_huge_value_is_told_by_its_shape_alone() -> None:
    many = np.zeros(200_000)
    assert of(returned(many)) == of(returned(many + 1)) != of(returned(many[:-1]))
