from __future__ import annotations

import re

import numpy as np
import pytest

from grader.course.model import Tolerance
from grader.report.arrays import differing, show
from grader.values import Opaque

TOLERANCE = Tolerance()


def cells(markup: str) -> list[str]:
    return re.findall(r"<td>(?:<mark>)?([^<]+)", markup)


def marked(markup: str) -> list[str]:
    return re.findall(r"<mark>([^<]+)", markup)


def both(expected, returned) -> str:
    focus = differing(expected, returned, TOLERANCE)
    assert focus is not None
    return show(returned, focus)


@pytest.mark.parametrize("shape", [(), (3,), (2, 2), (2, 2, 2), (1, 2, 1, 2)], ids=str)
def test_an_array_of_any_rank_has_only_its_differing_entries_marked(shape: tuple[int, ...]) -> None:
    expected = np.arange(1.0, 1 + np.prod(shape)).reshape(shape)
    returned = expected.copy()
    returned[(-1,) * len(shape)] += 0.5
    assert marked(both(expected, returned)) == [f"{returned.ravel()[-1]:.1f}"]


def test_a_difference_is_always_visible_in_the_digits() -> None:
    expected = np.array([1.0, 2.0, 3.0])
    for size in (1e-2, 1e-5, 1e-6):
        shown = both(expected, expected + np.array([0, size, 0]))
        assert marked(shown)[0].rstrip("0") != "2."


def test_a_large_array_is_cut_to_the_part_around_its_worst_entry() -> None:
    expected = np.zeros((50, 40))
    returned = expected.copy()
    returned[33, 21] = 5
    shown = both(expected, returned)
    assert len(cells(shown)) == 36
    assert marked(shown) == ["5"]
    assert "rows 30 to 35 of 50, columns 18 to 23 of 40" in shown
    assert "shape (50, 40)" in shown


def test_of_many_slices_those_that_differ_are_shown_on_both_sides() -> None:
    expected = np.zeros((6, 5, 2, 2))
    returned = expected.copy()
    returned[4, 2, 1, 1] = 1
    focus = differing(expected, returned, TOLERANCE)
    for value in (expected, returned):
        assert re.findall(r"\[\d, \d, :, :\]", show(value, focus)) == ["[4, 2, :, :]"]


def test_nan_and_infinity_differ_from_numbers_and_not_from_themselves() -> None:
    expected = np.array([1.0, np.nan, np.inf, -np.inf])
    assert not differing(expected, expected.copy(), TOLERANCE).marks.any()
    returned = np.array([np.nan, 1.0, -np.inf, -np.inf])
    assert differing(expected, returned, TOLERANCE).marks.tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    ("expected", "returned"),
    [(np.ones(3), np.ones((3, 1))), (1.0, "b"), (1.0, None), (np.ones(2), [[1], [1, 2]]), (1.0, Opaque("x"))],
    ids=["shape", "text", "None", "ragged", "opaque"],
)
def test_what_cannot_be_compared_is_not_compared(expected, returned) -> None:
    assert differing(expected, returned, TOLERANCE) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (3, "3"),
        (True, "True"),
        (None, "None"),
        (1 + 2j, "(1+2j)"),
        ("<b>", "&#34;&lt;b&gt;&#34;"),
        (1 << 4000, "an integer of 4001 bits"),
        (Opaque("<i>"), "a value of type &lt;i&gt;"),
        ({"<", 2}, "{&#39;&lt;&#39;, 2}"),
        (np.zeros((0, 3)), "array of shape (0, 3)"),
        (np.array(2.5), "2.5"),
    ],
)
def test_a_value_that_is_no_table_is_a_word(value, text: str) -> None:
    assert show(value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1.0, -2.0], ["1", "-2"]),
        ([0.125, 10.0], ["0.125", "10.000"]),
        ([0.5, -1.5], ["0.5", "-1.5"]),
        ([0.1 + 0.2, 1.0], ["0.3", "1.0"]),
        ([1 / 3, 0.5], ["0.33333", "0.50000"]),
        ([1e9, 1.0], ["1.0000e+09", "1.0000e+00"]),
        ([1e-9, 2e-9], ["1.0000e-09", "2.0000e-09"]),
        ([np.nan, 1.5], ["nan", "1.5"]),
    ],
    ids=str,
)
def test_the_numbers_of_one_table_share_a_format(value, expected: list[str]) -> None:
    assert cells(show(np.array(value))) == expected


@pytest.mark.parametrize("odd", [np.nan, np.inf, 1e200], ids=str)
def test_an_expected_number_beyond_all_measure_leaves_the_others_theirs(odd: float) -> None:
    expected = np.array([odd, 1.0, 2.0])
    focus = differing(expected, np.array([odd, 1.0, 2.5]), TOLERANCE)
    assert focus is not None
    assert focus.marks.tolist() == [False, False, odd != 1e200]
    assert differing(expected, np.array([3.0, 1.0, 2.0]), TOLERANCE).marks.tolist() == [True, False, False]


def test_only_a_table_that_is_wider_than_a_phone_is_a_stop_for_the_keyboard() -> None:
    assert "tabindex" not in show(np.ones((6, 6)))
    assert 'tabindex="0"' in show(np.full((2, 6), -1 / 3))
    assert 'tabindex="0"' in show(np.full((3, 3, 6), np.pi * 1e-9))


def test_axes_of_length_1_make_no_slices() -> None:
    shown = show(np.arange(12.0).reshape(12, 1, 1))
    assert len(cells(shown)) == 12
    assert "shape (12, 1, 1)" in shown
    assert "slice" not in shown


def test_an_infinite_number_is_expected_without_a_warning_where_no_share_of_it_is_allowed() -> None:
    focus = differing(np.array([np.inf, 1.0]), np.array([np.inf, 2.0]), Tolerance(relative=0))
    assert focus is not None
    assert focus.marks.tolist() == [False, True]
