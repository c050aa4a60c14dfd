"""What was returned, brought into the form of the expected value."""

from __future__ import annotations

import numpy as np
import pytest

from grader.report.forms import UnusableError, alike, numbers, part_of
from grader.values import Value


@pytest.mark.parametrize(
    ("expected", "returned", "wanted"),
    [
        (2.0, 3, 3.0),
        (2.0, np.array(3), 3.0),
        (2.0, True, 1.0),
        (np.zeros(2), [1, 2], np.array([1.0, 2.0])),
        (np.zeros((1, 2)), np.array([[True, False]]), np.array([[1.0, 0.0]])),
        ([0.0, 0.0], np.array([1, 2]), [1.0, 2.0]),
        ([0.0], [1.0, "more"], [1.0]),
        ({"a": 0.0}, {"b": 9, "a": 1}, {"a": 1.0}),
        ([{"a": np.zeros(1)}, 0.0], ({"a": [5]}, 6), [{"a": np.array([5.0])}, 6.0]),
    ],
)
def test_what_means_the_same_takes_one_form(expected: Value, returned: Value, wanted: Value) -> None:
    made = alike(expected, returned)
    assert type(made) is type(wanted)
    np.testing.assert_equal(made, wanted)


@pytest.mark.parametrize(
    ("expected", "returned"),
    [
        (2.0, np.array([2.0])),
        (2.0, "2.0"),
        (2.0, 2 + 0j),
        (np.zeros(2), np.zeros(2, dtype=complex)),
        (np.zeros(2), np.zeros((2, 1))),
        (np.zeros(2), [[1.0], [1.0, 2.0]]),
        ([0.0, 0.0], [1.0]),
        ([0.0], {"a": 1.0}),
        ({"a": 0.0}, {"b": 1.0}),
        ({"a": 0.0}, None),
        (2.0, 10**400),
    ],
)
def test_another_form_is_unusable(expected: Value, returned: Value) -> None:
    with pytest.raises((UnusableError, ValueError, TypeError, OverflowError)):
        alike(expected, returned)


def test_numbers_of_ours_are_floats_and_all_else_stays() -> None:
    made = numbers(({"a": 1, "b": np.array([True, False])}, "c", None, True))
    assert made[1:] == ["c", None, True]
    assert isinstance(made[0]["a"], float)
    assert made[0]["b"].tolist() == [1.0, 0.0]


def test_a_part_is_found_by_keys_and_indices() -> None:
    assert part_of(({"a": [1, 2]},), (0, "a", 1)) == 2
    with pytest.raises(LookupError):
        part_of({"a": 1}, ("b",))
