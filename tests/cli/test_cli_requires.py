"""Commands where a module that an assignment requires is not installed."""

from __future__ import annotations

import json
import shutil

import pytest

REQUIRES = "[requires]\nno_such_module = \"pip install 'softmark[gpu]'\"\n"
LACKING = "no_such_module is not installed; help: pip install 'softmark[gpu]'"


@pytest.fixture
def mixed_course(call, own_course):
    """A course of two assignments: ``warmup``, and ``gpu``, which requires a module that nobody has."""
    for folder in ("assignments", "reference"):
        shutil.copytree(own_course / folder / "warmup", own_course / folder / "gpu")
    (own_course / "assignments" / "gpu" / "warmup.py").unlink()
    assert call("build", "gpu", "--course", own_course).exit_code == 0
    with (own_course / "assignments" / "gpu" / "assignment.toml").open("a") as file:
        file.write(REQUIRES)
    return own_course


@pytest.fixture
def grade_all(call, submissions, mixed_course, tmp_path):
    """Grade both students' work for both assignments."""
    for student in ("ana", "bo"):
        shutil.copy(submissions / student / "warmup.py", submissions / student / "gpu.py")
    return call("run", submissions, "--course", mixed_course, "--out", tmp_path / "out", "--sandbox", "weak")


def test_one_line_says_what_is_skipped_and_how_to_mend_it(grade_all):
    assert grade_all.output.count("skipped") == 1
    assert f"gpu: skipped, {LACKING}" in grade_all.output.splitlines()


def test_what_is_skipped_is_ungraded_and_the_rest_is_graded(grade_all, tmp_path):
    assert grade_all.exit_code == 1, grade_all.output
    assert "warmup: graded 2, ungraded 0" in grade_all.output
    assert "gpu: graded 0, ungraded 2" in grade_all.output
    results = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()]
    skipped = [result for result in results if result["assignment"] == "gpu"]
    assert [result["graded"] for result in skipped] == [False, False]
    assert skipped[0]["events"] == ["not graded: no_such_module is not installed"]
    assert {case["outcome"] for each in skipped[0]["exercises"] for case in each["cases"]} == {"not_run"}


def test_what_nobody_handed_in_is_not_missed(call, submissions, mixed_course, tmp_path):
    shown = call("run", submissions, "--course", mixed_course, "--out", tmp_path / "out", "--sandbox", "weak")
    assert shown.exit_code == 0, shown.output
    assert "no_such_module" not in shown.output


def test_building_passes_it_over(call, mixed_course):
    shown = call("build", "--course", mixed_course)
    assert shown.exit_code == 0
    assert f"gpu: passed over: {LACKING}" in shown.output.splitlines()
    assert "warmup: kept" in shown.output


def test_building_it_by_name_is_refused(call, mixed_course):
    shown = call("build", "gpu", "--force", "--course", mixed_course)
    assert shown.exit_code == 2
    assert "gpu cannot be run here: no_such_module is not installed." in shown.output
    assert "help: pip install 'softmark[gpu]'" in shown.output


def test_the_check_of_builds_passes_it_over(call, mixed_course):
    shown = call("build", "--check", "--course", mixed_course)
    assert shown.exit_code == 0
    assert f"gpu: passed over, nothing in it is stale: {LACKING}" in shown.output.splitlines()


def test_the_check_of_builds_notices_stale_files_all_the_same(call, mixed_course):
    with (mixed_course / "reference" / "gpu" / "cases.py").open("a") as file:
        file.write("# changed\n")
    shown = call("build", "--check", "--course", mixed_course)
    assert shown.exit_code == 2
    assert "gpu is stale" in shown.output


@pytest.fixture
def handed_in(tmp_path):
    file = tmp_path / "gpu.py"
    file.write_text("import no_such_module\n")
    return file


def test_a_students_check_says_it_in_one_line(call, mixed_course, handed_in):
    shown = call("check", handed_in, "--course", mixed_course)
    assert shown.exit_code == 1
    assert shown.output == f"gpu: not graded: {LACKING}\n"


def test_a_students_check_as_json_is_an_ungraded_result(call, mixed_course, handed_in):
    shown = call("check", handed_in, "--json", "--course", mixed_course)
    assert shown.exit_code == 1
    assert json.loads(shown.output)["graded"] is False
