"""An exercise that is a question: the box answers the value of a name, and calls nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.course.model import (
    Answered,
    Assignment,
    AssignmentFile,
    Case,
    Equal,
    Exercise,
    ExerciseSpec,
    Question,
    Submission,
)
from grader.results import Kind, Run
from grader.sandbox.box import open_box
from grader.values import Opaque, encode
from tests.sandbox.conftest import value


def _question(name: str) -> Exercise:
    spec = ExerciseSpec(
        name=name,
        title=name,
        points=1,
        signature=name,
        parameters=(),
        cpu_seconds=0.2,
        question=Question(text=name, choices=("x", "y")),
    )
    form = Case("form", "public", 0.0, Answered(), {}, encode(None), encode({}))
    hidden = Case("right", "hidden", 1.0, Equal(), {}, encode({"a"}), encode({}))
    return Exercise(spec, (form, hidden))


@pytest.fixture(scope="module", params=["strong", "weak"])
def answer(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Run]]:
    """Run a file of answers to Q1 and Q2."""
    asked = Assignment(
        "quiz",
        AssignmentFile(title="Quiz", week=1),
        (_question("Q1"), _question("Q2")),
        b"Q1 = None\nQ2 = None\n",
    )
    with open_box(asked, request.param) as box:
        yield lambda source: box.run(Submission("ann", "quiz", source.encode()))


def test_the_value_of_the_name_is_what_comes_back(answer: Callable[[str], Run]) -> None:
    outcomes = answer("Q1 = {'b', 'a'}\nQ2 = 1 / 4\n").outcomes
    assert [value(outcomes["Q1", case]) for case in ("form", "right")] == [{"a", "b"}] * 2
    assert value(outcomes["Q2", "right"]) == 0.25


@pytest.mark.parametrize("source", ["", "Q1 = None\n", "Q2 = 'a'\ndel Q2\n"])
def test_what_is_not_set_is_missing(answer: Callable[[str], Run], source: str) -> None:
    assert {outcome.kind for outcome in answer(source + "\n").outcomes.values()} == {Kind.MISSING}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("def Q1(): raise SystemExit", "function"),
        ("class Q1: pass", "type"),
        ("import numpy as Q1", "module"),
        ("class A:\n    def __call__(self): raise KeyError\nQ1 = A()", "A"),
        ("Q1 = (n for n in 'a')", "generator"),
    ],
    ids=["function", "class", "module", "object", "generator"],
)
def test_what_could_be_called_is_not(answer: Callable[[str], Run], source: str, kind: str) -> None:
    outcome = answer(source + "\n").outcomes["Q1", "form"]
    assert (outcome.kind, value(outcome)) == (Kind.RETURNED, Opaque(kind))


def test_a_value_that_cannot_cross_is_an_outcome_as_any_other(answer: Callable[[str], Run]) -> None:
    outcomes = answer("Q1 = list(range(10**6))\nQ2 = 'a'\n").outcomes
    assert outcomes["Q1", "form"].kind is Kind.TOO_LARGE
    assert value(outcomes["Q2", "form"]) == "a"


def test_an_answer_above_an_error_counts(answer: Callable[[str], Run]) -> None:
    outcomes = answer("Q1 = 'a'\nQ2 = 1 / 0\n").outcomes
    assert value(outcomes["Q1", "right"]) == "a"
    assert outcomes["Q2", "right"].kind is Kind.MISSING
