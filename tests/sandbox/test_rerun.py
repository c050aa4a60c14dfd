"""What an exercise that is run again finds in the place of its helpers, in every kind of box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from grader.course.model import Submission
from grader.errors import BoxFailure
from grader.results import Kind, Run
from grader.sandbox.box import Box, open_box
from grader.sandbox.box import Kind as BoxKind
from tests.sandbox.conftest import value
from tests.sandbox.dependent import HELPERS, WRONG, assignment

Rerunner = Callable[..., Run]


@pytest.fixture(scope="module")
def shared(kind: BoxKind) -> Iterator[Box]:
    with open_box(assignment(), kind) as opened:
        yield opened


@pytest.fixture
def rerun(shared: Box) -> Rerunner:
    """Run `user` of a source again, with everything that it uses answered by the reference."""

    def run(source: str, helpers: tuple[str, ...] = HELPERS, spent: float = 0.0) -> Run:
        submission = Submission("someone", "small", (WRONG + source).encode())
        return shared.run_again(submission, "user", helpers, spent=spent)

    return run


def returned(run: Run, case: str = "one") -> object:
    return value(run.outcomes["user", case])


def test_the_reference_answers_in_place_of_a_wrong_helper(rerun: Rerunner):
    run = rerun("def user(x): return helper(x) + helper(x=x)")
    assert returned(run) == 1.0
    assert returned(run, "three") == 3.0


def test_only_the_exercise_asked_for_is_run(rerun: Rerunner):
    assert {exercise for exercise, _ in rerun("def user(x): return 1").outcomes} == {"user"}


def test_helpers_that_are_not_named_are_the_students_own(rerun: Rerunner):
    assert returned(rerun("def user(x): return mapped(None, x)", ("helper",))) is None


def test_a_helper_that_the_file_lacks_is_there(rerun: Rerunner):
    assert returned(rerun("del helper\ndef user(x): return helper(x)")) == 0.5


def test_what_calls_py_plants_stands_above_the_reference(rerun: Rerunner):
    run = rerun("def user(x): return helper(x)")
    assert [returned(run, case) for case in ("one", "planted", "three")] == [0.5, "planted", 1.5]


def test_values_of_every_kind_are_handed_over(rerun: Rerunner):
    source = "def user(x): return mapped(lambda v: v, [x, (None, True, 2, 'a'), {'k': np.arange(3)}])"
    listed, others, mapping = returned(rerun(source))
    assert (listed, others) == (1.0, (None, True, 2, "a"))
    np.testing.assert_array_equal(mapping["k"], [0, 1, 2])


def test_functions_among_the_arguments_are_called_back(rerun: Rerunner):
    assert returned(rerun("def user(x): return mapped(lambda v: 3 * v, x, twice=True)")) == 9.0


def test_what_a_function_called_back_raises_is_raised_as_it_is(rerun: Rerunner):
    source = """
class Own(Exception): pass
def user(x):
    def f(v): raise Own("mine")
    try: mapped(f, x)
    except Own as error: return str(error), helper(x)
"""
    assert returned(rerun(source)) == ("mine", 0.5)


def test_a_function_that_says_how_it_is_made_is_made_where_it_is_needed(rerun: Rerunner):
    source = """
def user(x):
    def f(v): raise RuntimeError
    f.made_by = ("make", {"step": 10})
    return mapped(f, x)
"""
    assert returned(rerun(source)) == 11.0


def test_only_given_functions_are_made_so(rerun: Rerunner):
    source = """
def user(x):
    def f(v): return v
    f.made_by = ("helper", {"x": 8.0})
    return mapped(f, x)
"""
    assert rerun(source).outcomes["user", "one"].kind is Kind.RAISED


def test_arguments_that_the_reference_changes_are_changed(rerun: Rerunner):
    source = """
def user(x):
    array = np.zeros(2)
    into = {"old": 0, "list": [0.0], "array": array}
    fill(into, x)
    return into, array is into["array"]
