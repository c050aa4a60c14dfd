"""``grade build``."""

from __future__ import annotations

import shutil

import pytest


def test_building_says_what_it_found_and_wrote(call, own_course):
    (own_course / "assignments" / "warmup" / "public.h5").unlink()
    shown = call("build", "--course", own_course)
    assert shown.exit_code == 0, shown.output
    assert "warmup: 2 exercises, 6 cases" in shown.output
    assert "wrote assignments/warmup/public.h5" in shown.output


def test_what_is_up_to_date_is_kept_and_said_so(call, own_course):
    shown = call("build", "--course", own_course)
    assert (shown.exit_code, shown.output) == (0, "warmup: kept, up to date\n")


def test_force_builds_what_is_up_to_date_and_writes_nothing_new(call, own_course):
    shown = call("build", "--force", "--course", own_course).output
    assert "warmup: 2 exercises" in shown
    assert "wrote" not in shown


def test_only_what_is_stale_is_built(call, own_course):
    for folder in ("assignments", "reference"):
        shutil.copytree(own_course / folder / "warmup", own_course / folder / "second")
    (own_course / "assignments" / "second" / "warmup.py").unlink()
    shown = call("build", "--course", own_course).output
    assert "warmup: kept" in shown
    assert "second: 2 exercises" in shown


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("reference/warmup/cases.py", "977", "978"),
        ("reference/warmup/solution.py", "keepdims=True", "keepdims=1"),
        ("reference/warmup/mistakes.py", "Look at the axis.", "Look at axis."),
        ("assignments/warmup/assignment.toml", "Warm-up", "Warming up"),
        ("assignments/warmup/calls.py", "returned twice", "given twice"),
    ],
)
def test_a_change_of_any_source_is_built(call, own_course, file, old, new):
    path = own_course / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert "warmup: 2 exercises" in call("build", "--course", own_course).output


def test_check_and_force_together_are_refused(call, own_course):
    shown = call("build", "--check", "--force", "--course", own_course)
    assert shown.exit_code == 2
    assert "leave out --force" in shown.stderr


def test_check_passes_on_what_is_up_to_date(call, own_course):
    shown = call("build", "--check", "--course", own_course)
    assert (shown.exit_code, shown.output) == (0, "warmup: up to date\n")


def test_check_fails_on_what_is_stale_and_writes_nothing(call, own_course):
    cases = own_course / "reference" / "warmup" / "cases.py"
    cases.write_text(cases.read_text() + "\n# changed\n")
    before = (own_course / "reference" / "warmup" / "hidden.h5").read_bytes()
    shown = call("build", "--check", "--course", own_course)
    assert shown.exit_code == 2
    assert "error: warmup is stale" in shown.stderr
    assert "reference/warmup/cases.py" in shown.stderr
    assert "help: grade build warmup" in shown.stderr
    assert (own_course / "reference" / "warmup" / "hidden.h5").read_bytes() == before


def test_one_that_cannot_be_built_does_not_keep_others_from_it(call, own_course):
    (own_course / "assignments" / "zebra").mkdir()
    (own_course / "assignments" / "zebra" / "assignment.toml").write_text('title = "Z"\nweek = 1\n')
    (own_course / "assignments" / "apple").mkdir()
    (own_course / "assignments" / "apple" / "assignment.toml").write_text('title = "A"\nweek = 1\n')
    shown = call("build", "--course", own_course)
    assert shown.exit_code == 2
    assert shown.stderr.count("error: ") == 2
    assert "warmup: kept" in shown.output


@pytest.mark.parametrize("name", ["warmpu"])
def test_an_unknown_assignment_is_refused_with_the_nearest_name(call, own_course, name):
    shown = call("build", name, "--course", own_course)
    assert shown.exit_code == 2
    assert "did you mean 'warmup'?" in shown.stderr
