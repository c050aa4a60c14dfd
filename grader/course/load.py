"""Finds courses and loads built assignments, refusing what is broken, stale or missing."""

from __future__ import annotations

import hashlib
import json
import reprlib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from grader.course.contents import Settings
from grader.course.model import Assignment, AssignmentFile
from grader.course.places import built, check_name, find_course, folder_names, read
from grader.course.public import POINTS, Parts, check_points
from grader.course.seal import sealed
from grader.course.vectors import read_hidden, read_public, read_sources
from grader.errors import CourseError

__all__ = [
    "POINTS",
    "assignment_names",
    "check_name",
    "check_points",
    "find_course",
    "load_assignment",
    "load_file",
    "load_settings",
    "source_digests",
    "stale",
]


def assignment_names(root: Path) -> list[str]:
    """Return the names of a course's assignments, by week and then by name.

    Raises
    ------
    CourseError
        A folder's name is not a Python identifier, or its assignment.toml is broken.
    """
    weeks = {name: load_file(root, name).week for name in folder_names(root)}
    return sorted(weeks, key=lambda name: (weeks[name], name))


def load_file(root: Path, name: str) -> AssignmentFile:
    """Read and check the ``assignment.toml`` of an assignment."""
    path = root / "assignments" / name / "assignment.toml"
    check_name(path.parent)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        # JSON, because strict validation of Python objects would refuse a list for a tuple
        text = json.dumps(data, default=str)
    except FileNotFoundError:
        known = sorted(other.parent.name for other in path.parent.parent.glob("*/assignment.toml"))
        raise CourseError(
            f"{path}: there is no such assignment.", help=f"the course has: {', '.join(known) or 'none'}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CourseError(f"{path}: {error}.", help="mend the file; it is TOML") from error
    except (ValueError, RecursionError) as error:
        raise CourseError(
            f"{path}: a number is too long, or a value nested too deeply.", help="mend the file; it is TOML"
        ) from error
    try:
        return AssignmentFile.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise invalid(path, error, data) from error


def load_settings(root: Path, name: str) -> Settings:
    """Read and check the ``assignment.toml`` of an assignment, and note which bytes it had."""
    return Settings(_digest(root / "assignments" / name / "assignment.toml"), load_file(root, name))


def invalid(path: Path, error: ValidationError, data: dict[str, Any]) -> CourseError:
    """Make one operator's sentence of a validation error: file, key, value and remedy."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    value = f" = {reprlib.repr(_at(data, first['loc']))}" if first["type"] != "missing" else ""
    message = first["msg"][:1].lower() + first["msg"][1:]
    if first["type"] == "unexpected_keyword_argument":
        message = "no such key"
    remedies = {"unexpected_keyword_argument": f"remove or rename {where}", "missing": f"add {where} = …"}
    return CourseError(
        f"{path}: {where}{value}: {message}{more}.", help=remedies.get(first["type"], f"change {where}")
    )


def _at(data: Any, loc: Iterable[int | str]) -> Any:
    for part in loc:
        try:
            data = data[part]
        except (LookupError, TypeError):
            break
    return data


def source_digests(
    root: Path, name: str, *, stub: bytes | None = None, public: str | None = None
) -> dict[str, str]:
    """Return the SHA-256 of everything that ``hidden.h5`` was built from or together with.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        The assignment's name.
    stub : bytes, optional
        The stub where it is not that on disk.
    public : str, optional
        What ``public.h5`` is sealed with, where that is known.

    Returns
    -------
    dict of str to str
        File below the course's root to hexadecimal digest; "" for a file that does not exist.

    Raises
    ------
    CourseError
        A file cannot be read.
    """
    given, secret = Path("assignments") / name, Path("reference") / name
    files = [secret / f"{part}.py" for part in ("solution", "cases", "mistakes", "alternatives", "worked")]
    if (root / secret / "quiz.py").exists():
        files.append(secret / "quiz.py")
    files += [given / "calls.py", given / "properties.py"]
    digests = {file: _digest(root / file) for file in files}
    written = given / f"{name}.py"
    digests[written] = _digest(root / written) if stub is None else hashlib.sha256(stub).hexdigest()
    vectors = root / given / "public.h5"
    if public is None and vectors.exists():
        public = sealed(read(vectors), vectors).digest
    digests[given / "public.h5"] = public or ""
    return {file.as_posix(): digest for file, digest in digests.items()}


def _digest(path: Path) -> str:
    return hashlib.sha256(read(path)).hexdigest() if path.exists() else ""


def load_assignment(root: Path, name: str, *, public_only: bool = False) -> Assignment:
    """Load a built assignment.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        The assignment's name.
    public_only : bool
        Whether to load only what students have; ``reference/`` is then never looked at.

    Returns
    -------
    Assignment
        With ``public_only``: public cases only, no mistakes, no worked examples and no solution.

    Raises
    ------
    CourseError
        The assignment is missing, broken, or was changed after it was built.
    """
    file = load_file(root, name)
    parts = Parts.of(root, name)
    exercises, stub = read_public(parts.public)
    if public_only:
        return parts.assembled(file, exercises, stub)
    hidden = built(root / "reference" / name / "hidden.h5", name)
    _refuse_stale(root, name, read_sources(hidden), parts.public.digest)
    exercises, solution = read_hidden(hidden, exercises)
    return parts.assembled(file, exercises, stub, hidden=hidden, solution=solution)


def stale(root: Path, name: str) -> list[str]:
    """Return the files, below the course's root, that are not those of the build.

    Raises
    ------
    CourseError
        There is no build, or it cannot be read.
    """
    path = root / "reference" / name / "hidden.h5"
    return _changed(root, name, read_sources(built(path, name)), None)


def _changed(root: Path, name: str, sources: dict[str, str], public: str | None) -> list[str]:
    now = source_digests(root, name, public=public)
    return [file for file, digest in now.items() if sources.get(file, "") != digest]


def _refuse_stale(root: Path, name: str, sources: dict[str, str], public: str) -> None:
    changed = _changed(root, name, sources, public)
    if changed:
        raise CourseError(
            f"{name} is stale: changed since it was built: {', '.join(changed)}.", help=f"grade build {name}"
        )
