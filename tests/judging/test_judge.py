import numpy as np
import pytest
from judging_examples import case, ended, exercise, raised, returned

from grader.judging.compare import UNREADABLE
from grader.judging.judge import expectations, judge_case, judge_exercise
from grader.results import Kind, Outcome, Verdict
from grader.values import Encoded

CASE = case(np.array([1.0, 2.0]))
EXERCISE = exercise(CASE)


def verdict(outcome):
    return judge_case(CASE, EXERCISE, outcome, {}).verdict


def test_a_right_answer_passes_without_a_mismatch():
    judged = judge_case(CASE, EXERCISE, returned([1.0, 2.0]), {})
    assert (judged.verdict, judged.mismatch, judged.name) == (Verdict.PASSED, None, "a case")


def test_a_wrong_answer_fails_with_the_facts():
    judged = judge_case(CASE, EXERCISE, returned([1.0, 3.0]), {})
    assert (judged.verdict, judged.mismatch.kind) == (Verdict.FAILED, "value")


def test_none_is_a_wrong_answer_and_no_missing_attempt():
    assert verdict(returned(None)) is Verdict.FAILED


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.MISSING, Verdict.NOT_ATTEMPTED),
        (Kind.TIMED_OUT, Verdict.TIMED_OUT),
        (Kind.CRASHED, Verdict.CRASHED),
        (Kind.TOO_LARGE, Verdict.FAILED),
        (Kind.TAMPERED, Verdict.CRASHED),
        (Kind.SKIPPED, Verdict.SKIPPED),
        (Kind.NOT_RUN, Verdict.UNGRADED),
    ],
)
def test_every_other_end_has_its_verdict(kind, expected):
    assert verdict(ended(kind)) is expected


def test_an_outcome_that_contradicts_itself_is_ours_and_not_the_students():
    assert verdict(Outcome(Kind.RETURNED)) is Verdict.UNGRADED
    assert verdict(Outcome(Kind.RAISED)) is Verdict.ERRORED


def test_an_exception_is_an_error():
    assert verdict(raised("ValueError", "shapes")) is Verdict.ERRORED


def test_the_stubs_own_exception_means_not_attempted():
    assert verdict(raised("NotImplementedError")) is Verdict.NOT_ATTEMPTED
    assert verdict(raised("NotImplementedError", function=None)) is Verdict.NOT_ATTEMPTED


def test_a_function_that_calls_an_unwritten_one_was_attempted():
    assert verdict(raised("NotImplementedError", function="sigmoid")) is Verdict.ERRORED


def test_a_class_of_the_students_that_only_bears_the_name_is_an_error():
    assert verdict(raised("NotImplementedError", nearest="ValueError")) is Verdict.ERRORED
    assert verdict(raised("Unfinished", nearest="NotImplementedError")) is Verdict.ERRORED


def test_bytes_that_are_no_value_are_tampering():
    judged = judge_case(CASE, EXERCISE, Outcome(Kind.RETURNED, 0.5, Encoded(b"{", b"")), {})
    assert (judged.verdict, judged.mismatch) == (Verdict.CRASHED, None)
    assert judged.outcome == Outcome(Kind.TAMPERED, 0.5, reason=UNREADABLE)


def test_an_exercise_is_judged_in_its_order_and_a_lost_outcome_is_ours():
    both = exercise(case(1.0, "first"), case((2.0, 3.0), "second"), case(3.0, "third"), optional_tail=1)
    outcomes = {("solve", "second"): returned((2.0,)), ("solve", "first"): returned(1.5)}
    for prepared in (None, expectations(both)):
        judged = judge_exercise(both, outcomes, {}, prepared)
        assert [(one.name, one.verdict) for one in judged] == [
            ("first", Verdict.FAILED),
            ("second", Verdict.PASSED),
            ("third", Verdict.UNGRADED),
        ]
