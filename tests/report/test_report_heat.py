"""Maps of where arrays are off: right for every shape, readable without colour, and never large."""

from __future__ import annotations

import re

import numpy as np
import pytest

from grader.course.model import Tolerance
from grader.report.arrays import differing
from grader.report.heat import ACROSS, DOWN, heat, where


def drawn(expected: np.ndarray, returned: np.ndarray) -> str:
    focus = differing(expected, returned, Tolerance())
    assert focus is not None
    return str(heat(focus.ratios))


def squares(markup: str) -> dict[str, int]:
    """Count the squares of each level."""
    found = {}
    for level, size in (("far1", 3), ("far2", 5), ("far3", 7), ("far4", 9)):
        lines = re.findall(rf'class="{level}" d="([^"]*)"', markup)
        lengths = [int(each) for line in lines for each in re.findall(r"h(\d+)", line)]
        found[level] = sum((length - size) // 10 + 1 for length in lengths)
    return found | {"odd": markup.count("l6 6")}


@pytest.mark.parametrize("shape", [(40,), (9, 30), (1, 20), (20, 1)], ids=str)
def test_each_entry_that_differs_is_a_square(shape: tuple[int, ...]) -> None:
    expected = np.ones(shape)
    returned = expected.copy()
    returned.ravel()[[3, 4, -1]] += 0.5
    markup = drawn(expected, returned)
    assert squares(markup) == {"far1": 0, "far2": 0, "far3": 0, "far4": 3, "odd": 0}
    assert f"3 of {expected.size} entries differ" in markup


@pytest.mark.parametrize("shape", [(5, 3, 4), (2, 3, 4, 5), (2, 2, 2, 3, 3)], ids=str)
def test_of_more_axes_each_slice_that_differs_is_a_square(shape: tuple[int, ...]) -> None:
    expected = np.zeros(shape)
    returned = expected.copy()
    returned[(-1,) * len(shape)] = 1
    returned[(0,) * len(shape)] = np.nan
    markup = drawn(expected, returned)
    assert squares(markup)["far4"] == squares(markup)["odd"] == 1
    assert f"2 of {expected[..., 0, 0].size} slices differ" in markup


def test_the_farther_off_the_larger_and_the_words_tell_the_scale() -> None:
    expected = np.ones((2, 20))
    returned = expected.copy()
    returned[0, :4] += [1e-6, 1e-4, 1e-2, 1]
    markup = drawn(expected, returned)
    assert squares(markup) == {"far1": 1, "far2": 1, "far3": 1, "far4": 1, "odd": 0}
    assert "from 5 to 5e6 times the tolerance" in markup


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_a_cross(value: float) -> None:
    expected = np.ones((3, 20))
    returned = expected.copy()
    returned[1, 5] = value
    assert squares(drawn(expected, returned))["odd"] == 1
    assert squares(drawn(returned, expected))["odd"] == 1


def test_complex_numbers_are_as_far_off_as_they_lie_apart() -> None:
    expected = np.ones((3, 20)) + 1j
    returned = expected.copy()
    returned[2, 2] -= 2j
    assert "1 of 60 entries differs, in row 2 and column 2." in drawn(expected, returned)


def test_of_an_enormous_array_each_square_is_the_worst_of_a_block() -> None:
    expected = np.zeros((1000, 1201))
    returned = expected.copy()
    returned[999, 1200] = 1
    markup = drawn(expected, returned)
    assert squares(markup)["far4"] == 1
    assert "Each square stands for a block of 42 by 26 entries." in markup
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', markup)[0])
    assert width <= 10 * ACROSS
    assert height <= 10 * DOWN


def test_a_map_stays_small_whatever_it_shows() -> None:
    rng = np.random.default_rng(0)
    expected = np.ones((200, 300))
    returned = expected + 10.0 ** rng.uniform(-6, 2, expected.shape)
    assert len(drawn(expected, returned)) < 25_000


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        (np.s_[:, :], ""),
        (np.s_[2, :], "in row 2"),
        (np.s_[:, 4], "in column 4"),
        (np.s_[1:3, 2:], "in rows 1 to 2 and columns 2 to 4"),
        (np.s_[[0, 3], [0, 4]], ""),
    ],
    ids=str,
)
def test_words_say_where_the_differences_lie(marked, said: str) -> None:
    marks = np.zeros((4, 5), bool)
    marks[marked] = True
    assert where(marks) == said
