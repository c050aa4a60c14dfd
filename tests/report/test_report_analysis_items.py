"""Statistics of exercises and cases, and the doubts that rest on them."""

from __future__ import annotations

import math

import numpy as np
import pytest
import report_fakes as fakes
from hypothesis import given
from hypothesis import strategies as st

from grader.course.model import Assignment
from grader.report.analysis import Analysis
from grader.report.analysis.discrimination import Discrimination, upper_limit
from grader.report.analysis.items import doubts
from grader.report.analysis.model import CaseStatistics
from grader.results import Verdict

CLASSES = st.lists(
    st.tuples(st.booleans(), st.floats(0, 100, allow_subnormal=False), st.booleans()), max_size=60
)


def discrimination(*submissions: tuple[bool, float, bool]) -> float:
    """Of one item: (right, rest score, attempted) of each submission."""
    running = Discrimination(1)
    for right, rest, seen in submissions:
        running.add(np.array([seen]), np.array([right]), np.array([rest]))
    return float(running.values[0])


@given(CLASSES)
def test_discrimination_is_the_correlation_of_those_who_attempted(
    submissions: list[tuple[bool, float, bool]],
) -> None:
    right = np.array([each[0] for each in submissions if each[2]], float)
    rest = np.array([each[1] for each in submissions if each[2]])
    found = discrimination(*submissions)
    if len(set(right)) < 2 or rest.std() <= 1e-7 * max(1.0, rest.max()):
        assert math.isnan(found) or abs(found) <= 1
    else:
        assert found == pytest.approx(np.corrcoef(right, rest)[0, 1], abs=1e-9)


@pytest.mark.parametrize(
    "submissions",
    [
        [],
        [(True, 3.0, True)],
        [(True, 3.0, True), (True, 9.0, True)],
        [(False, 3.0, True), (False, 9.0, True)],
        [(True, 0.1 + 0.2, True), (False, 0.3, True)],
        [(True, 3.0, True), (False, 9.0, False)],
    ],
    ids=["nobody", "one", "all right", "all wrong", "equal elsewhere", "the only wrong one did not try"],
)
def test_discrimination_is_undefined_where_nothing_can_be_told_apart(
    submissions: list[tuple[bool, float, bool]],
) -> None:
    assert math.isnan(discrimination(*submissions))


def test_items_do_not_disturb_each_other() -> None:
    rng = np.random.default_rng(3)
    right, rest = rng.random((50, 4)) < 0.5, rng.random((50, 4))
    running = Discrimination(4)
    for flags, scores in zip(right, rest, strict=True):
        running.add(np.ones(4, bool), flags, scores)
    wanted = [np.corrcoef(right[:, item], rest[:, item])[0, 1] for item in range(4)]
    np.testing.assert_allclose(running.values, wanted)
    np.testing.assert_array_equal(running.right + running.wrong, 50)


@given(st.floats(-1, 1), st.integers(0, 10_000))
def test_the_upper_limit_is_never_below_the_correlation(correlation: float, count: int) -> None:
    assert correlation - 1e-9 <= upper_limit(correlation, count) <= 1


def test_the_upper_limit_is_that_of_the_tables() -> None:
    # tanh(atanh(0.3) + 1.645 / sqrt(97)), worked by hand
    assert upper_limit(0.3, 100) == pytest.approx(0.4434, abs=5e-4)
    assert upper_limit(0.0, 3) == 1.0


def of_case(asked: Assignment, exercise: str, name: str, *works: fakes.Work) -> CaseStatistics:
    cases = fakes.analysed(asked, *works).dashboard().cases
    (found,) = (each for each in cases if (each.exercise, each.case) == (exercise, name))
    return found


def test_a_case_counts_for_those_who_tried_it(asked: Assignment) -> None:
    works = [fakes.right("a"), fakes.several("b"), fakes.unparsable("c"), fakes.ungraded("d")]
    found = of_case(asked, "classify_critical_point", "two layers", *works)
    assert (found.attempted, found.failed, found.failure_rate) == (1, 0, 0.0)
    found = of_case(asked, "update_parameters_with_adam", "two layers", *works)
    assert (found.attempted, found.failed, found.failure_rate) == (2, 1, 0.5)
    assert found.discrimination == pytest.approx(1.0)


def test_the_rest_score_leaves_out_the_case_itself_and_nothing_else(asked: Assignment) -> None:
    works = [fakes.right("a"), fakes.no_correction("b"), fakes.several("c")]
    points = {
        each.name: each.max_score / len(each.cases) for each in fakes.grade(works[0], asked).result.exercises
    }
    name, case = "update_parameters_with_adam", "two layers"
    rest, passed = [], []
    for work in works:
        cases = [
            (exercise.name, each.name, each.verdict == "passed")
            for exercise in fakes.grade(work, asked).result.exercises
            for each in exercise.cases
        ]
        passed.append((name, case, True) in cases)
        rest.append(sum(points[e] for e, c, good in cases if good and (e, c) != (name, case)))
    found = of_case(asked, name, case, *works)
    assert found.discrimination == pytest.approx(np.corrcoef(passed, rest)[0, 1])


