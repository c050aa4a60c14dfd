"""Where a course and its assignments lie. Few imports: every command begins with it."""

from __future__ import annotations

from pathlib import Path

from grader.course.seal import Sealed, sealed
from grader.errors import CourseError

__all__ = ["built", "check_name", "find_course", "folder_names", "read", "read_if_there"]


def find_course(start: Path, *, public_only: bool = False) -> Path:
    """Find the course that a path lies in, upward as git does.

    Parameters
    ----------
    start : Path
        A folder, or a file in it.
    public_only : bool
        Whether ``assignments/`` is enough, as in what students receive.

    Returns
    -------
    Path
        The folder that has ``assignments/`` and ``reference/``.

    Raises
    ------
    CourseError
        No folder from there to the root of the file system is a course.
    """
    start = start.resolve()
    wanted = ("assignments",) if public_only else ("assignments", "reference")
    for folder in (start, *start.parents):
        if all((folder / name).is_dir() for name in wanted):
            return folder
    raise CourseError(
        f"{start}: neither this folder nor one above it is a course.",
        help=f"go to the folder that has {'/ and '.join(wanted)}/, or name it with --course",
    )


def folder_names(root: Path) -> list[str]:
    """Return the names of a course's assignments in no order of meaning; their settings are not read.

    Raises
    ------
    CourseError
        A folder's name is not a Python identifier.
    """
    folders = [path.parent for path in (root / "assignments").glob("*/assignment.toml")]
    for folder in folders:
        check_name(folder)
    return sorted(folder.name for folder in folders)


def check_name(folder: Path) -> None:
    """Refuse a folder whose name could not be a module's."""
    if not folder.name.isidentifier():
        raise CourseError(
            f"{folder}: the name of an assignment is the name of a Python file.",
            help="use letters, digits and underscores only",
        )


def built(path: Path, name: str) -> Sealed:
    """Read a file of vectors; CourseError where there is none, or a damaged one."""
    if not path.exists():
        raise CourseError(f"{path}: {name} was not built.", help=f"grade build {name}")
    return sealed(read(path), path)


def read(path: Path) -> bytes:
    """Read a file of the course; CourseError where that is not possible."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path}: {error.strerror}.", help="make it a file that can be read") from error


def read_if_there(path: Path) -> bytes:
    """Read a file of the course; b"" where there is none."""
    return read(path) if path.is_file() else b""
