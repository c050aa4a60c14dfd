"""``grade check``: what students run themselves."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import click
import numpy as np
import pytest

from grader.cli.feedback import Manner, changes, tell
from grader.cli.grids import comparison, inputs
from grader.course.load import load_assignment
from grader.course.model import Case, Equal, Submission, Tolerance
from grader.grading import grade
from grader.judging.compare import compare
from grader.results import Finding, JudgedCase, Kind, Outcome, Verdict
from grader.sandbox.box import open_box
from grader.values import encode

MIXED = """
print("tried \\x1b[31mout")

def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 / (1 - decay_rate * epoch_num)

def centre(X):
    mu = mean_of_rows(X)
    return X + mu, mu
"""


def plain(text: str) -> str:
    return click.unstyle(text)


@pytest.fixture
def released(own_course):
    """Return a course as students have it."""
    shutil.rmtree(own_course / "reference")
    return own_course


@pytest.fixture(scope="module")
def checked(course):
    """Check sources against the small course's public cases."""
    assignment = load_assignment(course, "warmup", public_only=True)
    with open_box(assignment, "weak") as box:
        yield lambda source: (
            grade(Submission("you", "warmup", source.encode()), assignment, box),
            assignment,
        )


def test_the_text_has_exercise_finding_case_and_next_step(checked, golden):
    graded, assignment = checked(MIXED)
    wrong = Finding(
        code="known.x", message="The rate \x1b[31mgrows.", help=("First the idea.", "Look at it.")
    )
    exercises = tuple(each.model_copy(update={"findings": (wrong,)}) for each in graded.result.exercises)
    note = Finding(code="load.note", message="The file was read as Latin-1.")
    update = {"exercises": exercises, "findings": (note,), "events": ("much was printed",)}
    graded = replace(graded, result=graded.result.model_copy(update=update))
    golden("check.txt", plain(tell(graded, assignment, Manner())) + "\n")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_of_ours_is_wider_than_the_terminal(checked, width):
    graded, assignment = checked(MIXED)
    for verbose in (False, True):
        told = tell(graded, assignment, Manner(width, verbose=verbose))
        assert [line for line in told.splitlines() if len(plain(line)) > width] == []


def test_verdicts_are_words_without_colour_and_without_signs(checked):
    graded, assignment = checked(MIXED.replace("return X + mu, mu", "raise NotImplementedError"))
    told = plain(tell(graded, assignment, Manner(marks=False)))
    assert "  wrong result   update_lr" in told
    assert "  not attempted  centre" in told
    assert told.isascii()


def test_the_first_hint_is_told_unasked_and_more_on_request(checked):
    graded, assignment = checked(
        "def update_lr(learning_rate0):\n    return 1\n\ndef centre(X):\n    return X\n"
    )
    (centre,) = (each for each in graded.result.exercises if each.name == "centre")
    first, second = centre.findings[0].help[:2]
    told = [
        " ".join(plain(tell(graded, assignment, manner)).split())
        for manner in (Manner(hints=0), Manner(), Manner(hints=2))
    ]
    assert [first in text for text in told] == [False, True, True]
    assert [f"- {second}" in text for text in told] == [False, False, True]
    assert "more hint" in told[1]
    assert "more hint" not in " ".join(plain(tell(graded, assignment, Manner(verbose=True))).split())


def test_only_the_exercise_to_go_on_with_shows_its_case_unless_more_is_asked(checked):
    graded, assignment = checked(MIXED)
    assert tell(graded, assignment, Manner()).count("    expected") == 1
    assert plain(tell(graded, assignment, Manner(verbose=True))).count('case "') >= 2


def test_one_exercise_can_be_asked_for(call, submissions, released):
    shown = call("check", submissions / "bo" / "warmup.py", "--course", released, "--exercise", "centre")
    assert "centre" in shown.stdout
    assert "update_lr" not in shown.stdout
    refused = call("check", submissions / "bo" / "warmup.py", "--course", released, "--exercise", "center")
    assert refused.exit_code == 2
    assert "did you mean centre?" in refused.stderr


def test_each_exercise_is_told_with_what_to_do_next(call, submissions, released):
    shown = call("check", submissions / "bo" / "warmup.py", "--course", released)
    assert shown.exit_code == 0, shown.output
    assert "✕ wrong result  update_lr  0 of 1 case" in shown.output
    assert "learning_rate0 = 0.5\n" in shown.output
    assert 'next: update_lr: Follow the case "three epochs"' in shown.output


