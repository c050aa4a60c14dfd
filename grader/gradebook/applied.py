"""An instructor's words on a result: points in place of the grader's, and comments."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from grader.gradebook.entries import Remark
from grader.results import Comment, ExerciseResult, Override, SubmissionResult

__all__ = ["applied"]


def applied(result: SubmissionResult, remarks: Sequence[Remark]) -> SubmissionResult:
    """Return the result with what instructors said of it.

    Parameters
    ----------
    result : SubmissionResult
        As the grader made it.
    remarks : sequence of Remark
        On this student's work for this assignment, oldest first. The last word on an exercise's points
        counts; what is said of an exercise that there is no longer is left out.
    """
    if not remarks:
        return result
    exercises = tuple(_exercise(each, remarks) for each in result.exercises)
    score = result.score
    if any(each.override for each in exercises):
        score = float(sum((Decimal(str(each.score)) for each in exercises), Decimal(0)))
    comments = (*result.comments, *_comments(remarks, ""))
    return result.model_copy(update={"exercises": exercises, "score": score, "comments": comments})


def _exercise(exercise: ExerciseResult, remarks: Sequence[Remark]) -> ExerciseResult:
    said = [remark for remark in remarks if remark.exercise == exercise.name]
    if not said:
        return exercise
    update: dict[str, object] = {"comments": (*exercise.comments, *_comments(said, exercise.name))}
    points = [remark for remark in said if remark.kind != "comment"]
    if points and points[-1].points is not None:
        last = points[-1]
        update["score"] = last.points
        update["override"] = Override(
            points=points[-1].points,
            before=exercise.score,
            reason=last.text,
            author=last.author,
            made=last.made,
        )
    return exercise.model_copy(update=update)


def _comments(remarks: Sequence[Remark], exercise: str) -> tuple[Comment, ...]:
    return tuple(
        Comment(text=remark.text, author=remark.author, made=remark.made)
        for remark in remarks
        if remark.kind == "comment" and remark.exercise == exercise
    )
