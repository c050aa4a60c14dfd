"""Finding courses and loading assignments, and every way in which a course can be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.course.load import (
    assignment_names,
    check_points,
    find_course,
    load_assignment,
    load_file,
    stale,
)
from grader.course.seal import seal
from grader.errors import CourseError
from grader.values import decode

TOML = "assignments/warmup/assignment.toml"


def write_toml(root: Path, text: str) -> Path:
    path = root / TOML
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("start", [".", "assignments", "assignments/warmup", "reference/warmup"])
def test_a_course_is_found_from_any_place_in_it(course: Path, start: str) -> None:
    assert find_course(course / start) == course.resolve()


def test_a_course_is_found_from_a_file_in_it(course: Path) -> None:
    assert find_course(course / TOML) == course.resolve()


def test_without_a_course_the_remedy_names_the_folders(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="is a course") as caught:
        find_course(tmp_path)
    assert "assignments/ and reference/" in caught.value.help
    assert str(tmp_path) in caught.value.problem


def test_what_students_receive_is_a_course_for_public_use_only(own_course: Path) -> None:
    shutil.rmtree(own_course / "reference")
    assert find_course(own_course / "assignments", public_only=True) == own_course.resolve()
    with pytest.raises(CourseError):
        find_course(own_course)


def test_assignments_are_listed_by_week_and_name(own_course: Path) -> None:
    for name, week in [("zebra", 1), ("early", 3), ("batch", 3)]:
        folder = own_course / "assignments" / name
        folder.mkdir()
        (folder / "assignment.toml").write_text(f'title = "T"\nweek = {week}\n')
    (own_course / "assignments" / "drafts").mkdir()
    assert assignment_names(own_course) == ["warmup", "zebra", "batch", "early"]


def test_a_name_that_no_python_file_can_have_is_refused(own_course: Path) -> None:
    (own_course / "assignments/warmup").rename(own_course / "assignments/warm-up")
    with pytest.raises(CourseError, match=r"warm-up: the name of an assignment is the name of a Python file"):
        assignment_names(own_course)


def test_an_assignment_has_all_that_grading_needs(course: Path) -> None:
    assignment = load_assignment(course, "warmup")
    assert assignment.file.title == "Warm-up"
    assert assignment.max_score == 100
    assert [exercise.name for exercise in assignment.exercises] == ["update_lr", "centre"]
    assert b"raise NotImplementedError" in assignment.stub
    assert assignment.calls == (course / "assignments/warmup/calls.py").read_bytes()
    assert assignment.properties == course / "assignments/warmup/properties.py"
    assert assignment.root == course.resolve()
    assert assignment.solution == (course / "reference/warmup/solution.py").read_bytes()


def test_public_cases_come_first(course: Path) -> None:
    (exercise, _) = load_assignment(course, "warmup").exercises
    assert [case.name for case in exercise.cases] == ["three epochs", "far along", "default decay"]
    assert [case.visibility for case in exercise.cases] == ["public", "hidden", "hidden"]


def test_a_case_has_its_inputs_decoded_and_as_they_are_sent(course: Path) -> None:
    case = load_assignment(course, "warmup").exercise("update_lr").cases[0]
    assert case.inputs == {"learning_rate0": 0.5, "epoch_num": 3, "decay_rate": 2.0}
    assert decode(case.encoded_inputs) == case.inputs
    assert decode(case.expected) == pytest.approx(0.5 / 7)


def test_mistakes_come_with_what_they_return_in_each_case(course: Path) -> None:
    exercise = load_assignment(course, "warmup").exercise("update_lr")
    assert [mistake.name for mistake in exercise.mistakes] == ["grows", "epoch_left_out"]
    grows = exercise.mistakes[0]
    assert list(grows.returns) == [case.name for case in exercise.cases]
    value = grows.returns["three epochs"]
    assert value is not None
    assert decode(value) == pytest.approx(0.5 * 7)


def test_public_only_needs_no_reference_and_shows_nothing_of_it(own_course: Path) -> None:
    shutil.rmtree(own_course / "reference")
    assignment = load_assignment(own_course, "warmup", public_only=True)
    assert {case.visibility for exercise in assignment.exercises for case in exercise.cases} == {"public"}
    assert all(exercise.mistakes == () for exercise in assignment.exercises)
    assert all(exercise.worked is None for exercise in assignment.exercises)
    assert assignment.solution == b""


def test_public_only_has_the_stub_as_built_when_a_student_wrote_into_it(own_course: Path) -> None:
    built = load_assignment(own_course, "warmup").stub
    (own_course / "assignments/warmup/warmup.py").write_text("def update_lr(: oops")
    assert load_assignment(own_course, "warmup", public_only=True).stub == built


def test_an_assignment_without_calls_and_properties_loads(own_course: Path) -> None:
    folder = own_course / "assignments/warmup"
    (folder / "calls.py").unlink()
    (folder / "properties.py").unlink()
    assignment = load_assignment(own_course, "warmup", public_only=True)
    assert (assignment.calls, assignment.properties) == (b"", None)


@pytest.mark.parametrize("public_only", [False, True], ids=["full", "public only"])
def test_the_digest_is_of_the_content_alone(own_course: Path, course: Path, public_only: bool) -> None:
    digest = load_assignment(course, "warmup", public_only=public_only).digest
    assert load_assignment(own_course, "warmup", public_only=public_only).digest == digest
    write_toml(own_course, 'title = "Another"\nweek = 1\n')
    assert load_assignment(own_course, "warmup", public_only=public_only).digest != digest


SOURCES = [
    "reference/warmup/solution.py",
    "reference/warmup/cases.py",
    "reference/warmup/mistakes.py",
    "assignments/warmup/calls.py",
    "assignments/warmup/properties.py",
    "assignments/warmup/warmup.py",
]


@pytest.mark.parametrize("file", SOURCES)
def test_a_source_changed_after_the_build_makes_it_stale(own_course: Path, file: str) -> None:
    with (own_course / file).open("a") as stream:
        stream.write("# changed\n")
    assert stale(own_course, "warmup") == [file]
    with pytest.raises(CourseError, match=f"warmup is stale: changed since it was built: {file}") as caught:
        load_assignment(own_course, "warmup")
    assert caught.value.help == "grade build warmup"


def test_a_source_that_is_gone_makes_the_build_stale(own_course: Path) -> None:
    (own_course / "reference/warmup/mistakes.py").unlink()
    assert stale(own_course, "warmup") == ["reference/warmup/mistakes.py"]


@pytest.mark.parametrize("file", ["alternatives", "worked"])
def test_a_source_written_after_the_build_makes_it_stale(own_course: Path, file: str) -> None:
    (own_course / f"reference/warmup/{file}.py").write_text("")
    assert stale(own_course, "warmup") == [f"reference/warmup/{file}.py"]


def test_a_fresh_build_is_not_stale(course: Path) -> None:
    assert stale(course, "warmup") == []


def test_a_public_file_of_another_build_is_stale_before_it_is_damage(own_course: Path) -> None:
    path = own_course / "assignments/warmup/public.h5"
    image = path.read_bytes()
    path.write_bytes(seal(image.replace(b"Centre the inputs.", b"Centre the imputs.")))
    assert path.read_bytes() != image
    with pytest.raises(CourseError, match="is stale"):
        load_assignment(own_course, "warmup")


@pytest.mark.parametrize(
    "file", ["assignments/warmup/public.h5", "reference/warmup/hidden.h5"], ids=["public", "hidden"]
)
def test_an_assignment_that_was_not_built_says_so(own_course: Path, file: str) -> None:
    (own_course / file).unlink()
    with pytest.raises(CourseError, match=f"{file}: warmup was not built") as caught:
        load_assignment(own_course, "warmup")
    assert caught.value.help == "grade build warmup"


def test_a_file_that_cannot_be_read_says_so(own_course: Path) -> None:
    path = own_course / "assignments/warmup/public.h5"
    path.unlink()
    path.mkdir()
    with pytest.raises(CourseError, match=r"public\.h5: Is a directory"):
        load_assignment(own_course, "warmup")


def test_an_unknown_assignment_is_told_with_those_there_are(course: Path) -> None:
    with pytest.raises(CourseError, match=r"assignment\.toml: there is no such assignment") as caught:
        load_assignment(course, "warmdown")
    assert caught.value.help == "the course has: warmup"


BROKEN = {
    "unknown key": (
        'title = "T"\nweek = 1\ncolour = "red"\n',
        "colour = 'red': no such key.",
        "remove or rename colour",
    ),
    "unknown nested key": (
        'title = "T"\nweek = 1\n[limits]\ncase_second = 2\n',
        "limits.case_second = 2: no such key.",
        "remove or rename limits.case_second",
    ),
    "missing key": ('title = "T"\n', "week: field required.", "add week = …"),
    "wrong type": (
        'title = "T"\nweek = "one"\n',
        "week = 'one': input should be a valid integer.",
        "change week",
    ),
    "number for a text": (
        "title = 3\nweek = 1\n",
        "title = 3: input should be a valid string.",
        "change title",
    ),
    "out of range": (
        'title = "T"\nweek = 1\n[limits]\ncase_seconds = 0.0\n',
        "limits.case_seconds = 0.0: input should be greater than 0.",
        "change limits.case_seconds",
    ),
    "not a choice": (
        'title = "T"\nweek = 1\nfeedback = "none"\n',
        "feedback = 'none': input should be 'full', 'diagnosis' or 'verdict'.",
        "change feedback",
    ),
    "table for a text": (
        "week = 1\n[title]\nx = 1\n",
        "title = {'x': 1}: input should be a valid string.",
        "change title",
    ),
    "a limit that is none": (
        'title = "T"\nweek = 1\n[limits]\ncase_seconds = inf\n',
        "limits.case_seconds = inf: input should be a finite number.",
        "change limits.case_seconds",
    ),
    "a limit beyond what a machine has": (
        f'title = "T"\nweek = 1\n[limits]\nmax_bytes = {2**70}\n',
        f"limits.max_bytes = {2**70}: input should be less than or equal to {2**30}.",
        "change limits.max_bytes",
    ),
    "a value without end": (
        f'title = "T"\nweek = "{"x" * 5000}"\n',
        "week = 'xxxxxxxxxxxx...xxxxxxxxxxxxx': input should be a valid integer.",
        "change week",
    ),
    "a key that a terminal obeys": (
        'title = "T"\nweek = 1\n"\\u001b[31m\\n" = 2\n',
        "?[31m = 2: no such key.",
        "remove or rename \x1b[31m\n",
    ),
    "two at once": (
        'title = ""\nweek = 0\n',
        "title = '': string should have at least 1 character (1 more).",
        "change title",
    ),
}


@pytest.mark.parametrize(("text", "problem", "remedy"), BROKEN.values(), ids=BROKEN)
def test_assignment_toml_is_told_by_file_key_value_and_remedy(
    own_course: Path, text: str, problem: str, remedy: str
) -> None:
    path = write_toml(own_course, text)
    with pytest.raises(CourseError) as caught:
        load_file(own_course, "warmup")
    assert caught.value.problem == f"{path}: {problem}"
    assert caught.value.help == remedy


def test_a_file_that_is_not_toml_is_told_with_its_line(own_course: Path) -> None:
    write_toml(own_course, 'title = "T"\nweek == 1\n')
    with pytest.raises(CourseError, match=r"assignment\.toml: .*line 2"):
        load_file(own_course, "warmup")


@pytest.mark.parametrize("week", ["9" * 4400, "0x" + "f" * 4000, "[" * 2000], ids=["9", "f", "["])
def test_numbers_and_lists_without_end_are_refused_as_what_they_are(own_course: Path, week: str) -> None:
    write_toml(own_course, f'title = "T"\nweek = {week}\n')
    with pytest.raises(CourseError, match="a number is too long, or a value nested too deeply"):
        load_file(own_course, "warmup")


def test_a_list_is_accepted_for_preloaded_modules(own_course: Path) -> None:
    write_toml(own_course, 'title = "T"\nweek = 1\npreload = ["math"]\n')
    assert load_file(own_course, "warmup").preload == ("math",)


def test_more_seconds_per_case_need_no_build(own_course: Path) -> None:
    write_toml(own_course, 'title = "T"\nweek = 1\n[limits]\ncase_seconds = 3.0\n')
    assert {each.spec.cpu_seconds for each in load_assignment(own_course, "warmup").exercises} == {3.0}


@pytest.mark.parametrize("points", [[60.0, 39.0], [], [100.0, 0.01], [1.7e308] * 2], ids=str)
def test_points_that_do_not_add_up_to_100_are_refused(points: list[float]) -> None:
    with pytest.raises(CourseError, match=r"cases\.py: the exercises' points add up to"):
        check_points(Path("cases.py"), points)


def test_points_may_be_thirds() -> None:
    check_points(Path("cases.py"), [100 / 3] * 3)
