"""The course's pictures: each draws what it should, of right answers, known mistakes and nonsense alike."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest
from in_process import ROOT, assignment

from grader.course.load import assignment_names
from grader.course.model import Case, Exercise
from grader.report.pictures import Declared, Picture, declared, draw
from grader.values import Encoded, Value, decode, encode

NAMES = [name for name in assignment_names(ROOT) if not name.startswith("quiz")]
#: Known mistakes drawn of each picture; `grade build` draws the right answers.
MISTAKES = 3
LARGEST = 25_000


@cache
def pictures_of(name: str) -> tuple[Declared, ...]:
    return declared(assignment(name).pictures)


def case_of(name: str, wanted: Declared) -> tuple[Exercise, Case]:
    exercise = assignment(name).exercise(wanted.exercise)
    (case,) = (case for case in exercise.cases if case.name == wanted.cases[0])
    return exercise, case


EACH = [(name, number) for name in NAMES for number in range(len(pictures_of(name)))]
IDS = [f"{name}-{pictures_of(name)[number].exercise}-{number}" for name, number in EACH]


@pytest.mark.parametrize("name", NAMES)
def test_every_assignment_with_functions_has_a_picture(name: str) -> None:
    assert pictures_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_shows_public_cases_that_exist(name: str) -> None:
    for wanted in pictures_of(name):
        public = {
            c.name for c in assignment(name).exercise(wanted.exercise).cases if c.visibility == "public"
        }
        assert public.issuperset(wanted.cases)


@pytest.mark.parametrize(("name", "number"), EACH, ids=IDS)
def test_known_mistakes_are_drawn_and_told_in_words(name: str, number: int) -> None:
    wanted = pictures_of(name)[number]
    exercise, case = case_of(name, wanted)
    seen: dict[str, Picture] = {}
    for mistake in exercise.mistakes:
        value = mistake.returns[case.name]
        if value is None or value == case.expected or len(seen) == MISTAKES:
            continue
        drawn = draw(wanted, case, value)
        assert not isinstance(drawn, str), drawn
        if drawn is not None and "stands alone" not in drawn.caption:
            seen[mistake.name] = drawn
    assert seen, "no known mistake shows"
    for drawn in seen.values():
        assert len(drawn.svg) < LARGEST
        assert not any(word in drawn.svg for word in ("style=", "NaN", "inf "))
        assert drawn.title and drawn.caption.endswith(".") and drawn.alt.endswith(".")
        assert not re.search(r"\de[-+]", drawn.alt)


@pytest.mark.parametrize(("name", "number"), EACH, ids=IDS)
def test_without_an_answer_the_reference_is_drawn_or_nothing(name: str, number: int) -> None:
    wanted = pictures_of(name)[number]
    _, case = case_of(name, wanted)
    drawn = draw(wanted, case, None)
    assert drawn is None or isinstance(drawn, Picture)


@pytest.mark.parametrize(("name", "number"), EACH, ids=IDS)
@pytest.mark.parametrize("nonsense", [np.nan, -1e308], ids=str)
def test_nonsense_breaks_no_picture(name: str, number: int, nonsense: float) -> None:
    wanted = pictures_of(name)[number]
    _, case = case_of(name, wanted)
    drawn = draw(wanted, case, filled(case.expected, nonsense), strict=not wanted.loose)
    assert not isinstance(drawn, str), drawn


def filled(expected: Encoded, number: float) -> Encoded:
    """Return a value of the same form with one number everywhere."""

    def fill(value: Value) -> Value:
        if isinstance(value, dict):
            return {key: fill(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(fill(item) for item in value)
        if isinstance(value, np.ndarray):
            return np.full(value.shape, number)
        return number if isinstance(value, (int, float)) else value

    return encode(fill(decode(expected)))


ADAM = [each for each in pictures_of("optimizers") if each.exercise == "update_parameters_with_adam"]


@pytest.mark.parametrize("wanted", ADAM, ids=[each.title for each in ADAM])
def test_what_may_be_left_out_is_not_missed_in_a_picture(wanted: Declared) -> None:
    _, case = case_of("optimizers", wanted)
    parameters, v, s, *_ = decode(case.expected)
    turned = {name: 1.5 * np.asarray(value) for name, value in parameters.items()}
    drawn = draw(wanted, case, encode((turned, v, s)))
    assert isinstance(drawn, Picture) and "stands alone" not in drawn.caption
