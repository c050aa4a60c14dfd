"""Which pictures a page gets, and that none of them ever breaks one."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import report_fakes as fakes

from grader.course.model import Assignment
from grader.report.pages import submission_page
from grader.report.pictures import broken, pictures
from grader.results import Graded, JudgedCase, Kind, Outcome, Raised, Verdict
from grader.values import Value, decode, encode

EXERCISE = "exponentially_weighted_average"

DRAWS = """
import numpy as np
from grader.report.drawing import axes, compare, done, figure
from grader.report.pictures import picture

calls = []

@picture("exponentially_weighted_average", case=("{case}",), title="Smoothed", caption="It is smooth.")
def smoothed(answer):
    calls.append(answer)
    drawn = figure()
    ax = axes(drawn)
    ax.set(xlim=(0, 6), ylim=(-9, 9))
    compare(ax, np.arange(answer.expected.size), answer.expected, answer.returned)
    return done(drawn, f"expected {{answer.expected.size}}")
"""


@pytest.fixture
def assignment(asked: Assignment, tmp_path: Path) -> Assignment:
    return with_pictures(asked, tmp_path, DRAWS)


def with_pictures(asked: Assignment, folder: Path, source: str, visibility: str = "public") -> Assignment:
    case = next(case for case in asked.exercise(EXERCISE).cases if case.visibility == visibility)
    path = folder / "pictures.py"
    path.write_text(source.format(case=case.name), encoding="utf-8")
    return replace(asked, pictures=path)


def returning(asked: Assignment, value: Value, verdict: Verdict = Verdict.FAILED) -> Graded:
    """A right submission, but for what one exercise returns in all of its cases."""
    return with_outcome(asked, Outcome(Kind.RETURNED, value=encode(value)), verdict)


def with_outcome(asked: Assignment, outcome: Outcome, verdict: Verdict) -> Graded:
    graded = fakes.grade(fakes.right(), asked)
    cases = [JudgedCase(case.name, outcome, verdict) for case in asked.exercise(EXERCISE).cases]
    return replace(graded, judged=graded.judged | {EXERCISE: tuple(cases)})


def expected(assignment: Assignment) -> np.ndarray:
    case = next(case for case in assignment.exercise(EXERCISE).cases if case.visibility == "public")
    return decode(case.expected)


def test_a_wrong_answer_is_drawn_beside_the_reference(assignment: Assignment) -> None:
    (made,) = pictures(returning(assignment, expected(assignment) + 1), assignment, EXERCISE)
    assert (made.title, made.caption) == ("Smoothed", "It is smooth.")
    assert made.alt == f"expected {expected(assignment).size}"
    assert made.svg.startswith("<svg") and ">yours</text>" in made.svg and ">reference</text>" in made.svg


def test_other_exercises_have_none_of_it(assignment: Assignment) -> None:
    graded = returning(assignment, expected(assignment) + 1)
    assert pictures(graded, assignment, "update_lr") == ()


@pytest.mark.parametrize("verdict", [Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.UNGRADED])
def test_nothing_is_drawn_where_nothing_is_wrong_or_begun(assignment: Assignment, verdict: Verdict) -> None:
    assert pictures(returning(assignment, [1.0], verdict), assignment, EXERCISE) == ()


def test_a_case_that_passed_is_not_drawn_though_others_did_not(assignment: Assignment) -> None:
    graded = returning(assignment, expected(assignment) + 1)
    first, *others = graded.judged[EXERCISE]
    cases = (replace(first, verdict=Verdict.PASSED), *others)
    assert pictures(replace(graded, judged={EXERCISE: cases}), assignment, EXERCISE) == ()


def test_an_assignment_without_pictures_has_none(asked: Assignment) -> None:
    assert pictures(returning(asked, [1.0]), asked, EXERCISE) == ()


def test_a_hidden_case_is_never_drawn(asked: Assignment, tmp_path: Path) -> None:
    assignment = with_pictures(asked, tmp_path, DRAWS, visibility="hidden")
    assert pictures(returning(assignment, [1.0]), assignment, EXERCISE) == ()


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(Kind.RAISED, raised=Raised("ValueError", "ValueError", "no")),
        Outcome(Kind.TIMED_OUT, reason="too slow"),
    ],
    ids=["raised", "timed out"],
)
def test_where_nothing_came_back_the_reference_stands_alone(assignment: Assignment, outcome: Outcome) -> None:
    (made,) = pictures(with_outcome(assignment, outcome, Verdict.ERRORED), assignment, EXERCISE)
    assert made.caption == "It is smooth. Nothing came back in this case, so the reference stands alone here."
    assert "yours" not in made.svg


HOSTILE = {
    "another shape": np.zeros((2, 2)),
    "huge": np.zeros(300_000),
    "complex": np.full(3, 1 + 2j),
    "a string": "<script>",
    "strings": ["<b>", "&", "'"],
    "none": None,
    "nested": [[[1.0]], {}],
    "a dictionary": {"<i>": 1.0},
    "a ragged list": [[1.0], [1.0, 2.0], 3.0],
    "a set": {1.0, 2.0},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_has_no_form_to_be_drawn_leaves_the_reference_alone(assignment: Assignment, name: str) -> None:
    (made,) = pictures(returning(assignment, HOSTILE[name]), assignment, EXERCISE)
    assert made.caption.endswith("has a form that cannot be drawn, so the reference stands alone here.")
    assert "yours" not in made.svg
    assert broken(returning(assignment, HOSTILE[name]), assignment) == ()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324, 0.0])
def test_numbers_of_any_size_are_drawn(assignment: Assignment, value: float) -> None:
    shape = expected(assignment).shape
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (made,) = pictures(returning(assignment, np.full(shape, value)), assignment, EXERCISE)
    assert ">yours</text>" in made.svg
    assert "nan" not in made.svg.lower() and "inf" not in made.svg.lower()


def test_a_list_of_numbers_is_drawn_as_an_array(assignment: Assignment) -> None:
    value = [int(number) + 2 for number in expected(assignment)]
    (made,) = pictures(returning(assignment, value), assignment, EXERCISE)
    assert ">yours</text>" in made.svg


def test_those_who_returned_the_same_share_one_drawing(assignment: Assignment) -> None:
    first, second, third = (
        pictures(returning(assignment, expected(assignment) + off), assignment, EXERCISE)[0]
        for off in (1, 1, 2)
    )
    assert first is second and third is not first


RAISES = DRAWS.replace("    calls", "    if answer.returned is not None: raise KeyError('x')\n    calls")
ALWAYS = DRAWS.replace("    calls", "    raise KeyError('x')\n    calls")
NOTHING = DRAWS.replace("    calls", "    return None\n    calls")


def test_a_picture_that_cannot_draw_what_was_returned_draws_the_reference(
    asked: Assignment, tmp_path: Path
) -> None:
    assignment = with_pictures(asked, tmp_path, RAISES)
    (made,) = pictures(returning(assignment, expected(assignment) + 1), assignment, EXERCISE)
    assert "stands alone" in made.caption


def test_a_picture_that_is_broken_is_left_out_and_the_instructor_is_told(
    asked: Assignment, tmp_path: Path
) -> None:
    assignment = with_pictures(asked, tmp_path, ALWAYS)
    graded = returning(assignment, expected(assignment) + 1)
    assert pictures(graded, assignment, EXERCISE) == ()
    assert broken(graded, assignment) == (
        "The picture “Smoothed” of exponentially_weighted_average cannot be drawn: KeyError: 'x'.",
    )


@pytest.mark.parametrize("source", ["import nothing_such", "1 +"], ids=["raises", "no Python"])
def test_a_file_that_cannot_be_run_costs_no_page(asked: Assignment, tmp_path: Path, source: str) -> None:
    assignment = with_pictures(asked, tmp_path, source)
    graded = returning(assignment, expected(assignment) + 1)
    assert pictures(graded, assignment, EXERCISE) == ()
    (told,) = broken(graded, assignment)
    assert "pictures.py cannot be run" in told
    assert submission_page(graded, assignment, "instructor")


def test_a_picture_with_nothing_to_see_is_left_out(asked: Assignment, tmp_path: Path) -> None:
    assignment = with_pictures(asked, tmp_path, NOTHING)
    graded = returning(assignment, expected(assignment) + 1)
    assert pictures(graded, assignment, EXERCISE) == broken(graded, assignment) == ()


def test_a_picture_cannot_change_what_the_next_one_is_given(asked: Assignment, tmp_path: Path) -> None:
    spoil = "answer.inputs.clear(); answer.expected[:] += 77; assert answer.returned is None"
    spoils = DRAWS.replace("    calls", f"    before = answer.expected.sum()\n    {spoil}\n    calls")
    spoils = spoils.replace('f"expected {{answer.expected.size}}"', 'f"{{before}}"')
    assignment = with_pictures(asked, tmp_path, spoils)
    before = expected(assignment)
    (made,) = pictures(returning(assignment, before + 1), assignment, EXERCISE)
    assert made.alt == str(before.sum())
    assert np.array_equal(expected(assignment), before)
    assert assignment.exercise(EXERCISE).cases[0].inputs


def test_one_that_is_loose_is_given_what_was_returned_as_it_is(asked: Assignment, tmp_path: Path) -> None:
    source = DRAWS.replace("title=", "loose=True, title=").replace(
        'f"expected {{answer.expected.size}}"', "repr(answer.returned)"
    )
    source = source.replace("answer.expected, answer.returned)", "answer.expected, None)")
    assignment = with_pictures(asked, tmp_path, source)
    (made,) = pictures(returning(assignment, "any"), assignment, EXERCISE)
    assert made.alt == "'any'"
    (made,) = pictures(returning(assignment, np.zeros(300_000)), assignment, EXERCISE)
    assert made.alt == "None"
