"""What students receive: the files listed, nothing of the reference, the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from authoring_edits import Edit

from grader.authoring.build import build_assignment
from grader.authoring.leaks import Secrets, refuse_leaks, secrets_of
from grader.authoring.release import release_assignment, release_notes, zipped
from grader.course.load import assignment_names, load_assignment
from grader.errors import CourseError
from grader.values import decode

ROOT = Path(__file__).parents[2]
CALLS = "assignments/warmup/calls.py"


def unzipped(image: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(image)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def secrets(course: Path) -> Secrets:
    return secrets_of(course, load_assignment(course, "warmup"))


def test_a_zip_holds_the_files_listed_and_no_other(course: Path) -> None:
    assert list(unzipped(release_assignment(course, "warmup"))) == [
        "warmup/README.txt",
        "warmup/assignments/warmup/assignment.toml",
        "warmup/assignments/warmup/calls.py",
        "warmup/assignments/warmup/properties.py",
        "warmup/assignments/warmup/public.h5",
        "warmup/warmup.html",
        "warmup/warmup.py",
    ]


def test_the_files_are_those_of_the_course(course: Path) -> None:
    files = unzipped(release_assignment(course, "warmup"))
    folder = course / "assignments" / "warmup"
    assert files["warmup/warmup.py"] == (folder / "warmup.py").read_bytes()
    for name in ("assignment.toml", "calls.py", "properties.py", "public.h5"):
        assert files[f"warmup/assignments/warmup/{name}"] == (folder / name).read_bytes()


def test_what_else_lies_in_the_folder_is_not_released(own_course: Path) -> None:
    before = release_assignment(own_course, "warmup")
    for name in ("solution.py", "draft.md", ".notes", "warmup.py.orig"):
        (own_course / "assignments" / "warmup" / name).write_text("not for students")
    assert release_assignment(own_course, "warmup") == before


def test_the_how_to_names_file_points_and_command(course: Path) -> None:
    text = unzipped(release_assignment(course, "warmup"))["warmup/README.txt"].decode()
    assert "grade check warmup.py" in text
    assert re.search(r"60 +centre\(X\)", text)
    assert "$" not in text


def test_the_same_course_gives_the_same_bytes_whenever_it_was_checked_out(own_course: Path) -> None:
    before = release_assignment(own_course, "warmup")
    for path in own_course.rglob("*"):
        os.utime(path, (1, 1))
    assert release_assignment(own_course, "warmup") == before


def test_a_zip_says_nothing_of_when_and_where_it_was_made() -> None:
    image = zipped({"b": b"2", "a": b"1"})
    assert image == zipped({"a": b"1", "b": b"2"})
    with zipfile.ZipFile(io.BytesIO(image)) as archive:
        assert [(each.filename, each.date_time) for each in archive.infolist()] == [
            ("a", (1980, 1, 1, 0, 0, 0)),
            ("b", (1980, 1, 1, 0, 0, 0)),
        ]


@pytest.mark.parametrize("name", assignment_names(ROOT))
def test_every_assignment_of_the_course_can_be_released(name: str) -> None:
    files = unzipped(release_assignment(ROOT, name))
    assert f"{name}/{name}.py" in files
    assert not any("reference" in file or "hidden" in file for file in files)


def test_a_stale_assignment_is_refused(own_course: Path, edit: Edit) -> None:
    edit("reference/warmup/cases.py", "977", "978")
    with pytest.raises(CourseError, match="stale"):
        release_assignment(own_course, "warmup")


def test_an_assignment_without_handout_has_no_page_of_it(own_course: Path) -> None:
    (own_course / "assignments" / "warmup" / "handout.md").unlink()
    files = unzipped(release_assignment(own_course, "warmup"))
    assert "warmup/warmup.html" not in files
    assert b"html" not in files["warmup/README.txt"]
    assert list(release_notes(own_course, ["warmup"])) == ["index.html"]


@pytest.mark.parametrize("file", ["calls.py", "handout.md", "assignment.toml"])
def test_a_link_is_refused_whatever_it_leads_to(own_course: Path, file: str) -> None:
    path = own_course / "assignments" / "warmup" / file
    path.rename(own_course / "elsewhere")
    path.symlink_to(own_course / "elsewhere")
    with pytest.raises(CourseError, match=rf"{file} is no plain file"):
        release_assignment(own_course, "warmup")


def test_a_folder_that_is_a_link_is_refused(own_course: Path) -> None:
    folder = own_course / "assignments" / "warmup"
    folder.rename(own_course / "elsewhere")
    folder.symlink_to(own_course / "elsewhere")
    with pytest.raises(CourseError, match="is no plain file"):
        release_assignment(own_course, "warmup")


def test_a_course_that_is_reached_through_a_link_is_released(own_course: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(own_course)
    assert release_assignment(tmp_path / "link", "warmup") == release_assignment(own_course, "warmup")


def test_a_solution_in_calls_is_refused_before_anything_is_made(own_course: Path, edit: Edit) -> None:
    edit(
        CALLS, "def centre", "def answer(X):\n    mu = mean_of_rows(X)\n    return X - mu, mu\n\n\ndef centre"
    )
    build_assignment(own_course, "warmup")
    with pytest.raises(CourseError) as caught:
        release_assignment(own_course, "warmup")
    assert caught.value.problem == (
        "assignments/warmup/calls.py would give away centre of reference/warmup/solution.py."
    )
    assert caught.value.help == "take it out of assignments/; nothing was written"


@pytest.mark.parametrize(
    "handout",
    [
        pytest.param("```python\nmu = mean_of_rows(X)\nreturn X - mu, mu\n```", id="code"),
        pytest.param("    mu=mean_of_rows( X )   # why\n    return X-mu , mu", id="spaces and a comment"),
    ],
)
def test_a_solution_in_the_handout_is_refused(own_course: Path, handout: str) -> None:
    (own_course / "assignments" / "warmup" / "handout.md").write_text(f"# Title\n\n{handout}\n")
    with pytest.raises(CourseError, match=r"warmup\.html would give away centre of .*solution\.py"):
        release_assignment(own_course, "warmup")
    with pytest.raises(CourseError, match=r"warmup\.html would give away centre"):
        release_notes(own_course, ["warmup"])


def hidden_number(course: Path) -> float:
    case = load_assignment(course, "warmup").exercise("centre").cases[1]
    assert case.visibility == "hidden"
    return float(decode(case.expected)["X"][1, 2])


def planted(course: Path) -> dict[str, bytes]:
    """Return one leak of each kind."""
    reference = course / "reference" / "warmup"
    number = hidden_number(course)
    case = load_assignment(course, "warmup").exercise("centre").cases[1]
    return {
        "the solution": reference.joinpath("solution.py").read_bytes(),
        "the solution, further down": b"notes\n" + reference.joinpath("solution.py").read_bytes() + b"\nend",
        "the cases": reference.joinpath("cases.py").read_bytes(),
        "the mistakes": reference.joinpath("mistakes.py").read_bytes(),
        "the hidden vectors": reference.joinpath("hidden.h5").read_bytes(),
        "one line of one function": b"return learning_rate0 / (1 + decay_rate * epoch_num)",
        "escaped code": b"<pre>mu = mean_of_rows(X)<br>\nreturn X - mu, <b>mu</b></pre>",
        "lines of the cases": b'rng = np.random.default_rng(5)\ncases.public("two rows", '
        b'{"X": np.array([[1.0, 3.0], [2.0, 6.0]])})\ncases.hidden("wide", {"X": rng.normal(2, 3, (2, 7))})',
        "hidden inputs": case.encoded_inputs.data,
        "hidden answers": case.expected.data,
        "hidden answers at an odd place": b"odd" + case.expected.data,
        "one number": np.float64(number).tobytes(),
        "its negative": np.float64(-number).tobytes(),
        "a number in words": f"the answer is {number!r}".encode(),
        "a number of ten digits": f"the answer is {number:.10g}".encode(),
    }


LEAKS = (
    "the solution",
    "the solution, further down",
    "the cases",
    "the mistakes",
    "the hidden vectors",
    "one line of one function",
    "escaped code",
    "lines of the cases",
    "hidden inputs",
    "hidden answers",
    "hidden answers at an odd place",
    "one number",
    "its negative",
    "a number in words",
    "a number of ten digits",
)


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_refused(course: Path, secrets: Secrets, leak: str) -> None:
    with pytest.raises(CourseError, match=r"file\.bin would give away"):
        refuse_leaks({"fine": b"fine", "file.bin": planted(course)[leak]}, secrets)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(
            b"def mean_of_rows(X):\n    return np.mean(X, axis=1, keepdims=True)", id="a helper given"
        ),
        pytest.param(b"learning_rate0 / (1 + decay_rate * epoch_num)", id="the formula of the docstring"),
        pytest.param(
            b"0.3, 977, 0.07, 0.1, 123456789.123456789", id="numbers of few digits, numbers of nobody"
        ),
        pytest.param(np.array([0.3, 0.07, 0.7, 977.0]).tobytes(), id="hidden numbers of few digits"),
        pytest.param(np.array([1.0, 3.0, 2.0, 6.0, 0.0, np.nan, np.inf]).tobytes(), id="public numbers"),
    ],
)
def test_what_students_may_have_is_no_leak(secrets: Secrets, content: bytes) -> None:
    refuse_leaks({"file.bin": content}, secrets)


def test_a_number_that_a_public_case_has_too_is_no_secret(own_course: Path, edit: Edit) -> None:
    cases = "reference/warmup/cases.py"
    edit(cases, '"learning_rate0": 0.5, "epoch_num": 3', '"learning_rate0": 0.123456789012, "epoch_num": 3')
    edit(cases, '"learning_rate0": 0.3', '"learning_rate0": 0.123456789012')
    build_assignment(own_course, "warmup")
    secrets = secrets_of(own_course, load_assignment(own_course, "warmup"))
    refuse_leaks({"file": b"0.123456789012"}, secrets)


def test_an_alternative_is_as_secret_as_the_solution(own_course: Path) -> None:
    path = own_course / "reference" / "warmup" / "alternatives.py"
    path.write_text("def another(X):\n    mu = X.mean(1)[:, None]\n    return X - mu, mu\n")
    build_assignment(own_course, "warmup")
    secrets = secrets_of(own_course, load_assignment(own_course, "warmup"))
    with pytest.raises(CourseError, match=r"another of reference/warmup/alternatives\.py"):
        refuse_leaks({"file": b"mu = X.mean(1)[:, None]\nreturn X - mu, mu"}, secrets)


def test_files_of_other_assignments_are_secret_too(own_course: Path) -> None:
    (own_course / "reference" / "quiz").mkdir()
    (own_course / "reference" / "quiz" / "solution.py").write_text('Q1 = "b"\n')
    secrets = secrets_of(own_course, load_assignment(own_course, "warmup"))
    with pytest.raises(CourseError, match=r"reference/quiz/solution\.py"):
        refuse_leaks({"file": b'Q1 = "b"'}, secrets)


def test_the_right_choices_of_a_quiz_are_secret(own_course: Path) -> None:
    assignment = load_assignment(own_course, "warmup")
    (own_course / "reference" / "warmup" / "quiz.py").write_text(
        'Q1 = choose_one(\n    "Which?",\n    wrong("a set"),\n    right("the dev set"),\n)\n'
    )
    secrets = secrets_of(own_course, assignment)
    refuse_leaks({"file": b"Which? a set, the dev set"}, secrets)
    with pytest.raises(CourseError, match=r"Q1 of reference/warmup/quiz\.py"):
        refuse_leaks({"file": b'right("the dev set"),'}, secrets)


def test_the_stub_of_an_exercise_to_repair_is_released(own_course: Path, edit: Edit) -> None:
    edit("reference/warmup/cases.py", 'uses=("update_lr",)', 'handed_out="one_mean"')
    build_assignment(own_course, "warmup")
    assert b"X - np.mean(X), mu" in unzipped(release_assignment(own_course, "warmup"))["warmup/warmup.py"]
