"""What instructors said counts over what the grader gave, and the last word counts."""

from __future__ import annotations

from grader.gradebook.applied import applied
from grader.gradebook.entries import Remark
from grader.results import ExerciseResult, SubmissionResult, Verdict


def exercise(name: str, score: float) -> ExerciseResult:
    return ExerciseResult(name=name, score=score, max_score=50, verdict=Verdict.FAILED, findings=(), cases=())


RESULT = SubmissionResult(
    student="ada", assignment="optimizers", submission_sha256="", score=30.3, max_score=100, sandbox="strong",
    seconds=0, graded=True, findings=(), events=(), exercises=(exercise("gd", 10.1), exercise("adam", 20.2)),
)  # fmt: skip


def remark(kind: str, points: float | None = None, about: str = "adam", text: str = "why") -> Remark:
    return Remark("ada", "optimizers", about, kind, points, text, "lovelace", "2026-01-01T00:00:00+00:00")  # type: ignore[arg-type]


def test_without_a_remark_nothing_changes() -> None:
    assert applied(RESULT, ()) is RESULT


def test_points_stand_in_for_the_graders_and_the_sum_follows() -> None:
    result = applied(RESULT, [remark("points", 50.0)])
    assert [each.score for each in result.exercises] == [10.1, 50.0]
    assert result.score == 60.1
    override = result.exercises[1].override
    assert override is not None
    assert (override.before, override.points, override.reason, override.author) == (
        20.2,
        50.0,
        "why",
        "lovelace",
    )


def test_the_last_points_count() -> None:
    assert applied(RESULT, [remark("points", 50.0), remark("points", 5.0)]).score == 15.1


def test_points_that_were_taken_back_do_not_count() -> None:
    result = applied(RESULT, [remark("points", 50.0), remark("withdrawn")])
    assert result.score == 30.3
    assert result.exercises[1].override is None


def test_comments_change_no_points() -> None:
    result = applied(
        RESULT, [remark("comment", text="see page 3"), remark("comment", about="", text="well done")]
    )
    assert result.score == 30.3
    assert [comment.text for comment in result.exercises[1].comments] == ["see page 3"]
    assert [comment.text for comment in result.comments] == ["well done"]


def test_a_word_on_an_exercise_that_is_gone_is_left_out() -> None:
    assert applied(RESULT, [remark("points", 50.0, about="gone")]).score == 30.3


def test_zero_points_are_points() -> None:
    assert applied(RESULT, [remark("points", 0.0)]).score == 10.1
