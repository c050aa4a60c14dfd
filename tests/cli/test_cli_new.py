"""``grade new``."""

from __future__ import annotations


def test_a_new_assignment_is_told_and_graded_at_once(call, own_course, tmp_path):
    shown = call("new", "images", "--exercise", "conv2d", "--course", own_course)
    assert shown.exit_code == 0, shown.output
    assert shown.output == (
        "images: conv2d, 4 cases, 4 mistakes; built\n"
        "  assignments/images/: assignment.toml, handout.md, images.py, public.h5\n"
        "  reference/images/: alternatives.py, cases.py, hidden.h5, mistakes.py, solution.py, worked.py\n"
        "next: change reference/images/solution.py, cases.py and mistakes.py; grade build images\n"
    )
    checked = call("check", own_course / "assignments" / "images" / "images.py", "--course", own_course)
    assert "not attempted  conv2d" in checked.output


def test_it_is_up_to_date(call, own_course):
    call("new", "images", "--course", own_course)
    assert "images: kept" in call("build", "images", "--course", own_course).output
    assert call("build", "--check", "--course", own_course).exit_code == 0


def test_a_name_that_is_taken_is_refused(call, own_course):
    shown = call("new", "warmup", "--course", own_course)
    assert shown.exit_code == 2
    assert "assignments/warmup is there already" in shown.stderr
    assert "help: choose another name" in shown.stderr


def test_outside_of_a_course_it_is_refused(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = call("new", "images")
    assert shown.exit_code == 2
    assert "is a course" in shown.stderr