"""
    into, same = returned(rerun(source))
    assert (into["value"], into["list"], list(into["array"]), same) == (1.0, [0.0, 1.0], [1.0, 1.0], True)
    assert "old" not in into


@pytest.mark.parametrize(
    ("what", "nearest"), [("key", "KeyError"), ("unicode", "UnicodeError"), ("exit", "RuntimeError")]
)
def test_what_the_reference_raises_is_told_in_our_words_alone(rerun: Rerunner, what: str, nearest: str):
    source = f"""
def user(x):
    try: helper({what!r})
    except BaseException as error: return type(error).__name__, str(error), helper(x)
"""
    name, message, after = returned(rerun(source))
    assert (name, after) == (nearest, 0.5)
    assert "words" not in message


def test_a_question_without_end_costs_the_case_and_not_the_next_one(rerun: Rerunner):
    run = rerun("def user(x): return endless() if x == 1 else helper(x)")
    assert run.outcomes["user", "one"].kind in (Kind.RAISED, Kind.TIMED_OUT)
    assert returned(run, "three") == 1.5


def test_a_case_that_ends_the_process_costs_only_itself(rerun: Rerunner):
    run = rerun("def user(x):\n    if x == 3: return helper(x)\n    import os; os._exit(0)")
    assert run.outcomes["user", "one"].kind is Kind.CRASHED
    assert returned(run, "three") == 1.5


def test_generators_stand_as_they_stood_the_first_time(shared: Box, rerun: Rerunner):
    source = "def user(x): return float(np.random.rand())"
    again = rerun(source)
    first = shared.run(Submission("someone", "small", (WRONG + source).encode()))
    assert returned(again) == value(first.outcomes["user", "one"])


def test_what_the_reference_draws_is_repeatable(rerun: Rerunner):
    source = "def user(x): return [draw()[0] for _ in range(3)]"
    assert returned(rerun(source)) == returned(rerun(source))
    assert len(set(returned(rerun(source)))) == 3


def test_the_reference_knows_nothing_of_other_submissions(rerun: Rerunner):
    rerun("def user(x): return helper(x)")
    assert returned(rerun("def user(x): return draw()[1]")) == 0


def test_all_that_is_printed_is_held_back(rerun: Rerunner):
    run = rerun("print('loaded')\ndef user(x):\n    print(helper(x))\n    return 1")
    assert run.printed_public == ""
    assert "loaded" in run.printed_hidden
    assert "0.5" in run.printed_hidden
    assert "the reference prints" not in run.printed_hidden


def test_nothing_is_run_once_the_submission_has_used_its_seconds(rerun: Rerunner):
    run = rerun("def user(x): return helper(x)", spent=1000.0)
    assert {outcome.kind for outcome in run.outcomes.values()} == {Kind.SKIPPED}


def test_the_seconds_of_a_submission_go_on_counting(rerun: Rerunner):
    assert rerun("def user(x): return helper(x)", spent=1.0).spent > 1.0


@pytest.mark.parametrize("broken", [b"raise ValueError('broken')", b"import nothing_of_that_name", b"def"])
def test_a_reference_that_does_not_load_is_a_fault_of_ours(kind: BoxKind, broken: bytes):
    source = WRONG.encode() + b"def user(x): return helper(x)"
    with open_box(replace(assignment(), solution=broken), kind) as box:
        with pytest.raises(BoxFailure, match="reference's file"):
            box.run_again(Submission("someone", "small", source), "user", HELPERS)
        assert box.run(Submission("someone", "small", source)).outcomes["user", "one"].kind is Kind.RAISED


def test_the_reference_is_not_started_for_who_asks_nothing(kind: BoxKind):
    with open_box(assignment(), kind) as box:
        assert box._reference is None
        box.run(Submission("someone", "small", b"x = 1"))
        assert box._reference is None
