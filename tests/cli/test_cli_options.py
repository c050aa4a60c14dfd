"""What options mean."""

from __future__ import annotations

import os

import pytest

from grader.cli.options import choose_assignments, cores, locate_course
from grader.errors import CourseError


def test_the_course_given_is_taken_though_another_is_nearer(course, own_course):
    assert locate_course(course, own_course) == course


def test_a_folder_in_a_course_is_not_taken_for_the_course(course):
    with pytest.raises(CourseError, match="is not a course"):
        locate_course(course / "assignments")


def test_the_first_place_that_lies_in_a_course_counts(course, tmp_path):
    assert locate_course(None, tmp_path, course / "assignments") == course


def test_assignments_named_twice_are_taken_once(course):
    assert choose_assignments(course, ["warmup", "warmup"]) == ["warmup"]


def test_without_a_name_all_are_taken(course):
    assert choose_assignments(course, []) == ["warmup"]


def test_only_cores_that_may_be_used_count(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert cores() == 3
