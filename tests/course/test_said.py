"""Numbers written out as one would on paper."""

from __future__ import annotations

import numpy as np
import pytest

from grader.course.worked import bracketed, dotted, listed, raised, said, summed
from grader.values import Value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"),
        (-2.0, "−2"),
        (-0.0, "0"),
        (1 / 3, "0.3333"),
        (123456.0, "123456"),
        (3e12, "3 · 10¹²"),
        (float("nan"), "nan"),
        (1e-7, "10⁻⁷"),
        (True, "True"),
        (np.float64(0.5), "0.5"),
        (np.array([[1.0, -0.5], [2.0, 0.0]]), "[[1, −0.5], [2, 0]]"),
        ([1, 2], "[1, 2]"),
        ((), "[]"),
        ("saddle", "saddle"),
    ],
    ids=str,
)
def test_numbers_are_said_as_on_paper(value: Value, text: str) -> None:
    assert said(value) == text


def test_a_sum_is_written_with_its_signs() -> None:
    assert summed([-1, 2.5, -3, 0]) == "−1 + 2.5 − 3 + 0"


def test_factors_below_zero_stand_in_parentheses() -> None:
    assert dotted([2, -1], [-0.5, 3]) == "2 · (−0.5) + (−1) · 3"


def test_what_is_taken_away_stands_in_parentheses_where_it_has_a_sign() -> None:
    assert (bracketed(-0.5), bracketed(0.5)) == ("(−0.5)", "0.5")


def test_a_list_ends_with_and() -> None:
    assert [listed("ab"[:1]), listed("ab"), listed("abc")] == ["a", "a and b", "a, b and c"]


def test_a_power_stands_above_the_line() -> None:
    assert f"2{raised(10)} 2{raised(-3)}" == "2¹⁰ 2⁻³"
