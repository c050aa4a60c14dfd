"""``grade check``: what students run themselves."""

from __future__ import annotations

import json
import shutil

import pytest

from grader.cli.check import show
from grader.results import CaseResult, ExerciseResult, Finding, Kind, SubmissionResult, Verdict


def exercise(name: str, verdict: Verdict, *findings: Finding) -> ExerciseResult:
    outcome = Kind.RETURNED if verdict in (Verdict.PASSED, Verdict.FAILED) else Kind.MISSING
    case = CaseResult(name="c", visibility="public", verdict=verdict, weight=1, outcome=outcome, seconds=0)
    return ExerciseResult(
        name=name, score=0, max_score=10, verdict=verdict, findings=findings, cases=(case, case)
    )


def test_the_text_has_exercise_finding_and_next_step(capsys, golden):
    wrong = Finding(
        code="known.x", message="The rate grows.", help=("First the idea.", "Then \x1b[31mwhere.")
    )
    result = SubmissionResult(
        student="you",
        assignment="warmup",
        submission_sha256="",
        score=10,
        max_score=40,
        sandbox="weak",
        seconds=0,
        graded=True,
        findings=(Finding(code="file.note", message="The file was read as Latin-1.", help=()),),
        events=("much was printed",),
        exercises=(
            exercise("right", Verdict.PASSED),
            exercise("not_begun", Verdict.NOT_ATTEMPTED, wrong),
            exercise("wrong", Verdict.FAILED, wrong),
        ),
    )
    show(result)
    golden("check.txt", capsys.readouterr().out)


@pytest.fixture
def released(own_course):
    """Return a course as students have it."""
    shutil.rmtree(own_course / "reference")
    return own_course


def test_each_exercise_is_told_with_what_to_do_next(call, submissions, released):
    shown = call("check", submissions / "bo" / "warmup.py", "--course", released)
    assert shown.exit_code == 0, shown.output
    assert "failed        update_lr  (0 of 1 cases)\n    update_lr" in shown.output
    assert shown.output.endswith("1 of 2 exercises pass their public cases.\nnext: update_lr\n")


def test_a_right_file_has_no_next_step(call, submissions, released):
    shown = call("check", submissions / "ana" / "warmup.py", "--course", released)
    assert shown.exit_code == 0, shown.output
    assert shown.output.endswith("2 of 2 exercises pass their public cases.\n")


def test_only_public_cases_are_run_even_where_hidden_ones_are_at_hand(call, submissions):
    shown = call("check", submissions / "bo" / "warmup.py", "--json")
    result = json.loads(shown.stdout)
    cases = [case for exercise in result["exercises"] for case in exercise["cases"]]
    assert {case["visibility"] for case in cases} == {"public"}


@pytest.mark.parametrize("place", ["beside the course", "in the course"])
def test_the_course_is_found_from_the_file_or_from_where_one_stands(
    call, submissions, released, tmp_path, monkeypatch, place
):
    file = released / "assignments" / "warmup" / "warmup.py"
    if place == "in the course":
        file, _ = submissions / "ana" / "warmup.py", monkeypatch.chdir(released)
    else:
        monkeypatch.chdir(tmp_path)
    assert call("check", file).exit_code == 0


def test_the_assignment_can_be_said(call, submissions, released):
    (submissions / "ana" / "warmup.py").rename(submissions / "homework.py")
    refused = call("check", submissions / "homework.py", "--course", released)
    assert refused.exit_code == 2
    assert "--assignment" in refused.stderr
    told = call("check", submissions / "homework.py", "--assignment", "warmup", "--course", released)
    assert told.exit_code == 0


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "the file is empty"),
        ("def update_lr(:\n", "line 1"),
        ("raise ValueError('\x1b[31mred')\n", "ValueError"),
    ],
    ids=["empty", "syntax error", "escape"],
)
def test_a_file_that_does_not_load_is_explained(call, submissions, released, source, expected):
    (submissions / "ana" / "warmup.py").write_text(source)
    shown = call("check", submissions / "ana" / "warmup.py", "--course", released)
    assert shown.exit_code == 0
    assert expected in shown.output
    assert "\x1b" not in shown.output


def test_what_is_no_file_is_a_wrong_call(call, released):
    shown = call("check", released, "--course", released)
    assert shown.exit_code == 2
    assert "is not a file" in shown.stderr


@pytest.mark.parametrize("given", ["with the reference", "as students have it"])
def test_of_a_quiz_it_is_told_what_can_be_graded_and_not_what_is_right(
    call, own_quiz, tmp_path, golden, given
):
    if given == "as students have it":
        shutil.rmtree(own_quiz / "reference")
    file = tmp_path / "check_up.py"
    told = []
    for right, wrong in (("b", "ad"), ("c", "b")):
        file.write_text(f"Q1 = '{right}'\nQ2 = {{'{wrong}'}}\nQ3 = '0.75'\n")
        shown = call("check", file, "--course", own_quiz)
        assert shown.exit_code == 0, shown.output
        told.append(shown.output)
    assert told[0] == told[1]
    golden("check_quiz.txt", told[0])


def test_no_program_reads_from_a_quiz_that_an_answer_is_right(call, own_quiz, tmp_path):
    file = tmp_path / "check_up.py"
    file.write_text("Q1 = 'b'\nQ2 = 'ad'\nQ3 = 0.75\n")
    shown = json.loads(call("check", file, "--course", own_quiz, "--json").stdout)
    assert shown["score"] == 0