def test_an_exercise_counts_who_did_not_attempt_it_apart(asked: Assignment) -> None:
    works = [fakes.right("a"), fakes.several("b"), fakes.unparsable("c"), fakes.ungraded("d")]
    (one,) = fakes.analysed(asked, *works).dashboard().assignments
    found = next(each for each in one.exercises if each.name == "update_parameters_with_adam")
    assert (found.attempted, found.not_attempted, found.failed) == (2, 1, 1)
    assert found.mean == pytest.approx(18 / 3)


def test_who_fails_a_case_alone_and_with_a_named_mistake_is_counted(asked: Assignment) -> None:
    off = {
        "update_lr": lambda learning_rate0, epoch_num, decay_rate: (
            learning_rate0 / (1 + decay_rate * min(epoch_num, 5))
        )
    }
    found = of_case(asked, "update_lr", "four layers", fakes.Work("a", off), fakes.right("b"))
    assert (found.failed, found.alone, found.explained, found.same) == (1, 0, 0, 1)
    off = {
        "update_lr": lambda learning_rate0, epoch_num, decay_rate: (
            learning_rate0 / (1 + decay_rate * min(epoch_num, 6))
        )
    }
    found = of_case(asked, "update_lr", "four layers", fakes.Work("a", off), fakes.Work("c", off))
    assert (found.failed, found.alone, found.same) == (2, 2, 2)
    found = of_case(asked, "update_parameters_with_adam", "two layers", fakes.no_correction("a"))
    assert (found.failed, found.explained) == (1, 1)


def test_a_case_that_was_skipped_is_neither_right_nor_wrong(asked: Assignment) -> None:
    result = fakes.grade(fakes.right("a"), asked).result
    first = result.exercises[0]
    skipped = first.cases[0].model_copy(update={"verdict": Verdict.SKIPPED})
    changed = first.model_copy(update={"cases": (skipped, *first.cases[1:]), "verdict": Verdict.SKIPPED})
    analysis = Analysis({asked.name: asked})
    analysis.add(result.model_copy(update={"exercises": (changed, *result.exercises[1:])}))
    found = analysis.dashboard().cases[:2]
    assert [(each.attempted, each.failed, each.alone) for each in found] == [(0, 0, 0), (1, 0, 0)]


BROKEN = {"attempted": 60, "failed": 30, "discrimination": -0.1}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (BROKEN, ("strong_students_fail",)),
        (BROKEN | {"explained": 16}, ()),
        (BROKEN | {"discrimination": 0.05}, ()),
        (BROKEN | {"attempted": 600, "failed": 300, "discrimination": 0.05}, ("strong_students_fail",)),
        (BROKEN | {"attempted": 19, "failed": 9, "discrimination": -0.9}, ()),
        (BROKEN | {"attempted": 34, "failed": 4, "discrimination": -0.9}, ()),
        (BROKEN | {"failed": 56, "discrimination": -0.9}, ()),
        (BROKEN | {"discrimination": None}, ()),
        ({"attempted": 12, "failed": 10, "same": 6}, ("same_wrong_answer",)),
        ({"attempted": 12, "failed": 10, "same": 5}, ()),
        ({"attempted": 14, "failed": 10, "same": 10}, ()),
        ({"attempted": 8, "failed": 8, "same": 8, "discrimination": -1.0}, ()),
        ({"attempted": 12, "failed": 12, "same": 12, "explained": 12}, ()),
        (
            {"attempted": 60, "failed": 55, "same": 50, "discrimination": -0.3},
            ("strong_students_fail", "same_wrong_answer"),
        ),
        ({"attempted": 60}, ()),
    ],
)
def test_a_case_is_doubted_only_where_enough_speaks_against_it(
    fields: dict[str, float], found: tuple[str, ...]
) -> None:
    assert doubts(fakes.case_statistics(**fields)).doubts == found


def test_every_wrong_choice_of_a_question_has_a_name_which_explains_nothing(asked: Assignment) -> None:
    from dataclasses import replace

    from grader.course.model import Question

    first = asked.exercises[0]
    question = Question(text="Which?", choices=("this", "that"))
    quiz = replace(
        asked,
        exercises=(
            replace(first, spec=first.spec.model_copy(update={"question": question})),
            *asked.exercises[1:],
        ),
    )
    name = first.name
    wrong = fakes.Work(
        "a",
        {name: fakes.flipped_bias},
        {
            name: (
                fakes.ADAM.model_copy(
                    update={"code": "known.no", "cases": tuple(case.name for case in first.cases)}
                ),
            )
        },
    )
    assert of_case(asked, name, first.cases[0].name, wrong).explained == 1
    assert of_case(quiz, name, first.cases[0].name, wrong).explained == 0
