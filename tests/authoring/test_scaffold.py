"""New assignments and courses: they work at once, and what fails leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.authoring import audit, scaffold
from grader.authoring.build import check_assignment
from grader.authoring.release import release_assignment
from grader.authoring.scaffold import new_assignment, new_course
from grader.course.load import assignment_names, find_course, load_assignment, load_file
from grader.errors import CourseError
from grader.grading import grade
from grader.intake.find import find_submissions
from grader.intake.read import read_submission
from grader.results import SubmissionResult
from grader.sandbox.box import open_box

BAD_NAMES = ["", "two words", "1st", "a-b", "../up", "a/b", "class", "None", "a.b"]


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def graded(root: Path, path: Path) -> SubmissionResult:
    (found,) = find_submissions(path, assignment_names(root)).submissions
    assignment = load_assignment(root, found.assignment)
    with open_box(assignment, "weak") as box:
        return grade(read_submission(found, 2**20), assignment, box).result


def test_a_new_assignment_is_built_and_checks(own_course: Path) -> None:
    report = new_assignment(own_course, "images", "conv2d")
    assert [exercise.name for exercise in report.exercises] == ["conv2d"]
    check_assignment(own_course, "images")
    exercise = load_assignment(own_course, "images").exercise("conv2d")
    assert exercise.spec.signature == "conv2d(A, Y)"
    assert exercise.worked is not None
    assert exercise.worked.steps[0].sentence == "How far each prediction is off: 3 − 1 and 1 − 2."


def test_a_new_assignment_has_these_files(own_course: Path) -> None:
    before = tree(own_course)
    new_assignment(own_course, "images")
    new = {path for path in tree(own_course) - before if (own_course / path).is_file()}
    assert new == {
        *(
            f"assignments/images/{file}"
            for file in ("assignment.toml", "handout.md", "images.py", "public.h5")
        ),
        *(
            f"reference/images/{part}.py"
            for part in ("solution", "cases", "mistakes", "alternatives", "worked")
        ),
        "reference/images/hidden.h5",
    }


def test_a_new_assignment_belongs_to_the_latest_week(own_course: Path) -> None:
    toml = own_course / "assignments" / "warmup" / "assignment.toml"
    toml.write_text('title = "Warm-up"\nweek = 4\n')
    new_assignment(own_course, "two_words")
    toml.write_text('title = "Warm-up"\nweek = 1\n')
    new_assignment(own_course, "third")
    file = load_file(own_course, "two_words")
    assert (file.title, file.week) == ("Two words", 4)
    assert load_file(own_course, "third").week == 4


def test_a_new_assignment_can_be_released(own_course: Path) -> None:
    new_assignment(own_course, "images")
    assert release_assignment(own_course, "images")


def test_its_solution_gets_all_points_its_stub_none(own_course: Path, tmp_path: Path) -> None:
    new_assignment(own_course, "images")
    (tmp_path / "right").mkdir()
    right = tmp_path / "right" / "images.py"
    right.write_bytes((own_course / "reference" / "images" / "solution.py").read_bytes())
    assert graded(own_course, right).score == 100
    assert graded(own_course, own_course / "assignments" / "images" / "images.py").score == 0


def test_its_audit_has_nothing_to_complain_of(own_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # grading in many boxes takes long, and has nothing to do with what the templates say
    monkeypatch.setattr(audit, "audit_through_box", lambda *_: [])
    new_assignment(own_course, "images")
    found = audit.audit_assignment(own_course, "images", sandbox="weak")
    assert found.complaints == ()
    assert found.exercises[0].margin > 5


def test_no_mark_of_the_templates_is_left(own_course: Path) -> None:
    new_assignment(own_course, "images")
    for path in [
        *(own_course / "assignments/images").iterdir(),
        *(own_course / "reference/images").glob("*.py"),
    ]:
        assert b"$" not in path.read_bytes() or path.suffix == ".h5"


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_is_none_is_refused(own_course: Path, name: str) -> None:
    before = tree(own_course)
    with pytest.raises(CourseError, match="assignment="):
        new_assignment(own_course, name)
    with pytest.raises(CourseError, match="exercise="):
        new_assignment(own_course, "images", name)
    assert tree(own_course) == before


@pytest.mark.parametrize("name", ["random", "numpy", "copy"])
def test_an_assignment_is_not_named_like_a_module(own_course: Path, name: str) -> None:
    with pytest.raises(CourseError, match=f"which {name}.py would hide"):
        new_assignment(own_course, name)


@pytest.mark.parametrize("name", ["np", "sum", "Cases", "A", "mistake"])
def test_an_exercise_is_not_named_like_what_is_used_beside_it(own_course: Path, name: str) -> None:
    with pytest.raises(CourseError, match="has a meaning already"):
        new_assignment(own_course, "images", name)


@pytest.mark.parametrize("place", ["assignments/images", "reference/images", "reference/Images"])
@pytest.mark.parametrize("kind", ["folder", "link"])
def test_a_name_that_is_taken_anywhere_is_refused(own_course: Path, place: str, kind: str) -> None:
    path = own_course / place
    path.mkdir() if kind == "folder" else path.symlink_to("nowhere")
    before = tree(own_course)
    with pytest.raises(CourseError, match="is there already"):
        new_assignment(own_course, "images")
    assert tree(own_course) == before


def test_a_build_that_fails_leaves_nothing(own_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(root: Path, name: str) -> None:
        raise CourseError("no")

    monkeypatch.setattr(scaffold, "build_assignment", fail)
    before = tree(own_course)
    with pytest.raises(CourseError, match="no"):
        new_assignment(own_course, "images")
    assert tree(own_course) == before


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "stopped"]
)
def test_a_move_that_fails_half_way_is_taken_back(
    own_course: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    rename = Path.rename

    def second_fails(self: Path, target: Path) -> Path:
        if target == own_course / "assignments" / "images":
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    before = tree(own_course)
    with pytest.raises((CourseError, KeyboardInterrupt)):
        new_assignment(own_course, "images")
    assert tree(own_course) == before


def test_a_new_course_has_these_entries(tmp_path: Path) -> None:
    new_course(tmp_path / "mine")
    assert {path.name for path in (tmp_path / "mine").iterdir()} == {
        ".gitignore",
        "README.md",
        "assignments",
        "reference",
        "submissions",
    }
    assert find_course(tmp_path / "mine" / "submissions") == tmp_path / "mine"
    assert assignment_names(tmp_path / "mine") == ["warmup"]


def test_its_sample_student_has_a_mistake_that_is_named(tmp_path: Path) -> None:
    new_course(tmp_path / "mine", "first", "error")
    result = graded(tmp_path / "mine", tmp_path / "mine" / "submissions" / "ada" / "first.py")
    assert 0 < result.score < 100
    assert result.exercises[0].findings[0].code == "known.mean_over_entries"


def test_its_readme_names_the_assignment(tmp_path: Path) -> None:
    new_course(tmp_path / "mine", "first")
    assert "reference/first/solution.py" in (tmp_path / "mine" / "README.md").read_text()


def test_a_course_begins_in_an_empty_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    new_course(Path())
    assert (tmp_path / "assignments" / "warmup" / "public.h5").is_file()


def test_folders_above_are_made(tmp_path: Path) -> None:
    new_course(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "README.md").is_file()


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(CourseError, match=r"is not empty: it has thesis\.tex"):
        new_course(tmp_path)
    assert tree(tmp_path) == {"thesis.tex"}


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "mine"
    path.write_text("x") if kind == "file" else path.symlink_to("nowhere")
    with pytest.raises(CourseError, match="is no folder"):
        new_course(path)


def test_a_bad_name_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CourseError):
        new_course(tmp_path / "mine", "two words")
    assert tree(tmp_path) == set()


@pytest.mark.parametrize("exists", [True, False])
def test_a_course_that_fails_leaves_things_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    monkeypatch.setattr(scaffold, "STUDENT", "x" * 300)
    folder = tmp_path / "mine"
    if exists:
        folder.mkdir()
    before = tree(tmp_path)
    with pytest.raises(OSError, match="File name too long"):
        new_course(folder)
    assert tree(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_told(own_course: Path) -> None:
    own_course.chmod(0o500)
    with pytest.raises(CourseError, match="Permission denied"):
        new_assignment(own_course, "images")


def test_a_place_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CourseError, match="Not a directory"):
        new_course(tmp_path / "file" / "mine")
