"""Files that are unusual and right are right in every box; what is said and returned stays in bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.results import Kind, Run
from grader.sandbox.box import Box
from grader.values import WireError
from tests.sandbox.conftest import value
from tests.sandbox.unusual import UNUSUAL

RIGHT = """
import os, sys, time
import numpy as np
def add(x, y=2):
    return x + y
def scale(x, *, factor=1):
    return relu(x)
def driven(x):
    return np.maximum(x, 0)
"""

Runner = Callable[[str | bytes], Run]


def assert_others_right(run: Run) -> None:
    got = [value(run.outcomes[key]) for key in run.outcomes if key[0] != "add"]
    assert got == [0.0, 2.0, 1.0, 2.0]


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_and_right_is_right_in_every_box(run: Runner, name: str):
    found = run(RIGHT + UNUSUAL[name])
    assert value(found.outcomes["add", "defaults"]) == 3.0
    np.testing.assert_array_equal(value(found.outcomes["add", "arrays"]), [5.0, 6.0, 7.0])
    assert value(found.outcomes["add", "secret"]) == 43.5
    assert_others_right(found)


def test_a_later_child_tells_the_students_page_nothing(run: Runner):
    """What it prints can hold what an earlier one learned: by the clock, by how often it is started."""
    source = (
        "print('loaded', time.time())\ndef add(x, y=2):\n    if np.size(x) == 1 and x > 40: os._exit(0)\n"
    )
    found = run(RIGHT + source)
    assert found.outcomes["add", "more secret"].kind is Kind.CRASHED
    assert found.printed_public.count("loaded") == 1
    assert found.printed_hidden.count("loaded") >= 1


def test_what_the_last_public_case_printed_before_it_ended_the_process_is_public(run: Runner):
    source = "def driven(x):\n    print('last words', x, flush=True)\n    if x == 2: os._exit(0)\n"
    assert "last words 2.0" in run(RIGHT + source).printed_public


def test_all_values_of_a_submission_together_are_bounded(run: Runner):
    found = run(RIGHT + "def add(x, y=2): return np.zeros(120_000)\nscale = driven = add\n")
    kinds = [outcome.kind for outcome in found.outcomes.values()]
    assert Kind.TOO_LARGE in kinds
    assert kinds.count(Kind.RETURNED) == 4


def test_a_value_that_found_no_room_takes_none_from_others(box: Box, run: Runner):
    if box.kind == "weak":
        pytest.skip("its clock goes on while others have the processor, and this takes long")
    found = run(RIGHT + "def add(x, y=2): return [()] * 30_000\n")
    assert "too_large" in [outcome.kind.value for outcome in found.outcomes.values()]
    assert_others_right(found)


def test_a_dict_that_names_a_key_twice_is_seen_to_be_forged(run: Runner):
    source = """
class Liar(str):
    __hash__ = lambda self: id(self)
    __eq__ = lambda self, other: False
def add(x, y=2): return {Liar("a"): 1, Liar("a"): 2}
"""
    with pytest.raises(WireError):
        value(run(RIGHT + source).outcomes["add", "defaults"])
