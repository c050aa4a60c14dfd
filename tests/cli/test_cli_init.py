"""``grade init``."""

from __future__ import annotations

import subprocess
import sys


def test_a_new_course_is_graded_by_the_command_that_it_names(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = call("init", "mine")
    assert shown.exit_code == 0, shown.output
    assert shown.output == (
        "mine: a course of one assignment, warmup, and one student\n"
        "next: read mine/README.md, and try: grade mine/submissions\n"
    )
    graded = subprocess.run(
        [sys.executable, "-m", "grader", "mine/submissions"], capture_output=True, text=True, check=False
    )
    assert graded.returncode == 0, graded.stderr
    assert "ada warmup 50/100" in graded.stdout
    assert (tmp_path / "reports" / "students" / "ada" / "warmup.html").is_file()


def test_its_assignment_and_exercise_can_be_named(call, tmp_path):
    call("init", tmp_path / "mine", "--assignment", "first", "--exercise", "error")
    assert "def error(A, Y):" in (tmp_path / "mine" / "assignments" / "first" / "first.py").read_text()


def test_it_can_be_grown_and_released(call, tmp_path, monkeypatch):
    call("init", tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    assert call("new", "second").exit_code == 0
    assert call("build", "--check").exit_code == 0
    assert call("release", "--notes").exit_code == 0


def test_a_folder_that_is_not_empty_is_refused(call, own_course):
    shown = call("init", own_course)
    assert shown.exit_code == 2
    assert "is not empty: it has assignments, reference" in shown.stderr
