"""Judging, diagnosis and scoring: of whatever is returned, in bounded time, and never a fault of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from fuzz.drawn import Drawn
from fuzz.holds import within
from fuzz.hostile import NAMES, graded
from grader.results import SubmissionResult


def check(data: bytes) -> None:
    """Grade what the box brought back."""
    drawn = Drawn(data)
    with within(1.0):
        marked, assignment = graded(drawn)
    result = marked.result
    assert result.graded and 0 <= result.score <= result.max_score
    assert [each.name for each in result.exercises] == [each.name for each in assignment.exercises]
    assert SubmissionResult.model_validate_json(result.model_dump_json().encode()).score == result.score
    for exercise in result.exercises:
        names = {case.name for case in exercise.cases}
        assert 0 <= exercise.score <= exercise.max_score
        assert all(set(found.cases) <= names for found in exercise.findings)
        assert all(len(found.message) + sum(map(len, found.help)) < 8000 for found in exercise.findings)


def seeds() -> Iterator[bytes]:
    """Yield what draws some exercise of each assignment in each way."""
    for name in range(len(NAMES)):
        for exercise in (0, 1, 2, 3):
            for how in range(10):
                head = bytes([name, exercise, 0, 0, how])
                yield head + hashlib.shake_128(head).digest(120)
