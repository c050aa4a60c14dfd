"""``grade build``."""

from __future__ import annotations

import pytest


def test_building_says_what_it_found_and_wrote(call, own_course):
    (own_course / "assignments" / "warmup" / "public.h5").unlink()
    shown = call("build", "--course", own_course)
    assert shown.exit_code == 0, shown.output
    assert "warmup: 2 exercises, 6 cases" in shown.output
    assert "wrote assignments/warmup/public.h5" in shown.output


def test_a_second_build_writes_nothing(call, own_course):
    assert "wrote" not in call("build", "--course", own_course).output


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
    assert "warmup: 2 exercises" in shown.output


@pytest.mark.parametrize("name", ["warmpu"])
def test_an_unknown_assignment_is_refused_with_the_nearest_name(call, own_course, name):
    shown = call("build", name, "--course", own_course)
    assert shown.exit_code == 2
    assert "did you mean 'warmup'?" in shown.stderr