def test_a_right_file_has_no_next_step_and_is_told_of_the_hidden_cases(call, submissions, released):
    shown = call("check", submissions / "ana" / "warmup.py", "--course", released)
    assert shown.exit_code == 0, shown.output
    assert "2 of 2 exercises pass their public cases." in shown.output
    assert "next:" not in shown.output
    assert "cases that are not shown" in shown.output


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
        ("print('\x1b[31mred')\n", "printed\n  | red"),
    ],
    ids=["empty", "syntax error", "escape raised", "escape printed"],
)
def test_a_file_that_does_not_load_is_explained(call, submissions, released, source, expected):
    (submissions / "ana" / "warmup.py").write_text(source)
    shown = call("check", submissions / "ana" / "warmup.py", "--course", released)
    assert shown.exit_code == 0
    assert expected in shown.output
    assert "\x1b" not in shown.output


def test_a_notebook_is_to_be_exported_first(call, tmp_path, released):
    (tmp_path / "warmup.ipynb").write_text("{}")
    shown = call("check", tmp_path / "warmup.ipynb", "--course", released)
    assert shown.exit_code == 2
    assert "help: export it as Python" in shown.stderr


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


def beside(expected, returned, width=76, names=None):
    """Lay two values side by side as `grade check` does."""
    encoded, tolerance = encode(expected), Tolerance()
    case = Case("c", "public", 1.0, Equal(), {}, encoded, encode({}))
    mismatch = compare(encoded, encode(returned), tolerance)
    judged = JudgedCase("c", Outcome(Kind.RETURNED, value=encode(returned)), Verdict.FAILED, mismatch)
    return [plain(line) for line in comparison(case, judged, tolerance, width, names or {})]


def test_a_small_array_stands_beside_the_expected_one_with_stars_where_it_differs():
    assert beside(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.0, 5.0]])) == [
        "expected    returned",
        " 1  2        1  2",
        " 3  4        3  5*",
    ]


def test_where_there_is_no_room_beside_it_stands_below():
    assert beside(np.array([1.0, 2.0]), np.array([1.0, 5.0]), width=18) == [
        "expected",
        " 1  2",
        "returned",
        " 1  5*",
    ]


def test_of_a_large_array_the_entries_farthest_off_are_told():
    returned = np.zeros((20, 30))
    returned[3, 4], returned[5, 6] = 0.5, -7
    assert beside(np.zeros((20, 30)), returned) == [
        "shape (20, 30): 2 of 600 entries differ, farthest off",
        "  [5, 6]  expected 0, returned -7",
        "  [3, 4]  expected 0, returned 0.5",
    ]


def test_parts_are_named_as_the_docstring_names_them():
    expected, returned = {"W1": np.ones(2), "b1": 1.0}, {"W1": np.ones(2), "b1": 2.0}
    assert beside(expected, returned) == ["b1 expected: 1", "b1 returned: 2"]
    assert beside((1.0, 2.0), (1.0, 3.0), names={"": ("dW", "db")}) == ["db expected: 2", "db returned: 3"]


def test_small_arrays_of_two_shapes_stand_below_each_other():
    assert beside(np.ones((2, 1)), np.array([1.0, 2.0])) == [
        "expected, shape (2, 1)",
        " 1",
        " 1",
        "returned, shape (2,)",
        " 1  2",
    ]


def test_what_has_another_form_is_told_in_words():
    assert beside(np.ones((2, 1)), np.ones(200)) == [
        "expected: array of shape (2, 1)",
        "returned: array of shape (200,)",
    ]
    assert beside(np.ones(2), "ones") == ["expected: array of shape (2,)", "returned: str"]


def test_inputs_too_long_for_a_line_are_told_by_their_shape():
    case = Case(
        "c",
        "public",
        1.0,
        Equal(),
        {"x": np.array([1.0, 2.0]), "d": {"W": np.ones((9, 9))}},
        encode(0),
        encode({}),
    )
    assert list(inputs(case, 40, {})) == ["x = [1., 2.]", 'd["W"]: array of shape (9, 9)']


def test_inputs_with_rows_stand_on_lines_of_their_own():
    rows = {"z": np.array([[0.0, 1.25], [2.0, -3.0]])}
    case = Case("c", "public", 1.0, Equal(), rows, encode(0), encode({}))
    assert list(inputs(case, 40, {})) == ["z = [[ 0.  ,  1.25],", "     [ 2.  , -3.  ]]"]


def test_a_save_is_told_by_what_it_changed(checked):
    wrong, right = checked(MIXED)[0].result, checked(MIXED.replace("1 - ", "1 + "))[0].result
    assert changes(None, wrong) == ""
    assert changes(wrong, right) == "now passing: update_lr"
    assert changes(right, wrong) == "now failing: update_lr"
    assert changes(right, right) == "as many cases pass as before"


def test_what_only_serves_to_compare_students_is_left_out(call, submissions, released):
    shown = call("check", submissions / "bo" / "warmup.py", "--course", released, "--json")
    result = json.loads(shown.stdout)
    assert result["sketch"] == []
    assert [each["answer"] for each in result["exercises"]] == ["", ""]
    assert result["exercises"][0]["findings"]
