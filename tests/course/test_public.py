"""What students have, read without HDF5: the same as with it, and nothing that is not so any more."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from grader.course.contents import Settings, read_contents
from grader.course.load import load_assignment
from grader.course.model import (
    Answered,
    AssignmentFile,
    AtMost,
    Case,
    Equal,
    Exercise,
    ExerciseSpec,
    Holds,
    Judge,
    Limits,
    Magnitude,
    Question,
    Tolerance,
)
from grader.course.public import load_public
from grader.course.seal import HEAD, Sealed, seal, sealed
from grader.course.vectors import public_bytes, read_public
from grader.errors import CourseError
from grader.values import encode

PATH = Path("assignments/warmup/public.h5")
TOML = "assignments/warmup/assignment.toml"
ROOT = Path(__file__).parents[2]


def built(*exercises: Exercise, file: AssignmentFile | None = None) -> Sealed:
    settings = Settings("ab12", file or AssignmentFile(title="T", week=1))
    return sealed(public_bytes(exercises, "def f(x): ...\n", settings), PATH)


def exercise(*judges: Judge, **fields: object) -> Exercise:
    cases = []
    for number, judge in enumerate(judges):
        inputs, expected = encode({"x": np.arange(6.0).reshape(2, 3), "n": number}), encode([1.0, (2,)])
        cases.append(
            Case(f"case {number}", "public", 0.5, judge, {"x": np.zeros(1), "n": number}, expected, inputs)
        )
    given = {"name": "f", "title": "F.", "points": 100.0, "signature": "f(x)", "parameters": ("x", "n")}
    return Exercise(ExerciseSpec(**{**given, "cpu_seconds": 0.5, **fields}), tuple(cases))  # type: ignore[arg-type]


def rewritten(file: Sealed, change: dict[str, object]) -> Sealed:
    """A file whose last line somebody changed and sealed again."""
    rest, _, line = file.image.rpartition(b"\n")
    return sealed(seal(rest + b"\n" + json.dumps(json.loads(line) | change).encode()), PATH)


EXERCISES = {
    "every judge": exercise(
        Equal(), Magnitude(decades=1.5), AtMost(bound=1e-6), Holds(properties=("p", "q"), shapes=False)
    ),
    "a question": exercise(
        Answered(), question=Question(text="Which?", choices=("x", "y"), several=True, within=0.5)
    ),
    "every field": exercise(
        uses=("g", "h"),
        optional_tail=2,
        tolerance=Tolerance(relative=1e-5, absolute=0.0),
        names={"": ("W", "b"), "x": ("first",)},
    ),
}


@pytest.mark.parametrize("one", EXERCISES.values(), ids=EXERCISES)
def test_the_last_line_tells_what_hdf5_tells(one: Exercise) -> None:
    file = built(one)
    contents, (exercises, stub) = read_contents(file), read_public(file)
    assert contents is not None
    assert repr(contents.exercises) == repr(exercises)
    assert contents.exercises[0].spec == one.spec
    assert contents.stub == stub


def test_settings_are_read_as_they_were() -> None:
    file = AssignmentFile(
        title="T", week=3, requires={"torch": "pip"}, preload=("scipy",), limits=Limits(case_seconds=2.5)
    )
    contents = read_contents(built(exercise(Equal()), file=file))
    assert contents is not None
    assert contents.settings == Settings("ab12", file)


def test_a_file_without_such_a_line_has_no_contents() -> None:
    assert read_contents(sealed(public_bytes([exercise(Equal())], ""), PATH)) is None


@pytest.mark.parametrize(
    "change",
    [{"exercises": [{}]}, {"settings": {"title": 1}}, {"exercises": [{"spec": {}, "cases": [HEAD, HEAD]}]}],
    ids=["no spec", "no week", "no cases"],
)
def test_a_last_line_that_is_not_one_is_told(change: dict[str, object]) -> None:
    with pytest.raises(CourseError, match="its last line is damaged") as caught:
        read_contents(rewritten(built(exercise(Equal())), change))
    assert caught.value.help == "grade build warmup"


@pytest.mark.parametrize("folder", sorted((ROOT / "assignments").iterdir()), ids=lambda folder: folder.name)
def test_every_assignment_is_loaded_as_with_hdf5(folder: Path) -> None:
    found, slowly = load_public(ROOT, folder.name), load_assignment(ROOT, folder.name, public_only=True)
    assert repr(found) == repr(slowly)
    assert read_contents(sealed((folder / "public.h5").read_bytes(), PATH)) is not None


def test_settings_that_changed_since_the_build_count(own_course: Path) -> None:
    (own_course / TOML).write_text('title = "Another"\nweek = 2\n[limits]\ncase_seconds = 7.0\n')
    found = load_public(own_course, "warmup")
    assert (found.file.title, found.file.week) == ("Another", 2)
    assert all(each.spec.cpu_seconds >= 7.0 for each in found.exercises)


def test_settings_that_changed_since_the_build_are_checked(own_course: Path) -> None:
    (own_course / TOML).write_text('title = "Another"\nweek = 0\n')
    with pytest.raises(CourseError, match="week = 0"):
        load_public(own_course, "warmup")


def test_points_that_do_not_add_up_are_refused(own_course: Path) -> None:
    settings = read_contents(sealed((own_course / PATH).read_bytes(), PATH))
    assert settings is not None
    image = public_bytes([exercise(Equal(), points=50.0)], "", settings.settings)
    (own_course / PATH).write_bytes(image)
    with pytest.raises(CourseError, match="add up to 50"):
        load_public(own_course, "warmup")


def test_an_assignment_that_is_not_there_is_told_with_those_that_are(own_course: Path) -> None:
    with pytest.raises(CourseError, match="nothing was not built"):
        load_public(own_course, "nothing")
