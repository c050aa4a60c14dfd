"""What the build refuses of a ``pictures.py``."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.build import build_assignment
from grader.authoring.pictures import check_pictures
from grader.course.load import load_assignment
from grader.errors import CourseError

GOOD = """
from grader.report.drawing import axes, done, figure
from grader.report.pictures import picture

@picture("update_lr", case="three epochs", title="A rate", caption="One dot.")
def rate(answer):
    drawn = figure()
    axes(drawn).plot([0], [answer.expected], marker="o")
    return done(drawn, "One dot.")
"""


def test_pictures_that_can_be_drawn_are_fine_and_there_need_not_be_any(course: Path, tmp_path: Path) -> None:
    check_pictures(tmp_path / "none.py", load_assignment(course, "warmup").exercises)
    path = tmp_path / "pictures.py"
    path.write_text(GOOD, encoding="utf-8")
    check_pictures(path, load_assignment(course, "warmup").exercises)


@pytest.mark.parametrize(
    ("old", "new", "problem", "help_line"),
    [
        ('"update_lr"', '"update_rl"', "'update_rl' is no exercise", "did you mean 'update_lr'?"),
        ('"three epochs"', '"far along"', "'far along' is no public case of update_lr", "there are: "),
        ("axes(drawn)", "nothing(drawn)", "cannot be drawn: NameError", "mend what it says"),
        (
            "    drawn =",
            "    if answer.returned is not None: raise KeyError(7)\n    drawn =",
            "cannot be drawn: KeyError: 7",
            "mend what it says",
        ),
        ("import picture", "import pictur", "pictures.py cannot be run: ImportError", "Run it with Python"),
    ],
    ids=["no exercise", "hidden", "raises", "raises for answers", "cannot be run"],
)
def test_a_picture_that_is_wrong_is_named(
    course: Path, tmp_path: Path, old: str, new: str, problem: str, help_line: str
) -> None:
    path = tmp_path / "pictures.py"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CourseError) as raised:
        check_pictures(path, load_assignment(course, "warmup").exercises)
    assert problem in str(raised.value)
    assert help_line in str(raised.value.help)


def test_the_build_looks_at_them_and_writes_nothing(own_course: Path) -> None:
    folder = own_course / "assignments" / "warmup"
    (folder / "pictures.py").write_text(GOOD.replace("update_lr", "update_rl"), encoding="utf-8")
    (folder / "public.h5").unlink()
    with pytest.raises(CourseError, match="no exercise"):
        build_assignment(own_course, "warmup")
    assert not (folder / "public.h5").exists()


def test_pictures_are_no_part_of_what_is_built(own_course: Path) -> None:
    path = own_course / "assignments" / "warmup" / "pictures.py"
    path.write_text(GOOD, encoding="utf-8")
    assert load_assignment(own_course, "warmup").pictures == path
    path.unlink()
    assert load_assignment(own_course, "warmup").pictures is None
