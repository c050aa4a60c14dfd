from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging_examples import case, ended, exercise, returned

from grader.course.model import Assignment, AssignmentFile, Submission
from grader.judging.judge import judge_exercise
from grader.judging.score import exercise_verdict, rounded, score_exercise, score_submission
from grader.results import Finding, JudgedCase, Kind, Load, Run, Verdict

V = Verdict


def scored(weights, passed, points=10.0):
    cases = [case(1.0, f"case {index}", weight=weight) for index, weight in enumerate(weights)]
    judged = [
        JudgedCase(one.name, returned(1.0), V.PASSED if good else V.FAILED)
        for one, good in zip(cases, passed, strict=True)
    ]
    return score_exercise(exercise(*cases, points=points), judged)


@pytest.mark.parametrize(
    ("weights", "passed", "points", "score"),
    [
        ([1, 1, 1], [1, 1, 1], 10.0, 10.0),
        ([1, 1, 1], [0, 0, 0], 10.0, 0.0),
        ([1, 1, 1], [1, 0, 0], 10.0, 3.33),
        ([1, 1, 1], [1, 1, 0], 10.0, 6.67),
        ([1, 3], [0, 1], 10.0, 7.5),
        ([0.1, 0.2], [1, 0], 0.3, 0.1),
        ([1, 1], [1, 0], 5.35, 2.68),
        ([1, 1, 1], [1, 1, 1], 3.333, 3.333),
        ([999, 1], [1, 0], 1.001, 1.0),
    ],
)
def test_points_are_shared_out_by_weight_and_rounded_half_up(weights, passed, points, score):
    assert scored(weights, passed, points).score == score


@given(st.lists(st.tuples(st.floats(0.01, 100), st.booleans()), min_size=1), st.floats(0.01, 100))
def test_a_score_is_never_above_the_points_and_never_negative(cases, points):
    result = scored([weight for weight, _ in cases], [good for _, good in cases], points)
    assert 0 <= result.score <= result.max_score == points


def test_a_score_is_never_rounded_above_the_points():
    assert scored([10**6, 1], [1, 0], 0.008).score == 0.008


def test_rounding_is_half_up_and_exact():
    assert rounded(Fraction("2.675")) == 2.68
    assert rounded(Fraction("2.665")) == 2.67
    assert rounded(Fraction("2.6649999999999999999999999999999999")) == 2.66


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([V.PASSED, V.PASSED], V.PASSED),
        ([V.PASSED, V.FAILED], V.FAILED),
        ([V.FAILED, V.ERRORED], V.ERRORED),
        ([V.ERRORED, V.TIMED_OUT, V.SKIPPED], V.TIMED_OUT),
        ([V.CRASHED, V.TIMED_OUT], V.CRASHED),
        ([V.UNGRADED, V.CRASHED], V.UNGRADED),
        ([V.PASSED, V.SKIPPED], V.SKIPPED),
        ([V.NOT_ATTEMPTED, V.NOT_ATTEMPTED], V.NOT_ATTEMPTED),
        ([V.NOT_ATTEMPTED, V.PASSED], V.ERRORED),
        ([V.NOT_ATTEMPTED, V.SKIPPED], V.ERRORED),
        ([], V.NOT_ATTEMPTED),
    ],
)
def test_the_gravest_verdict_is_the_exercises(verdicts, expected):
    assert exercise_verdict(verdicts) is expected


def test_an_exercise_carries_its_cases_and_findings():
    finding = Finding(code="facts.values_differ", message="It differs.")
    one = exercise(case(1.0, "small", weight=2.0), case(2.0, "large", visibility="hidden"))
    outcomes = {("solve", "small"): returned(1.0), ("solve", "large"): ended(Kind.TIMED_OUT)}
    result = score_exercise(one, judge_exercise(one, outcomes, {}), [finding])
    assert (result.name, result.score, result.max_score, result.verdict) == ("solve", 6.67, 10.0, V.TIMED_OUT)
    assert result.findings == (finding,)
    assert [(c.name, c.visibility, c.verdict, c.weight, c.outcome, c.seconds) for c in result.cases] == [
        ("small", "public", V.PASSED, 2.0, Kind.RETURNED, 0.001),
        ("large", "hidden", V.TIMED_OUT, 1.0, Kind.TIMED_OUT, 0.001),
    ]


def submission(*results, load=Kind.RETURNED):
    first, second = exercise(case(1.0), points=0.1), exercise(case(1.0), points=0.2)
    assignment = Assignment("optimizers", AssignmentFile(title="Optimizers", week=2), (first, second), b"")
    run = Run(Load(load), {}, events=("a flood",), sandbox="weak")
    return score_submission(Submission("ada", "optimizers", b"x = 1"), assignment, run, results, seconds=0.25)


def test_a_submission_is_the_sum_of_its_rounded_exercises():
    result = submission(scored([1], [1], 0.1), scored([1], [1], 0.2))
    assert (result.score, result.max_score, result.graded) == (0.3, 0.3, True)
    assert (result.student, result.assignment, result.sandbox) == ("ada", "optimizers", "weak")
    assert (result.events, result.seconds, len(result.submission_sha256)) == (("a flood",), 0.25, 64)


def test_what_did_not_run_through_a_fault_of_ours_is_ungraded():
    ungraded = score_exercise(exercise(case(1.0)), [JudgedCase("a case", ended(Kind.NOT_RUN), V.UNGRADED)])
    assert not submission(scored([1], [1]), ungraded).graded
    assert not submission(scored([1], [1]), load=Kind.NOT_RUN).graded
    assert submission(scored([1], [0]), load=Kind.TIMED_OUT).graded
