"""What a kept result depends on: where any of it is another, the submission is run again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.cohort.jobs import key_of
from grader.course.load import load_assignment
from grader.gradebook.entries import Versions

CONTENT = ("9f" * 32, "")
VERSIONS = Versions("1.0", "3.11.7", "2.4.6")


def test_the_same_work_has_the_same_key(course: Path) -> None:
    assignment = load_assignment(course, "warmup")
    again = load_assignment(course, "warmup")
    assert key_of(CONTENT, assignment, "strong", VERSIONS) == key_of(CONTENT, again, "strong", VERSIONS)


@pytest.mark.parametrize(
    "changed",
    [
        {"content": ("8e" * 32, "")},
        {"content": ("9f" * 32, "the file is empty")},
        {"assignment": "another build"},
        {"sandbox": "weak"},
        {"versions": replace(VERSIONS, grader="1.1")},
        {"versions": replace(VERSIONS, python="3.11.8")},
        {"versions": replace(VERSIONS, numpy="2.4.7")},
    ],
    ids=["file", "why it cannot be read", "build", "box", "softmark", "Python", "numpy"],
)
def test_whatever_a_result_depends_on_makes_another_key(course: Path, changed: dict[str, object]) -> None:
    assignment = load_assignment(course, "warmup")
    given = {"content": CONTENT, "assignment": assignment, "sandbox": "strong", "versions": VERSIONS}
    if "assignment" in changed:
        changed = {"assignment": replace(assignment, digest="0" * 64)}
    assert key_of(**given) != key_of(**{**given, **changed})
