"""Begins assignments and courses: one exercise that works, to be changed into the author's own.

All is made and built in a folder beside its place and moved there at the end: what fails leaves nothing.
"""

from __future__ import annotations

import builtins
import keyword
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from string import Template

from grader.authoring.build import BuildReport, build_assignment
from grader.course.load import assignment_names, load_file
from grader.errors import CourseError

#: The function of a new assignment where its author names none: what the example computes.
EXERCISE = "half_mean_square"

#: The assignment of a new course, and its sample student.
ASSIGNMENT, STUDENT = "warmup", "ada"

#: Templates of a new assignment, by the file that each becomes.
_REFERENCE = ("solution.py", "cases.py", "mistakes.py", "alternatives.py", "worked.py")
_PUBLIC = ("assignment.toml", "handout.md")

#: Names that the example's files use themselves.
_USED = {"np", "A", "Y", "Cases", "exercise", "cases", "edited", "mistake", "alternative"}
_USED |= {"listed", "said", "summed"}


def new_assignment(root: Path, name: str, exercise: str = EXERCISE) -> BuildReport:
    """Add an assignment with one exercise that builds and withstands its audit.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        Name of the assignment, and of the file that students hand in.
    exercise : str
        Name of its function.

    Raises
    ------
    CourseError
        The name is taken or cannot be used, or the folder cannot be written to; nothing was made.
    """
    check_assignment_name(name)
    check_exercise_name(exercise)
    _refuse_taken(root, name)
    week = max((load_file(root, other).week for other in assignment_names(root)), default=1)
    with _workbench(root) as made:
        report = _make_assignment(Path(made), name, exercise, week)
        _move(Path(made), root, [f"reference/{name}", f"assignments/{name}"])
    return report


def new_course(folder: Path, name: str = ASSIGNMENT, exercise: str = EXERCISE) -> BuildReport:
    """Begin a course: a folder with one assignment, one sample student and a README for the instructor.

    Raises
    ------
    CourseError
        The folder is not empty or cannot be made, or a name cannot be used; nothing was made.
    """
    check_assignment_name(name)
    check_exercise_name(exercise)
    was_there = _refuse_filled(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        with _workbench(folder) as made:
            report = _make_assignment(Path(made), name, exercise, week=1)
            _make_course(Path(made), name, exercise)
            _move(Path(made), folder, sorted(path.name for path in Path(made).iterdir()))
    except BaseException:
        if not was_there:
            folder.rmdir()
        raise
    return report


def check_assignment_name(name: str) -> None:
    """Refuse a name that a student's file cannot have.

    Raises
    ------
    CourseError
        It is no identifier, a word of Python, or a module that the file would hide.
    """
    _check_identifier("assignment", name)
    if name in sys.stdlib_module_names or name == "numpy":
        raise CourseError(
            f"assignment={name!r} is a module's name, which {name}.py would hide from students' imports.",
            help="choose another name",
        )


def check_exercise_name(name: str) -> None:
    """Refuse a name that a function of the example cannot have; see `check_assignment_name`."""
    _check_identifier("exercise", name)
    if name in _USED or hasattr(builtins, name):
        raise CourseError(f"exercise={name!r} has a meaning already.", help="choose another name")


def _check_identifier(kind: str, name: str) -> None:
    if not name.isidentifier():
        raise CourseError(
            f"{kind}={name!r} is no name of Python's.",
            help="use letters, digits and underscores, and begin with a letter",
        )
    if keyword.iskeyword(name):
        raise CourseError(f"{kind}={name!r} is a word of Python's own.", help="choose another name")


def _refuse_taken(root: Path, name: str) -> None:
    # file systems that ignore case would put two names into one folder
    taken = [path for part in ("assignments", "reference") for path in (root / part).iterdir()]
    for path in taken:
        if path.name.casefold() == name.casefold():
            raise CourseError(f"{path} is there already.", help="choose another name, or remove it")


def _refuse_filled(folder: Path) -> bool:
    """Refuse what is no empty folder; say whether there is one."""
    if not os.path.lexists(folder):
        return False
    if not folder.is_dir():
        raise CourseError(f"{folder} is no folder.", help="name a new one")
    inside = sorted(path.name for path in folder.iterdir())
    if inside:
        shown = ", ".join(inside[:3]) + (", …" if len(inside) > 3 else "")
        raise CourseError(f"{folder} is not empty: it has {shown}.", help="name a new or an empty folder")
    return True


def _workbench(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Return a folder to work in, on the file system of the place where the result goes."""
    try:
        return tempfile.TemporaryDirectory(prefix=".new-", dir=folder)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> CourseError:
    return CourseError(f"{folder}: {error.strerror}.", help="make the folder writable, or name another one")


def _make_assignment(made: Path, name: str, exercise: str, week: int) -> BuildReport:
    words = {
        "name": name,
        "exercise": exercise,
        "title": name.replace("_", " ").strip().capitalize() or name,
        "week": str(week),
    }
    for file in _PUBLIC:
        _write(made / "assignments" / name / file, f"assignment/{file}", words)
    for file in _REFERENCE:
        _write(made / "reference" / name / file, f"assignment/{file}.txt", words)
    return build_assignment(made, name)


def _make_course(made: Path, name: str, exercise: str) -> None:
    words = {"name": name, "exercise": exercise}
    _write(made / "README.md", "course/README.md", words)
    _write(made / ".gitignore", "course/gitignore.txt", words)
    _write(made / "submissions" / STUDENT / f"{name}.py", "course/submission.py.txt", words)


def _write(path: Path, template: str, words: Mapping[str, str]) -> None:
    text = resources.files("grader.authoring").joinpath("scaffolds", template).read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(Template(text).substitute(words), encoding="utf-8", newline="\n")


def _move(made: Path, to: Path, parts: Sequence[str]) -> None:
    """Move files and folders to their place, all or none."""
    done: list[Path] = []
    try:
        for part in parts:
            (made / part).rename(to / part)
            done.append(to / part)
    except BaseException as error:
        for path in done:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            raise _unwritable(to, error) from error
        raise
